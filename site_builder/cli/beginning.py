"""The command `new`: asks at most six questions, or takes their answers as options."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from site_builder import output
from site_builder.cli.project import Project
from site_builder.cli.questions import (
    AnswerError,
    Desk,
    Question,
    communities,
    is_always,
    name,
    nothing,
    one_of,
    photos,
    records,
    said,
    several_of,
    valid,
    venues,
    when,
    words,
)
from site_builder.cli.speech import Command, Group, Wrong
from site_builder.content.model.consent import Consent
from site_builder.content.model.kiosk import Panel
from site_builder.content.model.scalars import Bilingual
from site_builder.content.problems import ContentError, Problem
from site_builder.desk import drafts
from site_builder.desk.drafts import Draft, Kind
from site_builder.desk.slugs import proposed
from site_builder.phrases import phrases

PIXELS = {"portrait": [1080, 1920], "landscape": [1920, 1080]}


def _proposed(desk: Desk, answers: Mapping[str, Any]) -> str:
    return proposed(answers["title"], desk.taken, desk.kind)


def _record(desk: Desk, answers: Mapping[str, Any]) -> str:
    """The next number of this year's consent records."""
    year = output.today().year
    numbers = [int(known[7:]) for known in desk.taken if re.fullmatch(rf"c-{year}-\d+", known)]
    return f"c-{year}-{max(numbers, default=0) + 1:03}"


def _today(desk: Desk, answers: Mapping[str, Any]) -> str:
    return str(output.today())


def _in_a_year(desk: Desk, answers: Mapping[str, Any]) -> str:
    granted: dt.date = answers["granted"]
    return str(granted + dt.timedelta(days=365))


TITLE = Question("title", valid(Bilingual, "zh"))
NAME = Question("name", name, default=_proposed)
KIND = Question("kind", one_of(words("kind")), words("kind"))
COMMUNITY = Question("community", one_of(communities), communities, nothing)
PHOTOS = Question("photos", photos, default=nothing)

QUESTIONS: Mapping[Kind, tuple[Question, ...]] = {
    "resident": (TITLE, NAME, KIND, COMMUNITY, Question("consents", records, default=nothing), PHOTOS),
    "venue": (TITLE, NAME, KIND, COMMUNITY, PHOTOS),
    "event": (
        TITLE,
        NAME,
        KIND,
        Question("when", when, default=nothing),
        Question("status", one_of(words("status")), words("status"), is_always("expected")),
        PHOTOS,
    ),
    "page": (TITLE, NAME),
    "kiosk": (
        TITLE,
        NAME,
        Question("venue", one_of(venues), venues, nothing),
        Question("diagonal", valid(Panel, "diagonal_in"), default=is_always("55")),
        Question("orientation", one_of(said(*PIXELS)), said(*PIXELS), is_always("portrait")),
        Question("touch", one_of(said("yes", "no")), said("yes", "no"), is_always("no")),
    ),
    "consent": (
        Question("name", name, default=_record),
        Question("subject", valid(Consent, "subject")),
        Question("role", one_of(words("role")), words("role"), is_always("subject")),
        Question("scopes", several_of(words("scopes")), words("scopes"), is_always("web, kiosk")),
        Question("granted", valid(Consent, "granted"), default=_today),
        Question("expires", valid(Consent, "expires"), default=_in_a_year),
    ),
}
NEXT: Mapping[Kind, str] = {"consent": "begun_record", "kiosk": "begun_screen"}
"""What is said of the next steps; of a story and a page `begun_next`."""

EXAMPLES: Mapping[Kind, tuple[str, ...]] = {
    "resident": ("site-builder new resident", "site-builder new resident --title 热心邻居 --kind individual"),
    "venue": (
        "site-builder new venue",
        "site-builder new venue yonghe-plaza --title 永和广场 --kind plaza --photos ~/plaza.jpg",
    ),
    "event": ("site-builder new event --title 中秋晚会 --kind show --when '中秋节 18:30-21:00'",),
    "page": ("site-builder new page contact --title 联系我们",),
    "kiosk": ("site-builder new kiosk --title 永和广场 --venue venues/yonghe-plaza --diagonal 55",),
    "consent": ("site-builder new consent --subject R-014 --scopes web,kiosk --expires 2027-09-01",),
}


@click.group("new", cls=Group, examples=("site-builder new venue", "site-builder new event --help"))
def new() -> None: ...


def _begin(kind: Kind) -> click.Command:
    """The command that begins something of a kind; each question is an option."""
    questions = QUESTIONS[kind]

    @click.pass_obj
    def begin(project: Project, /, photos: Sequence[str] = (), **given: str | None) -> None:
        desk = Desk(project.root, project.lang, kind)
        if photos:
            given["photos"] = " ".join(f'"{photo}"' for photo in photos)
        _write(project, desk, _answers(desk, questions, given))

    name_, *others = sorted(questions, key=lambda question: question.name != "name")
    params: list[click.Parameter] = [click.Argument([name_.name], required=False, metavar="[NAME]")]
    params += [click.Option([f"--{each.name}"], multiple=each is PHOTOS, metavar="…") for each in others]
    if TITLE in questions:
        params.insert(2, click.Option(["--title-en"], metavar="…"))
    return Command(kind, callback=begin, params=params, examples=EXAMPLES[kind])


