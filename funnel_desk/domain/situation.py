"""Where a deal stands: everything that follows from its facts by the rules of its pipelines."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from funnel_desk.domain import attention
from funnel_desk.domain.activity import Activity
from funnel_desk.domain.checklist import NextAction, StepState, next_action, steps_of
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.path import Choice, Path, Rank, fold_path
from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.stays import Passage, Stay, passages_of, present_passage, sold_at, stays_of, touches_of

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


def situate(
    facts: DealFacts, rulebook: Rulebook, ranks: Mapping[str, Rank], choices: Mapping[str, Choice] = NO_CHOICES
) -> Situation:
    """Derive where a deal stands. ``ranks`` and ``choices`` matter only where people disagree about its path."""
    deal = facts.deal
    path = fold_path(deal, facts.events, ranks, choices)
    stays = stays_of(path, rulebook.stages)
    passages = passages_of(path, stays, rulebook.stages)
    present, last = present_passage(stays, passages), stays[-1]
    touches = touches_of(path, stays, facts.touches)
    steps = rulebook.steps.get(last.stage_id, ())
    states: Sequence[StepState] = ()
    if steps:
        states = steps_of(
            steps,
            last.entry_id,
            last.entered,
            touches,
            by_key=rulebook.by_key[last.pipeline_id],
            zone=rulebook.zone,
            sale_at=sold_at(present, passages),
            closed=present.outcome == "lost",
        )
    action = next_action(states, facts.activities, rulebook.zone)
    return Situation(
        deal, path, stays, passages, present, touches, facts.activities, states, action, rulebook
    )  # fmt: skip
