"""Everything that the workspace holds, table by table, as plain values; and how a table's values stand in a text."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Text

from funnel_desk.storage.entities import BY_NAME, ENTITIES, plain
from funnel_desk.storage.forks import choice_text, choices_of
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

TABLES: Mapping[str, tuple[str, ...]] = {
    entity.name: entity.names for entity in reversed(ENTITIES) if entity.name != "workspace"
}
"""The names of the tables with their fields; what is referred to comes first."""
CHOICES = "choice"
CHOICE_FIELDS = ("deal_id", "fork", "choice")

Values = Mapping[str, object]


class Whole(NamedTuple):
    """All facts: rows by table, the choices that people made where they disagreed about a path, and the workspace."""

    currency: str
    time_zone: str
    tables: Mapping[str, Sequence[Values]]
    choices: Sequence[Values]


def whole(read: Reader) -> Whole:
    """All facts as they stand. The journal (who said what when) is not a part of it."""
    here = read.workspace
    tables = {name: [plain(BY_NAME[name], row) for row in load(read.connection, BY_NAME[name].kind)] for name in TABLES}
    deals = [str(row["id"]) for row in tables["deal"]]
    choices: list[Values] = [
        {"deal_id": deal, "fork": fork, "choice": choice_text(choice)}
        for deal, forks in sorted(choices_of(read.connection, deals).items())
        for fork, choice in sorted(forks.items())
    ]
    return Whole(here.currency, here.time_zone, tables, choices)


def cell_of(table: str, field: str, value: object) -> str:
    """A value as a cell: a text as it is, nothing as nothing, and the rest, with what could be mistaken, as JSON."""
    column = BY_NAME[table].table.c[field]
    if value is None:
        return ""
    if isinstance(column.type, Text) and not (column.nullable and str(value)[:1] in {"", '"'}):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def value_of(table: str, field: str, cell: str) -> object:
    """The value that a cell means. Raises ValueError where it means none."""
    column = BY_NAME[table].table.c[field]
    if not column.nullable and isinstance(column.type, Text):
        return cell
    if not cell:
        return None
    return cell if isinstance(column.type, Text) and not cell.startswith('"') else json.loads(cell)
