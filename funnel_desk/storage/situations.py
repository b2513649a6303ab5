"""Loading deals with all that follows from their facts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.path import Choice, Rank
from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.situation import DealFacts, Rulebook, Situation, situate
from funnel_desk.storage.entities import BY_KIND
from funnel_desk.storage.forks import choices_of, ranks_of
from funnel_desk.storage.types import Flag, JsonText


def load_rulebook(connection: Connection, zone: str) -> Rulebook:
    """Stages and steps of the file as they are now."""
    stages = {stage.id: stage for stage in load(connection, Stage)}
    steps: dict[str, list[Step]] = defaultdict(list)
    by_key: dict[str, dict[str, Step]] = defaultdict(dict)
    for step in sorted(load(connection, Step), key=lambda one: (one.position, one.id)):
        steps[step.stage_id].append(step)
        by_key[step.pipeline_id][step.key] = step
    return Rulebook(stages, steps, by_key, zone)


def load(connection: Connection, kind: type[Any], field: str = "", among: Sequence[str] = ()) -> list[Any]:
    """All rows of a kind, or those whose field is among these values, by id: in one order in every file."""
    entity = BY_KIND[kind]
    columns = [entity.table.c[name] for name in entity.names]
    statement = select(*columns).order_by(entity.table.c.id)
    if field:
        statement = statement.where(entity.table.c[field].in_(among))
    return [kind(*row) for row in connection.execute(statement)]


def load_situations(connection: Connection, ids: Sequence[str], rulebook: Rulebook) -> Iterator[Situation]:
    """Where these deals stand (at most a few hundred at a time), by id."""
    facts, ranks, choices = load_facts(connection, ids)
    for one in facts:
        yield situate(one, rulebook, ranks, choices.get(one.deal.id, {}))


def load_facts(
    connection: Connection, ids: Sequence[str]
) -> tuple[list[DealFacts], dict[str, Rank], dict[str, dict[str, Choice]]]:
    """The facts of some deals, and what settles the places where people disagree about their paths."""
    events = _by_deal(connection, StageEvent, ids)
    touches = _by_deal(connection, TouchedStep, ids)
    activities = _by_deal(connection, Activity, ids)
    facts = [
        DealFacts(deal, events.get(deal.id, ()), touches.get(deal.id, ()), activities.get(deal.id, ()))
        for deal in _plain_rows(connection, Deal, "id", ids)
    ]
    return facts, ranks_of(connection, events), choices_of(connection, ids)


def _by_deal(connection: Connection, kind: type[Any], ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in _plain_rows(connection, kind, "deal_id", ids):
        found[row.deal_id].append(row)
    return found


def _plain_rows(connection: Connection, kind: type[Any], field: str, among: Sequence[str]) -> Iterator[Any]:
    """The same as ``load``, without a look at each column: these rows come by the hundred thousand."""
    entity = BY_KIND[kind]
    names = ", ".join(f'"{name}"' for name in entity.names)
    flags = [place for place, name in enumerate(entity.names) if isinstance(entity.table.c[name].type, Flag)]
    texts = [
        (place, column.type)
        for place, name in enumerate(entity.names)
        if isinstance((column := entity.table.c[name]).type, JsonText)
    ]
    for row in connection.exec_driver_sql(
        f'SELECT {names} FROM {entity.name} WHERE "{field}" IN ({", ".join("?" * len(among))}) ORDER BY id',
        tuple(among),
    ).all():
        if not flags and not texts:
            yield kind(*row)
            continue
        values = list(row)
        for place in flags:
            values[place] = bool(values[place])
        for place, column_type in texts:
            values[place] = column_type.process_result_value(values[place], None)
        yield kind(*values)
