"""A playbook: a whole funnel to begin with, its stages, steps and words to say, read from a TOML file.

A playbook is a starting point: a pipeline is made from it and changed from then on. ``parse`` refuses whatever would
surprise somebody later, with the file, the line and what to do.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from funnel_desk.domain import playbook_problems as problems
from funnel_desk.domain.pipeline import NO_WORDS, ExitRule, Side
from funnel_desk.domain.playbook_rules import check_unique, check_waiting, known_step
from funnel_desk.domain.toml_lines import lines_of
from funnel_desk.domain.toml_section import BASIS_POINTS, Section, shown
from funnel_desk.domain.words import Words

SENT = ("offer", "invoice")
STEP_KINDS = ("call", "email", "message", "meeting", "visit", "demo", "document", "task")
EXIT_RULES = ("none", "warn", "block")
LONGEST_TERM = 3650  # days
LONGEST_REPEAT = 366  # days
STEP_PREFIX = "step:"
PAGE = ("audience", "product", "price", "place", "promotion")
"""The page of marketing: who buys, and the four questions of the offer."""


@dataclass(frozen=True, slots=True)
class Term:
    """When a step is due: ``days`` (working days, if ``working``) after ``after``.

    ``after`` is ``entry`` (into the stage), ``previous`` (the step before; of the first step: the entry), ``sale``, or
    ``step:KEY``.
    """

    after: str = "entry"
    days: int = 0
    working: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A step that comes back each ``every`` days until it ends: the step ``until`` is done, or the stage is left."""

    every: int
    until: str = ""


@dataclass(frozen=True, slots=True)
class PlaybookStep:
    """A simple, completed action. ``ask`` and ``done_when`` hold one item a line; ``result`` names the success.

    ``sends`` says what the client has once it is done (one of ``SENT``, or nothing), for the scripts that follow.
    ``on_demand``: it comes up now and then, so it is never due by itself and never required.
    """

    key: str
    title: Words
    kind: str
    term: Term = Term()
    repeat: Repeat | None = None
    required: bool = True
    role: Words = NO_WORDS
    say: Words = NO_WORDS
    ask: Words = NO_WORDS
    done_when: Words = NO_WORDS
    result: Words = NO_WORDS
    sends: str = ""
    on_demand: bool = False


@dataclass(frozen=True, slots=True)
class PlaybookStage:
    """A stage: ``probability`` in basis points, days without a touch after which it stalls, its side of the sale.

    ``hard_days`` are those after which a deal can no longer wait.
    """

    key: str
    name: Words
    probability: int
    side: Side
    stalled_days: int | None = None
    exit_rule: ExitRule = "none"
    steps: tuple[PlaybookStep, ...] = ()
    hard_days: int | None = None

    @property
    def won(self) -> bool:
        """Whether entering this stage wins the deal."""
        return self.side == "won"

    @property
    def after_sale(self) -> bool:
        """Whether this is work for a client who has bought."""
        return self.side == "after"


@dataclass(frozen=True, slots=True)
class Objection:
    """What clients say against it, and what to answer."""

    key: str
    says: Words
    answer: Words


@dataclass(frozen=True, slots=True)
class LostReason:
    """Why a deal is lost; the same key means the same reason in every playbook."""

    key: str
    name: Words


@dataclass(frozen=True, slots=True)
class Playbook:
    """A whole funnel: what is sold (direction), to whom, where the leads come from, and how.

    ``audience``, ``product``, ``price``, ``place`` and ``promotion`` are its page of marketing.
    """

    key: str
    name: Words
    stages: tuple[PlaybookStage, ...]
    direction: Words = NO_WORDS
    typical_client: Words = NO_WORDS
    source: Words = NO_WORDS
    reviewed_on: str = ""
    lost_reasons: tuple[LostReason, ...] = ()
    objections: tuple[Objection, ...] = ()
    audience: Words = NO_WORDS
    product: Words = NO_WORDS
    price: Words = NO_WORDS
    place: Words = NO_WORDS
    promotion: Words = NO_WORDS

    def steps(self) -> Iterator[PlaybookStep]:
        """All steps, in the order of the work."""
        for stage in self.stages:
            yield from stage.steps


def parse(text: str, file: str) -> Playbook:
    """The playbook in a TOML text; ``file`` is its name for the sentences.

    Raises:
        PlaybookTrouble: one of its kinds, for the first thing that is wrong.

    """
    root = _root(text.removeprefix("\ufeff"), file)
    root.only(
        "key", "name", "direction", "typical_client", "source", "reviewed_on", "page", "lost_reasons", "stages",
        "objections",
    )  # fmt: skip
    page = root.section("page", *PAGE) if root.has("page") else None
    about = {name: page.words(name, optional=True) for name in PAGE} if page else {}
    return Playbook(
        key=root.key(),
        name=root.words("name"),
        direction=root.words("direction", optional=True),
        typical_client=root.words("typical_client", optional=True),
        source=root.words("source", optional=True),
        reviewed_on=root.day("reviewed_on") if root.has("reviewed_on") else "",
        lost_reasons=_lost_reasons(root),
        stages=_stages(root),
        objections=_objections(root),
        **about,
    )


