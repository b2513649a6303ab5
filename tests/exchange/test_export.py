"""What goes out, and that it comes back the same."""

from pathlib import Path

import pytest

from funnel_desk.exchange import exporting
from funnel_desk.exchange.exporting import export_table
from funnel_desk.exchange.import_problems import CannotWrite, CountDiffers, SameFile
from funnel_desk.i18n import in_language
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.pipelines import add_pipeline
from tests.desks import Clock, a_playbook, stages
from tests.exchange.tables import ask, counts, everything, fixture, given_out, one, stands, take_in, told, walked

DEALS = (
    "external_id,title,company,contact,contact_email,stage,outcome,lost_stage,lost_reason,value,currency,probability,"
    "kind,created_at,first_contact_at,expected_close,closed_at,note,tags,custom:Colour\n"
    '1,"Gate, north",Ромашка,Иван,i@r.by,qualified,,,,1054.5,EUR,45%,repeat,2026-01-05 10:00,2026-01-02,2026-12-01,,'
    '"=1+1\nsecond","hot, ""big""",green\n'
    "2,Yard,Ромашка,Иван,i@r.by,,won,,,7,,,,2026-01-05,,,2026-02-01,,,\n"
    "3,Fence,,,,,lost,,too dear,,,,,2026-01-05,,,2026-01-01,,,\n"
    "4,Wall,,,,,lost,Committed,competitor,-3,JPY,,,2026-01-05,,,2026-02-01,,,\n"
    "5,Door,,Olga,,Fulfilment,won,,,,,,,2026-01-05,,,2026-02-01,,,\n"
    ",Door,,,,,,,,,,,,,,,,,,\n"
)
LOCAL = ("_uid", "_rev")


def test_an_exact_table_says_keys_and_who_is_who(desk: Desk) -> None:
    take_in(desk, DEALS)
    first = told(given_out(desk))[0]
    assert list(first)[:9] == [
        "external_id", "title", "company", "contact", "contact_email", "contact_phone", "pipeline", "stage", "outcome",
    ]  # fmt: skip
    assert list(first)[-4:] == ["tags", "custom:Colour", "_uid", "_rev"]
    assert (first["pipeline"], first["stage"], first["value"], first["probability"]) == (
        "startup", "qualified", "1054.50", "45%",
    )  # fmt: skip
    assert (first["created_at"], first["_rev"]) == ("2026-01-05T07:00:00Z", desk.history(1)[0].batch)
    assert [row["lost_reason"] for row in told(given_out(desk))] == ["", "", "too dear", "competitor", "", ""]
    assert [row["stage"] for row in told(given_out(desk))] == [
        "qualified", "transacted", "", "committed", "fulfilment", "suspect",
    ]  # fmt: skip


def test_an_exact_table_comes_back_unchanged(desk: Desk) -> None:
    take_in(desk, DEALS)
    before = everything(desk)
    report = take_in(desk, given_out(desk))
    assert (counts(report), report.batch) == ((0, 0, 6, 0), None)
    assert counts(take_in(desk, given_out(desk, "stage-history"), what="stage-history")) == (0, 0, 12, 0)
    assert everything(desk) == before


def test_an_exact_table_makes_the_same_deals_elsewhere(desk: Desk, other: Desk) -> None:
    take_in(desk, DEALS)
    take_in(desk, fixture("oracle-history.csv"), what="stage-history")
    table, history = given_out(desk), given_out(desk, "stage-history")
    assert counts(take_in(other, table)) == (14, 0, 0, 0)
    take_in(other, history, what="stage-history")
    assert told(given_out(other), *LOCAL) == told(table, *LOCAL)
    assert told(given_out(other, "stage-history"), *LOCAL) == told(history, *LOCAL)
    assert (walked(other), stands(other)) == (walked(desk), stands(desk))
    assert counts(take_in(other, table)) == (0, 0, 14, 0)
    assert take_in(other, history, what="stage-history").batch is None


def test_the_history_may_come_first(desk: Desk, other: Desk) -> None:
    take_in(desk, fixture("oracle-history.csv"), what="stage-history")
    take_in(other, given_out(desk, "stage-history"), what="stage-history")
    take_in(other, given_out(desk))
    assert told(given_out(other), *LOCAL) == told(given_out(desk), *LOCAL)
    assert walked(other) == walked(desk)


def test_deals_of_one_name_are_told_apart_elsewhere(desk: Desk, other: Desk) -> None:
    take_in(desk, "title,stage,source\nDoor,Suspect,web\nDoor,Qualified,fair\n")
    take_in(other, given_out(desk))
    assert counts(take_in(other, given_out(desk))) == (0, 0, 2, 0)
    assert take_in(other, given_out(desk, "stage-history"), what="stage-history").rejected == 0
    assert told(given_out(other), *LOCAL) == told(given_out(desk), *LOCAL)
    assert "custom:_uid" not in told(given_out(other))[0]


