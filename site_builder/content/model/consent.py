"""A consent record: what one person, family or group agreed to, and until when."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from site_builder.content.model.scalars import Authored, Day, Text, fault, matching

Channel = Literal["web", "kiosk", "wechat", "print"]
Scope = Literal["web", "kiosk", "wechat", "print", "name", "ethnicity"]


class Consent(Authored):
    """`consents/<id>.yml`.

    Holds no names, phones or scans. Civil Code art. 1018–1022; Personal Information Protection Law
    art. 13–15 (consent, withdrawal), 25 (publication), 28–31 (sensitive data, minors), 47 (erasure).
    """

    subject: Annotated[Text, AfterValidator(matching("bad-consent-subject", r"[A-Z]+-[A-Z0-9-]*\d+"))]
    role: Literal["subject", "guardian", "group"]
    minor: bool = False
    scopes: tuple[Scope, ...] = Field(min_length=1)
    granted: Day
    expires: Day
    status: Literal["active", "withdrawn"]
    form_sha256: Annotated[str, AfterValidator(matching("bad-sha256", r"[0-9a-f]{64}"))] | None = None

    @model_validator(mode="after")
    def lawful(self) -> Self:
        if self.expires <= self.granted:
            raise fault("end-before-start")
        if self.minor and self.role != "guardian":
            raise fault("minor-without-guardian")
        return self
