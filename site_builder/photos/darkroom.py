"""Measures and develops photos; the only module that uses Pillow."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import PIL
from PIL import Image, ImageCms, ImageColor, ImageOps, features

from site_builder import atomic
from site_builder.content.model.story import Box
from site_builder.content.problems import PhotoError, Problem, Spot, problem
from site_builder.content.story import Measured
from site_builder.photos.plan import Development, Recipe, Variant

MAX_PIXELS = 100_000_000
MAX_SIDE = 65_500
"""The longest side that libjpeg writes."""

MAX_WORKERS = 61
"""As many processes as Windows can wait for."""

MAX_SQUARES = 12
"""A pixelated box keeps at most this many squares across: too few to know a face by."""

_READS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")  # Pillow reads MPO, of two-lens phones, as JPEG
_SIGNATURE = re.compile(rb"\xff\xd8\xff|\x89PNG|RIFF.{4}WEBP|.{4}ftypavi[fs]|GIF8", re.DOTALL)
"""How a file of each of them begins."""

_ORIENTATION = 0x0112
_BROKEN = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, struct.error, zlib.error)
"""Pillow's words for broken data, by format."""

Progress = Callable[[int, int], None]
"""Called with photos done and photos in all."""


def recipe() -> Recipe:
    """The house recipe, bound to the encoders of this installation."""
    parts = ("avif", "libjpeg_turbo", "littlecms2")
    versions = [f"{part} {features.version(part)}" for part in parts]
    return Recipe(encoders=", ".join([f"Pillow {PIL.__version__}", *versions]))


