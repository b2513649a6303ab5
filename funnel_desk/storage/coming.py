"""What a foreign journal would bring, for somebody who wants to know before: whose acts, and the newest of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from funnel_desk.domain.moments import Moment
from funnel_desk.storage.history import read_arguments

EXAMPLES = 30


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person whose acts would come: how many acts and changes, and when the newest of them was made."""

    author: str
    acts: int
    changes: int
    newest: Moment


@dataclass(frozen=True, slots=True)
class ComingAct:
    """One act that would come: its label and what fills it, when, by whom, how many changes."""

    kind: str
    label: str
    arguments: Mapping[str, object]
    at: Moment
    author: str
    changes: int


def coming(foreign: Connection, batches: Collection[str]) -> tuple[tuple[Colleague, ...], tuple[ComingAct, ...]]:
    """Whose these batches of a looked-over foreign journal are, the busiest first, and the newest acts of them."""
    wanted = frozenset(batches)
    acts: list[ComingAct] = []
    sums: dict[str, Colleague] = {}
    for batch, kind, label, arguments, at, author, changes in foreign.exec_driver_sql(
        "SELECT id, kind, label, arguments, at, author, (SELECT count(*) FROM change WHERE change.batch = batch.key)"
        " + (SELECT count(*) FROM mark WHERE mark.batch = batch.key) FROM batch ORDER BY lamport DESC, id DESC"
    ).all():
        if batch not in wanted:
            continue
        if len(acts) < EXAMPLES:
            acts.append(ComingAct(kind, label, read_arguments(arguments), at, author, changes))
        so_far = sums.get(author, Colleague(author, 0, 0, at))
        sums[author] = Colleague(author, so_far.acts + 1, so_far.changes + changes, max(so_far.newest, at))
    return tuple(sorted(sums.values(), key=lambda one: (-one.changes, one.author))), tuple(acts)
