"""The Content-Security-Policy, by address."""

from __future__ import annotations

import pytest

from site_builder.web.policy import GUARDS, policy, policy_in_page

HELLO = "'sha256-mTytrf2QssaOZNGNRT1WCtMRd3ocH8LJxQQu5qMUanU='"
"""Of `hello()`, by openssl."""


def directives(text: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (each.split() for each in text.split("; "))}


@pytest.mark.parametrize(
    "url", ["", "en/", "venues/search/", "searching/", "404.html", "assets/a-12345678.svg"]
)
def test_a_page_runs_the_sites_own_scripts_and_no_text(url: str) -> None:
    found = directives(policy("hello()", url))
    assert found["default-src"] == ["'self'"]
    assert found["script-src"] == ["'self'", HELLO]
    assert found["require-trusted-types-for"] == ["'script'"]
    assert found["trusted-types"] == ["'none'"]


@pytest.mark.parametrize("url", ["search/", "en/search/", "search/pagefind/0/pagefind.js"])
def test_a_page_that_searches_may_run_wasm(url: str) -> None:
    strict, found = directives(policy("hello()")), directives(policy("hello()", url))
    assert found.pop("script-src") == ["'self'", HELLO, "'wasm-unsafe-eval'"]
    del strict["script-src"]
    assert found == strict


@pytest.mark.parametrize("url", ["", "search/"])
def test_a_page_itself_says_all_that_it_may_say(url: str) -> None:
    header, meta = directives(policy("hello()", url)), directives(policy_in_page("hello()", url))
    assert header.pop("frame-ancestors") == ["'self'"]
    assert meta == header


def test_nothing_is_unsafe() -> None:
    for url in ("", "search/"):
        assert "unsafe-inline" not in policy("hello()", url)
        assert "'unsafe-eval'" not in policy("hello()", url)
        assert "*" not in policy("hello()", url)
    assert all("*" not in value for value in GUARDS.values())
