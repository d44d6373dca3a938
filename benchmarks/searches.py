"""Searches on the search page, and what they ought to find."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from site_builder.web.search import Entry

SEARCH = """async query => {
    const search = document.querySelector('site-search'), list = search.querySelector('.results');
    const until = holds => new Promise(done => {
        const look = () => holds() ? done() : setTimeout(look, 5);
        look();
    });
    search.querySelector('input').value = query;
    search.querySelector('form').requestSubmit();
    await until(() => list.dataset.resultCount !== undefined);
    const more = search.querySelector('.search__more');
    while (!more.hidden) {
        const shown = list.children.length;
        more.click();
        await until(() => list.children.length > shown);
    }
    const links = [...list.querySelectorAll('a')].map(link => link.getAttribute('href'));
    return [Number(list.dataset.resultCount), links];
}"""
"""Asks for a query in the page's own form; the count it tells, and the links of all results."""


def holding(entries: Sequence[Entry], *parts: str) -> list[str]:
    """What a plain search in the texts finds, without regard to upper and lower case."""
    return sorted(
        each.href
        for each in entries
        if all(any(part.lower() in text.lower() for text in each.texts) for part in parts)
    )


def parts(entries: Sequence[Entry], chance: random.Random, count: int) -> Iterator[str]:
    """Two to four characters from anywhere in Chinese texts."""
    runs = [run for each in entries for text in each.texts for run in re.findall("[\u4e00-\u9fff]{2,}", text)]
    for _ in range(count):
        run = chance.choice(runs)
        length = chance.randint(2, min(4, len(run)))
        start = chance.randint(0, len(run) - length)
        yield run[start : start + length]
