"""What is measured of a photo, and what is said of one that cannot be used."""

from __future__ import annotations

import base64
import io
import json
import os
import random
import resource
import subprocess
import sys
from concurrent.futures import Executor
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from site_builder.content.model.story import Box
from site_builder.content.problems import PhotoError
from site_builder.content.story import Measured
from site_builder.photos import darkroom, metadata, reader
from site_builder.photos.meter import Meter, measure
from tests.unit.photos.laboratory import BROKEN, CLAY, JPEG, KINDS, NOISE, RECIPE, lay, quarters, work
from tests.unit.photos.pictures import encoded, plain, png


def refusal(data: bytes) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        measure(data)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_size_and_hash(kind: str) -> None:
    found = measure(KINDS[kind])
    assert (found.width, found.height, len(found.sha256)) == (320, 240, 64)


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_used_is_refused(name: str) -> None:
    data, code = BROKEN[name]
    assert refusal(data).code == code


def test_a_photo_that_tells_its_place_is_refused() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 3.0), 3: "E", 4: (102.0, 41.0, 0.0)})
    data = encoded(plain("RGB", CLAY), exif=exif.tobytes())
    assert refusal(data).code == "photo-location"
    assert measure(metadata.stripped(data)).width == 32


@pytest.mark.parametrize(
    ("size", "says"),
    [
        ((20_000, 6_000), "120 MP"),
        ((10_001, 10_000), "101 MP"),
        ((60_000, 60_000), "3600 MP"),
        ((70_000, 10), "70000 px"),
    ],
)
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int], says: str) -> None:
    error = refusal(png(size, b"\0"))  # holds no such number of pixels: nothing is decoded
    assert error.code == "photo-too-large"
    assert says in str(error.values["size"])


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    data = encoded(NOISE.convert("RGB"), progressive=True)
    scan = data.rindex(b"\xff\xda")
    assert refusal(data[:-2] + data[scan:-2] * reader.MAX_SCANS + data[-2:]).code == "photo-too-many-scans"


def test_a_video_behind_a_photo_is_no_endless_scan() -> None:
    """A phone's motion photo; in the compressed bytes of a video every pair of bytes occurs."""
    video = b"\0\0\0\x18ftypmp42" + bytes(12) + b"\xff\xda" * 2 * reader.MAX_SCANS
    assert measure(JPEG + video).width == 320


@pytest.mark.parametrize("name", ["half.jpg", "too-large.png", "photo.tif", "video.mov"])
def test_a_place_is_found_before_all_other_faults(name: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 3.0)})
    whole = encoded(NOISE.convert("RGB"), exif=exif.tobytes())
    data = {
        "half.jpg": whole[: len(whole) // 2],
        "too-large.png": png((20_000, 6_000), b"\0", eXIf=exif.tobytes().removeprefix(b"Exif\0\0")),
        "photo.tif": exif.tobytes().removeprefix(b"Exif\0\0"),
        "video.mov": b"\0\0\0\x14ftypqt  \0\0\0\0qt  \0\0\0\x1cmoov\0\0\0\x14udta\0\0\0\x0c\xa9xyz+25+",
    }[name]
    assert refusal(data).code == "photo-location"


def test_a_png_with_a_long_text_is_whole() -> None:
    text = PngInfo()
    text.add_text("mxfile", "drawn " * 300_000, zip=True)
    assert measure(encoded(NOISE, "PNG", pnginfo=text)).width == 320


BOMBS = """
import sys, time
from site_builder.content.problems import PhotoError
from site_builder.photos.meter import measure
began = time.process_time()
try:
    measure(sys.stdin.buffer.read())
except PhotoError as error:
    print(error.code, time.process_time() - began)
"""


def zeros(size: tuple[int, int]) -> bytes:
    """A real PNG of any size in a few kilobytes: a true bomb, whose pixels are all there."""
    return png(size, bytes((1 + size[0] // 8) * size[1]), bits=1, colour_type=0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(zeros((30_000, 30_000)), "photo-too-large", id="900 megapixels"),
        pytest.param(zeros((12_000, 12_000)), "photo-too-large", id="144 megapixels"),
        pytest.param(bytes(20_000_000), "photo-not-an-image", id="zeros"),
        pytest.param(zeros((9_000, 9_000))[:-200], "photo-truncated", id="81 megapixels, cut short"),
    ],
)
def test_a_refusal_takes_no_second_and_little_memory(data: bytes, code: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", BOMBS],
        input=data,
        capture_output=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000)),
    )
    told, seconds = ran.stdout.split()
    assert told.decode() == code
    assert float(seconds) < 1


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", KINDS)
def test_bytes_that_rot_are_a_problem_and_never_a_crash(
    tmp_path: Path, pool: Executor, kind: str, seed: int
) -> None:
    data = KINDS[kind]
    rotten = bytearray(data)
    for step in range(1, 6):
        rotten[(seed * 7919 * step + step * step * 31) % len(rotten)] ^= 0x5A + step
        rotten[seed * 3 + step] ^= 0xFF if step == 5 else 0  # the headers stand at the start
    lay(tmp_path, "a.jpg", bytes(rotten))
    try:
        measure(bytes(rotten))
    except PhotoError as error:
        assert error.code in {"photo-truncated", "photo-not-an-image", "photo-too-large"}
    done = darkroom.develop(tmp_path, [work(tmp_path, "a.jpg", (32, 24))], RECIPE, tmp_path / "cache", pool)
    assert done.made + len(done.problems) == 1


