"""How rows of facts hang together: the dataclass of each table, its root, and what keeps it alive.

A *root* is the row whose history is folded as one with all that belongs to it: a deal with its events, steps and
activities; a pipeline with its stages and steps; a company; a contact. Every row of a root stands on the root's own
row; ``links`` are fields that name further rows of the same root on which it stands (the event before it, its stage);
``refs`` name rows of other roots, which stay while somebody refers to them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Table

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.aftercare import Claim, Satisfaction, Waiting
from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.commitment import Condition, Risk, TermsRequest
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.feedback import Feedback
from funnel_desk.domain.not_duplicate import NotDuplicate
from funnel_desk.domain.obstacle import Obstacle
from funnel_desk.domain.own_field import OwnField
from funnel_desk.domain.own_figures import Goal, Rate, SourceCost
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.domain.qualification import Criterion
from funnel_desk.domain.review import Review
from funnel_desk.domain.saved_view import SavedView
from funnel_desk.domain.snooze import Snooze
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.domain.workspace import Workspace
from funnel_desk.storage import tables
from funnel_desk.storage.types import Flag, JsonText, dumps, natural, revived, stored

Row = (
    Workspace
    | Pipeline
    | Stage
    | Step
    | Objection
    | LostReason
    | Company
    | Contact
    | Deal
    | StageEvent
    | TouchedStep
    | Activity
    | Criterion
    | Obstacle
    | Stakeholder
    | Condition
    | Risk
    | TermsRequest
    | Satisfaction
    | Claim
    | Waiting
    | Feedback
    | Snooze
    | ChangeMark
    | OwnField
    | SavedView
    | Rate
    | SourceCost
    | Goal
    | Review
    | NotDuplicate
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One facts table and the dataclass of its rows."""

    kind: type[Any]
    table: Table
    name: str  # of the table; a plain str, which the driver takes as it is
    root: tuple[str, ...]
    links: tuple[str, ...]
    refs: tuple[str, ...]
    names: tuple[str, ...]
    defaults: Mapping[str, object]
    values: Callable[[Any], tuple[object, ...]]
    usual: tuple[object, ...]  # what each field says where nothing is said; an object like no other where it has to be
    rich: tuple[tuple[int, object], ...]  # the places of fields that are not kept as they are; what is kept as usual


def _default(item: Field[Any]) -> object:
    """The plain JSON value a field has when nothing is said of it; ``MISSING`` where it has to be said."""
    if item.default is not MISSING:
        return natural(item.default)
    return natural(item.default_factory()) if item.default_factory is not MISSING else MISSING


def _entity(
    kind: type[Any],
    table: Table,
    root: tuple[str, ...] = ("id",),
    links: tuple[str, ...] = (),
    refs: tuple[str, ...] = (),
) -> Entity:
    found = fields(kind)
    defaults = {item.name: _default(item) for item in found if _default(item) is not MISSING}
    names = tuple(item.name for item in found)
    usual = tuple(item.default if item.default is not MISSING else _made_default(item) for item in found)
    rich = tuple(
        (place, stored(natural(usual[place])))
        for place, name in enumerate(names)
        if isinstance(table.c[name].type, Flag | JsonText)
    )
    return Entity(
        kind, table, str.__str__(table.name), root, links, refs, names, defaults, attrgetter(*names), usual, rich
    )


def _made_default(item: Field[Any]) -> object:
    return item.default_factory() if item.default_factory is not MISSING else MISSING


def _of_deal(kind: type[Any], table: Table, *refs: str) -> Entity:
    """A row that belongs to one deal."""
    return _entity(kind, table, ("deal_id",), ("deal_id",), refs)


