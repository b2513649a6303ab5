"""Everything about a person goes out whole, as JSON and as a table."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.exchange.import_problems import CannotWrite, SameFile
from funnel_desk.exchange.list_separator import list_separator
from funnel_desk.exchange.person_file import save_person
from funnel_desk.operations import activities, deals, people
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.person import Mention, mentions
from tests.desks import a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ann(desk: Desk) -> str:
    """A contact who was renamed, with a deal and a talk, and named in somebody else's deal."""
    deal = desk.run(deals.new_deal, title="Gate for Ann Quarck", company="Alfa", contact="A. Quarck", value=100_00)
    assert deal.contact_id is not None
    desk.run(people.edit_contact, deal.contact_id, name="Ann Quarck", email="ann@example.org", note='"likes"; green')
    desk.run(activities.log_activity, deal.id, "call", text="Ann Quarck asks\nfor two keys")
    desk.run(deals.new_deal, title="Yard", company="Beta", note="ann quarck told us; so did Nusha")
    return deal.contact_id


def every(desk: Desk, contact_id: str, *also: str) -> list[Mention]:
    return list(desk.read(mentions, contact_id, also))


def test_both_hold_every_mention(desk: Desk, ann: str, tmp_path: Path) -> None:
    wanted = [
        (one.table, one.row, one.field, one.says, one.at, one.author, one.own) for one in every(desk, ann, "Nusha")
    ]
    assert len(wanted) > 5
    for name in ("ann.json", "ann.csv"):
        report = save_person(desk, tmp_path / name, ann, ["Nusha"])
        assert (report.file.name, report.mentions) == (name, len(wanted))
    told = json.loads((tmp_path / "ann.json").read_text(encoding="utf-8"))
    assert [tuple(one.values()) for one in told["history"]] == wanted
    with (tmp_path / "ann.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=list_separator()))
    assert [
        (row["table"], row["row"], row["field"], row["value"], row["at"], row["author"], row["own"] == "yes")
        for row in rows
        if row["part"] == "history"
    ] == wanted


def test_what_stands_now_is_the_contact_with_deals_and_talks(desk: Desk, ann: str, tmp_path: Path) -> None:
    save_person(desk, tmp_path / "ann.json", ann)
    now = json.loads((tmp_path / "ann.json").read_text(encoding="utf-8"))["now"]
    assert [one["table"] for one in now] == ["contact", "deal", "activity"]
    assert (now[0]["name"], now[0]["company"], now[0]["email"]) == ("Ann Quarck", "Alfa", "ann@example.org")
    assert (now[1]["title"], now[1]["outcome"], now[1]["value"]) == ("Gate for Ann Quarck", "open", 100_00)


def test_a_formula_is_no_formula_in_a_spreadsheet(desk: Desk, ann: str, tmp_path: Path) -> None:
    desk.run(people.edit_contact, ann, note="=1+1")
    save_person(desk, tmp_path / "ann.csv", ann)
    assert '"=1+1"' not in (tmp_path / "ann.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["ann.json", "ann.csv"])
def test_a_place_that_cannot_be_written_is_told(desk: Desk, ann: str, tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite):
        save_person(desk, tmp_path / "nowhere" / name, ann)
    with pytest.raises(SameFile):
        save_person(desk, desk.path, ann)
