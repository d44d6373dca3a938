"""What a `notice.json` must be before a screen takes it."""

from __future__ import annotations

from site_builder.kiosk.manifest import LARGEST_NOTICE, NOTICE, UnfitBundleError, json_of

_TEXTS = ("id", "level", "zh", "en", "from", "until")


def number(data: bytes) -> int:
    """The sequence number of a `notice.json`; a screen ignores a lower one than it has seen.

    Raises:
        UnfitBundleError: when it is none.
    """
    if len(data) > LARGEST_NOTICE:
        raise UnfitBundleError("too_large", path=NOTICE)
    told = json_of(data, NOTICE)
    seq, notices, revoke = told.get("seq"), told.get("notices"), told.get("revoke")
    if type(seq) is not int or seq < 0 or not isinstance(notices, list) or not isinstance(revoke, list):
        raise UnfitBundleError("bad_json", path=NOTICE)
    if not all(map(_is_notice, notices)) or not all(isinstance(each, str) for each in revoke):
        raise UnfitBundleError("bad_json", path=NOTICE)
    return seq


def newest(*found: bytes | None) -> bytes | None:
    """The one with the highest number, the first of equal ones; what is no notice does not count."""
    numbers = {data: _number_or_none(data) for data in found if data is not None}
    known = {data: seq for data, seq in numbers.items() if seq is not None}
    return max(known, key=lambda data: known[data]) if known else None


def _number_or_none(data: bytes) -> int | None:
    try:
        return number(data)
    except UnfitBundleError:
        return None


def _is_notice(told: object) -> bool:
    return isinstance(told, dict) and all(isinstance(told.get(name), str) for name in _TEXTS)
