"""The site behind a real nginx that includes its `nginx-headers.conf`: what is sent, and what is refused."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.nginx import nginx
from site_builder.build import Report, build
from site_builder.output import Options
from tests.browser.test_pages import both_languages, every_page
from tests.conftest import NOW, copy_golden, served

IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Host:
    """A running nginx, and the folder that it serves at `address`."""

    address: str
    folder: Path


@pytest.fixture(scope="module")
def host(real_site: tuple[Path, Report], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The real site at the root of a host."""
    folder, _ = real_site
    with nginx(folder, folder / "nginx-headers.conf", tmp_path_factory.mktemp("nginx")) as address:
        yield Host(address, folder)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The golden site as it is published, with its compressed copies."""
    golden = copy_golden(tmp_path_factory.mktemp("released"))
    build(golden, Options(NOW, release=True))
    folder = golden / "site"
    with nginx(folder, folder / "nginx-headers.conf", tmp_path_factory.mktemp("nginx")) as address:
        yield Host(address, folder)


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The golden site below /street/, with files of every kind and pages that somebody has tampered with."""
    golden = copy_golden(tmp_path_factory.mktemp("golden"))
    folder = golden / "root" / "street"
    build(golden, Options(NOW), folder)
    for name in ("a.ics", "a.json", "a.webmanifest", "a.wasm", "a.pdf", "a.webp", "a.png", ".hidden"):
        (folder / name).write_bytes(b"...")
    page = (folder / "venues/hall/index.html").read_text("utf-8")
    write(folder / "tampered/header/index.html", re.sub("<meta http-equiv[^>]*>", "", tampered(page)))
    write(folder / "tampered/meta/index.html", tampered(page))
    write(folder / "bare/index.html", "<!doctype html><title>Bare</title>")
    snippet = folder / "nginx-headers.conf"
    with nginx(folder.parent, snippet, tmp_path_factory.mktemp("nginx")) as address:
        yield Host(f"{address}street/", folder)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")


def tampered(page: str) -> str:
    """The page with what an attacker would like to add to it."""
    wanted = '<script>document.title = "taken"</script><p id="p" style="color: red" onclick="this.id = 0">'
    assert "</body>" in page
    return page.replace("</body>", f"{wanted}</p></body>")


def asked(url: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers as they come and body; `Accept_Encoding` is the header Accept-Encoding."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", parts.path, headers=named)
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def rules(host: Host) -> list[tuple[str, list[str]]]:
    """The rules of `_headers`: a path that may end in `*`, and its lines."""
    blocks = (folder_text := (host.folder / "_headers").read_text("utf-8")).strip().split("\n\n")
    assert folder_text.endswith("\n")
    return [
        (path, [line.strip() for line in lines]) for path, *lines in (each.splitlines() for each in blocks)
    ]


