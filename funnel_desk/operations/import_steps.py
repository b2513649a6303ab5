"""Import of steps: what of the checklists was done, and when, and what was moved to another day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from funnel_desk.domain import results
from funnel_desk.domain.deal import StepAct, TouchedStep
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.situation import Situation
from funnel_desk.domain.stays import Stay
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_records import (
    SEVERAL_MEANT,
    UNCHANGED,
    DealNames,
    Decision,
    Edits,
    Watch,
    attempt,
    changed,
    name_key,
    rejected,
    take_in,
)
from funnel_desk.operations.import_values import Alike, IncomingRow, Tally
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.journal import Batch

NO_SUCH_DEAL = N_("There is no deal “{deal}”.")
NO_SUCH_STEP = N_("No stage where “{deal}” has stood has a step “{step}”.")
NO_DAY = N_("The row tells neither when the step was done nor when it is due.")
TOO_EARLY = N_("The deal came into the stage of this step later than that.")


@operation(N_("Import {count} steps from {file}"))
def import_steps(batch: Batch, rows: Sequence[IncomingRow], *, file: str, progress: Progress = NO_PROGRESS) -> Tally:
    """Take in rows of a table of steps. One batch, undone as one."""
    return take_in(batch, StepImport(batch, rows), file, N_("Writing steps"), progress)


def try_steps(look: Look, rows: Sequence[IncomingRow], *, watch: Watch | None = None) -> Tally:
    """What an import of these rows would come to; writes nothing."""
    return attempt(StepImport(look, rows), watch)


class StepImport:
    """One import of steps while it is being worked out."""

    def __init__(self, look: Look, rows: Sequence[IncomingRow]) -> None:
        self.rows, self._look = rows, look
        self._deals = DealNames(look, [str(row.values["deal"]) for row in rows])
        ids = {one for row in rows for one in self._deals.find(str(row.values["deal"]))}
        known = look.find_among(TouchedStep, "id", [row.uid for row in rows if row.uid]) if rows else []
        self._deal_of = {one.id: one.deal_id for one in known}
        ids |= set(self._deal_of.values())
        self._edits = Edits(look, rows, "touched_step", self._deal_of)
        self._here = {one.deal.id: one for one in look.situations(ids)} if ids else {}
        self._touches: dict[str, list[TouchedStep]] = {}
        for touch in look.find_among(TouchedStep, "deal_id", ids) if ids else []:
            self._touches.setdefault(touch.deal_id, []).append(touch)
        self._seen: set[tuple[str, ...]] = set()
        self.alike: list[Alike] = []

    def decide(self, row: IncomingRow) -> Decision:
        """What becomes of a row."""
        if row.cells in self._seen:
            return UNCHANGED
        self._seen.add(row.cells)
        name = str(row.values["deal"])
        meant = [self._deal_of[row.uid]] if row.uid in self._deal_of else self._deals.find(name)
        if len(meant) != 1:
            return rejected(row, SEVERAL_MEANT if meant else NO_SUCH_DEAL, count=len(meant), deal=name)
        here = self._here[meant[0]]
        done_at, due = row.values.get("done_at"), row.values.get("due")
        if done_at is None and due is None:
            return rejected(row, NO_DAY)
        stays = self._stays(here, str(row.values["step"]))
        if not stays:
            return rejected(row, NO_SUCH_STEP, deal=here.deal.title, step=row.values["step"])
        at = str(done_at or "")
        stay, step = self._known(here, stays, at, due) or self._when(stays, at)
        if at and day_of(at, self._look.zone) < day_of(stay.entered, self._look.zone):
            return rejected(row, TOO_EARLY)
        return self._touch(row, here, stay, step, at or None, None if done_at else str(due))

    def _stays(self, here: Situation, wanted: str) -> list[tuple[Stay, Step]]:
        """The stays of a deal in stages that have this step."""
        key = name_key(wanted)
        return [
            (stay, step)
            for stay in here.stays
            for step in here.rulebook.steps.get(stay.stage_id, ())
            if key in {name_key(step.key), name_key(step.title.en), name_key(step.title.ru), step.id}
        ]

    def _known(
        self, here: Situation, stays: Sequence[tuple[Stay, Step]], at: Moment, due: object
    ) -> tuple[Stay, Step] | None:
        """The stay in which the same was said of this step before."""
        said = {
            (one.entry_id, one.step_id)
            for one in self._touches.get(here.deal.id, ())
            if (one.at == at if at else one.act == "moved" and one.due == due)
        }
        return next(((stay, step) for stay, step in stays if (stay.entry_id, step.id) in said), None)

    def _when(self, stays: Sequence[tuple[Stay, Step]], at: Moment) -> tuple[Stay, Step]:
        """The stay in which it was done: the last that had begun by then, the last of all for what is only due."""
        if not at:
            return stays[-1]
        zone = self._look.zone
        begun = [one for one in stays if day_of(one[0].entered, zone) <= day_of(at, zone)]
        return (begun or stays[:1])[-1]

    def _touch(
        self, row: IncomingRow, here: Situation, stay: Stay, step: Step, done_at: Moment | None, due: Moment | None
    ) -> Decision:
        mine = self._touches.setdefault(here.deal.id, [])
        of_step = [one for one in mine if (one.entry_id, one.step_id) == (stay.entry_id, step.id)]
        present = next((one for one in mine if row.uid and one.id == row.uid), None)
        if done_at is not None:
            done = [one for one in of_step if one.act != "moved"]
            present = present or next((one for one in done if one.at == done_at), None)
            if present is None and done and step.every is None:
                present = done[0]
        else:
            moved = [one for one in of_step if one.act == "moved"]
            present = present or next((one for one in moved if one.due == due), None)
        act: StepAct = "done" if done_at is not None else "moved"
        made = TouchedStep(self._look.new_id(), here.deal.id, stay.entry_id, step.id, act, done_at or self._look.now)
        after = replace(present or made, due=due) if done_at is None else replace(present or made, at=done_at)
        after = _with_said(after, row.values, step)
        if present is None:
            mine.append(after)
            return Decision("created", [after])
        if row.uid == present.id:
            said = {name: getattr(after, name) for name in ("at", "due", "result", "note")}
            after = self._edits.of(row, present, {name: value for name, value in said.items() if value})
        mine[mine.index(present)] = after
        return changed(present, after, since=self._edits.since(row) if row.uid == present.id else None)


def _with_said(touch: TouchedStep, values: Mapping[str, object], step: Step) -> TouchedStep:
    """What a row says of how it went; a result that is known is kept by its key."""
    result, note = str(values.get("result", "")), str(values.get("note", ""))
    return replace(touch, result=results.result_key(step, result) if result else touch.result, note=note or touch.note)
