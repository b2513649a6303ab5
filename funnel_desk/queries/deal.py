"""One deal with everything the card shows: where it stands, its checklist, its people, its past."""

from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.checklist import StepState, offers_next, steps_of
from funnel_desk.domain.moments import days_between
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.domain.situation import Situation
from funnel_desk.domain.stays import Stay, sold_at
from funnel_desk.domain.words import Words
from funnel_desk.queries.deal_facts import DealFacts, deal_facts
from funnel_desk.queries.pipelines import objections
from funnel_desk.queries.scripts import ScriptFacts, script_facts
from funnel_desk.queries.timeline import TimelineEntry, reason_words, timeline
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load, load_rulebook, load_situations


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage on the path of the deal: days spent there so far (all its stays), and whether it is passed or present."""

    stage: Stage
    days: float | None
    state: Literal["passed", "now", "ahead", "skipped"]


@dataclass(frozen=True, slots=True)
class StageSteps:
    """The steps of a stage the deal is or was in, as they stand."""

    stage: Stage
    states: tuple[StepState, ...]


@dataclass(frozen=True, slots=True)
class DealCard:
    """Everything the card shows of one deal."""

    situation: Situation
    pipeline: Pipeline
    company: Company | None
    contact: Contact | None
    stages: tuple[StageLine, ...]
    past_steps: tuple[StageSteps, ...]
    coming_steps: tuple[tuple[Stage, tuple[Step, ...]], ...]
    timeline: tuple[TimelineEntry, ...]
    planned: tuple[Activity, ...]
    objections: tuple[Objection, ...]
    reason: Words
    facts: ScriptFacts
    offers_next: bool
    other_deals: tuple[tuple[str, str, str, int | None, str], ...]  # id, title, outcome, value, currency
    around: DealFacts


def deal_card(read: Reader, deal_id: str, on: str) -> DealCard | None:
    """The card of a deal on a day (``YYYY-MM-DD``); None if there is no such deal (any more)."""
    rulebook = load_rulebook(read.connection, read.zone)
    here = next(load_situations(read.connection, [deal_id], rulebook), None)
    if here is None:
        return None
    deal = here.deal
    companies = load(read.connection, Company, "id", [deal.company_id]) if deal.company_id else []
    contacts = load(read.connection, Contact, "id", [deal.contact_id]) if deal.contact_id else []
    around = deal_facts(read, deal)
    reasons: dict[str, LostReason] = {one.id: one for one in load(read.connection, LostReason)}
    return DealCard(
        situation=here,
        pipeline=load(read.connection, Pipeline, "id", [here.stage.pipeline_id])[0],
        company=companies[0] if companies else None,
        contact=contacts[0] if contacts else None,
        stages=_stage_lines(here, on),
        past_steps=_past_steps(here),
        coming_steps=_coming(here),
        timeline=timeline(here, around, reasons),
        planned=_planned(here),
        objections=objections(read, here.stage.pipeline_id),
        reason=reason_words(here.present.reason_id, here.present.reason, reasons),
        facts=script_facts(read, [deal_id], on)[deal_id],
        offers_next=offers_next(here.states),
        other_deals=_others(read, here),
        around=around,
    )


def _stage_lines(here: Situation, on: str) -> tuple[StageLine, ...]:
    spent: dict[str, float] = {}
    for stay in here.stays:
        spent[stay.stage_id] = spent.get(stay.stage_id, 0.0) + max(
            0.0, days_between(stay.entered, stay.left or on, here.rulebook.zone)
        )
    position = here.stage.position

    def state(stage: Stage) -> Literal["passed", "now", "ahead", "skipped"]:
        if stage.id == here.stage.id:
            return "now"
        if stage.id in spent:
            return "passed" if stage.position < position else "ahead"
        return "skipped" if stage.position < position else "ahead"

    return tuple(StageLine(stage, spent.get(stage.id), state(stage)) for stage in here.stages)


def _past_steps(here: Situation) -> tuple[StageSteps, ...]:
    """The checklists of the stays before the present one, where something was touched."""
    touched = {touch.entry_id for touch in here.touches}
    return tuple(
        StageSteps(here.rulebook.stages[stay.stage_id], _states(here, stay))
        for stay in here.stays[:-1]
        if stay.entry_id in touched
    )


def _coming(here: Situation) -> tuple[tuple[Stage, tuple[Step, ...]], ...]:
    """The steps of the stages ahead of the present one."""
    ahead = [stage for stage in here.stages if stage.position > here.stage.position]
    steps = [
        (stage, tuple(step for step in here.rulebook.steps.get(stage.id, ()) if not step.archived)) for stage in ahead
    ]
    return tuple((stage, found) for stage, found in steps if found)


def _planned(here: Situation) -> tuple[Activity, ...]:
    """What is planned, in the order of its days."""
    waiting = [one for one in here.activities if one.at is None and one.planned_for]
    return tuple(sorted(waiting, key=lambda one: (one.planned_for or "", one.id)))


def _states(here: Situation, stay: Stay) -> tuple[StepState, ...]:
    return steps_of(
        here.rulebook.steps.get(stay.stage_id, ()),
        stay.entry_id,
        stay.entered,
        here.touches,
        by_key=here.rulebook.by_key[stay.pipeline_id],
        zone=here.rulebook.zone,
        sale_at=sold_at(here.present, here.passages),
        closed=True,
    )


def _others(read: Reader, here: Situation) -> tuple[tuple[str, str, str, int | None, str], ...]:
    if not here.deal.company_id:
        return ()
    return tuple(
        tuple(row)
        for row in read.sql(
            "SELECT deal.id, title, outcome, value, currency FROM deal JOIN deal_state ON deal_id = deal.id"
            " WHERE company_id = ? AND deal.id != ? ORDER BY created_at DESC LIMIT 8",
            here.deal.company_id,
            here.deal.id,
        )
    )
