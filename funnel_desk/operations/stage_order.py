"""The stages of a pipeline: which there are, in which order, and where the deals of an archived one count."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from funnel_desk.domain.arranging import blocks, free_key, placed
from funnel_desk.domain.forecast import CERTAIN
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Side, Stage, Step
from funnel_desk.domain.pipeline_rules import check_stage
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.stages import StageElsewhere
from funnel_desk.storage.journal import Batch

SIDES: tuple[Side, ...] = ("before", "won", "after")

Placed = TypeVar("Placed", Pipeline, Stage, Step, Objection, LostReason)


class OtherSideOfTheSale(Refusal):
    """Order and archiving stay within a side of the sale: otherwise old sales would be lost or won anew."""

    message = N_("“{stage}” stays on its side of the sale, or sales of the past would change.")


class WonStageStays(Refusal):
    """Without a won stage no deal could be won."""

    message = N_("“{stage}” is where deals are won, so it cannot be archived. It can be renamed.")


class LastStage(Refusal):
    """The deals of a stage must count somewhere."""

    message = N_("“{stage}” is the last stage on its side of the sale, so its deals would count nowhere.")


class HasHadDeals(Refusal):
    """A stage that deals have been through keeps its side."""

    message = N_("Deals have been in “{stage}”, so it stays on its side of the sale. Add another stage instead.")


def stages_in_order(batch: Batch, pipeline_id: str) -> list[Stage]:
    """All stages of a pipeline, archived ones too."""
    found = batch.find(Stage, pipeline_id=pipeline_id)
    return sorted(found, key=lambda one: (SIDES.index(one.side), one.position, one.id))


def renumber(batch: Batch, rows: Sequence[Placed]) -> None:
    """Give rows the positions in which they stand here."""
    for position, row in enumerate(rows):
        if row.position != position:
            batch.save(row, replace(row, position=position))


@operation(N_("Add stage “{stage}”"))
def add_stage(batch: Batch, pipeline_id: str, name: Words, after: str | None = None, side: Side | None = None) -> Stage:
    """Add a stage after another one (without it: as the first), on that one's side; after the won stage, past the sale.

    Its chance lies between those of its neighbours. Raises NoName and NameTaken.
    """
    batch.relabel(stage=name)
    order = stages_in_order(batch, pipeline_id)
    place = next((number for number, one in enumerate(order) if one.id == after), -1)
    while place >= 0 and place + 1 < len(order) and order[place + 1].archived:  # what counts as that one stays with it
        place += 1
    there = order[place].side if place >= 0 else "before"
    own: Side = side or ("after" if there == "won" else there)
    stage = Stage(
        id=batch.new_id(),
        pipeline_id=pipeline_id,
        key=free_key(name, [one.key for one in order], "stage"),
        name=name,
        position=len(order),
        side=own,
        probability=_between(order, place) if own == "before" else CERTAIN,
    )
    check_stage(stage, order)
    batch.add(stage)
    made = [*order[: place + 1], stage, *order[place + 1 :]]
    renumber(batch, sorted(made, key=lambda one: SIDES.index(one.side)))
    return stage


@operation(N_("Move stage “{stage}”"))
def move_stage(batch: Batch, stage_id: str, before: str | None) -> None:
    """Put a stage before another one of its side (None: at the end of the side). What counts as it goes with it.

    Raises OtherSideOfTheSale and StageElsewhere.
    """
    stage = batch.get(Stage, stage_id)
    batch.relabel(stage=stage.name)
    order = stages_in_order(batch, stage.pipeline_id)
    by_id = {one.id: one for one in order}
    if before is not None and before not in by_id:
        raise StageElsewhere(stage=batch.get(Stage, before).name)
    if before is not None and by_id[before].side != stage.side:
        raise OtherSideOfTheSale(stage=stage.name)
    groups = _groups(order, stage.side)
    moved = [row for head in placed(list(groups), stage.id, before) for row in groups[head]]
    sides = {side: [one.id for one in order if one.side == side] for side in SIDES} | {stage.side: moved}
    renumber(batch, [by_id[row] for side in SIDES for row in sides[side]])


@operation(N_("Archive stage “{stage}”"))
def archive_stage(batch: Batch, stage_id: str, counts_as: str | None = None) -> None:
    """Take a stage out of use; its deals, past ones too, count in another stage of its side (the one before it).

    Nothing is deleted: restoring the stage, or undo, brings them back. Raises WonStageStays, LastStage and
    OtherSideOfTheSale.
    """
    stage = batch.get(Stage, stage_id)
    batch.relabel(stage=stage.name)
    if stage.archived:
        return
    if stage.side == "won":
        raise WonStageStays(stage=stage.name)
    order = stages_in_order(batch, stage.pipeline_id)
    living = [one for one in order if one.side == stage.side and not one.archived and one.id != stage.id]
    if not living and (stage.side == "before" or _has_had_deals(batch, stage)):
        raise LastStage(stage=stage.name)
    if counts_as is not None:
        if counts_as not in {one.id for one in living}:
            raise OtherSideOfTheSale(stage=stage.name)
        groups = _groups(order, stage.side)
        gone = [one for one in order if one.id in groups[stage.id]]
        rest = [one for one in order if one not in gone]
        place = next(number for number, one in enumerate(rest) if one.id == groups[counts_as][-1]) + 1
        renumber(batch, [*rest[:place], *gone, *rest[place:]])
    stage = batch.get(Stage, stage_id)
    batch.save(stage, replace(stage, archived=True))


@operation(N_("Restore stage “{stage}”"))
def restore_stage(batch: Batch, stage_id: str) -> None:
    """Use a stage again; the deals that were moved into it stand there again. Raises NameTaken."""
    stage = batch.get(Stage, stage_id)
    batch.relabel(stage=stage.name)
    check_stage(replace(stage, archived=False), stages_in_order(batch, stage.pipeline_id))
    if stage.archived:
        batch.save(stage, replace(stage, archived=False))


@operation(N_("Put stage “{stage}” on the other side of the sale"))
def change_side(batch: Batch, stage_id: str, side: Side) -> None:
    """Make of a stage before the sale one after it, or the other way round, as long as no deal has been there.

    Raises WonStageStays, LastStage and HasHadDeals.
    """
    stage = batch.get(Stage, stage_id)
    batch.relabel(stage=stage.name)
    if side == stage.side:
        return
    if "won" in {side, stage.side}:
        raise WonStageStays(stage=stage.name)
    if _has_had_deals(batch, stage):
        raise HasHadDeals(stage=stage.name)
    order = stages_in_order(batch, stage.pipeline_id)
    if stage.side == "before" and not any(one.side == "before" and not one.archived and one != stage for one in order):
        raise LastStage(stage=stage.name)
    rest = [one for one in order if one.id != stage.id]
    before = [one for one in rest if one.side == "before"]
    chance = CERTAIN if side == "after" else max([one.probability for one in before], default=0)
    turned = replace(stage, side=side, probability=chance)
    batch.save(stage, turned)
    after_won = next(number for number, one in enumerate(rest) if one.side == "won") + (side == "after")
    renumber(batch, [*rest[:after_won], turned, *rest[after_won:]])


def _groups(order: Sequence[Stage], side: Side) -> dict[str, list[str]]:
    """The stages of a side with the archived ones that count as them, by the living one."""
    archived = {one.id for one in order if one.archived}
    groups = blocks([(one.id, one.archived) for one in order if one.side == side])
    return {next((row for row in group if row not in archived), group[0]): group for group in groups}


def _between(order: Sequence[Stage], place: int) -> int:
    """A chance between those of the living stages around a new one."""
    chances = [one.probability for one in order[: place + 1] if one.side == "before" and not one.archived]
    least = chances[-1] if chances else 0
    later = [one.probability for one in order[place + 1 :] if one.side == "before" and not one.archived]
    most = later[0] if later else CERTAIN
    return least if most < least else (least + most) // 200 * 100


def _has_had_deals(batch: Batch, stage: Stage) -> bool:
    return bool(
        batch.rows(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM stage_event WHERE stage_id = ?)"
            " OR EXISTS (SELECT 1 FROM deal WHERE stage_id = ?)",
            stage.id,
            stage.id,
        )
    )
