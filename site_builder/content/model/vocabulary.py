"""The shared lists of `content/vocabulary/`, with `site.yml`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    RootModel,
    field_validator,
    model_validator,
)

from site_builder.content.model.scalars import (
    Authored,
    Bilingual,
    Day,
    Matching,
    Pair,
    Slug,
    Text,
    WebAddress,
    Year,
    fault,
    one_of,
)

GroupCode = Annotated[str, AfterValidator(Matching("bad-group-code", r"[A-Z]{2}"))]
"""Two letters, GB/T 3304-1991."""


class Community(Bilingual):
    """One of the subdistrict's communities."""

    about: Bilingual | None = None


LunarDay = Annotated[str, AfterValidator(Matching("bad-lunar-day", r"(?:1[0-2]|[1-9])-(?:30|[12]\d|[1-9])"))]
"""A month and day of a calendar of the moon, whose months have 30 days at most."""


class Lunar(Authored):
    """A day of the ordinary lunar month, never of its leap twin: `8-15`."""

    lunar: LunarDay
    days: int = Field(1, ge=1, le=15)


class EveOf(Authored):
    """The day before another festival."""

    eve_of: Slug


class SolarTerm(Authored):
    """The day of one of the two solar terms that are festivals."""

    term: Literal["qingming", "dongzhi"]


def _every_year(value: str) -> str:
    """A month and day that no year lacks."""
    dt.datetime.strptime(f"2001-{value}", "%Y-%m-%d")
    return value


class Solar(Authored):
    """A day of the Gregorian year: `04-13`."""

    solar: Annotated[str, AfterValidator(Matching("bad-month-day", r"\d{2}-\d{2}", _every_year))]
    days: int = Field(1, ge=1, le=15)


class FirstBranchDay(Authored):
    """The first day of an earthly branch in a lunar month."""

    lunar_month: int = Field(ge=1, le=12)
    first_day: Literal["zi", "chou", "yin", "mao", "chen", "si", "wu", "wei", "shen", "you", "xu", "hai"]


class Hijri(Authored):
    """A day of the Islamic calendar: `10-1`."""

    hijri: LunarDay
    days: int = Field(1, ge=1, le=15)


Rule = Lunar | EveOf | SolarTerm | Solar | FirstBranchDay | Hijri
if TYPE_CHECKING:
    RuleForm = Rule
else:
    RuleForm = one_of(
        "rule-form",
        lunar=Lunar,
        eve_of=EveOf,
        term=SolarTerm,
        solar=Solar,
        lunar_month=FirstBranchDay,
        hijri=Hijri,
    )


class Announcement(Authored):
    """A date that an authority made known, which wins over the calculated one."""

    date: Day
    source: Text


def _several(value: object) -> object:
    """One announcement is written without a list around it."""
    return [value] if isinstance(value, dict | Announcement) else value


_SomeAnnouncements = Annotated[tuple[Announcement, ...], Field(min_length=1)]
Announcements = Annotated[
    _SomeAnnouncements,
    BeforeValidator(_several, json_schema_input_type=Announcement | _SomeAnnouncements),
]
"""What was announced for a year, one after the other: the last word on a date counts."""


class Festival(Bilingual):
    """A festival, the rule of its date, and the peoples who keep it (none named: everybody)."""

    rule: RuleForm
    groups: tuple[GroupCode, ...] = ()
    about: Bilingual | None = None
    """What it is, and how it is kept here."""
    announced: dict[Year, Announcements] = Field(default_factory=dict)

    @field_validator("announced")
    @classmethod
    def under_their_years(cls, announced: dict[Year, Announcements]) -> dict[int, Announcements]:
        for year, notices in announced.items():
            for notice in notices:
                if notice.date.year != year:
                    raise fault("announced-year", year=year, date=notice.date)
        return announced


class Term(Bilingual):
    """An official pair of terms or names; `avoid` lists English variants that are not to be used."""

    avoid: tuple[Text, ...] = ()


class Communities(RootModel[dict[Slug, Community]]):
    """`communities.yml`."""


class EthnicGroups(RootModel[dict[GroupCode, Term]]):
    """`ethnic_groups.yml`: all 56."""

    @model_validator(mode="after")
    def all_of_them(self) -> Self:
        if len(self.root) != 56:
            raise fault("not-56-groups", count=len(self.root))
        return self


class Festivals(RootModel[dict[Slug, Festival]]):
    """`festivals.yml`."""


class Honours(RootModel[dict[Slug, Bilingual]]):
    """`honours.yml`."""


class Terms(RootModel[tuple[Term, ...]]):
    """`terms.yml`."""


LISTS: dict[str, type[BaseModel]] = {
    "communities": Communities,
    "ethnic_groups": EthnicGroups,
    "festivals": Festivals,
    "honours": Honours,
    "terms": Terms,
}
"""The lists by the names of their files."""


class LegalNumbers(Authored):
    """Registration numbers for the footer; each is shown only when given."""

    icp: Text | None = None
    public_security: Text | None = None
    site_mark: WebAddress | None = None


class Figure(Authored):
    """One number about the subdistrict, as a home page shows it."""

    value: Bilingual
    label: Bilingual


class Link(Authored):
    """A link to a site outside this one."""

    title: Bilingual
    url: WebAddress


_WITH_SLASH = AfterValidator(Matching("base-url-slash", r"https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~%-]+)*/"))


class Identity(Authored):
    """`site.yml`: who publishes the site, and where."""

    name: Bilingual
    long_name: Bilingual
    tagline: Bilingual
    introduction: Bilingual
    base_url: Annotated[WebAddress, _WITH_SLASH]
    organiser: Bilingual
    contact: Bilingual
    figures: tuple[Figure, ...] = ()
    lead: tuple[Text, ...] = ()
    legal: LegalNumbers = LegalNumbers()
    timezone: Literal["Asia/Shanghai"] = "Asia/Shanghai"
    languages: Annotated[tuple[Literal["zh"], Literal["en"]], Pair] = ("zh", "en")
    parent: Link | None = None
    id_base: Annotated[WebAddress, _WITH_SLASH] | None = None
    """The address under which the site was first published, of which the ids in its feeds and calendars are
    made: it stays when `base_url` changes."""

    @property
    def ids(self) -> str:
        """What ids in feeds begin with."""
        return self.id_base or self.base_url
