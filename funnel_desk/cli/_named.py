"""What a person calls things by: deals, pipelines, stages and steps, found by key or by name in any language."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.search import folded
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, language

if TYPE_CHECKING:
    from funnel_desk.queries.deals import DealRow
    from funnel_desk.queries.pipelines import PipelineRow
    from funnel_desk.storage.reader import Reader

MOST_NAMED = 12


class UnknownDeal(Refusal):
    """Nothing is called that."""

    message = N_("There is no deal “{deal}”. Tell it by its id, its external id or its exact title.")


class SeveralDeals(Refusal):
    """A title or external id that several deals have."""

    message = N_("“{deal}” is {count} deals. Tell which by its id: {candidates}.")


class UnknownPipeline(Refusal):
    """No pipeline of the workspace is called that."""

    message = N_("There is no pipeline “{pipeline}” here. Known: {known}.")


class UnknownStage(Refusal):
    """No stage of the pipeline is called that."""

    message = N_("There is no stage “{stage}” in the pipeline “{pipeline}”. Known: {known}.")


class SeveralStages(Refusal):
    """Two stages that were given one name."""

    message = N_("“{stage}” is more than one stage of “{pipeline}”. Tell it by its key: {known}.")


class UnknownStepHere(Refusal):
    """The present stage of the deal has no such step."""

    message = N_("There is no step “{step}” in the stage “{stage}”, where “{deal}” stands. Known: {known}.")


class NoSteps(Refusal):
    """The present stage of the deal has no steps at all."""

    message = N_("The stage “{stage}”, where “{deal}” stands, has no steps.")


def deal_id(read: "Reader", told: str) -> str:
    """The id of the deal that is meant. Raises UnknownDeal, or SeveralDeals with the candidates."""
    from funnel_desk.queries.deals import DealFilter, deal_keys, deal_named, deal_rows

    found = deal_named(read, told)
    if not found:
        raise UnknownDeal(deal=told)
    if len(found) > 1:
        rows = deal_rows(read, deal_keys(read, DealFilter(keys=tuple(found[:MOST_NAMED]))))
        names = "; ".join(_candidate(row) for row in sorted(rows, key=lambda row: row.row_key))
        raise SeveralDeals(deal=told, count=len(found), candidates=names + ("; …" if len(found) > MOST_NAMED else ""))
    return found[0]


def pipeline_row(read: "Reader", told: str) -> "PipelineRow":
    """The pipeline that is meant, with its stages: by name, by the key of its playbook, or by id."""
    from funnel_desk.queries.pipelines import pipelines

    rows = pipelines(read)
    wanted = folded(told.strip())
    for by in (_pipeline_names, _pipeline_keys):
        for row in rows:
            if wanted in by(row.pipeline):
                return row
    raise UnknownPipeline(pipeline=told, known=", ".join(row.pipeline.name.of(language()) for row in rows))


def chosen_pipeline(read: "Reader", told: str | None) -> "PipelineRow":
    """The pipeline that is meant; the first of the workspace unless told. Raises NoPipeline where there is none."""
    from funnel_desk.operations.deals import NoPipeline
    from funnel_desk.queries.pipelines import pipelines

    if told is not None:
        return pipeline_row(read, told)
    rows = pipelines(read)
    if not rows:
        raise NoPipeline
    return rows[0]


def stage_named(stages: Sequence[Stage], told: str, pipeline: Words) -> Stage:
    """The stage that is meant: by key, else by name in either language. Raises UnknownStage or SeveralStages."""
    wanted = folded(told.strip())
    keyed = [stage for stage in stages if folded(stage.key) == wanted or stage.id == told]
    found = keyed or [stage for stage in stages if wanted in _said(stage.name)]
    known = ", ".join(stage.key for stage in stages)
    if not found:
        raise UnknownStage(stage=told, pipeline=pipeline, known=known)
    if len(found) > 1:
        raise SeveralStages(stage=told, pipeline=pipeline, known=", ".join(stage.key for stage in found))
    return found[0]


def step_named(states: Iterable[StepState], told: str, deal: str, stage: Words) -> StepState:
    """The step of the present stage that is meant: by key, else by title in either language."""
    states = tuple(states)
    if not states:
        raise NoSteps(stage=stage, deal=deal)
    wanted = folded(told.strip())
    for state in states:
        if wanted == folded(state.step.key) or told == state.step.id:
            return state
    for state in states:
        if wanted in _said(state.step.title):
            return state
    raise UnknownStepHere(step=told, stage=stage, deal=deal, known=", ".join(state.step.key for state in states))


def _candidate(row: "DealRow") -> str:
    return f"{row.deal_id} ({', '.join(part for part in (row.company, row.stage.of(language())) if part)})"


def _pipeline_names(pipeline: Pipeline) -> set[str]:
    return _said(pipeline.name)


def _pipeline_keys(pipeline: Pipeline) -> set[str]:
    return {key for key in (folded(pipeline.playbook_key), pipeline.id) if key}


def _said(words: Words) -> set[str]:
    """The texts in both languages, as they are compared."""
    return {folded(text) for text in (words.en, words.ru) if text}
