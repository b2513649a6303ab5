"""What a told stage history becomes, for deals that are not there and for deals that are."""

import pytest

from funnel_desk.operations import deals, steps
from funnel_desk.operations.desk import Desk
from tests.desks import Clock
from tests.exchange.tables import ask, attempt, counts, everything, fixture, given_out, one, stands, take_in, walked

HEAD = "deal,stage,at\n"
HISTORY = f"{HEAD}D,suspect,2026-01-01\nD,qualified,2026-01-05\nD,Closed Won,2026-01-09\n"


def taken(desk: Desk, rows: str, head: str = HEAD) -> tuple[int, int, int, int]:
    return counts(take_in(desk, head + rows, what="stage-history"))


def test_a_deal_is_made_where_its_history_begins(desk: Desk) -> None:
    assert taken(desk, "D,prospect,2026-01-02\nD,suspect,2026-01-04\nD,committed,2026-01-03\n") == (3, 0, 0, 0)
    assert walked(desk) == {
        "D": [("prospect", "moved", "2026-01-02"), ("committed", "moved", "2026-01-03"), ("suspect", "", "2026-01-04")]
    }
    assert one(desk, "title, external_id, created_at") == ("D", "D", "2026-01-02")


def test_the_oracle(desk: Desk) -> None:
    report = take_in(desk, fixture("oracle-history.csv"), what="stage-history")
    assert counts(report) == (30, 0, 0, 0)
    entered = dict(ask(desk, "SELECT key, count(*) FROM stay JOIN stage ON stage.id = stage_id GROUP BY key"))
    assert entered == {"suspect": 7, "prospect": 7, "qualified": 7, "committed": 3, "transacted": 2}
    assert [row[2] for row in stands(desk)] == ["won", "lost", "won", "open", "lost", "open", "lost", "lost"]
    assert ask(desk, "SELECT count(*) FROM passage WHERE NOT path_known") == [(0,)]
    assert counts(take_in(desk, fixture("oracle-history.csv"), what="stage-history")) == (0, 0, 30, 0)


def test_won_and_lost_are_outcomes_and_a_row_after_lost_reopens(desk: Desk) -> None:
    head = "deal,stage,at,reason\n"
    taken(
        desk,
        "D,suspect,2026-01-01,\nD,prospect,2026-01-02,\nD,Closed Lost,2026-01-03,competitor\nD,Отказ,2026-01-04,\n"
        "D,prospect,2026-01-05,they called\nD,qualified,2026-01-06,\nD,lost,2026-01-07,too far\n",
        head,
    )
    kinds = (
        "SELECT kind, reason, because, lost_reason.key FROM stage_event"
        " LEFT JOIN lost_reason ON lost_reason.id = reason_id ORDER BY at"
    )
    assert ask(desk, kinds) == [
        ("moved", "", "", None),
        ("lost", "", "", "competitor"),
        ("reopened", "", "they called", None),
        ("moved", "", "", None),
        ("lost", "too far", "", None),
    ]
    assert stands(desk) == [("D", "qualified", "lost", "2026-01-07", 1, "too far", None)]


def test_the_same_stage_again_is_no_move(desk: Desk) -> None:
    head = "deal,stage,at,amount\n"
    assert taken(desk, "D,suspect,2026-01-01,5\nD,suspect,2026-01-02,6\nD,prospect,2026-01-03,\n", head) == (2, 0, 1, 0)
    assert ask(desk, "SELECT value FROM stage_event") == [(600,)]
    assert one(desk, "value, currency") == (600, "USD")


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        ("D,Closed Won,2026-01-01\n", 0),
        ("D,Closed Lost,2026-01-01\n", 0),
        ("D,Closed Won,2026-01-01\nD,Closed Lost,2026-02-01\n", 0),
        ("D,transacted,2026-01-01\n", 1),
        ("D,suspect,2026-01-01\nD,Closed Won,2026-02-01\n", 1),
    ],
)
def test_a_history_that_begins_with_its_end_tells_no_path(desk: Desk, rows: str, known: int) -> None:
    taken(desk, rows)
    assert stands(desk)[0][4] == known


