"""Marks of change: what was different from a day on, so that a funnel can be read before and after it."""

from dataclasses import replace
from datetime import date

from funnel_desk.domain.change_mark import FACTORS, ChangeMark
from funnel_desk.domain.pipeline import Stage
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.stages import StageElsewhere
from funnel_desk.storage.journal import Batch


class NothingNoted(Refusal):
    """A mark says what has changed."""

    message = N_("Write in a few words what has changed.")


class UnknownFactor(Refusal):
    """A factor that is none."""

    message = N_("“{factor}” is none of the things that change. Known: {known}.")


class NoSuchDay(Refusal):
    """A mark without a day of its own."""

    message = N_("“{day}” is no day. Write it like 2026-11-01.")


@operation(N_("Note the change “{text}”"))
def note_change(
    batch: Batch, pipeline_id: str, on_day: str, text: str, factor: str = "other", stage_id: str | None = None
) -> ChangeMark:
    """Note what is different about a pipeline (or one of its stages) from a day on.

    Raises NothingNoted, UnknownFactor, NoSuchDay and StageElsewhere.
    """
    batch.relabel(text=text.strip())
    mark = ChangeMark(batch.new_id(), pipeline_id, on_day, text.strip(), factor, stage_id)
    _check(batch, mark)
    batch.add(mark)
    return mark


@operation(N_("Change the note “{text}”"))
def edit_change(batch: Batch, /, mark_id: str, **fields: object) -> ChangeMark:
    """Correct the day, the words or the factor of a noted change. Raises what `note_change` raises."""
    before = batch.get(ChangeMark, mark_id)
    batch.relabel(text=before.text)
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of ChangeMark's own fields
    _check(batch, after)
    batch.save(before, after)
    return after


@operation(N_("Delete the note “{text}”"))
def forget_change(batch: Batch, mark_id: str) -> None:
    """Take a noted change away."""
    mark = batch.get(ChangeMark, mark_id)
    batch.relabel(text=mark.text)
    batch.delete(mark)


def _check(batch: Batch, mark: ChangeMark) -> None:
    if mark.stage_id is not None:
        stage = batch.get(Stage, mark.stage_id)
        if stage.pipeline_id != mark.pipeline_id:
            raise StageElsewhere(stage=stage.name)
    if not mark.text.strip():
        raise NothingNoted
    if mark.factor not in FACTORS:
        raise UnknownFactor(factor=mark.factor, known=", ".join(FACTORS))
    try:
        date.fromisoformat(mark.on_day)
    except ValueError as error:
        raise NoSuchDay(day=mark.on_day) from error