for kind in QUESTIONS:
    new.add_command(_begin(kind))


def _answers(desk: Desk, questions: Sequence[Question], given: Mapping[str, str | None]) -> dict[str, Any]:
    """Everything that was given, asked for, or goes without saying."""
    answers: dict[str, Any] = {"title-en": given.get("title_en")}
    asks = sys.stdin.isatty()
    for number, question in enumerate(questions, 1):
        text = given.get(question.name)
        if text is None and asks:
            answers[question.name] = _asked(desk, question, answers, f"{number}/{len(questions)}")
            continue
        if not (text or "").strip() and question.default is None:
            option = question.name if question.name == "name" else f"--{question.name}"
            raise Wrong(desk.say("not_given", option=option), click.get_current_context())
        default = question.default(desk, answers) if question.default else ""
        try:
            answers[question.name] = question.accept(desk, default if text is None else text.strip())
        except AnswerError as error:
            raise Wrong(f"--{question.name}: {error}", click.get_current_context()) from None
    return answers


def _asked(desk: Desk, question: Question, answers: Mapping[str, Any], number: str) -> Any:
    """The answer of somebody at a terminal, asked again until it can be taken."""
    default = question.default(desk, answers) if question.default else None
    default = default and question.choices(desk).get(default, default)
    click.echo(f"\n{click.style(number, fg='cyan')} {click.style(_words_of(desk, question), bold=True)}")
    for count, (word, meaning) in enumerate(question.choices(desk).items(), 1):
        click.echo(
            f"  {count:>3}  {meaning}" + ("" if meaning == word else click.style(f"  {word}", dim=True))
        )
    while True:
        answer = click.prompt(" ", default=default or "", show_default=bool(default), prompt_suffix="› ")
        if not answer.strip() and default is None:
            click.echo(click.style(f"  {desk.say('answer_empty')}", fg="red"))
            continue
        try:
            return question.accept(desk, answer.strip())
        except AnswerError as error:
            click.echo(click.style(f"  {error}", fg="red"))


def _words_of(desk: Desk, question: Question) -> str:
    """A question as it is asked of this kind, or of every kind."""
    keys = (f"ask.{desk.kind}.{question.name}", f"ask.{question.name}")
    return desk.say(next(key for key in keys if key in phrases()))


def _write(project: Project, desk: Desk, answers: Mapping[str, Any]) -> None:
    """Writes what was begun, and says what is still wrong with it and how to go on."""
    slug = answers["name"]
    draft = Draft(
        desk.kind, slug, _fields(desk.kind, answers), drafts.copied(answers.get("photos", ()), slug)
    )
    try:
        file = drafts.write(project.root, draft, project.lang)
    except FileExistsError as error:
        raise Wrong(project.say("name_taken", name=error.args[0])) from None
    project.complain(_problems_of(project, draft))
    if sys.stdin.isatty():
        click.echo()
    project.tell("begun_file" if desk.kind in NEXT else "begun", file=project.shown(file))
    for photo in draft.photos:
        click.echo(f"  photos/{photo}")
    project.tell(NEXT.get(desk.kind, "begun_next"), name=slug)


def _problems_of(project: Project, draft: Draft) -> list[Problem]:
    """What a check says of the new files."""
    try:
        problems = output.check(project.root)[1]
    except ContentError as error:
        problems = error.problems
    home = draft.home
    return [each for each in problems if each.spot.path == home or each.spot.path.startswith(f"{home}/")]


def _fields(kind: Kind, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the answers say, as the file of a kind has it."""
    titled = {"title": {"zh": answers.get("title"), "en": answers["title-en"]}}
    if kind == "consent":
        minor = {"minor": True} if answers["role"] == "guardian" else {}
        return {
            **_known(answers, "subject", "role", "scopes", "granted", "expires"),
            **minor,
            "status": "active",
        }
    if kind == "kiosk":
        titled["title"]["en"] = answers["title-en"] or answers["name"].replace("-", " ").title()
        panel = {"diagonal_in": answers["diagonal"], "px": PIXELS[answers["orientation"]], "distance_m": 2}
        plays = [{"section": "residents", "latest": 6}, {"section": "events", "next": 4}]
        shows = [{"story": answers["venue"]}] if answers["venue"] else []
        touch = {"touch": answers["touch"] == "yes"}
        return {**titled, **_known(answers, "venue"), "panel": {**panel, **touch}, "default": plays + shows}
    published = {} if kind == "page" else {"published": output.today()}
    return {**titled, **published, **_known(answers, "kind", "community", "consents", "when", "status")}


def _known(answers: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: answers[name] for name in names if answers.get(name)}


COMMANDS = {"new": new}
