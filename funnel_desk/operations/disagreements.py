"""Settling what people disagree about: one of the two sides is written over both, as an act like any other."""

from funnel_desk.domain.deal import StageEvent
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.storage.disagreements import DELETED, STAGE, choice_for, disagreements
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.undo import Reversal


class NoDisagreement(Refusal):
    """It was settled, or one of the sides changed."""

    message = N_("There is no such disagreement any more: it was settled, or somebody changed it since.")


@operation(N_("Settle “{title}”"))
def settle(batch: Batch, disagreement: str, *, other: bool) -> None:
    """Choose the shown side of a disagreement (by its id), or the other; nobody disagrees then until the next merge.

    A row that was deleted and written meanwhile is deleted after all by choosing the other side; ``keep`` is what
    chooses the shown one. Raises NoDisagreement.
    """
    one = next((one for one in batch.disagreements() if one.id == disagreement), None)
    if one is None or (one.field == DELETED and not other):
        raise NoDisagreement
    row = batch.get(BY_NAME[one.table].kind, one.row)
    batch.relabel(title=getattr(row, "title", "") or getattr(row, "name", ""))
    if one.field == DELETED:
        batch.delete(row)
        return
    if one.field != STAGE:
        batch.settle(row, one.field, (one.other if other else one.shown).value)
        return
    events = batch.find(StageEvent, deal_id=one.root)
    choice = choice_for(batch.situation(one.root), one, events, other=other)
    if choice is None:
        raise NoDisagreement
    batch.choose(one.root, one.fork, choice)


def keep(desk: Desk, disagreement: str, title: Words | str) -> Reversal:
    """Keep a row that was deleted and written meanwhile: the deleting of it is taken back, which is undone as one.

    ``title`` names the row in the history. Raises NoDisagreement.
    """
    found = desk.read(lambda read: disagreements(read.connection, read.zone))
    one = next((one for one in found if one.id == disagreement and one.field == DELETED), None)
    if one is None:
        raise NoDisagreement
    return desk.take_back_from(one.other.batch, one.root, title)
