"""How a host is told to serve the site: `_headers` for static hosts, `nginx-headers.conf` for nginx."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from site_builder.web.policy import CSP, GUARDS, SCREENS, SEARCHING, policy, policy_of_screens

HASHED = ("assets/", "media/")
"""Folders of files whose names hold a hash of their bytes."""

INDEX = tuple(f"{search}pagefind/NUMBER/{part}/" for search in SEARCHING for part in ("index", "fragment"))
"""The parts of the search indexes, which Pagefind names by their bytes as well."""

FOR_EVER = "public, max-age=31536000, immutable"

_TEXT: Mapping[str, str] = {
    "text/css": "css",
    "text/javascript": "js mjs",
    "text/plain": "txt",
    "text/xml": "xml",
    "text/calendar": "ics",
    "application/json": "json",
    "application/manifest+json": "webmanifest",
    "image/svg+xml": "svg",
}
"""Media type → the endings of its files. nginx 1.22 knows neither calendars nor manifests."""

_BINARY: Mapping[str, str] = {
    "image/avif": "avif",
    "image/jpeg": "jpg jpeg",
    "image/png": "png",
    "image/webp": "webp",
    "application/wasm": "wasm",
    "application/pdf": "pdf",
}


def headers(base_url: str, inline: str) -> str:
    """`_headers` for Netlify, Cloudflare Pages and their like, which read it at the root of the host.

    All rules that match a path count there. What two of them say of one header Cloudflare joins, unless
    the second takes it away first (`!`); Netlify keeps the second, and passes over a line without a
    colon. Where no name holds a hash the host's own Cache-Control stays.
    """
    base = urlsplit(base_url).path
    everywhere = {CSP: policy(inline), **GUARDS}
    rules = {f"{base}*": [f"{name}: {value}" for name, value in everywhere.items()]}
    for folder in SEARCHING:
        rules[f"{base}{folder}*"] = [f"! {CSP}", f"{CSP}: {policy(inline, folder)}"]
    rules[f"{base}{SCREENS}*"] = [f"! {CSP}", f"{CSP}: {policy_of_screens()}"]
    for folder in (*HASHED, *INDEX):
        rules[f"{base}{folder.replace('NUMBER', ':number')}*"] = [f"Cache-Control: {FOR_EVER}"]
    return "\n".join("\n  ".join([path, *lines]) + "\n" for path, lines in rules.items())


def nginx(base_url: str, inline: str) -> str:
    """`nginx-headers.conf`, for a server or location block of nginx 1.13 or later.

    Addresses are told apart by variables, not by locations: a location that added one header would
    lose all others.
    """
    base = urlsplit(base_url).path
    types = {"text/html": "html", **_TEXT, **_BINARY}
    return _NGINX.format(
        base_url=base_url,
        base=base,
        types="\n".join(f"    {name} {endings};" for name, endings in types.items()),
        textual=" ".join(_TEXT),
        hashed=_folders(HASHED),
        index=_folders(INDEX).replace("NUMBER", "[0-9]+"),
        for_ever=FOR_EVER,
        pattern=base.replace(".", "[.]"),
        searching=_folders(SEARCHING),
        policy=policy(inline),
        policy_of_search=policy(inline, SEARCHING[0]),
        screens=SCREENS,
        policy_of_screens=policy_of_screens(),
        guards="\n".join(f'add_header {name} "{value}" always;' for name, value in GUARDS.items()),
    )


def _folders(folders: tuple[str, ...]) -> str:
    return "|".join(folder.rstrip("/") for folder in folders)


_NGINX = """\
# How nginx serves this site, built for {base_url}
# Write `include path/to/nginx-headers.conf;` in its server block, beside `root`. A location that has an
# add_header of its own loses all of these: include the file there again. Under https also say:
# add_header Strict-Transport-Security "max-age=31536000" always;

charset utf-8;
charset_types {textual};
types {{
{types}
}}

# Beside every text of a release lies its compressed copy, sent as it is; others are compressed on the way.
gzip on;
gzip_types {textual};
gzip_static on;
gzip_vary on;
gzip_proxied any;
gzip_http_version 1.0;
# brotli_static on;  # for the .br copies; needs the module ngx_brotli

absolute_redirect off;
error_page 404 {base}404.html;

# Names with a hash are kept for ever; all else is asked for again and sent only where it has changed.
set $site_cache "no-cache";
if ($uri ~ "/(?:(?:{hashed})/.*-[0-9a-f]{{8}}[-.][^/]*|(?:{index})/[^/]+)$") {{
    set $site_cache "{for_ever}";
}}
add_header Cache-Control $site_cache always;

# Pages that search may run WebAssembly; no other page may.
set $site_policy "{policy}";
if ($uri ~ "^{pattern}(?:{searching})/") {{
    set $site_policy "{policy_of_search}";
}}
# The screens in plazas keep what they play in a service worker.
if ($uri ~ "^{pattern}{screens}") {{
    set $site_policy "{policy_of_screens}";
}}
add_header Content-Security-Policy $site_policy always;
{guards}

# Hidden files, and what only hosts read. Certificates are renewed through .well-known.
if ($uri ~ "/(?:[.](?!well-known/)|_headers$|nginx-headers[.]conf$)") {{
    return 404;
}}
"""
