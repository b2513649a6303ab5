"""A whole workspace that was written down as tables, into a new one: every fact with the id that it had."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from funnel_desk.domain.path import Choice
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.workspace import Workspace
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.import_look import Look
from funnel_desk.storage.entities import BY_NAME, ENTITIES, Entity, Row, revive, table_of, whole
from funnel_desk.storage.foreign_values import fits, row_fits
from funnel_desk.storage.forks import FORK
from funnel_desk.storage.journal import Batch

Values = Mapping[str, object]


class NotFresh(Refusal):
    """The workspace holds work already."""

    message = N_("A whole workspace comes into a new one only; this one has {count} deals, companies or contacts.")


class CameBefore(Refusal):
    """Rows with these ids were in this workspace before."""

    message = N_("This workspace had these facts before. Take the undo back, or begin a new workspace.")


class RowCannotBe(Refusal):
    """A value that the field cannot hold."""

    message = N_("{table}, line {line}: this row cannot be ({why}).")


class NotNamed(Refusal):
    """A row names another that is not in the tables."""

    message = N_("{table}, line {line}: “{field}” names {id}, which is in none of the tables.")


@operation(N_("Take in a whole workspace from {file} ({count} rows)"))
def import_whole(
    batch: Batch,
    tables: Mapping[str, Sequence[Values]],
    choices: Sequence[Values],
    *,
    currency: str,
    time_zone: str,
    file: str,
) -> int:
    """Put every row into a workspace that has none yet; its own pipelines give way. Gives how many rows came in.

    Raises NotFresh, CameBefore, RowCannotBe, NotNamed.
    """
    rows = checked_whole(batch, tables)
    _make_room(batch)
    here = batch.find(Workspace)[0]
    batch.save(here, replace(here, currency=currency, time_zone=time_zone))
    for entity in reversed(ENTITIES):
        batch.add_all(rows.get(entity.name, ()))
    for choice in choices:
        said = cast("Mapping[str, list[str]]", choice["choice"])
        batch.choose(
            str(choice["deal_id"]),
            str(choice["fork"]),
            Choice(frozenset(said["chosen"]), frozenset(said["rejected"])),
        )
    made = sum(map(len, rows.values()))
    batch.relabel(file=file, count=made)
    return made


def checked_whole(look: Look, tables: Mapping[str, Sequence[Values]]) -> dict[str, list[Row]]:
    """The rows as the program holds them, if they may come in; writes nothing. Raises what `import_whole` raises."""
    _check_fresh(look, tables)
    return _checked(tables)


def _check_fresh(look: Look, tables: Mapping[str, Sequence[Values]]) -> None:
    counts = look.rows(
        "SELECT (SELECT count(*) FROM deal) + (SELECT count(*) FROM company) + (SELECT count(*) FROM contact)"
        " + (SELECT count(*) FROM activity)"
    )
    if counts[0][0]:
        raise NotFresh(count=counts[0][0])
    ids = json.dumps([row["id"] for rows in tables.values() for row in rows])
    if look.rows('SELECT 1 FROM change WHERE "row" IN (SELECT value FROM json_each(?)) LIMIT 1', ids):
        raise CameBefore


def _make_room(batch: Batch) -> None:
    """Take out what a new workspace began with."""
    for entity in ENTITIES:
        if entity.root == ("id",) and entity.name != "workspace":
            rows = batch.find(entity.kind)
            if rows:
                batch.delete_all(rows)
                batch.flush()


def _checked(tables: Mapping[str, Sequence[Values]]) -> dict[str, list[Row]]:
    """The rows as the program holds them. Raises RowCannotBe, NotNamed."""
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    every = set[object]().union(*ids.values())
    made: dict[str, list[Row]] = {}
    for name, listed in tables.items():
        entity = BY_NAME[name]
        seen: set[object] = set()
        for place, values in enumerate(listed):
            line = place + 2
            row_id = values.get("id")
            if not isinstance(row_id, str) or not row_id or row_id in seen:
                raise RowCannotBe(table=name, line=line, why="id")
            seen.add(row_id)
            said = {field: value for field, value in values.items() if field in entity.names}
            wrong = next((field for field in entity.names if field not in said and field not in entity.defaults), None)
            wrong = wrong or next((field for field, value in said.items() if not row_fits(name, {field: value})), None)
            if wrong is not None:
                raise RowCannotBe(table=name, line=line, why=wrong)
            _check_names(entity, said, ids, every, line)
            made.setdefault(name, []).append(revive(entity, whole(entity, row_id, said)))
    return made


def _check_names(entity: Entity, values: Values, ids: Mapping[str, set[object]], every: set[object], line: int) -> None:
    for field in {*entity.links, *entity.refs, *(name for name in entity.root if name != "id")}:
        told = values.get(field)
        if not told:
            continue
        known = every if field in {"previous", "entry_id"} else ids.get(table_of(field), set())
        if told not in known:
            raise NotNamed(table=entity.name, line=line, field=field, id=told)


def is_choice(value: object) -> bool:
    """Whether it is a choice as a table of choices tells it."""
    return fits("deal", f"{FORK}any", value)