def _root(text: str, file: str) -> Section:
    """The whole file as a table, with its lines."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        position = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = int(position[1]) if position else text.count("\n") + 1
        detail = re.sub(r" \(at .*\)$", "", str(error))
        raise problems.NotToml(file=file, line=line, detail=detail) from error
    return Section(file, lines_of(text.replace("\r\n", "\n")), (), content)


def _lost_reasons(root: Section) -> tuple[LostReason, ...]:
    sections = list(root.sections("lost_reasons", "key", "name"))
    reasons = tuple(LostReason(section.key(), section.words("name")) for section in sections)
    check_unique(sections, [[reason.key] for reason in reasons])
    return reasons


def _objections(root: Section) -> tuple[Objection, ...]:
    sections = list(root.sections("objections", "key", "says", "answer"))
    objections = tuple(
        Objection(part.key(), part.words("says"), part.words("answer", optional=True)) for part in sections
    )
    check_unique(sections, [[objection.key] for objection in objections])
    return objections


def _stages(root: Section) -> tuple[PlaybookStage, ...]:
    sections = list(
        root.sections("stages", "key", "name", "probability", "won", "stalled_days", "hard_days", "exit_rule", "steps")
    )  # fmt: skip
    if not sections:
        raise root.trouble(problems.NoStages)
    won = _won(root, sections)
    step_sections = [list(section.sections("steps", *_STEP_KEYS)) for section in sections]
    every_step = [step for steps in step_sections for step in steps]
    step_keys = [step.key() for step in every_step]
    check_unique(every_step, [[key] for key in step_keys])
    stages: list[PlaybookStage] = []
    for index, (section, inner) in enumerate(zip(sections, step_sections, strict=True)):
        side: Side = "before" if index < won else "won" if index == won else "after"
        before = stages[-1].probability if stages else 0
        steps = tuple(_step(step, step_keys, side) for step in inner)
        stages.append(_stage(section, side, before, steps))
    # A stage is called by its key or by its name in either language, so no two may share any of these.
    check_unique(sections, [[stage.key, stage.name.en, stage.name.ru] for stage in stages])
    check_waiting(step_sections, [[(step.key, step.term.after) for step in stage.steps] for stage in stages])
    return tuple(stages)


def _won(root: Section, sections: list[Section]) -> int:
    """The place of the only won stage."""
    won = [index for index, section in enumerate(sections) if section.flag("won", default=False)]
    if not won:
        raise root.trouble(problems.NoWonStage, "stages")
    if len(won) > 1:
        raise sections[won[1]].trouble(problems.SecondWonStage, "won", first=sections[won[0]].line("won"))
    return won[0]


def _stage(section: Section, side: Side, before: int, steps: tuple[PlaybookStep, ...]) -> PlaybookStage:
    soft = section.whole("stalled_days", 1, LONGEST_TERM) if section.has("stalled_days") else None
    hard = section.whole("hard_days", 1, LONGEST_TERM) if section.has("hard_days") else None
    if hard is not None and soft is not None and hard < soft:
        raise section.trouble(problems.HardBeforeSoft, "hard_days", value=hard, soft=soft)
    return PlaybookStage(
        key=section.key(),
        name=section.words("name"),
        probability=_probability(section, side, before),
        side=side,
        stalled_days=soft,
        hard_days=hard,
        exit_rule=cast("ExitRule", section.choice("exit_rule", EXIT_RULES)) if section.has("exit_rule") else "none",
        steps=steps,
    )


def _probability(section: Section, side: Side, before: int) -> int:
    """In basis points; it may not fall on the way to the sale, and is 1 from there on."""
    if side != "before" and not section.has("probability"):
        return BASIS_POINTS
    points = section.probability("probability")
    value = shown(section.content["probability"])
    if side != "before" and points != BASIS_POINTS:
        raise section.trouble(problems.ProbabilityAfterSale, "probability", value=value)
    if points < before:
        share = f"{before / BASIS_POINTS:g}"
        raise section.trouble(problems.ProbabilityFalls, "probability", value=value, before=share)
    return points


_STEP_KEYS = (
    "key", "title", "kind", "term", "repeat", "required", "role", "say", "ask", "done_when", "result",
    "sends", "on_demand",
)  # fmt: skip


def _step(section: Section, step_keys: list[str], side: Side) -> PlaybookStep:
    on_demand = section.flag("on_demand", default=False)
    required = section.flag("required", default=not on_demand)
    if on_demand and required:
        raise section.trouble(problems.RequiredOnDemand, "required")
    return PlaybookStep(
        key=section.key(),
        title=section.words("title"),
        kind=section.choice("kind", STEP_KINDS),
        term=_term(section, step_keys, side) if section.has("term") else Term(),
        repeat=_repeat(section, step_keys) if section.has("repeat") else None,
        required=required,
        on_demand=on_demand,
        role=section.words("role", optional=True),
        say=section.words("say", optional=True, script=True),
        ask=section.items("ask", script=True),
        done_when=section.items("done_when"),
        result=section.words("result", optional=True),
        sends=section.choice("sends", SENT) if section.has("sends") else "",
    )


def _term(step: Section, step_keys: list[str], side: Side) -> Term:
    section = step.section("term", "after", "days", "working")
    after = section.text("after")
    if after.startswith(STEP_PREFIX):
        known_step(section, "after", after.removeprefix(STEP_PREFIX), step_keys)
    else:
        section.choice("after", ("entry", "previous", "sale", f"{STEP_PREFIX}KEY"))
    if after == "sale" and side == "before":
        raise section.trouble(problems.SaleNotYet, "after")
    days = section.whole("days", 0, LONGEST_TERM) if section.has("days") else 0
    return Term(after, days, section.flag("working", default=False))


def _repeat(step: Section, step_keys: list[str]) -> Repeat:
    section = step.section("repeat", "every", "until")
    every = section.whole("every", 1, LONGEST_REPEAT)
    if not section.has("until"):
        return Repeat(every)
    until = section.text("until")
    known_step(section, "until", until, step_keys)
    if until == step.key():
        raise section.trouble(problems.RepeatUntilItself, "until")
    return Repeat(every, until)
