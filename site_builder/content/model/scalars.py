"""The small values that authored files are made of, each written in one way only."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from site_builder.content.problems import Lang

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
"""Controls, halves of characters and private ones (Unicode: Cc, Cs, Co) but for tabs and line ends."""

M = TypeVar("M", dt.date, dt.time, dt.datetime)


def fault(code: str, **values: object) -> PydanticCustomError:
    """A validation error whose type is a code of `messages.yml`."""
    return PydanticCustomError(code, "see messages.yml", values)


class Authored(BaseModel):
    """Something an editor writes: frozen, and a key that nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _text(value: str) -> str:
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise fault("empty-value")
    if _CONTROLS.search(text):
        raise fault("control-character")
    return " ".join(text.split("\n"))


@dataclass(frozen=True, slots=True)
class Matching:
    """Accepts text of exactly one form, as what `parse` makes of it; all other text is the fault `code`.

    Used before pydantic's own validation too, which would read 20260925 as seconds since 1970.
    """

    code: str
    pattern: str
    parse: Callable[[str], object] = str

    def __call__(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            if not re.fullmatch(self.pattern, value):
                raise ValueError
            return self.parse(value)
        except ValueError:
            raise fault(self.code, value=value) from None


def ordered(start: Any, end: M) -> M:
    """The end of a span that begins at `start`; an end that does not come later is a fault."""
    if start is not None and end <= start:
        raise fault("end-before-start")
    return end


MORNING = dt.time(6)


def by_morning(start: dt.time | None, end: dt.time) -> dt.time:
    """The end of a span of hours; one up to six in the morning is that of the next day."""
    return end if start and start != end <= MORNING else ordered(start, end)


def exactly_two(value: object) -> object:
    """For a pair: says once how many are needed (pydantic alone reports each one that is missing)."""
    if isinstance(value, list | tuple) and len(value) != 2:
        raise fault("not-two", count=len(value))
    return value


_DAY = r"(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
"""Not in a year that calendars, feeds or lunar-python do not reach, as a slip of the pen may have it."""
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
DEVICE = "(?:con|prn|aux|nul|com[0-9]|lpt[0-9])"
"""What Windows takes for a device, in any folder and whatever follows a dot: nothing may be called so."""
SLUG = rf"(?!{DEVICE}(?![a-z0-9-]))[a-z0-9]+(?:-[a-z0-9]+)*"

Text = Annotated[str, AfterValidator(_text)]
Slug = Annotated[str, AfterValidator(Matching("bad-slug", SLUG))]
StoryRef = Annotated[str, AfterValidator(Matching("bad-reference", rf"(?:residents|venues|events)/{SLUG}"))]
VenueRef = Annotated[str, AfterValidator(Matching("bad-venue-reference", rf"venues/{SLUG}"))]
EventRef = Annotated[str, AfterValidator(Matching("bad-event-reference", rf"events/{SLUG}"))]
ConsentId = Annotated[str, AfterValidator(Matching("bad-slug", SLUG))]
WebAddress = Annotated[str, AfterValidator(Matching("bad-web-address", r"https?://[^\s<>\x22'\\]+"))]
Fraction = Annotated[float, Field(ge=0, le=1)]
Pair = BeforeValidator(exactly_two)
Weekday = Annotated[int, Field(ge=1, le=7)]
"""1 is Monday (ISO 8601)."""

Year = Annotated[int, Field(ge=1949, le=2200)]
"""Since the People's Republic was founded; far enough ahead for whatever is planned."""

Day = Annotated[dt.date, BeforeValidator(Matching("bad-date", _DAY, dt.date.fromisoformat))]
Clock = Annotated[dt.time, BeforeValidator(Matching("bad-time", _CLOCK, dt.time.fromisoformat))]
LocalTime = Annotated[
    dt.datetime,
    BeforeValidator(Matching("bad-date-time", f"{_DAY}T{_CLOCK}", dt.datetime.fromisoformat)),
]
"""A moment in the site's own time zone, without an offset."""


class Bilingual(Authored):
    """One thing said in both languages."""

    zh: Text
    en: Text

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


def one_of(code: str, **forms: type[Authored]) -> Any:
    """A union in which exactly one key tells the form: `one_of("when-form", past=Past, every=Every)`."""

    def tell(value: Any) -> str | None:
        if isinstance(value, BaseModel):
            return next((key for key, form in forms.items() if type(value) is form), None)
        keys = [key for key in forms if isinstance(value, dict) and key in value]
        return keys[0] if len(keys) == 1 else None

    union: Any = None
    for key, form in forms.items():
        member = Annotated[form, Tag(key)]  # type: ignore[valid-type]
        union = member if union is None else union | member
    return Annotated[
        union,
        Discriminator(
            tell,
            custom_error_type=code,
            custom_error_message="{forms}",
            custom_error_context={"forms": ", ".join(forms)},
        ),
    ]
