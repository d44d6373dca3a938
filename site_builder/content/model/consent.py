"""A consent record: what one person, family or group agreed to, and until when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from site_builder.content.model.scalars import Authored, Day, Matching, Text, fault, ordered

Channel = Literal["web", "kiosk", "wechat", "print"]
CHANNELS: tuple[Channel, ...] = ("web", "kiosk", "wechat", "print")
Scope = Literal["web", "kiosk", "wechat", "print", "name", "ethnicity"]


class Consent(Authored):
    """`consents/<id>.yml`.

    Holds no names, phones or scans. Civil Code art. 1018–1022; Personal Information Protection Law
    art. 13–15 (consent, withdrawal), 25 (publication), 28–31 (sensitive data, minors), 47 (erasure).
    """

    subject: Annotated[Text, AfterValidator(Matching("bad-consent-subject", r"[A-Z]+-[A-Z0-9-]*\d+"))]
    role: Literal["subject", "guardian", "group"]
    minor: bool = False
    scopes: tuple[Scope, ...] = Field(min_length=1)
    granted: Day
    expires: Day
    status: Literal["active", "withdrawn"]
    form_sha256: Annotated[str, AfterValidator(Matching("bad-sha256", r"[0-9a-f]{64}"))] | None = None

    @field_validator("expires")
    @classmethod
    def ends_after_it_begins(cls, expires: Day, info: ValidationInfo) -> Day:
        return ordered(info.data.get("granted"), expires)

    @field_validator("minor")
    @classmethod
    def guarded(cls, minor: bool, info: ValidationInfo) -> bool:
        if minor and info.data.get("role") in {"subject", "group"}:
            raise fault("minor-without-guardian")
        return minor
