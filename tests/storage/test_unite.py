"""Uniting journals: a union of sets, whole or not at all."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import permutations

import pytest

from funnel_desk.operations import deals
from funnel_desk.storage import check
from funnel_desk.storage.arrivals import ForgedBatch, PartMissing
from tests.properties import world
from tests.properties.agreement import contents
from tests.properties.world import SALES, Place

Places = Callable[[int], list[Place]]


def test_the_same_twice_is_the_same_once(places: Places) -> None:
    a, b = places(2)
    a.desk.run(world.bring_in, "Alfa", 2)
    a.desk.undo()
    first = b.take(a)
    assert (len(first.batches), first.touched.tables) == (2, frozenset({"company", "deal", "stage_event"}))
    before = contents(b.desk)
    assert b.take(a).batches == ()
    assert contents(b.desk) == before == contents(a.desk)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_any_order(places: Places, order: tuple[int, ...]) -> None:
    people = places(4)
    *others, last = people
    deal = others[0].desk.run(deals.new_deal, title="Deal")
    others[1].take(others[0])
    others[2].take(others[0])
    for number, place in enumerate(others):
        place.desk.run(deals.edit_deal, deal.id, note=f"note {number}", value=number)
        place.desk.run(deals.move_deal, deal.id, f"{SALES}-{number % 2 + 1}")
    for number in order:
        last.take(others[number])
    for place in others:
        for other in others:
            if other is not place:
                place.take(other)
    assert all(contents(place.desk) == contents(last.desk) for place in others)


def refused(a: Place, b: Place, kind: type[Exception], *statements: str, digest: bool = True) -> None:
    """After these statements in b's file, a takes nothing of it."""
    path = b.path.with_name("odd.funnel")
    b.desk.close()
    path.write_bytes(b.path.read_bytes())
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()
    b.desk = b.open()
    odd = Place(path, "odd")
    if digest:  # whoever alters a file on purpose makes the digests fit
        with odd.write() as connection:
            for batch in connection.exec_driver_sql("SELECT id FROM batch").scalars().all():
                fitting = check.batch_digest(connection, batch)
                connection.exec_driver_sql("UPDATE batch SET digest = ? WHERE id = ?", (fitting, batch))
    before = a.path.read_bytes()
    with pytest.raises(kind):
        a.take(odd)
    assert a.path.read_bytes() == before
    odd.desk.close()


AGAIN = (
    "UPDATE change SET kind = 'create', field = NULL, value ="
    " (SELECT value FROM change WHERE tbl = 'deal' AND kind = 'create') WHERE tbl = 'deal' AND kind = 'set'"
)
NEWEST = "(SELECT key FROM change ORDER BY key DESC LIMIT 1)"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE change SET value = '\"else\"' WHERE key = {NEWEST}",
        "UPDATE batch SET lamport = lamport + 1 WHERE kind = 'act'",
        "UPDATE batch SET author = 'somebody' WHERE kind = 'act'",
        "UPDATE mark SET undone = 0",
        "DELETE FROM replaced",
        "DELETE FROM mark",
    ],
)
def test_what_does_not_fit_its_digest_is_refused(places: Places, statement: str) -> None:
    a, b = places(2)
    deal = b.desk.run(deals.new_deal, title="Deal")
    b.desk.undo(b.desk.run_named(deals.edit_deal, deal.id, value=1)[1])
    b.desk.run(deals.edit_deal, deal.id, note="x")
    refused(a, b, ForgedBatch, statement, digest=False)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (f"UPDATE change SET value = '{{' WHERE key = {NEWEST}", ForgedBatch),
        (f"UPDATE change SET kind = 'odd' WHERE key = {NEWEST}", ForgedBatch),
        (f"UPDATE change SET field = NULL WHERE key = {NEWEST}", ForgedBatch),
        ("UPDATE change SET value = '{}' WHERE tbl = 'deal' AND kind = 'create'", ForgedBatch),
        (AGAIN, ForgedBatch),
        ("UPDATE batch SET lamport = 9007199254740993 WHERE kind = 'act'", ForgedBatch),
        ("UPDATE change SET value = json_set(value, '$.previous', 'nobody') WHERE tbl = 'stage_event'", PartMissing),
        ("UPDATE change SET \"row\" = 'nobody', root = 'nobody' WHERE kind = 'set'", PartMissing),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(places: Places, statement: str, kind: type[Exception]) -> None:
    a, b = places(2)
    deal = b.desk.run(deals.new_deal, title="Deal")
    b.desk.run(deals.move_deal, deal.id, f"{SALES}-1")
    b.desk.run(deals.edit_deal, deal.id, note="x")
    refused(a, b, kind, statement)


def test_fields_and_tables_of_a_newer_program_are_kept_and_passed_on(places: Places) -> None:
    a, b, c = places(3)
    deal = a.desk.run(deals.new_deal, title="Deal")
    with a.write() as connection:
        key = connection.exec_driver_sql("SELECT max(key) FROM batch").scalar_one()
        connection.exec_driver_sql(
            "UPDATE change SET value = json_set(value, '$.colour', 'red') WHERE tbl = 'deal' AND kind = 'create'"
        )
        connection.exec_driver_sql(
            'INSERT INTO change (batch, seq, kind, root, tbl, "row", field, value)'
            " VALUES (?, 50, 'create', ?, 'signature', 's', NULL, '{\"of\":\"Ann\"}')",
            (key, deal.id),
        )
        batch = connection.exec_driver_sql("SELECT id FROM batch WHERE key = ?", (key,)).scalar_one()
        connection.exec_driver_sql(
            "UPDATE batch SET digest = ? WHERE key = ?", (check.batch_digest(connection, batch), key)
        )
    b.take(a)
    c.take(b)
    values = c.desk.read(lambda read: read.sql("SELECT value FROM change WHERE root = ? ORDER BY seq", deal.id))
    assert [json.loads(row[0]).get("colour", json.loads(row[0]).get("of")) for row in values] == ["red", "Ann"]
    c.desk.undo(batch)
    assert contents(c.desk)["deal"] == []
    c.desk.undo(c.desk.history(1)[0].batch)
    assert contents(c.desk) == contents(a.desk)
