"""The week that was: won, lost and why, slipped, and what comes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.words import Words
from funnel_desk.operations import activities, deals
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.reviews import write_review
from funnel_desk.queries.weekly_review import WeeklyReview, weekly_review
from tests.desks import Clock, a_desk

THURSDAY = "2026-11-12T09:00:00Z"


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-02T09:00:00Z")


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = a_desk(tmp_path, clock=clock)
    yield desk
    desk.close()


def review(desk: Desk, on_day: str | None = None) -> WeeklyReview:
    return desk.read(weekly_review, now=desk.clock(), on_day=on_day)


def test_won_lost_and_slipped_in_the_week(desk: Desk, clock: Clock) -> None:
    old = desk.run(deals.new_deal, title="won before", value=5)
    desk.run(deals.win_deal, old.id)
    clock.now = THURSDAY
    one, two, three, four = (
        desk.run(deals.new_deal, title=title, company="Alfa", expected_close="2026-11-20")
        for title in ("won", "lost", "put off", "put off and back")
    )
    desk.run(deals.win_deal, one.id)
    desk.run(deals.lose_deal, two.id, reason="too dear")
    desk.run(deals.edit_deal, three.id, expected_close="2026-12-01")
    desk.run(deals.edit_deal, three.id, expected_close="2026-12-20")
    desk.run(deals.edit_deal, four.id, expected_close="2026-12-20")
    desk.undo()
    found = review(desk)
    assert (found.week.first, found.week.last) == ("2026-11-09", "2026-11-15")
    assert [(deal.title, deal.company) for deal in found.won] == [("won", "Alfa")]
    assert [(deal.title, deal.why) for deal in found.lost] == [("lost", "too dear")]
    assert isinstance(found.lost[0].stage, Words)
    assert [(deal.title, deal.slipped_days, deal.on_day) for deal in found.slipped] == [("put off", 30, "2026-12-20")]
    assert [deal.times for deal in found.slipped] == [2]
    assert (found.arrived, found.arrived_before, found.won_before) == (4, 1, 1)
    assert (found.rates.share, found.rates.other, found.rates.verdict) == (Rate(1, 2), Rate(1, 1), "too_early")
    last = review(desk, "2026-11-04")
    assert ([deal.title for deal in last.won], last.arrived, last.lost) == (["won before"], 1, ())


def test_what_comes_next_week_and_the_note(desk: Desk, clock: Clock) -> None:
    clock.now = THURSDAY
    deal = desk.run(deals.new_deal, title="deal")
    desk.run(activities.plan_activity, deal.id, "call", "2026-11-17T10:00:00Z")
    found = review(desk)
    assert list(found.load) == [f"2026-11-{day}" for day in range(16, 23)]
    assert {day: count for day, count in found.load.items() if count} == {"2026-11-17": 1}
    assert found.note is None
    desk.run(write_review, "2026-11-13", " quiet ", "call more")
    desk.run(write_review, "2026-11-13", "quiet week", "call more")
    note = review(desk).note
    assert note is not None
    assert (note.text, note.decisions) == ("quiet week", "call more")
    assert review(desk, "2026-11-04").note is None
    later = review(desk, "2026-11-27")
    assert later.note is None
    assert later.note_before == note
