"""Moves that an act makes vanish, and those that stood beside them (rule 20)."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from funnel_desk.storage.cells import chunks
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.moves import Moves, beside


def moves_of(connection: Connection, deals: Iterable[str]) -> dict[str, Moves]:
    """The moves of these deals as they are."""
    names = BY_NAME["stage_event"].names
    listed = ", ".join(f'"{name}"' for name in names)
    found: dict[str, dict[str, dict[str, object]]] = {}
    for marks, part in chunks(deals):
        for row in connection.exec_driver_sql(
            f"SELECT {listed} FROM stage_event WHERE deal_id IN ({marks})", tuple(part)
        ):
            values = dict(zip(names, row, strict=True))
            found.setdefault(str(values["deal_id"]), {})[str(values["id"])] = values
    return {deal: moves for deal, moves in found.items()}  # noqa: C416 - the value type is wider


def siblings_of_vanished(connection: Connection, before: Mapping[str, Moves]) -> set[str]:
    """The moves that stand beside those of ``before`` that are not there any more."""
    after = moves_of(connection, before)
    found: set[str] = set()
    for deal, moves in before.items():
        gone = set(moves) - set(after.get(deal, ()))
        if gone:
            found.update(*beside(moves, gone, different=False).values())
    return found
