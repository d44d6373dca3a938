"""Metadata that tells where a picture was taken, and files that carry it in every place there is."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.unit.photos.pictures import ORIENTATION, encoded, p3_profile, plain

SECRET = b"Yonghe-Lane-7"
"""Planted in every place of metadata; none of it may be left."""

ICC = p3_profile()
EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0" + b"D" * 32 + struct.pack(">II", 4000, 0)
MAKER, MODEL, GPS, MAKER_NOTE, EXIF_DIRECTORY = 0x010F, 0x0110, 0x8825, 0x927C, 0x8769


def exif(orientation: int | None = None, gps: bool = True, version: bool = True, big: bool = False) -> bytes:
    """A TIFF block as cameras write it, with the secret in it."""
    made = Image.Exif()
    made.endian = ">" if big else "<"
    made[MAKER], made[MODEL] = SECRET.decode(), "Phone"
    made[EXIF_DIRECTORY] = {MAKER_NOTE: b"note " + SECRET}
    if orientation:
        made[ORIENTATION] = orientation
    where = {0: b"\2\3\0\0"} if version else {}
    if gps:
        where |= {1: "N", 2: (31.0, 13.0, 48.0), 3: "E", 4: (121.0, 28.0, 12.0)}  # type: ignore[dict-item]
    if where:
        made[GPS] = where
    return made.tobytes().removeprefix(b"Exif\0\0")


def with_thumbnail(block: bytes) -> bytes:
    """A little-endian TIFF block with a second directory and a JPEG of its own, EOI and all."""
    small = encoded(plain("RGB", (1, 2, 3), (16, 12))) + SECRET
    first = struct.unpack_from("<I", block, 4)[0]
    entries = struct.unpack_from("<H", block, first)[0]
    link = first + 2 + 12 * entries
    at = len(block) + 2 + 24 + 4
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, at, 0x0202, 4, 1, len(small), 0)
    return block[:link] + struct.pack("<I", len(block)) + block[link + 4 :] + second + small


def xmp(*, gps: bool = True, element: bool = False, orientation: int | None = None) -> bytes:
    place = "<exif:GPSLatitude>31,13.8N</exif:GPSLatitude>" if element else ""
    attributes = f' dc:source="{SECRET.decode()}"'
    attributes += ' exif:GPSLatitude="31,13.8N" exif:GPSLongitude="121,28.2E"' if gps and not element else ""
    attributes += f' tiff:Orientation="{orientation}"' if orientation else ""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description'
        f"{attributes}>{place if gps else ''}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def mp4(place: bytes = b"\xa9xyz") -> bytes:
    """A video of no frames; `place` names the atom that tells where, b"" for none."""
    told = box(place, b"\0\x12\x15\xc7+31.2300+121.4700/" + SECRET) if place else b""
    moov = box(b"moov", box(b"mvhd", bytes(100)) + box(b"udta", told))
    return box(b"ftyp", b"mp42\0\0\0\0isommp42") + box(b"mdat", SECRET + bytes(2000)) + moov


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(content)) + content


def after_soi(data: bytes, *segments: bytes) -> bytes:
    return data[:2] + b"".join(segments) + data[2:]


def jpeg_exif(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + block)


def jpeg_xmp(text: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + text)


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def after_ihdr(data: bytes, *chunks: bytes) -> bytes:
    return data[:33] + b"".join(chunks) + data[33:]


def raw_profile(name: bytes, content: bytes) -> bytes:
    """EXIF as ImageMagick writes it into a text of a PNG file."""
    digits = content.hex().encode()
    lines = b"\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    text = b"\n%b\n%8d\n%b\n" % (name, len(content), lines)
    return chunk(b"zTXt", b"Raw profile type " + name + b"\0\0" + zlib.compress(text))


def riff_chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def in_riff(data: bytes, *chunks: bytes) -> bytes:
    """A WebP file with chunks more at its end."""
    content = data[8:] + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def gif_xmp(text: bytes) -> bytes:
    """XMP as its part 3 lays it into GIF: no sub-blocks, but a tail that leads out of it."""
    return b"!\xff\x0bXMP DataXMP" + text + b"\1" + bytes(range(255, -1, -1)) + b"\0"


def before_trailer(data: bytes, *blocks: bytes) -> bytes:
    assert data.endswith(b";")
    return data[:-1] + b"".join(blocks) + b";"


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A picture that looks different from every side."""
    width, height = size
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", size, 90))).convert(mode)


