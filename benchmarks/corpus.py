"""Photos as a phone writes them: 12 megapixels, JPEG quality 92, 4:2:0, some lying on their side."""

from __future__ import annotations

import hashlib
import math
import random
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

Floats: TypeAlias = NDArray[np.float32]

LONG, SHORT = 4000, 3000
SEED = 1
THINGS = 900
FALL = 1.5
"""The exponent of frequency by which texture falls; 1 is pink noise, and the edges add to it."""

ORIENTATION, ON_ITS_SIDE = 0x0112, 6


def prepare(folder: Path, count: int, photographs: Path | None) -> list[Path]:
    """`count` photos made of crops of `photographs`, or drawn without them; the same ones on every call."""
    sources = sorted(photographs.glob("*.jp*g")) if photographs else []
    if photographs and not sources:
        raise FileNotFoundError(f"no JPEG in {photographs}")
    kind = hashlib.sha256(repr([(each.name, each.stat().st_size) for each in sources]).encode())
    home = folder / (kind.hexdigest()[:8] if sources else "drawn")
    home.mkdir(parents=True, exist_ok=True)
    photos = [home / f"photo{index:03}.jpg" for index in range(count)]
    for index, photo in enumerate(photos):
        if not photo.exists():
            rng = random.Random(f"{SEED} {index}")
            _write(photo, _cropped(sources[index % len(sources)], rng) if sources else drawn(rng))
    return photos


def _write(photo: Path, picture: Image.Image) -> None:
    """A portrait picture is stored on its side, and its EXIF orientation says so."""
    exif = Image.Exif()
    if picture.height > picture.width:
        exif[ORIENTATION] = ON_ITS_SIDE
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    draft = photo.with_suffix(".draft")
    picture.save(draft, "JPEG", quality=92, subsampling="4:2:0", exif=exif)
    draft.replace(photo)


def _cropped(source: Path, rng: random.Random) -> Image.Image:
    """A crop of 85–100 % of a photograph, mirrored or not, resampled to 12 megapixels."""
    with Image.open(source) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    size = _size(portrait=image.height > image.width)
    width = min(image.width, image.height * size[0] / size[1]) * rng.uniform(0.85, 1)
    height = width * size[1] / size[0]
    left, top = rng.uniform(0, image.width - width), rng.uniform(0, image.height - height)
    crop = image.resize(size, Image.Resampling.LANCZOS, box=(left, top, left + width, top + height))
    return ImageOps.mirror(crop) if rng.random() < 0.5 else crop


def _size(*, portrait: bool) -> tuple[int, int]:
    return (SHORT, LONG) if portrait else (LONG, SHORT)


def drawn(rng: random.Random) -> Image.Image:
    """A picture with the statistics of a photograph: things before things ("dead leaves": Lee, Mumford, Huang
    2001), each with its own colour and texture, under uneven light.

    It is drawn at half its size, as a camera's colour filter sees it, and enlarged. As AVIF or JPEG it comes
    near to real photographs in bytes and SSIM.
    """
    noise = np.random.default_rng(rng.getrandbits(32))
    width, height = (side // 2 for side in _size(portrait=rng.random() < 0.25))
    thing = _leaves(rng, width, height)
    count = THINGS + 1
    colour = noise.normal((115, 126, 130), (38, 10, 10), (count, 3)).astype(np.float32)
    texture = noise.gamma(0.7, (12, 1.5, 1.5), (count, 3)).astype(np.float32)
    layers = [
        colour[thing, layer] + texture[thing, layer] * _cloud(noise, width, height) for layer in range(3)
    ]
    light = 40 * np.linspace(1, -1, height, dtype=np.float32)[:, None]
    layers[0] = layers[0] + light + noise.normal(0, 0.7, thing.shape).astype(np.float32)
    planes = [Image.fromarray(np.clip(layer, 0, 255).astype(np.uint8)) for layer in layers]
    picture = Image.merge("YCbCr", planes).convert("RGB")
    return picture.resize((width * 2, height * 2), Image.Resampling.LANCZOS)


def _leaves(rng: random.Random, width: int, height: int) -> NDArray[np.int32]:
    """Which of many overlapping things each pixel shows; their radii follow r⁻³, small ones lie on top."""
    canvas = Image.new("I", (width, height))
    draw = ImageDraw.Draw(canvas)
    radii = sorted(
        (14 / max(rng.random(), 1e-4) ** 0.5 for _ in range(THINGS)), key=lambda r: -r * rng.uniform(0.3, 1)
    )
    for thing, radius in enumerate(radii, start=1):
        corners = rng.choice((3, 4, 5, 40, 40))
        draw.polygon(_outline(rng, radius, corners, (width, height)), fill=thing)
    return np.asarray(canvas, dtype=np.int32)


def _outline(
    rng: random.Random, radius: float, corners: int, within: tuple[int, int]
) -> list[tuple[float, float]]:
    """A flattened, turned polygon somewhere in the picture; with many corners an ellipse."""
    x, y = rng.uniform(0, within[0]), rng.uniform(0, within[1])
    turn, flat = rng.uniform(0, math.pi), rng.uniform(0.3, 1)
    around = [2 * math.pi * corner / corners for corner in range(corners)]
    points = [(radius * math.cos(angle), radius * flat * math.sin(angle)) for angle in around]
    cos, sin = math.cos(turn), math.sin(turn)
    return [(x + cos * across - sin * down, y + sin * across + cos * down) for across, down in points]


def _cloud(noise: np.random.Generator, width: int, height: int) -> Floats:
    """A field of mean 0 and deviation 1 whose amplitude falls with frequency, as texture's does."""
    spectrum = np.fft.rfft2(noise.standard_normal((height, width), dtype=np.float32))
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :])
    frequency[0, 0] = np.inf
    field = np.fft.irfft2(spectrum / frequency**FALL, s=(height, width)).astype(np.float32)
    return np.asarray(field / field.std(), dtype=np.float32)
