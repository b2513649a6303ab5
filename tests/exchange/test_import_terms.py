"""What a person decides of rows: new ones or changes only, what empty cells mean, which row is what is here."""

import pytest

from funnel_desk.exchange.fields import What
from funnel_desk.exchange.importing import ImportReport, try_import
from funnel_desk.exchange.kind_of_table import kind_of_table
from funnel_desk.exchange.problems import UnreadableRule
from funnel_desk.exchange.row_outcomes import RowOutcomes
from funnel_desk.exchange.table import read_table
from funnel_desk.operations.desk import Desk
from tests.exchange.tables import a_plan, ask, attempt, counts, everything, take_in

HERE = "Id,Deal,Company,Source,Note\n1,Main gate,North,Site,tall\n2,Yard,South,Ads,\n"
MORE = "Id,Deal,Company,Source,Note\n1,Main gate,North,,wide\n3,Barrier,West,Ads,\n"
DEALS = "SELECT external_id, title, source, note FROM deal ORDER BY row_key"


@pytest.fixture
def begun(desk: Desk) -> Desk:
    take_in(desk, HERE)
    return desk


def test_only_new_rows(begun: Desk) -> None:
    assert counts(take_in(begun, MORE, only="new")) == (1, 0, 1, 0)
    assert ask(begun, DEALS) == [
        ("1", "Main gate", "Site", "tall"),
        ("2", "Yard", "Ads", ""),
        ("3", "Barrier", "Ads", ""),
    ]


def test_only_changes_of_what_is_here(begun: Desk) -> None:
    report = take_in(begun, MORE, only="changes")
    assert counts(report) == (0, 1, 0, 1)
    assert report.errors[0].reason == "This is not here yet, and only changes were asked for."
    assert ask(begun, "SELECT name FROM company ORDER BY row_key") == [("North",), ("South",)]


def test_an_empty_cell_empties_only_if_told(begun: Desk) -> None:
    take_in(begun, MORE)
    assert ask(begun, DEALS)[0] == ("1", "Main gate", "Site", "wide")
    take_in(begun, MORE, wipe_empty=True)
    assert ask(begun, DEALS)[0] == ("1", "Main gate", "", "wide")
    assert counts(attempt(begun, MORE, wipe_empty=True)) == (0, 0, 2, 0)


def _twin(report: ImportReport) -> tuple[int, str]:
    (found,) = report.alike
    return found.line, found.other_id


def test_a_deal_that_may_be_here_is_told_and_taken_for_it_only_if_told(begun: Desk) -> None:
    table = "Deal,Company,Source\nMain gates,North,Shop\nMain gate,West,\n"
    report = attempt(begun, table)
    assert counts(report) == (2, 0, 0, 0)
    line, deal_id = _twin(report)
    assert line == 2
    assert report.warnings[-1].reason == "Possible duplicate of “Main gate”."
    assert counts(take_in(begun, table, same=(f"{line}={deal_id}",))) == (1, 1, 0, 0)
    assert ask(begun, DEALS)[0] == ("1", "Main gate", "Shop", "tall")


def test_other_numbers_tell_deals_apart(begun: Desk) -> None:
    assert attempt(begun, "Id,Deal,Company\n9,Main gate,North\n").alike == ()


@pytest.mark.parametrize(
    ("what", "table", "more"),
    [
        ("companies", "Name,Site\nNorth Gates Ltd,\n", "Name,Site\nNorth Gate Ltd,north.by\n"),
        ("contacts", "Name,Email\nIvan Petrov,i@north.by\n", "Name,Email,Phone\nI. Petrov,i@north.by,+375291112233\n"),
    ],
)
def test_companies_and_people_are_matched_one_by_one(desk: Desk, what: What, table: str, more: str) -> None:
    take_in(desk, table, what=what)
    line, known = _twin(attempt(desk, more, what=what))
    assert counts(take_in(desk, more, what=what, same=(f"{line}={known}",))) == (0, 1, 0, 0)
    assert counts(attempt(desk, more, what=what, only="changes")) == (0, 0, 0, 1)


def test_people_who_are_left_out_bring_no_companies(desk: Desk) -> None:
    take_in(desk, "Name,Email\nIvan,i@north.by\n", what="contacts")
    more = "Name,Email,Company\nOlga,o@west.by,West\nIvan,i@north.by,East\n"
    before = everything(desk)
    assert counts(take_in(desk, more, what="contacts", only="changes")) == (0, 1, 0, 1)
    assert ask(desk, "SELECT name FROM company") == [("East",)]
    desk.undo()
    assert everything(desk) == before


def test_a_rule_that_cannot_be_read(begun: Desk) -> None:
    with pytest.raises(UnreadableRule):
        take_in(begun, MORE, same=("two=3",))


def test_each_row_can_be_looked_at(begun: Desk) -> None:
    seen = RowOutcomes()
    try_import(begun, a_plan(begun, MORE + "2,Yard,South,Ads,\n"), watch=seen)
    assert [(row.line, row.name) for row in seen.rows["created"]] == [(3, "Barrier")]
    assert [row.line for row in seen.rows["unchanged"]] == [4]
    (changed,) = seen.rows["updated"]
    assert (changed.line, changed.name) == (2, "Main gate")
    assert [tuple(one) for one in changed.changes] == [("note", "tall", "wide")]


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        ("Deal,Stage,Amount", "deals"),
        ("Deal", "deals"),
        ("Name,Company,E-mail,Phone", "contacts"),
        ("Company name,Website,Industry", "companies"),
        ("Deal,Stage,At", "stage-history"),
        ("Deal,Step,Due", "steps"),
        ("Deal,Contact,Date,Minutes,Result", "activities"),
    ],
)
def test_what_the_rows_are_is_found_out(headers: str, what: What) -> None:
    table = read_table((headers + "\n" + ",".join("1" for _ in headers.split(",")) + "\n").encode())
    assert kind_of_table(table) == what
