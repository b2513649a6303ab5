"""Erasing what is known of a person. It cannot be undone, and it travels: see ``storage.erasure``."""

from collections.abc import Collection

from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.backups import forget_earlier
from funnel_desk.operations.desk import Desk, fresh_id
from funnel_desk.storage.acts import ERASE, Act
from funnel_desk.storage.blanks import Value
from funnel_desk.storage.erasure import write_erasure

ERASED = N_("Erase what is known of a person (values: {n})")


class NothingToErase(Refusal):
    """No value was chosen."""

    message = N_("Nothing is chosen that could be erased.")


def erase(desk: Desk, values: Collection[Value]) -> str:
    """Blank these values for ever, in the facts, in the journal and in the free room of the file; gives the batch.

    Raises NothingToErase.
    """
    chosen = set(values)
    if not chosen:
        raise NothingToErase
    zone = desk.workspace.time_zone
    act = Act(ERASED, desk.author, desk.clock(), zone, fresh_id, {"n": len(chosen)}, ERASE)
    batch = desk.run_apart(lambda connection: write_erasure(connection, act, chosen, zone))
    desk.compact()
    return batch


def forget_backups(desk: Desk) -> int:
    """Delete the backups that were taken before, which keep what was erased, after a new one; gives how many went."""
    return forget_earlier(desk.path, desk.clock())