class Meter:
    """Measures photos, and remembers what it measured by size and time of the file."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known: dict[str, list[object]] = _read_json(memory)
        self._seen: dict[str, list[object]] = {}

    def __call__(self, file: Path) -> Measured:
        """The size and hash of one photo.

        Raises:
            PhotoError: when it is empty, not an image, cut short, or larger than 100 megapixels.
        """
        stat = file.stat()
        stamp: list[object] = [stat.st_size, stat.st_mtime_ns]
        known = self._known.get(str(file), [])
        same = known[:2] == stamp and len(known) == len(stamp) + len(fields(Measured))
        measured = Measured(*known[2:]) if same else measure(file.read_bytes())  # type: ignore[arg-type]
        self._seen[str(file)] = [*stamp, *asdict(measured).values()]
        return measured

    def remember(self) -> None:
        """Writes down what was measured, for the next build."""
        if self._seen != self._known:
            atomic.write(self._memory, json.dumps(self._seen).encode())


def measure(data: bytes) -> Measured:
    """As `Meter`, from the bytes of a file."""
    with _opened(data) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise PhotoError("photo-too-large", size=f"{width * height // 1_000_000} MP", limit="100 MP")
        if max(width, height) > MAX_SIDE:
            raise PhotoError("photo-too-large", size=f"{max(width, height)} px", limit=f"{MAX_SIDE} px")
        if _lies_on_its_side(image):
            width, height = height, width
        image.draft("RGB", (width // 8, height // 8))
        image.load()  # a file that was cut short shows only when it is read to its end
    return Measured(width, height, hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Developed:
    """What a run did: photos developed, photos found in the cache, photos that failed."""

    made: int
    cached: int
    problems: tuple[Problem, ...]


def develop(
    root: Path,
    work: Sequence[Development],
    recipe: Recipe,
    cache: Path,
    executor: Executor | None = None,
    progress: Progress = lambda done, total: None,
) -> Developed:
    """Makes every variant that `cache` lacks; a photo that fails does not cost the others their work.

    A process pool of its own does it unless `executor` is given, which stays open.
    """
    missing = [each for each in work if not all(cached(cache, variant).exists() for variant in each.variants)]
    missing.sort(key=lambda each: (root / each.source).stat().st_size, reverse=True)
    if not missing:
        return Developed(0, len(work), ())
    problems: list[Problem] = []
    workers = min(os.cpu_count() or 1, MAX_WORKERS)
    with nullcontext(executor) if executor else ProcessPoolExecutor(workers) as pool:
        futures = {
            pool.submit(_develop_one, root / each.source, each, recipe, cache): each for each in missing
        }
        for done, future in enumerate(as_completed(futures), start=1):
            failure = future.result()
            if failure:
                problems.append(problem(Spot(futures[future].source), failure.code, **failure.values))
            progress(done, len(missing))
    return Developed(len(missing) - len(problems), len(work) - len(missing), tuple(problems))


def cached(cache: Path, variant: Variant) -> Path:
    """Where the cache keeps a variant; its name already tells source, recipe and size."""
    return cache / variant.path


def prune(cache: Path, keep: Collection[str]) -> None:
    """Removes from the cache what was made of photos that are no longer to be shown anywhere."""
    for file in (cache / "media").rglob("*"):
        if file.is_file() and file.relative_to(cache).as_posix() not in keep:
            file.unlink(missing_ok=True)


def _develop_one(file: Path, work: Development, recipe: Recipe, cache: Path) -> PhotoError | None:
    """Makes the variants of one photo; what is wrong with it where that fails."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != work.sha256:
        return PhotoError("photo-changed")
    try:
        with _opened(data) as image:
            picture = _as_seen(image, work, recipe)
    except PhotoError as error:
        return error
    sizes = sorted({(each.width, each.height) for each in work.variants}, reverse=True)
    for size in sizes:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        for variant in work.variants:
            if (variant.width, variant.height) == size:
                atomic.write(cached(cache, variant), _encode(picture, variant, recipe))
    return None


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The image in `data`; whatever then cannot be read of it is a `PhotoError`."""
    if not data:
        raise PhotoError("photo-empty")
    Image.init()  # without it Pillow knows of five formats only
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sizes are checked by `measure`; odd EXIF is dropped anyway
        try:
            image = Image.open(io.BytesIO(data), formats=_READS)
        except Image.DecompressionBombError:
            raise PhotoError("photo-too-large", size="178+ MP", limit="100 MP") from None
        except _BROKEN:
            raise PhotoError("photo-truncated" if _SIGNATURE.match(data) else "photo-not-an-image") from None
        try:
            with image:
                yield image
        except _BROKEN:
            raise PhotoError("photo-truncated") from None


def _as_seen(image: Image.Image, work: Development, recipe: Recipe) -> Image.Image:
    """The picture upright, in sRGB, without transparency, its boxes pixelated, free of metadata."""
    largest = max(work.variants, key=lambda each: each.width)
    if not work.blur:
        size = (largest.width, largest.height)
        image.draft("RGB", size[::-1] if _lies_on_its_side(image) else size)
    upright = ImageOps.exif_transpose(image)
    picture = _in_srgb(upright, recipe.paper)
    for box in work.blur:
        _pixelate(picture, box)
    picture.info.clear()
    return picture


def _lies_on_its_side(image: Image.Image) -> bool:
    return image.getexif().get(_ORIENTATION) in {5, 6, 7, 8}


def _in_srgb(image: Image.Image, paper: str) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I") or image.mode == "F":
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in image.info:
        image = image.convert("RGBA")
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        image = _converted(image, profile)
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, ImageColor.getrgb(paper))
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """By LittleCMS; a profile that it cannot use leaves the colours as they are."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _pixelate(picture: Image.Image, box: Box) -> None:
    width, height = picture.size
    left, top = min(width - 1, int(box.x * width)), min(height - 1, int(box.y * height))
    right = min(width, max(left + 1, round((box.x + box.width) * width)))
    bottom = min(height, max(top + 1, round((box.y + box.height) * height)))
    part = picture.crop((left, top, right, bottom))
    step = max(1, -(-max(part.size) // MAX_SQUARES))
    squares = (max(1, part.width // step), max(1, part.height // step))
    small = part.resize(squares, Image.Resampling.BOX)
    picture.paste(small.resize(part.size, Image.Resampling.NEAREST), (left, top))


def _encode(picture: Image.Image, variant: Variant, recipe: Recipe) -> bytes:
    data = io.BytesIO()
    if variant.format == "avif":
        picture.save(data, "AVIF", quality=recipe.avif_quality, speed=recipe.avif_speed, max_threads=1)
    else:
        picture.save(data, "JPEG", quality=recipe.jpeg_quality, progressive=True, optimize=True)
    return data.getvalue()


def _read_json(file: Path) -> dict[str, list[object]]:
    try:
        loaded: Mapping[str, list[object]] = json.loads(file.read_bytes())
        return {str(key): list(value) for key, value in loaded.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
