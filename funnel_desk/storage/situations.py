"""Loading deals with all that follows from their facts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, select

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.situation import DealFacts, Rulebook, Situation, situate
from funnel_desk.storage.entities import BY_KIND
from funnel_desk.storage.forks import choices_of, ranks_of


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
    deals = load(connection, Deal, "id", ids)
    events = _by_deal(connection, StageEvent, ids)
    touches = _by_deal(connection, TouchedStep, ids)
    activities = _by_deal(connection, Activity, ids)
    ranks, choices = ranks_of(connection, events), choices_of(connection, ids)
    for deal in deals:
        facts = DealFacts(
            deal, events.get(deal.id, ()), touches.get(deal.id, ()), activities.get(deal.id, ())
        )  # fmt: skip
        yield situate(facts, rulebook, ranks, choices.get(deal.id, {}))


def _by_deal(connection: Connection, kind: type[Any], ids: Sequence[str]) -> dict[str, list[Any]]:
    """The rows of a kind by their deal. No column of these kinds is more than its plain value, but for flags."""
    entity = BY_KIND[kind]
    names = ", ".join(f'"{name}"' for name in entity.names)
    place, flags = entity.names.index("deal_id"), [at for at, item in enumerate(fields(kind)) if item.type is bool]
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.exec_driver_sql(
        f"SELECT {names} FROM {entity.name} WHERE deal_id IN ({', '.join('?' * len(ids))}) ORDER BY id",
        tuple(ids),
    ):
        values = list(row)
        for flag in flags:
            values[flag] = bool(values[flag])
        found[values[place]].append(kind(*values))
    return found
