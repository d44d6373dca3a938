"""A body as HTML: safe, with links that lead from where it stands."""

from __future__ import annotations

import pytest

from site_builder.content import body
from site_builder.content.story import Texts
from site_builder.web.addresses import Here
from site_builder.web.parts import Block
from site_builder.web.prose import blocks
from site_builder.web.stories import story_view
from tests.unit.making import edition, photo, site, story

HALL = Here("venues/hall/", "zh")


def shown(markdown: str, here: Here = HALL) -> tuple[Block, ...]:
    """The blocks of a text at `venues/hall`, which has the photos a.jpg and 广场.jpg."""
    told = story("venues/hall", photos=[photo("a.jpg"), photo("广场.jpg")])
    whole = edition(told, story("events/feast"))
    return blocks(whole, here, told, body.parse(markdown, "zh.md")[0])


def html(markdown: str, here: Here = HALL) -> str:
    return "".join(block.html for block in shown(markdown, here)).strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[甲](events/feast)", '<a href="../../events/feast/">甲</a>'),
        ("[甲](events/feast#怎么来)", '<a href="../../events/feast/#怎么来">甲</a>'),
        ("[甲](#怎么来)", '<a href="#怎么来">甲</a>'),
        ("[甲](communities/east)", '<a href="../../communities/east/">甲</a>'),
        ("[甲](pages/about)", '<a href="../../about/">甲</a>'),
        (
            "[甲](https://a.example/?b=1&c=2)",
            '<a href="https://a.example/?b=1&amp;c=2" rel="noopener external">甲</a>',
        ),
        ("<https://a.example>", '<a href="https://a.example" rel="noopener external">https://a.example</a>'),
        ("[甲](tel:12345)", '<a href="tel:12345" rel="noopener external">甲</a>'),
        # what is left out becomes plain text
        ("[甲](events/gone)", "甲"),
        ("[*甲*](events/gone#乙) [丙](events/feast)", '<em>甲</em> <a href="../../events/feast/">丙</a>'),
    ],
)
def test_links(markdown: str, expected: str) -> None:
    assert html(markdown) == f"<p>{expected}</p>"


def test_an_english_page_links_to_english_pages() -> None:
    here = Here("en/venues/hall/", "en")
    assert html("[A](events/feast)", here) == '<p><a href="../../events/feast/">A</a></p>'
    assert here.page("events/feast/") == "../../events/feast/"
    top = Here("en/", "en")
    assert html("[A](events/feast)", top) == '<p><a href="events/feast/">A</a></p>'


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('1 < 2 & \\<b\\> "甲"', "<p>1 &lt; 2 &amp; &lt;b&gt; “甲”</p>"),
        ("甲<script>alert(1)</script>", "<p>甲&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<div onclick=x>", "&lt;div onclick=x&gt;"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ('```a"b\n<b>\n```', '<pre><code class="language-a&quot;b">&lt;b&gt;\n</code></pre>'),
        ("[甲](javascript:alert(1))", "<p>[甲](javascript:alert(1))</p>"),
        (
            '[甲](https://a.example "乙\\"丙")',
            '<p><a href="https://a.example" rel="noopener external">甲</a></p>',
        ),
        ("{{ 甲 }} {% raw %}", "<p>{{ 甲 }} {% raw %}</p>"),
    ],
)
def test_whatever_is_written_is_text(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


def test_headings_carry_their_anchors() -> None:
    assert html("## 怎么来\n\n### 坐车\n\n## 怎么来") == (
        '<h2 id="怎么来">怎么来</h2>\n<h3 id="坐车">坐车</h3>\n<h2 id="怎么来-2">怎么来</h2>'
    )


def test_a_table_scrolls_by_itself_and_by_keyboard() -> None:
    found = html("|甲|\n|-:|\n|乙|")
    assert found.startswith('<div class="table" role="region" aria-label="表格" tabindex="0"><table>')
    assert '<td class="right">乙</td>' in found
    assert found.endswith("</table></div>")


def test_a_photo_stands_between_runs_of_text() -> None:
    found = shown("## 甲\n\n乙\n\n![](a.jpg)\n\n## 丙\n\n![](广场.jpg)")
    assert [block.html.strip() for block in found] == [
        '<h2 id="甲">甲</h2>\n<p>乙</p>',
        "",
        '<h2 id="丙">丙</h2>',
        "",
    ]
    figures = [block.figure for block in found if block.figure]
    assert [figure.picture.alt for figure in figures] == ["说明a.jpg", "说明广场.jpg"]
    assert figures[0].picture.src.startswith("../../media/venues/hall/a-")
    assert not figures[0].picture.first


def test_a_photo_in_a_list_keeps_the_list_whole() -> None:
    found = shown("- 甲\n\n  ![](a.jpg)\n- 乙")
    assert html("- 甲\n\n  ![](a.jpg)\n- 乙").count("<li>") == 2
    assert html("- 甲\n\n  ![](a.jpg)\n- 乙").count("</li>") == 2
    assert len([block for block in found if block.figure]) == 1


def test_a_photo_that_is_kept_back_leaves_no_gap() -> None:
    assert [block.html.strip() for block in shown("甲\n\n![](kept-back.jpg)\n\n乙")] == [
        "<p>甲</p>",
        "<p>乙</p>",
    ]


def test_the_gallery_shows_what_the_text_does_not() -> None:
    told = story(
        "venues/hall",
        zh="甲\n\n![](广场.jpg)",
        photos=[photo("cover.jpg"), photo("广场.jpg"), photo("other.jpg")],
    )
    view = story_view(edition(told), HALL, told, None, None)
    assert [figure.picture.alt for figure in view.gallery] == ["说明other.jpg"]
    assert view.cover is not None
    assert view.cover.picture.first


def test_a_page_without_photos_shows_its_text() -> None:
    page = next(iter(site().pages.values()))
    found = blocks(edition(), Here("about/", "zh"), page, page.texts.zh)
    assert found == (Block(html="<p>小街不在任何地图上。</p>\n"),)
    assert isinstance(page.texts, Texts)