def seen(placeholder: str) -> Image.Image:
    with Image.open(io.BytesIO(base64.b64decode(placeholder))) as image:
        assert image.format == "WEBP"
        assert not {"exif", "xmp", "icc_profile"} & set(image.info)
        return image.convert("RGB")


class TestPlaceholder:
    @pytest.mark.parametrize(
        ("size", "small"), [((960, 640), (16, 11)), ((640, 960), (11, 16)), ((1600, 90), (16, 1))]
    )
    def test_it_is_the_photo_in_sixteen_pixels(self, size: tuple[int, int], small: tuple[int, int]) -> None:
        assert seen(measure(encoded(plain("RGB", CLAY, size))).placeholder).size == small

    def test_it_stands_upright(self) -> None:
        placeholder = seen(measure(encoded(quarters((640, 960)), "JPEG", 6)).placeholder)
        red, blue = placeholder.getpixel((14, 1)), placeholder.getpixel((1, 1))
        assert isinstance(red, tuple) and red[0] > 2 * red[2]
        assert isinstance(blue, tuple) and blue[2] > 2 * blue[0]

    @pytest.mark.parametrize("seed", range(20))
    def test_it_takes_less_than_200_bytes_of_a_page(self, seed: int) -> None:
        noise = Image.frombytes("RGB", (16, 16), random.Random(seed).randbytes(16 * 16 * 3))
        data = encoded(noise.resize((1280, 1280), Image.Resampling.NEAREST), "PNG")
        assert len(f"data:image/webp;base64,{measure(data).placeholder}") < 200

    def test_it_holds_no_face(self) -> None:
        """Two photos that differ only in what a box hides are the same placeholder."""
        grey = random.Random(1)
        one, other = plain("L", 128, (1600, 1200)), plain("L", 128, (1600, 1200))
        for square in range(144):  # halves of a square change places, its mean stays
            left, top, level = 150 + square % 12 * 100, square // 12 * 100, grey.randrange(256)
            for photo, levels in ((one, (level, 255 - level)), (other, (255 - level, level))):
                photo.paste(levels[0], (left, top, left + 50, top + 100))
                photo.paste(levels[1], (left + 50, top, left + 100, top + 100))
        box = Box(x=150 / 1600, y=0, width=0.75, height=1)
        seen_through = [measure(encoded(each, "PNG")).placeholder for each in (one, other)]
        hidden = [measure(encoded(each, "PNG"), (box,)).placeholder for each in (one, other)]
        assert seen_through[0] != seen_through[1]
        assert hidden[0] == hidden[1]


