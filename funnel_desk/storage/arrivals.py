"""What comes in from another file is looked over before it counts: rule 23 of the journal."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.cells import changes_of, chunks
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.fold import Change


class ForgedBatch(Trouble):
    """The changes of a batch do not fit its digest, or make no sense."""

    message = N_("The other file is damaged or was altered: its act {batch} does not fit. Nothing was taken from it.")


class PartMissing(Trouble):
    """The other file refers to something that neither file has."""

    message = N_("The other file is incomplete: {what} refers to something that is missing. Nothing was taken from it.")


def look_over(batch: str, rows: Iterable[Sequence[Any]]) -> None:
    """Whether the changes of a batch can be read at all. Raises ForgedBatch.

    ``rows``: place, kind, root, table, row, field and value.
    """
    for _, kind, _, table, _, field, value in rows:
        try:
            said = None if value is None else json.loads(value)
        except ValueError as error:
            raise ForgedBatch(batch=batch) from error
        fits = {
            "create": isinstance(said, dict) and field is None and _complete(table, said),
            "set": isinstance(field, str) and value is not None,
            "delete": field is None and value is None,
        }
        if not fits.get(kind, False):
            raise ForgedBatch(batch=batch)


def _complete(table: str, values: dict[str, object]) -> bool:
    entity = BY_NAME.get(table)
    if entity is None:  # a table of a newer program
        return True
    return all(name == "id" or name in values or name in entity.defaults for name in entity.names)


def refuse_orphans(connection: Connection, roots: Iterable[str]) -> None:
    """Every row was made once, and stands on rows of its own root that the journal knows. Raises PartMissing."""
    for _, part in chunks(roots):
        for changes in changes_of(connection, part).values():
            _refuse_in(changes)


def _refuse_in(changes: Sequence[Change]) -> None:
    made: dict[str, Change] = {}
    for change in changes:
        if change.kind == "create":
            if change.row in made:
                raise ForgedBatch(batch=change.batch)
            made[change.row] = change
    for change in changes:
        if change.tbl in BY_NAME and not {change.row, change.root} <= made.keys():
            raise PartMissing(what=change.batch)
    for change in made.values():
        if change.tbl in BY_NAME:
            values = json.loads(change.value or "{}")
            owners = {values.get(name) for name in BY_NAME[change.tbl].links} - {None}
            if not owners <= made.keys():
                raise PartMissing(what=change.batch)
