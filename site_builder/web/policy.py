"""What a browser may do with a page: the policy, and the other headers that guard it."""

from __future__ import annotations

import base64
import hashlib

CSP = "Content-Security-Policy"

SEARCHING = ("search/", "en/search/")
"""Where WebAssembly may run: the pages that search."""

SCREENS = "kiosk/"
"""Where the folders of screens stand, whose pages have a policy of their own."""

_NEVER_USED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
"""What Chromium offers and no page of ours asks for; a name that it does not know it complains about."""

GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NEVER_USED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""The headers that are the same on every page."""


def policy(inline: str, url: str = "") -> str:
    """The Content-Security-Policy of what stands at `url`; `inline` is the one script inside of pages.

    Everything comes from the site's own origin, and no text becomes code: Trusted Types without any
    policy refuse `innerHTML` and its like. Pages that search may run WebAssembly. A parent site of the
    same origin may frame pages.
    """
    searches = url.startswith(SEARCHING)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    directives = (
        "default-src 'self'",
        f"script-src 'self' 'sha256-{digest}'" + (" 'wasm-unsafe-eval'" if searches else ""),
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join(directives)


def policy_in_page(inline: str, url: str) -> str:
    """The policy as a page itself may state it: `frame-ancestors` is for headers alone."""
    directives = policy(inline, url).split("; ")
    return "; ".join(each for each in directives if not each.startswith("frame-ancestors"))


def policy_of_screens() -> str:
    """The policy of the pages that kiosks show: nothing but their own folder, and one name of trust, for
    the service worker's address."""
    directives = (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types kiosk-worker",
    )
    return "; ".join(directives)