class TestMeter:
    def measured(self, memory: Path, file: Path, blur: tuple[Box, ...] = ()) -> Measured:
        with Meter(memory) as meter:
            return meter(file, blur).result()

    def test_it_remembers_by_size_and_time(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "cache" / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        first = self.measured(memory, file)
        assert (first.width, first.height) == (320, 240)
        stat = file.stat()
        file.write_bytes(b"x" * stat.st_size)
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert self.measured(memory, file) == first  # without reading it: these are no pixels

    def test_a_changed_file_is_measured_anew(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        before = self.measured(memory, file)
        file.write_bytes(encoded(plain("RGB", CLAY)))
        after = self.measured(memory, file)
        assert after != before
        assert (after.width, after.height) == (32, 24)

    def test_other_boxes_are_measured_anew(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        before = self.measured(memory, file)
        after = self.measured(memory, file, (Box(x=0, y=0, width=1, height=1),))
        assert after.sha256 == before.sha256
        assert after.placeholder != before.placeholder

    def test_a_change_of_the_time_alone_reads_the_bytes(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        before = self.measured(memory, file)
        os.utime(file, ns=(1, 1))
        assert self.measured(memory, file) == before

    @pytest.mark.parametrize(
        "memory",
        [
            b"",
            b"not json",
            b"[]",
            b'{"a": 1}',
            b"\xff",
            b"null",
            b'{"by": "an older encoder", "photos": {}}',
            b'{"by": "BY", "photos": {"a.jpg": {"stamp": [], "is": {"depth": 1}}}}',
            b'{"by": "BY", "photos": []}',
        ],
    )
    def test_a_broken_memory_is_forgotten(self, tmp_path: Path, memory: bytes) -> None:
        file = lay(tmp_path, "a.jpg", JPEG)
        remembered = tmp_path / "measured.json"
        self.measured(remembered, lay(tmp_path, "b.jpg", JPEG))
        by = json.loads(remembered.read_bytes())["by"]
        remembered.write_bytes(memory.replace(b"BY", by.encode()))
        assert self.measured(remembered, file).width == 320
        assert self.measured(remembered, file).width == 320

    def test_what_is_gone_is_forgotten(self, tmp_path: Path) -> None:
        memory = tmp_path / "measured.json"
        for name in ("a.jpg", "b.jpg"):
            self.measured(memory, lay(tmp_path, name, JPEG))
        assert b"a.jpg" not in memory.read_bytes()

    def test_what_is_to_be_forgotten_is_measured_and_not_kept(self, tmp_path: Path) -> None:
        memory, file, other = (
            tmp_path / "measured.json",
            lay(tmp_path, "a.jpg", JPEG),
            lay(tmp_path, "b", JPEG),
        )
        before = [self.measured(memory, each) for each in (file, other)]
        with Meter(memory) as meter:
            again = [meter(each, ()).result() for each in (file, other)]
            meter.forget([file])
        assert again == before
        assert [name in memory.read_text("utf-8") for name in ("a.jpg", str(other))] == [False, True]

    def test_an_interruption_forgets_nothing(self, tmp_path: Path) -> None:
        memory, file = tmp_path / "measured.json", lay(tmp_path, "a.jpg", JPEG)
        self.measured(memory, file)
        before = memory.read_bytes()
        with pytest.raises(KeyboardInterrupt), Meter(memory):
            raise KeyboardInterrupt
        assert memory.read_bytes() == before

    def test_a_photo_that_has_gone_is_a_problem(self, tmp_path: Path) -> None:
        with Meter(tmp_path / "measured.json") as meter:
            failure = meter(tmp_path / "gone.jpg", ()).exception()
        assert isinstance(failure, PhotoError)
        assert failure.code == "photo-unreadable"

    def test_what_is_wrong_is_said_of_its_own_photo(self, tmp_path: Path) -> None:
        with Meter(tmp_path / "measured.json") as meter:
            broken, good = (
                meter(lay(tmp_path, name, data), ()) for name, data in (("a", b"text"), ("b", JPEG))
            )
            assert isinstance(broken.exception(), PhotoError)
            assert good.result().width == 320
