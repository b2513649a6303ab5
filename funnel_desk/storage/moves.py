"""Moves that a redo would put beside different ones."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection

Content = tuple[object, ...]


def different_siblings(connection: Connection, allowed: Iterable[str]) -> list[str]:
    """The deals in which a move of ``up`` would stand beside a different living one outside ``allowed`` (rule 21)."""
    coming: dict[str, dict[str, dict[str, object]]] = {}
    for root, row, value in connection.exec_driver_sql(
        'SELECT root, "row", value FROM up JOIN change ON key = up.change'
        " WHERE tbl = 'stage_event' AND kind = 'create' AND root IN (SELECT id FROM deal)"
    ):
        coming.setdefault(root, {})[row] = json.loads(value)
    known = set(allowed)
    found = []
    for root, moves in coming.items():
        there = {
            row: {
                "previous": previous,
                "kind": kind,
                "pipeline_id": pipeline,
                "stage_id": stage,
                "reason_id": reason_id,
                "reason": reason,
            }
            for row, previous, kind, pipeline, stage, reason_id, reason in connection.exec_driver_sql(
                "SELECT id, previous, kind, pipeline_id, stage_id, reason_id, reason FROM stage_event"
                " WHERE deal_id = ?",
                (root,),
            )
        }
        everything = there | moves
        if any(
            row not in known
            and row not in moves
            and _place(row, everything) == _place(new, everything)
            and _content(everything[row]) != _content(everything[new])
            for new in moves
            for row in there
        ):
            found.append(root)
    return found


def _content(move: dict[str, object]) -> Content:
    return (
        move["kind"], move["pipeline_id"], move["stage_id"], move.get("reason_id"), move.get("reason") or "",
    )  # fmt: skip


def _place(row: str, moves: dict[str, dict[str, object]]) -> tuple[Content, ...]:
    """Where a move stands: the contents of all moves before it, so that equal ones of two people are one place."""
    found = []
    before = moves[row]["previous"]
    while isinstance(before, str) and before in moves:
        found.append(_content(moves[before]))
        before = moves[before]["previous"]
    return tuple(found)
