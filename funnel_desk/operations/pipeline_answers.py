"""What clients of a pipeline say against it with the answers, and the reasons for which deals are lost."""

from dataclasses import replace

from funnel_desk.domain.arranging import free_key, placed
from funnel_desk.domain.pipeline import LostReason, Objection
from funnel_desk.domain.pipeline_rules import check_name
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.stage_order import renumber
from funnel_desk.storage.journal import Batch

NO_ANSWER = Words("", "")


@operation(N_("Add objection “{objection}”"))
def add_objection(batch: Batch, pipeline_id: str, says: Words, answer: Words = NO_ANSWER) -> Objection:
    """Note what clients say against it, and what to answer. Raises NoName."""
    check_name(says)
    batch.relabel(objection=says)
    there = batch.find(Objection, pipeline_id=pipeline_id)
    key = free_key(says, [one.key for one in there], "objection")
    made = Objection(batch.new_id(), pipeline_id, key, says, answer, len(there))
    batch.add(made)
    return made


@operation(N_("Change objection “{objection}”"))
def edit_objection(batch: Batch, /, objection_id: str, **fields: object) -> Objection:
    """Change what clients say (`says`) or the answer to it (`answer`). Raises NoName."""
    before = batch.get(Objection, objection_id)
    batch.relabel(objection=before.says)
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of Objection's own fields
    check_name(after.says)
    batch.save(before, after)
    return after


@operation(N_("Move objection “{objection}”"))
def move_objection(batch: Batch, objection_id: str, before: str | None) -> None:
    """Put an objection before another one of its pipeline (None: at the end)."""
    moved = batch.get(Objection, objection_id)
    batch.relabel(objection=moved.says)
    there = sorted(batch.find(Objection, pipeline_id=moved.pipeline_id), key=lambda one: (one.position, one.id))
    by_id = {one.id: one for one in there}
    renumber(batch, [by_id[row] for row in placed(list(by_id), objection_id, before)])


@operation(N_("Archive objection “{objection}”"))
def archive_objection(batch: Batch, objection_id: str) -> None:
    """Offer an objection no longer; where it was met, it stays noted."""
    _keep_objection(batch, objection_id, archived=True)


@operation(N_("Restore objection “{objection}”"))
def restore_objection(batch: Batch, objection_id: str) -> None:
    """Offer an objection again."""
    _keep_objection(batch, objection_id, archived=False)


@operation(N_("Add reason “{reason}”"))
def add_lost_reason(batch: Batch, name: Words) -> LostReason:
    """Add a reason for losing deals, for all pipelines. Raises NoName."""
    check_name(name)
    batch.relabel(reason=name)
    there = batch.find(LostReason)
    made = LostReason(batch.new_id(), free_key(name, [one.key for one in there], "reason"), name, len(there))
    batch.add(made)
    return made


@operation(N_("Change reason “{reason}”"))
def edit_lost_reason(batch: Batch, lost_reason_id: str, name: Words) -> LostReason:
    """Call a reason something else, in deals of the past too. Raises NoName."""
    before = batch.get(LostReason, lost_reason_id)
    batch.relabel(reason=before.name)
    check_name(name)
    after = replace(before, name=name)
    batch.save(before, after)
    return after


@operation(N_("Move reason “{reason}”"))
def move_lost_reason(batch: Batch, lost_reason_id: str, before: str | None) -> None:
    """Put a reason before another one (None: at the end)."""
    batch.relabel(reason=batch.get(LostReason, lost_reason_id).name)
    there = sorted(batch.find(LostReason), key=lambda one: (one.position, one.id))
    by_id = {one.id: one for one in there}
    renumber(batch, [by_id[row] for row in placed(list(by_id), lost_reason_id, before)])


@operation(N_("Archive reason “{reason}”"))
def archive_lost_reason(batch: Batch, lost_reason_id: str) -> None:
    """Offer a reason no longer; deals that were lost for it keep it."""
    _keep_reason(batch, lost_reason_id, archived=True)


@operation(N_("Restore reason “{reason}”"))
def restore_lost_reason(batch: Batch, lost_reason_id: str) -> None:
    """Offer a reason again."""
    _keep_reason(batch, lost_reason_id, archived=False)


def _keep_objection(batch: Batch, objection_id: str, *, archived: bool) -> None:
    one = batch.get(Objection, objection_id)
    batch.relabel(objection=one.says)
    if one.archived is not archived:
        batch.save(one, replace(one, archived=archived))


def _keep_reason(batch: Batch, lost_reason_id: str, *, archived: bool) -> None:
    one = batch.get(LostReason, lost_reason_id)
    batch.relabel(reason=one.name)
    if one.archived is not archived:
        batch.save(one, replace(one, archived=archived))