def test_deals_of_several_pipelines(desk: Desk, other: Desk) -> None:
    for one_desk in (desk, other):
        one_desk.run(add_pipeline, a_playbook("apartment-doors"))
    take_in(desk, "id,pipeline,stage\n1,startup,Qualified\n2,apartment-doors,Invoice\n")
    doors = next(row[0] for row in ask(desk, "SELECT id FROM stage WHERE key = 'request'"))
    desk.run(deals.hand_over, ask(desk, "SELECT id FROM deal ORDER BY id")[0][0], doors)
    take_in(other, given_out(desk))
    take_in(other, given_out(desk, "stage-history"), what="stage-history")
    assert told(given_out(other), *LOCAL) == told(given_out(desk), *LOCAL)
    assert walked(other) == walked(desk)
    assert take_in(desk, given_out(desk, "stage-history"), what="stage-history").batch is None


def test_two_pipelines_of_one_playbook_are_told_by_name(desk: Desk) -> None:
    desk.run(add_pipeline, a_playbook("startup"))
    take_in(desk, "id,pipeline,stage\n1,Start-up: selling to companies 2,Qualified\n2,,Qualified\n")
    assert [row["pipeline"] for row in told(given_out(desk))] == [
        "Start-up: selling to companies 2", "Start-up: selling to companies",
    ]  # fmt: skip
    assert counts(take_in(desk, given_out(desk))) == (0, 0, 2, 0)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_table_for_a_spreadsheet_comes_back_too(desk: Desk, lang: str) -> None:
    take_in(desk, DEALS.removesuffix(",Door,,,,,,,,,,,,,,,,,,\n"))
    with in_language(lang):
        table = given_out(desk, "deals", "excel")
        assert table.startswith(b"\xef\xbb\xbf")
        report = take_in(desk, table)
        assert (counts(report), report.ignored_columns) == ((0, 0, 5, 0), ())
        history = given_out(desk, "stage-history", "excel")
        assert counts(take_in(desk, history, what="stage-history"))[1:] == (0, 11, 0)
    text = table.decode("utf-8-sig")
    assert ('"1054,50"' if lang == "ru" else '"1054.50"') in text
    assert "\"'=1+1" in text
    assert ("Проверенный клиент" if lang == "ru" else "Qualified") in text


def test_rows_are_counted_after_writing(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    take_in(desk, DEALS)
    out = tmp_path / "out.csv"
    assert export_table(desk, out).rows == 6
    before = out.read_bytes()
    monkeypatch.setattr(exporting, "_count", lambda *_: 5)
    with pytest.raises(CountDiffers):
        export_table(desk, out)
    assert out.read_bytes() == before
    assert [file.name for file in tmp_path.glob("*.new")] == []


def test_places_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SameFile):
        export_table(desk, desk.path)
    with pytest.raises(CannotWrite):
        export_table(desk, tmp_path)
    with pytest.raises(CannotWrite):
        export_table(desk, tmp_path / "no folder" / "out.csv")


def test_an_empty_workspace_gives_a_header(desk: Desk) -> None:
    assert told(given_out(desk)) == []
    assert given_out(desk).startswith(b"external_id,title,")


# --- a table that was edited elsewhere, and came back after others had changed things ------------------------------


def test_what_was_changed_here_since_is_not_taken_back(desk: Desk, clock: Clock) -> None:
    take_in(desk, "id,title,value,owner,stage\n1,Gate,5,Ann,Suspect\n")
    table = given_out(desk)
    (deal_id,) = one(desk, "id")
    clock.now = "2026-11-03T09:00:00Z"
    desk.run(deals.edit_deal, deal_id, owner="Bob")
    desk.run(deals.move_deal, deal_id, stages(desk)["committed"].id)
    report = take_in(desk, table.replace(b",5.00,USD", b",6.00,USD"))
    assert counts(report) == (0, 1, 0, 0)
    assert one(desk, "value, owner") == (600, "Bob")
    assert stands(desk)[0][1] == "committed"


def test_what_was_edited_elsewhere_comes_in_though_others_changed_the_deal(desk: Desk) -> None:
    take_in(desk, "id,title,value,stage\n1,Gate,5,Suspect\n")
    table = given_out(desk)
    (deal_id,) = one(desk, "id")
    desk.run(deals.edit_deal, deal_id, owner="Bob")
    take_in(desk, table.replace(b",suspect,open", b",qualified,open").replace(b"Gate", b"New gate"))
    assert (one(desk, "title, owner"), stands(desk)[0][1]) == (("New gate", "Bob"), "qualified")


def test_what_was_undone_since_the_export_stays_undone(desk: Desk) -> None:
    take_in(desk, "id,title,value\n1,Gate,5\n")
    (deal_id,) = one(desk, "id")
    desk.run(deals.edit_deal, deal_id, title="Wrong")
    table = given_out(desk)
    desk.undo()
    assert counts(take_in(desk, table)) == (0, 0, 1, 0)
    assert one(desk, "title") == ("Gate",)
