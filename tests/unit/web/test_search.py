"""What is found, and what is shown of it."""

from __future__ import annotations

from site_builder.web.addresses import Here
from site_builder.web.search import Entry, Shard, Thumbnail, entries, search_view
from tests.unit.making import edition, photo, story


def found(path: str, whole: object, lang: str = "zh") -> Entry:
    return next(each for each in entries(whole, Shard(lang)) if each.path == path)  # type: ignore[arg-type]


def test_all_that_a_story_says_is_found() -> None:
    hall = story(
        "venues/hall",
        zh="## 小标题\n\n第一段\n还有。\n\n- 一项\n\n![](a.jpg)\n",
        community="east",
        address={"zh": "一号", "en": "No. 1"},
        services=[{"zh": "借书", "en": "Books"}],
        photos=[photo(caption={"zh": "门口", "en": "The door"})],
    )
    entry = found("venues/hall/", edition(hall))
    assert entry.texts[:3] == ("标题hall", "一二三四五六七八九十" * 2, "文化广场")
    assert entry.texts[4:] == ("小标题", "第一段 还有。", "一项", "一号", "借书", "门口")
    assert (entry.section, entry.community, entry.href) == ("venues", "east", "../venues/hall/")
    assert entry.labels == ("场所", "文化广场", "2026年1月1日")


def test_an_event_is_found_by_its_place_and_programme() -> None:
    hall = story("venues/hall", title={"zh": "小礼堂", "en": "The Hall"})
    show = story("events/show", venue="venues/hall", programme=[{"zh": "合唱", "en": "A choir"}])
    assert found("events/show/", edition(hall, show), "en").texts[-2:] == ("A choir", "The Hall")
    assert found("events/show/", edition(show), "en").texts[-1] == "A choir"  # a place that is not let out
    assert found("events/show/", edition(show), "en").labels == ("Events", "Show", "Date to be announced")


def test_a_result_shows_the_narrowest_picture_and_what_must_be_known() -> None:
    family = story("residents/family", photos=[photo(focus=[0.2, 0.5]), photo("b.jpg")], sample=True)
    entry = found("residents/family/", edition(family), "en")
    assert entry.marks == ("Sample",)
    assert isinstance(entry.picture, Thumbnail)
    assert entry.picture.avif.startswith("../../media/residents/family/a-")
    assert entry.picture.avif.endswith("-320.avif")
    assert (entry.picture.alt, entry.picture.focus) == ("What a.jpg shows", "x-25")


def test_a_text_that_is_not_translated_is_found_by_its_title() -> None:
    hall = story("venues/hall", zh="正文。", en=None)
    assert found("venues/hall/", edition(hall), "en").texts[0] == "Title hall"


def test_communities_and_pages_about_the_site_are_found() -> None:
    whole = edition()
    kinds = {each.section for each in entries(whole, Shard("zh"))}
    assert kinds == {"communities", "about"}
    view = search_view(whole, Here("en/search/", "en"))
    assert kinds <= {choice.value for choice in view.sections}
    assert {each.community for each in entries(whole, Shard("zh"))} - {""} == {
        each.value for each in view.communities
    }
    assert (view.bundle, view.other) == ("pagefind/", "../../search/")
    assert view.section_links[0].href == "../residents/"