def test_where_a_deal_came_from_tells_where_it_began(desk: Desk) -> None:
    head = "deal,from_stage,stage,at\n"
    rows = "D,prospect,qualified,2026-01-02\nE,committed,lost,2026-01-03\n"
    assert taken(desk, rows, head) == (2, 0, 0, 0)
    assert walked(desk)["D"] == [("prospect", "moved", "2026-01-02"), ("qualified", "", "2026-01-02")]
    assert stands(desk)[1] == ("E", "committed", "lost", "2026-01-03", 1, "", None)
    assert taken(desk, rows, head) == (0, 0, 2, 0)


def test_a_row_without_what_it_needs_is_rejected(desk: Desk) -> None:
    report = take_in(
        desk, f"{HEAD},suspect,2026-01-01\nD,,2026-01-01\nD,suspect,\nD,suspect,never\n", what="stage-history"
    )
    assert counts(report) == (0, 0, 0, 4)
    assert [(note.line, note.column) for note in report.errors] == [(2, "deal"), (3, "stage"), (4, "at"), (5, "at")]


def test_a_history_goes_on(desk: Desk) -> None:
    taken(desk, "D,suspect,2026-01-01\nD,prospect,2026-01-02\n")
    assert taken(desk, "D,suspect,2026-01-01\nD,prospect,2026-01-02\nD,qualified,2026-01-03\n") == (1, 0, 2, 0)
    assert [stage for stage, *_ in walked(desk)["D"]] == ["suspect", "prospect", "qualified"]


def test_a_history_knows_more_than_a_table_of_deals(desk: Desk) -> None:
    take_in(desk, "id,title,stage,created,close date,value\nD,Deal D,won,2026-01-01,2026-01-09,5\n")
    before = everything(desk)
    assert taken(desk, HISTORY[len(HEAD) :]) == (2, 0, 1, 0)
    assert walked(desk)["Deal D"] == [
        ("suspect", "moved", "2026-01-01"),
        ("qualified", "moved", "2026-01-05"),
        ("transacted", "", "2026-01-09"),
    ]
    assert stands(desk) == [("Deal D", "transacted", "won", "2026-01-09", 1, "", None)]
    desk.undo()
    assert everything(desk) == before


def test_an_open_deal_was_guessed_to_stand_there_since_its_creation(desk: Desk) -> None:
    take_in(desk, "id,stage,created\nD,qualified,2026-01-01\n")
    rows = "D,suspect,2026-01-01\nD,prospect,2026-01-03\nD,qualified,2026-01-05\n"
    assert taken(desk, rows) == (2, 0, 1, 0)
    assert walked(desk)["D"] == [
        ("suspect", "moved", "2026-01-01"),
        ("prospect", "moved", "2026-01-03"),
        ("qualified", "", "2026-01-05"),
    ]
    assert taken(desk, rows) == (0, 0, 3, 0)


def test_a_history_that_ends_early_leaves_the_deal_where_it_is(desk: Desk) -> None:
    take_in(desk, "id,stage,created\nD,committed,2026-01-01\n")
    rows = "D,suspect,2026-01-01\nD,prospect,2026-01-03\n"
    taken(desk, rows)
    assert [stage for stage, *_ in walked(desk)["D"]] == ["suspect", "prospect", "committed"]
    assert taken(desk, rows) == (0, 0, 2, 0)


def test_a_deal_was_guessed_to_begin_in_the_first_stage(desk: Desk) -> None:
    take_in(desk, "id,stage,created,close date\nD,lost,2026-01-01,2026-01-05\n")
    assert taken(desk, "D,prospect,2026-01-01\nD,lost,2026-01-05\n") == (1, 1, 0, 0)
    assert walked(desk)["D"] == [("prospect", "lost", "2026-01-01")]
    assert stands(desk) == [("D", "prospect", "lost", "2026-01-05", 1, "", None)]


def test_the_table_of_deals_after_the_history_changes_no_path(desk: Desk) -> None:
    taken(desk, HISTORY[len(HEAD) :])
    report = take_in(desk, "id,title,stage,created,close date\nD,Deal D,won,2026-01-01,2026-01-09\n")
    assert counts(report) == (0, 1, 0, 0)
    assert [stage for stage, *_ in walked(desk)["Deal D"]] == ["suspect", "qualified", "transacted"]
    assert taken(desk, HISTORY[len(HEAD) :]) == (0, 0, 3, 0)


