"""A table that went out, was edited elsewhere, and comes back after others had changed things: one more colleague."""

import csv
import io
from collections.abc import Callable, Iterator

import pytest

from funnel_desk.exchange.exporting import OutOptions, export_file
from funnel_desk.exchange.fields import What
from funnel_desk.exchange.writing import Profile
from funnel_desk.operations import activities, deals, people
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.conflicts import conflicts
from funnel_desk.storage import check
from tests.desks import stages
from tests.exchange.tables import ask, counts, one, stands, take_in

Rows = list[dict[str, str]]


def out(desk: Desk, what: What = "deals", profile: Profile = "exact", columns: tuple[str, ...] = ()) -> bytes:
    place = desk.path.with_name("edited.csv")
    if profile == "excel" and not columns:
        columns = ("title", "company", "value", "currency", "owner", "note", "stage", "_uid", "_rev")
    export_file(desk, place, OutOptions(what, profile, columns))
    return place.read_bytes()


def edited(table: bytes, edit: Callable[[Rows], Rows | None], sign: str = ",") -> bytes:
    """The table as somebody saved it again."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=sign))
    rows = edit(rows) or rows
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=sign)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def say(**cells: str) -> Callable[[Rows], None]:
    return lambda rows: rows[0].update(cells)


def disputed(desk: Desk) -> list[tuple[str, str, str]]:
    return [(one.field, str(one.shown.value), str(one.other.value)) for one in desk.read(conflicts)]


@pytest.fixture(autouse=True)
def _trust(desk: Desk) -> Iterator[None]:
    yield
    assert desk.read(lambda read: check.findings(read.connection)) == []
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []


@pytest.fixture
def gate(desk: Desk) -> str:
    return desk.run(deals.new_deal, title="Gate", value=500, currency="USD", owner="Ann", company="Alfa").id


def test_what_both_changed_is_a_disagreement_and_undo_takes_it_back(desk: Desk, gate: str) -> None:
    table = out(desk)
    desk.run(deals.edit_deal, gate, owner="Bob", title="Gate 2")
    report = take_in(desk, edited(table, say(owner="Cid", note="new")))
    assert counts(report) == (0, 1, 0, 0)
    assert one(desk, "title, owner, note") == ("Gate 2", "Cid", "new")
    assert disputed(desk) == [("owner", "Cid", "Bob")]
    desk.undo()
    assert one(desk, "title, owner, note") == ("Gate 2", "Bob", "")
    assert disputed(desk) == []


def test_what_both_changed_alike_is_none(desk: Desk, gate: str) -> None:
    table = out(desk)
    desk.run(deals.edit_deal, gate, owner="Bob")
    assert counts(take_in(desk, edited(table, say(owner="Bob")))) == (0, 0, 1, 0)
    assert disputed(desk) == []


def test_a_deal_that_both_moved_is_one_disagreement(desk: Desk, gate: str) -> None:
    table = out(desk)
    desk.run(deals.move_deal, gate, stages(desk)["committed"].id)
    take_in(desk, edited(table, say(stage="qualified")))
    assert [row[0] for row in disputed(desk)] == ["stage"]
    assert stands(desk)[0][1] in {"committed", "qualified"}
    desk.undo()
    assert (disputed(desk), stands(desk)[0][1]) == ([], "committed")


def test_a_deal_that_both_moved_alike(desk: Desk, gate: str) -> None:
    table = out(desk)
    desk.run(deals.move_deal, gate, stages(desk)["committed"].id)
    take_in(desk, edited(table, say(stage="committed")))
    assert (disputed(desk), stands(desk)[0][1]) == ([], "committed")


@pytest.mark.parametrize("profile", ["exact", "excel"])
def test_columns_dropped_and_moved_and_rows_added_and_removed(desk: Desk, gate: str, profile: Profile) -> None:
    yard = desk.run(deals.new_deal, title="Yard", note="keep").id
    table = out(desk, profile=profile)
    sign = ";" if profile == "excel" else ","
    name, owner, uid, note = (
        ("title", "owner", "_uid", "note") if profile == "exact" else ("Title", "Owner", "_uid", "Note")
    )
    rev, guard = "_rev", "_fd_guard"
    desk.run(deals.edit_deal, gate, note="here")

    def edit(rows: Rows) -> Rows:
        kept = [row for row in rows if row[uid] == gate]
        kept[0][owner] = "Cid"
        kept.append({name: "Door", owner: "Dan", uid: "", rev: "", note: "", guard: ""})
        wanted = [note, owner, name, uid, rev, *([guard] if profile == "excel" else [])]
        return [{header: row[header] for header in wanted} for row in kept]

    report = take_in(desk, edited(table, edit, sign))
    assert counts(report) == (1, 1, 0, 0)
    assert ask(desk, "SELECT title, owner, note FROM deal ORDER BY row_key") == [
        ("Gate", "Cid", "here"), ("Yard", "", "keep"), ("Door", "Dan", ""),
    ]  # fmt: skip
    assert yard
    assert disputed(desk) == []


def test_what_a_company_is_called_now_is_no_edit(desk: Desk, gate: str) -> None:
    desk.run(deals.edit_deal, gate, contact="Eva")
    desk.run(people.edit_contact, one(desk, "id", "contact")[0], company="Alfa")
    contacts, table = out(desk, "contacts"), out(desk)
    (company,) = desk.read(lambda read: [row[0] for row in read.sql("SELECT id FROM company")])
    desk.run(people.edit_company, company, name="Alfa Ltd")
    take_in(desk, edited(table, say(owner="Cid")))
    take_in(desk, edited(contacts, say(role="boss")), what="contacts")
    assert ask(desk, "SELECT name FROM company") == [("Alfa Ltd",)]
    assert one(desk, "owner, company_id") == ("Cid", company)
    assert one(desk, "role", "contact") == ("boss",)


def test_companies_cell_by_cell(desk: Desk, gate: str) -> None:
    table = out(desk, "companies")
    (company,) = one(desk, "id", "company")
    desk.run(people.edit_company, company, site="here.com", note="here")
    take_in(desk, edited(table, say(site="there.com", industry="doors")), what="companies")
    assert one(desk, "site, industry, note", "company") == ("there.com", "doors", "here")
    assert disputed(desk) == [("site", "there.com", "here.com")]
    assert gate


def test_activities_cell_by_cell(desk: Desk, gate: str) -> None:
    made = desk.run(activities.log_activity, gate, kind="call", text="first", minutes=5)
    table = out(desk, "activities")
    desk.run(deals.edit_deal, gate, title="Renamed")
    desk.run(activities.edit_activity, made.id, text="here", minutes=5)
    take_in(desk, edited(table, say(minutes="7")), what="activities")
    assert one(desk, "text, minutes", "activity") == ("here", 7)
    assert ask(desk, "SELECT title FROM deal") == [("Renamed",)]
    assert disputed(desk) == []


def test_what_was_deleted_meanwhile_stays_so_unless_it_was_edited(desk: Desk, gate: str) -> None:
    table = out(desk)
    desk.run(deals.delete_deal, gate)
    assert counts(take_in(desk, table)) == (0, 0, 1, 0)
    assert ask(desk, "SELECT title FROM deal") == []
    take_in(desk, edited(table, say(note="wanted")))
    assert one(desk, "title, note, owner") == ("Gate", "wanted", "Ann")
    desk.undo()
    assert ask(desk, "SELECT title FROM deal") == []
