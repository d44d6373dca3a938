"""What surrounds every page: its head, the menu, the switch to its twin, the footer."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.content.model.story import SECTIONS, StoryFile
from site_builder.content.model.vocabulary import LegalNumbers
from site_builder.content.problems import LANGS, Lang
from site_builder.content.story import StoryPhoto
from site_builder.web import metadata
from site_builder.web.addresses import CODES, Here, address
from site_builder.web.edition import Edition
from site_builder.web.parts import Link, Picture, ShareCard
from site_builder.web.policy import policy_in_page
from site_builder.web.typography import curly, title_parts
from site_builder.web.views import Colophon, Frame, Masthead, Metadata

_LOCALES: dict[Lang, str] = {"zh": "zh_CN", "en": "en_GB"}

_EVERYWHERE = ("elder-mode",)
"""The components that the frame itself holds."""

Crumb = tuple[str, str]
"""A page's name and path."""


def frame(
    edition: Edition,
    here: Here,
    path: str,
    *,
    title: str,
    description: str,
    crumbs: tuple[Crumb, ...] = (),
    cover: StoryPhoto | None = None,
    preload: Picture | None = None,
    components: tuple[str, ...] = (),
    about: metadata.Thing | None = None,
    facts: StoryFile | None = None,
    indexed: bool = True,
) -> Frame:
    """The frame of the page at `path`; `cover` is for its share card, `components` are its custom elements
    beside those of every page, `about` is for search engines, `facts` are those of the story it tells."""
    lang, identity = here.lang, edition.site.identity
    told = _json_ld(edition, lang, (*crumbs, (title, path)), about)
    return Frame(
        lang=lang,
        code=CODES[lang],
        locale=_LOCALES[lang],
        policy=policy_in_page(edition.opening, here.url) if edition.opening else "",
        title=title,
        heading=title_parts(title, lang),
        description=description,
        site_name=identity.name.in_(lang),
        long_name=identity.long_name.in_(lang),
        stylesheet=here.to(edition.assets["site.css"]),
        modules=tuple(here.to(edition.assets[f"{name}.js"]) for name in (*_EVERYWHERE, *components)),
        icon=here.to(edition.assets["favicon.svg"]),
        preload=preload,
        masthead=_masthead(edition, here, path),
        crumbs=_crumbs(edition, here, crumbs),
        colophon=_colophon(edition, here),
        metadata=_metadata(edition, here, path, cover, facts, told, indexed),
    )


def _metadata(
    edition: Edition,
    here: Here,
    path: str,
    cover: StoryPhoto | None,
    facts: StoryFile | None,
    json_ld: str,
    indexed: bool,
) -> Metadata:
    """What the head tells; a page that nobody may find says nothing of what it is about."""
    addressed = here.base is None
    return Metadata(
        canonical=edition.url(here.lang, path) if addressed else "",
        alternates=alternates(edition.site.identity.base_url, path) if addressed else (),
        share_card=_share_card(edition, here.lang, cover) if cover else None,
        feed=_feed(edition, here),
        json_ld=json_ld if indexed else "",
        published=facts.published.isoformat() if facts else "",
        revised=facts.revised.isoformat() if facts else "",
        indexed=indexed,
    )


def _feed(edition: Edition, here: Here) -> Link:
    name = edition.site.identity.long_name.in_(here.lang)
    return Link(edition.say(here.lang, "feed.name", name=name), here.page("feed.xml"))


def _json_ld(edition: Edition, lang: Lang, crumbs: Sequence[Crumb], about: metadata.Thing | None) -> str:
    things = [about] if about else []
    if len(crumbs) > 1:
        home = (edition.say(lang, "menu.home"), "")
        things.append(metadata.breadcrumbs(edition, lang, (home, *crumbs)))
    return metadata.script(things)


def _masthead(edition: Edition, here: Here, path: str) -> Masthead:
    other: Lang = "en" if here.lang == "zh" else "zh"
    return Masthead(
        home=here.page(""),
        logo=here.to(edition.assets["logo.svg"]),
        tagline=edition.site.identity.tagline.in_(here.lang),
        menu=_menu(edition, here, path),
        switch=Link(edition.say(other, "language.name"), here.to(address(other, path))),
        switch_code=CODES[other],
    )


def _colophon(edition: Edition, here: Here) -> Colophon:
    lang, identity = here.lang, edition.site.identity
    return Colophon(
        contact=curly(identity.contact.in_(lang), lang),
        links=_info_links(edition, here),
        parent=Link(identity.parent.title.in_(lang), identity.parent.url) if identity.parent else None,
        organiser=identity.organiser.in_(lang),
        legal=_legal(edition, lang, identity.legal),
    )


def _share_card(edition: Edition, lang: Lang, cover: StoryPhoto) -> ShareCard | None:
    card = edition.photos[cover.path].card
    if card is None:
        return None
    alt = cover.facts.alt.in_(lang) if cover.facts.alt else ""
    return ShareCard(edition.site.identity.base_url + card.path, card.width, card.height, alt)


def alternates(base: str, path: str) -> tuple[tuple[str, str], ...]:
    """The twins of a page: `hreflang` and absolute address."""
    pairs = [(CODES[lang], base + address(lang, path)) for lang in LANGS]
    return (*pairs, ("x-default", base + path))


def _menu(edition: Edition, here: Here, path: str) -> tuple[Link, ...]:
    place = path.partition("/")[0].replace("festivals", "calendar")
    return tuple(
        Link(edition.say(here.lang, f"menu.{name}"), here.page(f"{name}/"), name == place)
        for name in (*SECTIONS, "calendar", "communities", "search")
    )


def _crumbs(edition: Edition, here: Here, crumbs: tuple[Crumb, ...]) -> tuple[Link, ...]:
    if not crumbs:
        return ()
    links = tuple(Link(text, here.page(path)) for text, path in crumbs)
    return (Link(edition.say(here.lang, "menu.home"), here.page("")), *links)


def _info_links(edition: Edition, here: Here) -> tuple[Link, ...]:
    pages = edition.site.pages.values()
    links = (Link(page.facts.title.in_(here.lang), here.page(f"{page.slug}/")) for page in pages)
    return (*links, Link(edition.say(here.lang, "menu.data"), here.page("data/")))


def _legal(edition: Edition, lang: Lang, legal: LegalNumbers) -> tuple[Link, ...]:
    """The registrations that exist, each with its official address."""
    links = []
    if legal.icp:
        links.append(Link(legal.icp, "https://beian.miit.gov.cn/"))
    if legal.public_security:
        links.append(Link(legal.public_security, "https://beian.mps.gov.cn/"))
    if legal.site_mark:
        links.append(Link(edition.say(lang, "footer.site_mark"), legal.site_mark))
    return tuple(links)
