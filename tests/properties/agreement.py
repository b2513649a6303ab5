"""What has to hold for every file after every act."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from funnel_desk.operations.desk import Desk
from funnel_desk.storage import check
from funnel_desk.storage.undo import Reversal
from tests.properties.courses import Course
from tests.properties.rebuild import Journal, Name, table_facts

Contents = dict[str, list[tuple[object, ...]]]


def contents(desk: Desk) -> Contents:
    """All facts and projections of a file."""
    return desk.read(lambda read: check.contents(read.connection))


def assert_as_the_journal_says(path: Path) -> None:
    """The tables say what a reading of the journal that was written apart says."""
    journal = Journal(path)
    facts = journal.facts()
    assert table_facts(path) == facts
    courses = [Course(journal, facts, deal) for deal in facts["deal"].values()]
    stays = sorted(stay for course in courses for stay in course.stays())
    assert rows(path, "SELECT deal_id, place, pipeline_id, stage_id, entry_id, entered, left, ended FROM stay") == stays
    outcomes = sorted(
        (course.deal["id"], pipeline, outcome) for course in courses for pipeline, outcome in course.outcomes().items()
    )
    assert rows(path, "SELECT deal_id, pipeline_id, outcome FROM passage") == outcomes
    present = sorted(
        (course.deal["id"], *(last := course.stays()[-1])[2:6], course.outcomes()[last[2]]) for course in courses
    )
    assert rows(path, "SELECT deal_id, pipeline_id, stage_id, entry_id, entered, outcome FROM deal_state") == present


def rows(path: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return sorted(file.execute(statement).fetchall(), key=repr_of)


def repr_of(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple((value is None, value) for value in row)


def assert_balance(path: Path) -> None:
    """M8: what begins ends in one of the ways or is still there, and every deal is counted once in each pipeline."""
    places = dict(rows(path, "SELECT id, CASE side WHEN 'before' THEN 0 WHEN 'won' THEN 100 ELSE 200 END + position"
                             " FROM stage"))  # fmt: skip
    stays = rows(path, "SELECT deal_id, place, pipeline_id, stage_id, entered, left, ended FROM stay")
    ends: Counter[str] = Counter()
    for number, stay in enumerate(stays):
        following = stays[number + 1] if number + 1 < len(stays) else None
        deal, place, pipeline, stage, entered, left, ended = stay
        same = following is not None and following[0] == deal
        assert (left is None) == (ended == "")
        assert left is None or left >= entered
        if ended == "":
            assert not same
            ends["still there"] += 1
        elif ended == "lost":
            ends["lost"] += 1
        else:
            assert same
            assert following is not None
            assert (following[1], following[4]) == (place + 1, left)
            assert (following[2] == pipeline) == (ended == "moved")
            advanced = places[following[3]] > places[stage] if ended == "moved" else False
            ends["handed over" if ended == "handed_over" else "advanced" if advanced else "moved back"] += 1
    assert len(stays) == sum(ends[one] for one in ("advanced", "moved back", "lost", "handed over", "still there"))
    in_pipelines = rows(path, "SELECT pipeline_id, count(DISTINCT deal_id) FROM stay GROUP BY pipeline_id")
    assert in_pipelines == rows(
        path,
        "SELECT pipeline_id, sum(outcome = 'won') + sum(outcome = 'lost') + sum(outcome = 'open')"
        " + sum(outcome = 'handed_over') FROM passage GROUP BY pipeline_id",
    )
    assert rows(path, "SELECT id FROM deal") == rows(path, "SELECT deal_id FROM deal_state")


def assert_sound(desk: Desk) -> None:
    """Digests fit, pages are whole, and a rebuild makes no difference."""
    assert desk.read(lambda read: check.findings(read.connection)) == []
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []


def assert_fair_reversal(before: Journal, after: Journal, batch: str, report: Reversal) -> None:
    """Rules 17 to 19 of an undo or a redo of ``batch``."""
    flipped = before.live ^ after.live
    scope = reversible(before, batch)
    assert flipped <= scope
    assert len(flipped) == report.reverted
    assert_nothing_else_lost(before, after, flipped)
    told = {kept.row for kept in report.kept}
    changes = after.changes
    for name in scope - flipped:
        assert {changes[name].row, changes[name].root} & told
    for root in {changes[name].root for name in scope}:
        mine = {name for name in scope if changes[name].root == root}
        moves = {
            name for name in mine if changes[name].kind == "create" and changes[name].table in {"deal", "stage_event"}
        }
        assert moves <= flipped or not mine & flipped, "half of what was done to a deal"
    for name in flipped:
        row = changes[name].row
        assert before.present(row) or after.present(row)
    assert_no_new_disagreement(before, after, set(before.siblings[batch]))


def assert_no_new_disagreement(before: Journal, after: Journal, allowed: set[str]) -> None:
    """Rule 21: no move comes back beside a different one that was not there when it vanished."""
    events = after.facts()["stage_event"]
    coming = [event for row, event in events.items() if not before.present(row)]
    for event in coming:
        for row, other in events.items():
            if before.present(row) and place_of(events, other) == place_of(events, event):
                assert row in allowed or said_by(other) == said_by(event), "a move came back beside a new one"


def said_by(event: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(event[name] or "" for name in ("kind", "pipeline_id", "stage_id", "reason_id", "reason"))


def place_of(events: Mapping[str, Mapping[str, Any]], event: Mapping[str, Any]) -> list[Any]:
    """What was said before a move, back to the deal itself."""
    before = events.get(event["previous"])
    return [event["deal_id"]] if before is None else [*place_of(events, before), said_by(before)]


def reversible(journal: Journal, batch: str) -> set[Name]:
    """The changes that reversing a batch is about: those of it that count, or those that its marks rule."""
    found = {name for name, change in journal.changes.items() if name[0] == batch and name in journal.live}
    replaced = {name for mark in journal.marks if not mark.withdrawn for name in mark.replaced}
    found |= {
        mark.target
        for mark in journal.marks
        if mark.name[0] == batch
        and mark.name not in replaced
        and not journal.changes[mark.target].withdrawn
        and mark.undone == (mark.target not in journal.live)
    }
    return found


def assert_nothing_else_lost(before: Journal, after: Journal, flipped: frozenset[Name]) -> None:
    """What others wrote shows as before, and their rows are there."""
    come_back = {name for name in flipped if name in after.live}
    replaced: set[Name] = set().union(*(after.ancestors(name) for name in come_back))
    deletes = [name for name in after.live if after.changes[name].kind == "delete"]
    deleted: set[Name] = set().union(*(after.ancestors(name) for name in deletes))
    rows_before = {change.row for change in before.changes.values() if before.present(change.row)}
    for row in rows_before:
        own = {one.name for one in before.changes.values() if one.row == row and one.kind != "delete"} & before.live
        if own - flipped - deleted:
            assert after.present(row), "a row that somebody wrote was lost"
            for field in {one.field for one in before.changes.values() if one.row == row and one.kind == "set"}:
                heads = before.heads(row, str(field))
                if heads and heads[-1].name not in flipped | replaced:
                    now = after.heads(row, str(field))  # what comes back may disagree, but never takes its place
                    assert heads[-1].name in {one.name for one in now} or heads[-1].value == now[-1].value


def differing(one: Contents, other: Contents) -> Mapping[str, Any]:
    """The rows in which two files differ, for a readable failure."""
    return {
        table: (sorted(set(rows) - set(other[table]), key=repr), sorted(set(other[table]) - set(rows), key=repr))
        for table, rows in one.items()
        if rows != other[table]
    }
