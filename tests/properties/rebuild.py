"""A second reading of a workspace file, from the rules of the journal alone, to be compared with the tables.

It shares no code with what the program does: plain sets, asked again and again, quick enough for small files.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.aftercare import Claim, Satisfaction, Waiting
from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.commitment import Condition, Risk, TermsRequest
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.feedback import Feedback
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
from funnel_desk.domain.words import Words
from funnel_desk.domain.workspace import Workspace

Json: TypeAlias = Any
Name = tuple[str, int]  # of a change or a mark: its batch and its place in it
Rank = tuple[int, Name]

OF_A_DEAL: Mapping[str, type[Any]] = {
    "criterion": Criterion, "obstacle": Obstacle, "stakeholder": Stakeholder, "condition": Condition, "risk": Risk,
    "terms_request": TermsRequest, "satisfaction": Satisfaction, "claim": Claim, "waiting": Waiting,
    "feedback": Feedback, "snooze": Snooze,
}  # fmt: skip
KINDS: Mapping[str, type[Any]] = {
    "workspace": Workspace, "pipeline": Pipeline, "stage": Stage, "step": Step, "objection": Objection,
    "lost_reason": LostReason, "company": Company, "contact": Contact, "deal": Deal, "stage_event": StageEvent,
    "touched_step": TouchedStep, "activity": Activity, "change_mark": ChangeMark, "own_field": OwnField,
    "saved_view": SavedView, "rate": Rate, "source_cost": SourceCost, "goal": Goal, "review": Review, **OF_A_DEAL,
}  # fmt: skip
OWNERS = {
    "stage_event": ("deal_id", "previous"), "touched_step": ("deal_id", "entry_id"), "stage": ("pipeline_id",),
    "step": ("pipeline_id", "stage_id"), "objection": ("pipeline_id",), "change_mark": ("pipeline_id", "stage_id"),
    **dict.fromkeys(OF_A_DEAL, ("deal_id",)),
}  # fmt: skip
NEEDS = {
    "deal": ("pipeline_id", "stage_id", "company_id", "contact_id"),
    "stage_event": ("pipeline_id", "stage_id", "reason_id"), "touched_step": ("step_id",),
    "activity": ("step_id", "company_id", "contact_id"), "contact": ("company_id",), "obstacle": ("objection_id",),
    "stakeholder": ("contact_id",), "feedback": ("reason_id",), "goal": ("pipeline_id",),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    name: Name
    lamport: int
    kind: str
    root: str
    table: str
    row: str
    field: str | None
    value: Any
    replaced: frozenset[Name]
    withdrawn: bool

    @property
    def rank(self) -> Rank:
        return self.lamport, self.name


@dataclass(frozen=True)
class Mark:
    name: Name
    lamport: int
    target: Name
    undone: bool
    replaced: frozenset[Name]
    withdrawn: bool

    @property
    def rank(self) -> Rank:
        return self.lamport, self.name


class Journal:
    """All changes and marks of a file, and what follows from them."""

    def __init__(self, path: Path) -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            self.changes = {change.name: change for change in read_changes(file)}
            self.marks = list(read_marks(file))
            self.siblings = {row[0]: json.loads(row[1]) for row in file.execute("SELECT id, siblings FROM batch")}
        self._by_row: dict[str, list[Change]] = {}
        self._by_root: dict[str, list[str]] = {}
        for change in self.changes.values():
            if change.table not in KINDS:  # of a newer program: kept, and not shown
                continue
            self._by_row.setdefault(change.row, []).append(change)
            if change.kind == "create":
                self._by_root.setdefault(change.root, []).append(change.row)
        self._standing: dict[str, frozenset[Name] | None] = {}
        self._present: dict[str, bool] = {}
        self._ancestors: dict[Name, frozenset[Name]] = {}

    # --- rules 1 to 5 ------------------------------------------------------------------------------------------------

    @cached_property
    def live(self) -> frozenset[Name]:
        """In the journal, not withdrawn here, not undone."""
        found = set()
        by_target: dict[Name, list[Mark]] = {}
        for mark in self.marks:
            if not mark.withdrawn:
                by_target.setdefault(mark.target, []).append(mark)
        for change in self.changes.values():
            marks = by_target.get(change.name, [])
            replaced = {name for mark in marks for name in mark.replaced}
            heads = [mark for mark in marks if mark.name not in replaced]
            undone = bool(heads) and max(heads, key=lambda mark: mark.rank).undone
            if not change.withdrawn and not undone:
                found.add(change.name)
        return frozenset(found)

    def ancestors(self, name: Name) -> frozenset[Name]:
        """All that a change replaced, through any chain of the whole journal; not itself."""
        if name not in self._ancestors:
            direct = self.changes[name].replaced
            self._ancestors[name] = direct.union(*(self.ancestors(one) for one in direct))
        return self._ancestors[name]

    def heads(self, row: str, field: str) -> list[Change]:
        """The live changes of a cell that no other live change of it replaced, the greatest last."""
        cell = [one for one in self._by_row[row] if one.kind == "set" and one.field == field and one.name in self.live]
        shown = [one for one in cell if not any(one.name in self.ancestors(other.name) for other in cell)]
        return sorted(shown, key=lambda one: one.rank)

    # --- rules 6 to 9 ------------------------------------------------------------------------------------------------

    def creation(self, row: str) -> Change | None:
        return next((one for one in self._by_row.get(row, ()) if one.kind == "create"), None)

    def owners(self, row: str) -> set[str]:
        made = self.creation(row)
        assert made is not None
        named = {made.value[name] for name in OWNERS.get(made.table, ()) if made.value.get(name)}
        return named | ({made.root} if made.root != row else set())

    def children(self, row: str) -> list[str]:
        made = self.creation(row)
        return [one for one in self._by_root.get(made.root, ()) if row in self.owners(one)] if made else []

    def needed(self, row: str) -> bool:
        """Whether living rows of other roots refer to a row."""
        return any(self.present(other) for other in self._referrers.get(row, ()) if self.refers(other, row))

    @cached_property
    def _referrers(self) -> dict[str, set[str]]:
        """The rows that ever referred to a row of another root."""
        found: dict[str, set[str]] = {}
        for change in self.changes.values():
            for name in NEEDS.get(change.table, ()):
                value = change.value.get(name) if change.kind == "create" else change.value
                if (change.kind == "create" or change.field == name) and isinstance(value, str):
                    made = self.creation(value)
                    if made is not None and made.root != change.root:
                        found.setdefault(value, set()).add(change.row)
        return found

    def refers(self, other: str, row: str) -> bool:
        made = self.creation(other)
        assert made is not None
        return any(self.value(other, name) == row for name in NEEDS[made.table])

    def value(self, row: str, field: str) -> Json:
        made = self.creation(row)
        assert made is not None
        heads = self.heads(row, field)
        if heads:
            return heads[-1].value
        return made.value[field] if field in made.value else default(made.table, field)

    def standing(self, row: str) -> frozenset[Name] | None:
        """The live changes on which a row and all below it stand; None where it does not live."""
        if row not in self._standing:
            self._standing[row] = self._reckon_standing(row)
        return self._standing[row]

    def _reckon_standing(self, row: str) -> frozenset[Name] | None:
        own = {one.name for one in self._by_row[row] if one.kind != "delete" and one.name in self.live}
        below = [self.standing(child) for child in self.children(row)]
        stands = frozenset(own).union(*(one for one in below if one is not None))
        if self.needed(row):
            return stands
        if not stands and not self.part_of_needed_pipeline(row):
            return None
        deletes = [one for one in self._by_row[row] if one.kind == "delete" and one.name in self.live]
        return None if any(stands <= self.ancestors(one.name) for one in deletes) else stands

    def part_of_needed_pipeline(self, row: str) -> bool:
        """A pipeline that stays because deals are in it stays whole, as it was made."""
        made = self.creation(row)
        assert made is not None
        first = self.creation(made.root)
        if first is None or first.table != "pipeline" or first.name[0] != made.name[0]:
            return False
        return any(self.needed(one) for one in self._by_root[made.root])

    def present(self, row: str) -> bool:
        if row not in self._present:
            stands = self.creation(row) is not None and self.standing(row) is not None
            self._present[row] = stands and all(self.present(owner) for owner in self.owners(row))
        return self._present[row]

    def facts(self) -> dict[str, dict[str, dict[str, Any]]]:
        """All rows that live, by table and id, each field as plain JSON."""
        found: dict[str, dict[str, dict[str, Any]]] = {table: {} for table in KINDS}
        for row in self._by_row:
            made = self.creation(row)
            if made is not None and self.present(row):
                names = [item.name for item in fields(KINDS[made.table]) if item.name != "id"]
                found[made.table][row] = {"id": row} | {name: self.value(row, name) for name in names}
        return found

    def rank_of(self, row: str) -> Rank:
        made = self.creation(row)
        assert made is not None
        return made.rank

    def choices(self, deal: str) -> dict[str, tuple[set[str], set[str]]]:
        """The choice at each fork of a deal (rules 13 and 16)."""
        forks = {one.field for one in self._by_row[deal] if one.field and one.field.startswith("fork:")}
        found = {}
        for fork in forks:
            if heads := self.heads(deal, fork):
                value = heads[-1].value
                found[fork.removeprefix("fork:")] = set(value["chosen"]), set(value["rejected"])
        return found


def default(table: str, field: str) -> Json:
    """What a field says where nobody said anything."""
    item = next(one for one in fields(KINDS[table]) if one.name == field)
    value: object = item.default
    if item.default_factory is not MISSING:
        value = item.default_factory()
    assert value is not MISSING
    if isinstance(value, Words):
        return {"en": value.en, "ru": value.ru}
    return list(value) if isinstance(value, tuple) else value


def read_changes(file: sqlite3.Connection) -> Iterator[Change]:
    names = dict(
        pair(row)
        for row in file.execute("SELECT change.key, batch.id, seq FROM change JOIN batch ON batch.key = change.batch")
    )
    replaced = replaced_by(file, "replaced", names)
    for key, lamport, kind, root, table, row, field, value, withdrawn in file.execute(
        "SELECT change.key, lamport, change.kind, root, tbl, row, field, value,"
        " batch IN (SELECT batch FROM withdrawn) FROM change JOIN batch ON batch.key = change.batch"
    ):
        said = None if value is None else json.loads(value)
        yield Change(names[key], lamport, kind, root, table, row, field, said, replaced(key), bool(withdrawn))


def read_marks(file: sqlite3.Connection) -> Iterator[Mark]:
    changes = dict(
        pair(row)
        for row in file.execute("SELECT change.key, batch.id, seq FROM change JOIN batch ON batch.key = change.batch")
    )
    names = dict(
        pair(row)
        for row in file.execute("SELECT mark.key, batch.id, seq FROM mark JOIN batch ON batch.key = mark.batch")
    )
    replaced = replaced_by(file, "mark_replaced", names)
    for key, lamport, target, undone, withdrawn in file.execute(
        "SELECT mark.key, lamport, mark.target, undone, batch IN (SELECT batch FROM withdrawn)"
        " FROM mark JOIN batch ON batch.key = mark.batch"
    ):
        yield Mark(names[key], lamport, changes[target], bool(undone), replaced(key), bool(withdrawn))


def pair(row: tuple[int, str, int]) -> tuple[int, Name]:
    return row[0], (row[1], row[2])


def replaced_by(file: sqlite3.Connection, table: str, names: Mapping[int, Name]) -> Callable[[int], frozenset[Name]]:
    found: dict[int, set[Name]] = {}
    for by, target in file.execute(f'SELECT "by", target FROM {table}'):
        found.setdefault(by, set()).add(names[target])
    return lambda key: frozenset(found.get(key, ()))


def table_facts(path: Path, tables: Iterable[str] = KINDS) -> dict[str, dict[str, dict[str, Any]]]:
    """The same as ``Journal.facts``, from the tables of the file."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        file.row_factory = sqlite3.Row
        for table in tables:
            found[table] = {}
            for row in file.execute(f"SELECT * FROM {table}"):
                found[table][row["id"]] = {item.name: plain(item.type, row[item.name]) for item in fields(KINDS[table])}
    return found


def plain(kind: object, value: Json) -> Json:
    """The value of a column as plain JSON."""
    if kind is bool or kind == "bool":
        return bool(value)
    is_json = kind is Words or "tuple" in str(kind) or "Mapping" in str(kind)
    return json.loads(value) if is_json and value is not None else value
