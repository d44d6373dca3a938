"""What hosts are told, wherever the site is mounted."""

from __future__ import annotations

import re

import pytest

from site_builder.web import hosting


@pytest.mark.parametrize(
    ("base_url", "base"), [("https://www.example.org/", "/"), ("https://www.example.org/a.b/c/", "/a.b/c/")]
)
def test_rules_begin_with_the_path_of_the_site(base_url: str, base: str) -> None:
    rules = [line for line in hosting.headers(base_url, "run()").splitlines() if line.startswith("/")]
    index = [
        f"{search}/pagefind/:number/{part}/*"
        for search in ("search", "en/search")
        for part in ("index", "fragment")
    ]
    hashed = ("assets/*", "media/*", *index)
    assert rules == [base + path for path in ("*", "search/*", "en/search/*", "kiosk/*", *hashed)]
    assert f"error_page 404 {base}404.html;" in hosting.nginx(base_url, "run()")


def test_only_the_second_policy_of_a_path_counts() -> None:
    """Cloudflare Pages joins what two rules say, and two policies allow only what both allow."""
    everywhere, *others = hosting.headers("https://www.example.org/", "run()").split("\n\n")
    for block in others:
        lines = [line.strip() for line in block.splitlines()[1:]]
        names = [line.partition(":")[0] for line in lines]
        again = [name for name in names if f"  {name}: " in everywhere]
        assert lines[: len(again)] == [f"! {name}" for name in again]
    assert max(map(len, hosting.headers("https://www.example.org/", "run()").splitlines())) < 2000


@pytest.mark.parametrize(
    ("address", "hashed"),
    [
        ("/assets/site-4fe34ed1.css", True),
        ("/a/b/media/venues/hall/front-3f9a1c2b-960.avif", True),
        ("/media/venues/hall/front.avif", False),
        ("/assets/site.css", False),
        ("/venues/hall-12345678.html", False),
        ("/assets/old-12345678.d/site.css", False),
        ("/a/b/en/search/pagefind/0/fragment/en-0_7f3a2b1.pf_fragment", True),
        ("/search/pagefind/12/index/und-12_7f3a2b1.pf_index", True),
        ("/search/pagefind/0/pagefind.js", False),
        ("/search/pagefind/0/index/", False),
    ],
)
def test_only_names_with_a_hash_are_kept_for_ever(address: str, hashed: bool) -> None:
    pattern = re.search(r'if \(\$uri ~ "(.*assets.*)"\)', hosting.nginx("https://www.example.org/", "run()"))
    assert pattern
    assert bool(re.search(pattern[1], address)) == hashed