def promised(host: Host, path: str) -> Mapping[str, str]:
    """What `_headers` says of a path, as Cloudflare Pages reads it."""
    found: dict[str, str] = {}
    for pattern, lines in rules(host):
        if not re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            continue
        for line in lines:
            name, _, value = (part.strip() for part in line.removeprefix("!").partition(":"))
            if line.startswith("!"):
                found.pop(name)
            else:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def look(page: Page) -> list[str]:
    """What the page will have said by the end of the test, refusals among it."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    page.expose_function("tellRefused", lambda text: said.append(text))
    page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " e => tellRefused(`${e.effectiveDirective} ${e.disposition}`))"
    )
    return said


@every_page
@both_languages
def test_every_kind_of_page_keeps_the_policy(browser: Browser, host: Host, path: str, lang: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        said = look(page)
        answer = page.goto(f"{host.address}{lang}{path}", wait_until="load")
        assert answer and answer.status == 200
        page.evaluate(
            """() => Promise.all([...document.images].map(image => {
                image.loading = 'eager';
                return image.decode();
            }))"""
        )
        page.locator("elder-mode button").click()
        assert page.locator("html.js.elder").count() == 1, "the inline script and the modules run"
        assert said == []


def test_a_lost_visitor_gets_the_page_for_it_with_every_header(
    browser: Browser, host: Host, street: Host
) -> None:
    for each in (host, street):
        with browser.new_context() as context:
            page = context.new_page()
            said = look(page)
            answer = page.goto(f"{each.address}no/such/page/")
            assert answer and answer.status == 404
            assert page.locator("h1").inner_text() == "没有找到这一页"
            assert page.locator("html.js").count() == 1
            assert {text for text in said if "404" not in text} <= {answer.url}
            page.get_by_role("link", name="Events").click()
            assert page.url == f"{each.address}en/events/"


ADDRESSES = (
    "",
    "en/",
    "index.html",
    "no/such/page/",
    "assets/no-12345678.css",
    "sitemap.xml",
    "search/",
    "about",
)


@pytest.mark.parametrize("path", ADDRESSES)
def test_headers_come_once_and_both_files_say_the_same(host: Host, street: Host, path: str) -> None:
    for each in (host, street):
        url = each.address + path
        _, headers, _ = asked(url)
        names = [name.lower() for name, _ in headers]
        assert len(names) == len(set(names)), names
        expected = dict(promised(each, urlsplit(url).path))
        expected.setdefault("Cache-Control", "no-cache")
        status, sent = asked(url)[0], dict(headers)
        if status == 404:  # what is not found is not kept, and its page is an ordinary one
            expected["Cache-Control"] = "no-cache"
            expected["Content-Security-Policy"] = promised(each, "/" if each is host else "/street/")[
                "Content-Security-Policy"
            ]
        assert expected.keys() >= {"Content-Security-Policy", "X-Content-Type-Options", "Permissions-Policy"}
        assert {name: sent.get(name) for name in expected} == expected


def test_texts_of_a_release_are_sent_as_they_lie_there(release: Host) -> None:
    copies = sorted(release.folder.rglob("*.gz"))
    assert len(copies) > 40
    for copy in copies:
        plain = copy.with_suffix("")
        url = release.address + plain.relative_to(release.folder).as_posix()
        _, headers, body = asked(url, Accept_Encoding="gzip, br")
        sent = dict(headers)
        assert (sent["Content-Encoding"], sent["Vary"]) == ("gzip", "Accept-Encoding"), url
        assert sent["Content-Length"] == str(copy.stat().st_size)
        assert body == copy.read_bytes()
        _, headers, body = asked(url)
        assert "Content-Encoding" not in dict(headers)
        assert body == plain.read_bytes()


def test_a_proxy_gets_the_copy_too(release: Host) -> None:
    _, headers, _ = asked(release.address, Accept_Encoding="gzip", Via="1.1 proxy")
    assert dict(headers)["Content-Encoding"] == "gzip"


def test_what_has_no_copy_is_compressed_on_the_way(host: Host) -> None:
    for name in ("index.html", "sitemap.xml", "nginx-headers.conf"):
        assert not (host.folder / f"{name}.gz").exists()
    for name in ("index.html", "sitemap.xml"):
        _, headers, body = asked(host.address + name, Accept_Encoding="gzip")
        assert (dict(headers)["Content-Encoding"], dict(headers)["Vary"]) == ("gzip", "Accept-Encoding")
        assert gzip.decompress(body) == (host.folder / name).read_bytes()


def test_what_has_not_changed_is_not_sent_again(host: Host) -> None:
    _, headers, _ = asked(host.address)
    status, again, body = asked(host.address, If_None_Match=dict(headers)["ETag"])
    assert (status, body) == (304, b"")
    assert dict(again)["Cache-Control"] == "no-cache"


def test_hashed_files_are_kept_for_ever_and_nothing_else(host: Host) -> None:
    kept = {}
    for file in sorted(host.folder.rglob("*")):
        name = file.relative_to(host.folder).as_posix()
        if file.is_file() and file.suffix not in {".gz", ".br"}:
            status, headers, _ = asked(host.address + name)
            if status == 200:
                kept[name] = dict(headers)["Cache-Control"]
    hashed = {
        name
        for name in kept
        if name.startswith(("assets/", "media/"))
        or any(folder in name for folder in ("/media/", "/index/", "/fragment/"))
    }
    assert len(hashed) > 100 and any(name.endswith(".pf_fragment") for name in hashed)
    assert {name for name in kept if kept[name] == IMMUTABLE} == hashed
    assert {kept[name] for name in kept.keys() - hashed} == {"no-cache"}


@pytest.mark.parametrize(
    ("pattern", "type_"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/*.css", "text/css; charset=utf-8"),
        ("assets/*.js", "text/javascript; charset=utf-8"),
        ("assets/*.svg", "image/svg+xml; charset=utf-8"),
        ("media/**/*.avif", "image/avif"),
        ("media/**/*.jpg", "image/jpeg"),
        ("sitemap.xml", "text/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.webmanifest", "application/manifest+json; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.pdf", "application/pdf"),
        ("a.webp", "image/webp"),
        ("a.png", "image/png"),
    ],
)
def test_types_are_right(street: Host, pattern: str, type_: str) -> None:
    name = next(street.folder.glob(pattern)).relative_to(street.folder).as_posix()
    for accepted in ("identity", "gzip"):
        _, headers, _ = asked(street.address + name, Accept_Encoding=accepted)
        assert dict(headers)["Content-Type"] == type_


@pytest.mark.parametrize("name", ["_headers", "nginx-headers.conf", ".hidden"])
def test_what_is_for_hosts_alone_is_not_shown(street: Host, name: str) -> None:
    assert (street.folder / name).is_file()
    assert asked(street.address + name)[0] == 404


def test_a_missing_slash_stays_on_the_host(host: Host) -> None:
    status, headers, _ = asked(f"{host.address}about")
    assert (status, dict(headers)["Location"]) == (301, "/about/")


ATTACKS = """async elsewhere => {
    const load = src => new Promise(tell => {
        const image = new Image();
        image.onload = () => tell('loaded');
        image.onerror = () => tell('refused');
        image.src = src;
    });
    const attempt = deed => { try { return deed() } catch (error) { return error.name } };
    const box = document.createElement('div');
    document.querySelector('p').click();
    return {
        title: document.title,
        colour: getComputedStyle(document.getElementById('p')).color,
        outside: await load(elsewhere),
        inside: await load(document.querySelector('img').src),
        fetched: await fetch(elsewhere).then(() => 'loaded', () => 'refused'),
        markup: attempt(() => { box.innerHTML = '<b></b>'; return 'taken' }),
        code: attempt(() => new Function('return "taken"')()),
        base: (document.head.append(Object.assign(document.createElement('base'), {href: elsewhere})),
            document.baseURI === location.href ? 'refused' : 'taken'),
    };
}"""


@pytest.mark.parametrize("way", ["header", "meta"])
def test_what_an_attacker_adds_is_refused(browser: Browser, street: Host, way: str) -> None:
    """By the header alone, and by the page alone on a host without headers."""
    with served(street.folder) as elsewhere, browser.new_context() as context:
        picture = (
            elsewhere + next(street.folder.glob("assets/logo-*.svg")).relative_to(street.folder).as_posix()
        )
        base = street.address if way == "header" else elsewhere.replace("127.0.0.1", "localhost")
        page = context.new_page()
        said = look(page)
        page.goto(f"{base}tampered/{way}/", wait_until="load")
        found = page.evaluate(ATTACKS, picture)
        assert "taken" not in found["title"]
        assert found["colour"] != "rgb(255, 0, 0)"
        assert found["outside"] == found["fetched"] == found["base"] == "refused"
        assert found["inside"] == "loaded"
        assert (found["markup"], found["code"]) == ("TypeError", "EvalError")
        page.wait_for_timeout(100)  # the last of the browser's reports
        refused = {text.split()[0] for text in said if text.endswith(" enforce")}
        assert {"script-src-elem", "script-src-attr", "style-src-attr", "img-src", "connect-src"} <= refused


def test_the_same_succeeds_where_there_is_no_policy(browser: Browser, street: Host) -> None:
    with served(street.folder) as elsewhere, browser.new_context() as context:
        picture = (
            elsewhere + next(street.folder.glob("assets/logo-*.svg")).relative_to(street.folder).as_posix()
        )
        page = context.new_page()
        page.goto(f"{elsewhere}tampered/header/", wait_until="load")
        found = page.evaluate(ATTACKS, picture)
        assert found["title"] == "taken"
        assert found["colour"] == "rgb(255, 0, 0)"
        assert found["outside"] == found["fetched"] == "loaded"
        assert found["markup"] == found["code"] == found["base"] == "taken"


@pytest.mark.parametrize(
    ("path", "answer"), [("search/", "runs"), ("", "refused"), ("venues/hall/", "refused")]
)
def test_only_pages_that_search_run_wasm(browser: Browser, street: Host, path: str, answer: str) -> None:
    smallest = "new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])"
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(street.address + path)
        found = page.evaluate(f"WebAssembly.compile({smallest}).then(() => 'runs', () => 'refused')")
        assert found == answer


def test_only_the_same_origin_frames_a_page(browser: Browser, street: Host) -> None:
    with served(street.folder) as elsewhere, browser.new_context() as context:
        page = context.new_page()
        for parent, children in ((f"{elsewhere}bare/", 0), (f"{street.address}bare/", 1)):
            page.goto(parent)
            page.evaluate(
                """src => new Promise(tell => {
                    const frame = Object.assign(document.createElement('iframe'), {src, onload: tell});
                    document.body.append(frame);
                })""",
                street.address,
            )
            assert page.frames[1].locator(".masthead").count() == children