def heic(seen: Image.Image, **options: Any) -> bytes:
    import pillow_heif

    data = io.BytesIO()
    pillow_heif.from_pillow(seen).save(data, quality=80, **options)
    return data.getvalue()


def animated(kind: str, **options: Any) -> bytes:
    later = [picture().rotate(turn) for turn in (90, 180)]
    return encoded(picture(), kind, save_all=True, append_images=later, duration=80, loop=0, **options)


def full(kind: str, orientation: int | None = None, gps: bool = True) -> bytes:
    """A file with all metadata that its kind can carry, a secret in each."""
    return _FULL[kind](orientation, gps)


def _jpeg(orientation: int | None, gps: bool) -> bytes:
    data = encoded(picture(), icc_profile=ICC)
    told = [
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1" + b"\2\1" + SECRET[:6]),  # a thumbnail of two pixels
        b"\xff\xff",  # fill bytes
        jpeg_exif(with_thumbnail(exif(orientation, gps))),
        jpeg_xmp(xmp(gps=gps)),
        segment(0xE1, EXTENDED_XMP + SECRET),
        segment(0xE0, b"JFXX\0\x10" + SECRET),
        segment(0xE2, b"MPF\0" + SECRET),
        segment(0xE5, SECRET),
        segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0" + SECRET),
        segment(0xFE, SECRET),
    ]
    without_jfif = data[:2] + data[20:]
    return after_soi(without_jfif, *told) + mp4(b"\xa9xyz" if gps else b"") + b"SEFH" + SECRET


def _png(orientation: int | None, gps: bool) -> bytes:
    texts = PngInfo()
    texts.add_text("Comment", SECRET.decode())
    texts.add_text("Comment", SECRET.decode() * 9, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", xmp(gps=gps).decode(), zip=True)
    data = encoded(picture(), "PNG", icc_profile=ICC, exif=exif(orientation, gps), pnginfo=texts)
    more = [raw_profile(b"exif", b"Exif\0\0" + exif(None, gps)), chunk(b"tIME", SECRET[:7])]
    return after_ihdr(data, *more, chunk(b"prVt", SECRET)) + SECRET


def _webp(orientation: int | None, gps: bool) -> bytes:
    told = {"exif": exif(orientation, gps), "xmp": xmp(gps=gps), "icc_profile": ICC}
    return in_riff(encoded(picture(), "WEBP", **told), riff_chunk(b"ABCD", SECRET)) + SECRET


def _gif(orientation: int | None, gps: bool) -> bytes:
    data = encoded(picture(), "GIF", comment=SECRET)
    other = b"!\xff\x0bCOMPANY 1.0" + bytes([len(SECRET)]) + SECRET + b"\0"
    return before_trailer(data, gif_xmp(xmp(gps=gps)), other) + SECRET


def _avif(orientation: int | None, gps: bool) -> bytes:
    told = {"exif": exif(orientation, gps), "xmp": xmp(gps=gps), "icc_profile": ICC}
    return encoded(picture(), "AVIF", **told) + box(b"uuid", b"U" * 16 + xmp(gps=gps))


def _heic(orientation: int | None, gps: bool) -> bytes:
    seen = picture()
    seen.info["icc_profile"] = ICC
    data = heic(seen, exif=b"Exif\0\0" + exif(orientation, gps), xmp=xmp(gps=gps))
    return data + box(b"mpvd", mp4(b"loci" if gps else b""))


_FULL = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif, "AVIF": _avif, "HEIC": _heic}
KINDS = tuple(_FULL)
