"""What the journal alone knows of a deal's path: the ranks of its moves, and the choices made at its forks."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from funnel_desk.domain.deal import StageEvent
from funnel_desk.domain.path import Choice, Rank
from funnel_desk.storage.cells import changes_of, chunks, dead_of, links_of
from funnel_desk.storage.fold import Change, shown
from funnel_desk.storage.tables import CHOICES
from funnel_desk.storage.types import dumps

FORK = "fork:"  # a choice is an ordinary cell of the deal: this and the key of the fork


def choice_text(choice: Choice) -> str:
    """A choice as its cell keeps it."""
    return dumps({"chosen": sorted(choice.chosen), "rejected": sorted(choice.rejected)})


def ranks_of(connection: Connection, events: Mapping[str, Sequence[StageEvent]]) -> dict[str, Rank]:
    """The ranks of the moves of those deals in which several moves follow one; ``events`` by deal."""
    forked = [
        deal for deal, moves in events.items() if len(moves) > 1 and len({move.previous for move in moves}) < len(moves)
    ]
    return {
        change.row: change.rank
        for changes in changes_of(connection, forked).values()
        for change in changes
        if change.tbl == "stage_event" and change.kind == "create"
    }


def choices_of(connection: Connection, deals: Sequence[str]) -> dict[str, dict[str, Choice]]:
    """The choices that hold for these deals, by the key of the fork."""
    found: dict[str, dict[str, Choice]] = defaultdict(dict)
    for marks, part in chunks(deals):
        roots = list(
            connection.exec_driver_sql(
                f"SELECT DISTINCT root FROM change WHERE root IN ({marks}) AND {CHOICES}",
                tuple(part),
            ).scalars()
        )
        links, dead = links_of(connection, roots), dead_of(connection, roots)
        for root, changes in changes_of(connection, roots).items():
            cells: dict[str, list[Change]] = defaultdict(list)
            for one in changes:
                if one.kind == "set" and (one.field or "").startswith(FORK):
                    cells[one.field or ""].append(one)
            for field, cell in cells.items():
                change = shown(cell, links, dead)
                value = json.loads(change.value or "null") if change else None
                if value:
                    found[root][field.removeprefix(FORK)] = Choice(
                        frozenset(value["chosen"]), frozenset(value["rejected"])
                    )
    return found