# Referrers come before what they refer to: whether a company is still needed shows once the deals are folded.
ENTITIES: tuple[Entity, ...] = (
    _entity(Deal, tables.deal, refs=("pipeline_id", "stage_id", "company_id", "contact_id")),
    _entity(
        StageEvent,
        tables.stage_event,
        ("deal_id",),
        ("deal_id", "previous"),
        ("pipeline_id", "stage_id", "reason_id"),
    ),
    _entity(TouchedStep, tables.touched_step, ("deal_id",), ("deal_id", "entry_id"), ("step_id",)),
    _entity(
        Activity,
        tables.activity,
        ("deal_id", "contact_id", "company_id", "id"),
        ("deal_id",),
        ("step_id", "company_id", "contact_id"),
    ),
    _of_deal(Criterion, tables.criterion),
    _of_deal(Obstacle, tables.obstacle, "objection_id"),
    _of_deal(Stakeholder, tables.stakeholder, "contact_id"),
    _of_deal(Condition, tables.condition),
    _of_deal(Risk, tables.risk),
    _of_deal(TermsRequest, tables.terms_request),
    _of_deal(Satisfaction, tables.satisfaction),
    _of_deal(Claim, tables.claim),
    _of_deal(Waiting, tables.waiting),
    _of_deal(Feedback, tables.feedback, "reason_id"),
    _of_deal(Snooze, tables.snooze),
    _entity(OwnField, tables.own_field),
    _entity(SavedView, tables.saved_view),
    _entity(Rate, tables.rate),
    _entity(SourceCost, tables.source_cost),
    _entity(Goal, tables.goal, refs=("pipeline_id",)),
    _entity(Review, tables.review),
    _entity(NotDuplicate, tables.not_duplicate),
    _entity(Contact, tables.contact, refs=("company_id",)),
    _entity(Company, tables.company),
    _entity(LostReason, tables.lost_reason),
    _entity(ChangeMark, tables.change_mark, ("pipeline_id",), ("pipeline_id", "stage_id")),
    _entity(Objection, tables.objection, ("pipeline_id",), ("pipeline_id",)),
    _entity(Step, tables.step, ("pipeline_id",), ("pipeline_id", "stage_id")),
    _entity(Stage, tables.stage, ("pipeline_id",), ("pipeline_id",)),
    _entity(Pipeline, tables.pipeline),
    _entity(Workspace, tables.workspace),
)
ORDER: Mapping[str, int] = {entity.name: place for place, entity in enumerate(ENTITIES)}
BY_NAME: Mapping[str, Entity] = {entity.name: entity for entity in ENTITIES}
BY_KIND: Mapping[type[Any], Entity] = {entity.kind: entity for entity in ENTITIES}


_TABLE_OF_REF = {"reason_id": "lost_reason"}


def table_of(ref: str) -> str:
    """The table whose rows a reference names."""
    return _TABLE_OF_REF.get(ref, ref.removesuffix("_id"))


REFERRERS: Mapping[str, tuple[tuple[Entity, str], ...]] = {
    name: tuple((entity, ref) for entity in ENTITIES for ref in entity.refs if table_of(ref) == name)
    for name in BY_NAME
}
"""The fields by which rows of a table are referred to from other roots."""


def root_sql(entity: Entity) -> str:
    """The root of a row of this table, as SQL over its columns."""
    columns = [f'{entity.name}."{name}"' for name in entity.root]
    return columns[0] if len(columns) == 1 else f"coalesce({', '.join(columns)})"


def entity_of(row: Row) -> Entity:
    """The entity of a row."""
    return BY_KIND[type(row)]


def root_of(entity: Entity, values: Mapping[str, Any]) -> str:
    """The id of the root to which a row with these values (``id`` among them) belongs."""
    return next(str(values[name]) for name in entity.root if values.get(name))


def root_of_row(entity: Entity, row: Row) -> str:
    """The id of the root to which a row belongs."""
    if len(entity.root) == 1:
        return str(getattr(row, entity.root[0]))
    return next(str(value) for name in entity.root if (value := getattr(row, name)))


def coded(entity: Entity, row: Row) -> tuple[str, tuple[object, ...]]:
    """A new row as the journal writes it (JSON without its id and what every row has anyway) and as its table does."""
    values = entity.values(row)
    said = {
        name: value
        for name, value, default in zip(entity.names, values, entity.usual, strict=True)
        if value is not default and value != default
    }
    del said["id"]
    if not entity.rich:
        return dumps(said), values
    kept = list(values)
    for place, usual in entity.rich:
        name = entity.names[place]
        if name in said:
            said[name] = natural(values[place])
            kept[place] = stored(said[name])
        else:
            kept[place] = usual
    return dumps(said), tuple(kept)


def plain(entity: Entity, row: Row) -> dict[str, object]:
    """All fields of a row as plain JSON values."""
    return {name: natural(getattr(row, name)) for name in entity.names}


def spare(entity: Entity, values: Mapping[str, object]) -> dict[str, object]:
    """What the journal writes of a created row: neither its id nor what every row has anyway."""
    defaults = entity.defaults
    return {
        name: value
        for name, value in values.items()
        if name != "id" and (name not in defaults or defaults[name] != value)
    }


def whole(entity: Entity, row_id: str, values: Mapping[str, object]) -> dict[str, object]:
    """All fields of a row that was created with these values; fields that this program does not know are left out."""
    return {"id": row_id} | dict(entity.defaults) | {name: values[name] for name in entity.names if name in values}


def revive(entity: Entity, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - the entity says which dataclass
    """The dataclass of a row from its plain JSON values."""
    columns = entity.table.c
    return entity.kind(**{name: revived(columns[name].type, value) for name, value in values.items()})


def stored_row(entity: Entity, values: Mapping[str, object]) -> tuple[object, ...]:
    """A row's plain JSON values as its table keeps them, in the order of ``entity.names``."""
    kept = [values[name] for name in entity.names]
    for place, _ in entity.rich:
        kept[place] = stored(kept[place])
    return tuple(kept)


def insert_sql(entity: Entity) -> str:
    """The statement that puts rows (as ``stored_row`` gives them) into the table."""
    return _insert(entity.name, entity.names)


def _insert(table: str, names: Iterable[str]) -> str:
    names = tuple(names)
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})"