def test_what_was_forgotten_between_known_moves_is_put_there(desk: Desk) -> None:
    taken(desk, "D,suspect,2026-01-01\nD,qualified,2026-01-05\nD,lost,2026-01-07\n")
    assert taken(desk, "D,prospect,2026-01-03\n") == (1, 0, 0, 0)
    assert walked(desk)["D"] == [
        ("suspect", "moved", "2026-01-01"),
        ("prospect", "moved", "2026-01-03"),
        ("qualified", "lost", "2026-01-05"),
    ]


def test_the_past_of_steps_is_not_rewritten(desk: Desk, clock: Clock) -> None:
    taken(desk, "D,suspect,2026-01-01\nD,qualified,2026-01-05\n")
    (deal_id,) = one(desk, "id")
    step = ask(desk, "SELECT step.id FROM step JOIN stage ON stage.id = stage_id WHERE stage.key = 'qualified' LIMIT 1")
    desk.run(steps.tick_step, deal_id, step[0][0])
    before = everything(desk)
    report = take_in(desk, f"{HEAD}D,suspect,2026-01-01\nD,prospect,2026-01-03\n", what="stage-history")
    assert counts(report) == (0, 0, 1, 1)
    assert report.errors[0].reason.startswith("This lies before moves of the deal that have steps ticked since")
    assert everything(desk) == before
    clock.now = "2026-11-03T09:00:00Z"
    assert taken(desk, "D,committed,2026-11-03\n") == (1, 0, 0, 0)


def test_a_deal_is_known_by_its_title_too(desk: Desk) -> None:
    desk.run(deals.new_deal, title="Gate", on="2026-01-01")
    assert taken(desk, "Gate,prospect,2026-01-02\n") == (1, 0, 0, 0)
    desk.run(deals.new_deal, title="Gate", on="2026-01-01")
    report = take_in(desk, f"{HEAD}Gate,qualified,2026-01-03\n", what="stage-history")
    assert [note.reason for note in report.errors] == ["The workspace has 2 deals that this may be."]


def test_trying_a_history_writes_nothing(desk: Desk) -> None:
    take_in(desk, "id,stage,created\nD,qualified,2026-01-01\n")
    before = everything(desk)
    tried = attempt(desk, HISTORY, what="stage-history")
    assert everything(desk) == before
    assert counts(tried) == counts(take_in(desk, HISTORY, what="stage-history"))


def test_a_history_is_one_act(desk: Desk) -> None:
    before = everything(desk)
    report = take_in(desk, HISTORY, what="stage-history")
    entry = desk.history(1)[0]
    assert (entry.batch, entry.label, entry.arguments) == (
        report.batch,
        "Import {count} stage moves from {file}",
        {"count": 3, "file": "table.csv"},
    )
    desk.undo()
    assert everything(desk) == before


def test_an_unknown_path_stays_unknown_on_its_way_out_and_in(desk: Desk, other: Desk) -> None:
    take_in(desk, "id,stage,created,close date\nA,won,2026-01-01,2026-02-01\nB,lost,2026-01-01,2026-02-01\n")
    take_in(other, given_out(desk, "stage-history"), what="stage-history")
    assert [row[4] for row in stands(other)] == [0, 0]


@pytest.mark.parametrize("row", ["D,lost,2026-01-01\n", "D,won,2026-01-01\n", "D,fulfilment,2026-01-01\n"])
def test_a_deal_that_was_closed_before_it_was_created_is_created_first(desk: Desk, row: str) -> None:
    take_in(desk, "id\nD\n")
    assert taken(desk, row) == (1, 0, 0, 0)
    assert [entered for _stage, _ended, entered in walked(desk)["D"]][-1] == "2026-11-02"
    assert taken(desk, row) == (0, 0, 1, 0)


def test_a_history_knows_better_when_a_deal_was_created(desk: Desk) -> None:
    take_in(desk, "id,stage\nD,lost\n")
    taken(desk, "D,prospect,2026-01-01\nD,qualified,2026-01-03\n")
    assert walked(desk)["D"][:2] == [("prospect", "moved", "2026-01-01"), ("qualified", "lost", "2026-01-03")]
