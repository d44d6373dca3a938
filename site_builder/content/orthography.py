"""What is mistyped in a Chinese or an English text, by its characters alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAX_CHINESE = 12
"""Chinese characters that an English line may hold outside brackets: an official name or two."""

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_ALPHANUMERIC = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
"""Full-width digits and Latin letters."""
_QUOTING = "\u3008-\u3011\u3014-\u3017"
"""Chinese brackets and quotation marks, which a Chinese title keeps in an English text."""
_SIGNS = "\u3001\u3002\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e"
_CHINESE_SIDE = f"{_HAN}{_QUOTING}{_SIGNS}()\u2018\u2019\u201c\u201d"

# It begins with a set of characters, by which `re` runs over a text five times as fast.
_IN_CHINESE = re.compile(
    rf"""
    [,;:?!().\"{_ALPHANUMERIC} \u3000\uff0c\u3002\u3001\uff1b\uff1a](?:
        (?P<half_width_punctuation>
            (?<=[,;:?!])(?: (?<=[{_HAN}].) | (?<=[{_HAN}]\*\*.) | (?=(?:\*\*)?[{_HAN}]) )  # bold or not
          | (?<=\()(?=[{_HAN}]) | (?<=[{_HAN}]\)) | (?<=[{_HAN}]\") | (?<=\")(?=[{_HAN}])
          | (?<=[{_HAN}]\.)\.+ | (?<=[{_HAN}]{{2}}\.)(?=[\s\u2019\u201d\uff09]|\Z)  # no number of a list
        )
      | (?P<full_width_digits> (?<=[{_ALPHANUMERIC}])[{_ALPHANUMERIC}]* )
      | (?P<space_in_chinese> (?<=[{_HAN}][ \u3000])[ \u3000]*(?=[{_HAN}]) )
      | (?P<doubled_punctuation> (?<=[\uff0c\u3002\u3001\uff1b\uff1a])[\uff0c\u3002\u3001\uff1b\uff1a]+ )
    )""",
    re.VERBOSE,
)
_IN_ENGLISH = re.compile(
    rf"""
    [{_ALPHANUMERIC}{_QUOTING}{_SIGNS}](?:
        (?<=[{_ALPHANUMERIC}])[{_ALPHANUMERIC}]*
      | (?<=[{_SIGNS}])(?: (?<![{_CHINESE_SIDE}].) | (?![{_CHINESE_SIDE}]) )
      | (?<=[{_QUOTING}])(?<![{_CHINESE_SIDE}].)(?![{_CHINESE_SIDE}])
    )""",
    re.VERBOSE,
)
_ANY_HAN = re.compile(f"[{_HAN}]")
_NOT_ENGLISH = re.compile(f"[{_HAN}{_ALPHANUMERIC}{_QUOTING}{_SIGNS}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CITED = re.compile("《[^《》\n]*》")
_IN_BRACKETS = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")

_FULL_WIDTH = {**dict(zip(",;:?!.", "，；：？！。", strict=True)), "(": "（）", ")": "（）", '"': "“”"}
_PAIRS = {"(": "()", ")": "()", "（": "（）", "）": "（）"}
_ENGLISH = {"、": ",", "。": ".", "（": "()", "）": "()"}


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen: where in a text it stands, its code in `messages.yml`, the values of its texts."""

    offset: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def blank(found: re.Match[str]) -> str:
    """What stands in a text's place for a part of it that is not judged, in as many lines and columns."""
    return re.sub(r"[^\n]", "\0", found[0])


def chinese_slips(line: str, *, prose: bool) -> Iterator[Slip]:
    """The slips in a line of Chinese, its cited titles left alone.

    Only in prose a space between two characters is a slip.
    """
    for found in _IN_CHINESE.finditer(_CITED.sub(blank, line)):
        code = str(found.lastgroup).replace("_", "-")
        if prose or code != "space-in-chinese":
            yield Slip(found.start(), code, _chinese_values(found[0]))


def _chinese_values(written: str) -> dict[str, object]:
    if written.startswith(".."):
        return {"value": written, "right": "……"}
    right = _FULL_WIDTH.get(written) or unicodedata.normalize("NFKC", written)
    return {"value": _PAIRS.get(written, written), "right": right}


def forgotten_chinese(line: str, letters: int) -> Iterator[Slip]:
    """One where a line of Chinese has no Chinese character, but at least so many Latin letters."""
    found = [] if _ANY_HAN.search(line) else [each.start() for each in _LATIN.finditer(line)]
    if len(found) >= letters:
        yield Slip(found[0], "chinese-holds-none")


def english_slips(line: str) -> Iterator[Slip]:
    """The slips in a line of English; one that is Chinese has no others."""
    if line.isascii() or not _NOT_ENGLISH.search(line):
        return
    outside = _IN_BRACKETS.sub(blank, line)
    chinese = [found.start() for found in _ANY_HAN.finditer(outside)]
    if len(chinese) > MAX_CHINESE or len(chinese) > len(_LATIN.findall(line)):
        yield Slip(chinese[0], "english-holds-chinese")
        return
    for found in _IN_ENGLISH.finditer(line):
        written = found[0]
        right = "“”" if re.match(f"[{_QUOTING}]", written) else unicodedata.normalize("NFKC", written)
        values = {"value": _PAIRS.get(written, written), "right": _ENGLISH.get(written, right)}
        yield Slip(found.start(), "full-width-in-english", values)
