"""Where a deal stands: everything that follows from its facts by the rules of its pipelines."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from funnel_desk.domain import attention
from funnel_desk.domain.activity import Activity
from funnel_desk.domain.checklist import NextAction, StepState, next_action, steps_of
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.path import Choice, Path, Rank, fold_path
from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.stays import Passage, Stay, passages_of, present_passage, sold_at, stays_of, touches_of
from funnel_desk.domain.touch import is_touch, touch_action

CERTAIN = 10_000
NO_CHOICES: Mapping[str, Choice] = {}


class Rulebook(NamedTuple):
    """The stages and steps of all pipelines, and the time zone in which days are cut."""

    stages: Mapping[str, Stage]
    steps: Mapping[str, Sequence[Step]]  # of a stage, in order
    by_key: Mapping[str, Mapping[str, Step]]  # of a pipeline
    zone: str

    def pipeline_stages(self, pipeline_id: str) -> list[Stage]:
        """The living stages of a pipeline, in order."""
        mine = [one for one in self.stages.values() if one.pipeline_id == pipeline_id and not one.archived]
        return sorted(mine, key=lambda one: one.position)


class DealFacts(NamedTuple):
    """All facts of one deal."""

    deal: Deal
    events: Sequence[StageEvent]
    touches: Sequence[TouchedStep]
    activities: Sequence[Activity]


class Situation(NamedTuple):
    """A deal with all that follows: its path, its stays, what became of it, its checklist and its next action."""

    deal: Deal
    path: Path
    stays: Sequence[Stay]
    passages: Sequence[Passage]
    present: Passage
    touches: Sequence[TouchedStep]
    activities: Sequence[Activity]
    states: Sequence[StepState]
    action: NextAction | None
    rulebook: Rulebook

    @property
    def stage(self) -> Stage:
        """The stage where the deal stands, or where it was lost."""
        return self.rulebook.stages[self.stays[-1].stage_id]

    @property
    def stages(self) -> list[Stage]:
        """The living stages of the deal's pipeline, in order."""
        return self.rulebook.pipeline_stages(self.stays[-1].pipeline_id)

    @property
    def last_event(self) -> str:
        """The id after which the next event comes."""
        return self.path.nodes[-1].event_ids[0]

    @property
    def probability(self) -> int:
        """The chance to win in basis points: 10000 if won, 0 if lost, else the deal's own, else the stage's."""
        if self.present.outcome != "open":
            return CERTAIN if self.present.outcome == "won" else 0
        if self.deal.probability is not None:
            return self.deal.probability
        stage = self.rulebook.stages.get(self.stays[-1].stage_id)
        return stage.probability if stage else 0

    @property
    def next_stage(self) -> Stage | None:
        """The stage after the present one."""
        here = self.stage
        return next((one for one in self.stages if one.position > here.position), None)

    @property
    def won_stage(self) -> Stage:
        """The stage that wins a deal of this pipeline."""
        return next(one for one in self.stages if one.side == "won")

    @property
    def last_contact(self) -> str | None:
        """When the latest activity was done."""
        return attention.last_contact(self.activities)

    @property
    def last_touch(self) -> str:
        """The latest of the last contact, the last move and the last step done."""
        return attention.last_touch(self.last_contact, self.path.nodes[-1].at, self.touches)

    @property
    def planned_at(self) -> str | None:
        """The latest moment for which something is planned, be it the next touch."""
        touch = self.action.due if self.action is not None and is_touch(self.action) else None
        return max((one for one in (attention.latest_plan(self.activities), touch) if one), default=None)


def situate(
    facts: DealFacts, rulebook: Rulebook, ranks: Mapping[str, Rank], choices: Mapping[str, Choice] = NO_CHOICES
) -> Situation:
    """Derive where a deal stands. ``ranks`` and ``choices`` matter only where people disagree about its path."""
    course = _course(facts, rulebook, ranks, choices)
    states = _states(course, rulebook)
    action = _or_touch(next_action(states, facts.activities, rulebook.zone), facts, course, rulebook.zone)
    return Situation(facts.deal, *course, facts.activities, states, action, rulebook)


def situate_briefly(
    facts: DealFacts,
    rulebook: Rulebook,
    ranks: Mapping[str, Rank],
    choices: Mapping[str, Choice],
    known: dict[tuple[object, ...], NextAction | None],
) -> Situation:
    """The same without the states of the checklist, for lists of very many deals.

    ``known`` keeps the next actions of checklists that nobody has touched: they depend on the stage and the day only.
    """
    course = _course(facts, rulebook, ranks, choices)
    if course.touches or facts.activities:
        found = next_action(_states(course, rulebook), facts.activities, rulebook.zone)
        action = _or_touch(found, facts, course, rulebook.zone)
        return Situation(facts.deal, *course, facts.activities, (), action, rulebook)
    last, present = course.stays[-1], course.present
    key = (last.stage_id, day_of(last.entered, rulebook.zone), _sale(course), present.outcome)
    if key not in known:
        known[key] = next_action(_states(course, rulebook), (), rulebook.zone)
    action = _or_touch(known[key], facts, course, rulebook.zone)
    return Situation(facts.deal, *course, facts.activities, (), action, rulebook)


def _or_touch(found: NextAction | None, facts: DealFacts, course: "_Course", zone: str) -> NextAction | None:
    """What has a day goes first; else the deal's own rhythm of touches; else what may be done on any day."""
    if facts.deal.touch_every is None or (found is not None and found.due is not None):
        return found
    if course.present.outcome not in {"open", "won"}:
        return found
    contact = attention.last_contact(facts.activities)
    touched = attention.last_touch(contact, course.path.nodes[-1].at, course.touches)
    return touch_action(touched, facts.deal.touch_every, zone)


class _Course(NamedTuple):
    """What follows from the moves of a deal."""

    path: Path
    stays: Sequence[Stay]
    passages: Sequence[Passage]
    present: Passage
    touches: Sequence[TouchedStep]


def _course(facts: DealFacts, rulebook: Rulebook, ranks: Mapping[str, Rank], choices: Mapping[str, Choice]) -> _Course:
    path = fold_path(facts.deal, facts.events, ranks, choices, rulebook.zone)
    stays = stays_of(path, rulebook.stages)
    passages = passages_of(path, stays, rulebook.stages)
    return _Course(path, stays, passages, present_passage(stays, passages), touches_of(path, stays, facts.touches))


def _sale(course: _Course) -> str | None:
    """When the sale was made that the work after it counts from."""
    return sold_at(course.present, course.passages)


def _states(course: _Course, rulebook: Rulebook) -> Sequence[StepState]:
    last = course.stays[-1]
    steps = rulebook.steps.get(last.stage_id, ())
    if not steps:
        return ()
    return steps_of(
        steps,
        last.entry_id,
        last.entered,
        course.touches,
        by_key=rulebook.by_key[last.pipeline_id],
        zone=rulebook.zone,
        sale_at=_sale(course),
        closed=course.present.outcome == "lost",
    )
