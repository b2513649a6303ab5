"""The weekly review on paper: each part with its deals, the note or room for it, on pages that hold together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.exchange.review_sheet import review_on_paper, review_pdf
from funnel_desk.i18n import PSEUDO, in_language
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.reviews import write_review
from tests.desks import Clock, a_desk
from tests.exchange.pdf_text import words_of

NOW = "2026-11-26T06:00:00Z"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A deal lost, one won, one put off three times, one left alone."""
    made = a_desk(tmp_path, "security-systems", clock=Clock(NOW))
    ids = [
        made.run(deals.new_deal, title=title, company="Завод «Вымпел»", value=1_240_000, currency="EUR",
                 expected_close="2026-12-01", on="2026-10-01").id
        for title in ("Gate", "Yard", "Roof", "Wall")
    ]  # fmt: skip
    made.run(deals.lose_deal, ids[0], reason="too dear")
    made.run(deals.win_deal, ids[1])
    for day in ("2026-12-10", "2026-12-20", "2027-01-15"):
        made.run(deals.edit_deal, ids[2], expected_close=day)
    yield made
    made.close()


def sheet(desk: Desk, on_day: str | None = None) -> bytes:
    return review_pdf(desk.read(review_on_paper, NOW, on_day), "north.funnel")


def test_the_sheet_tells_the_week(desk: Desk) -> None:
    words = words_of(sheet(desk))
    for part in (
        "Weekly review", "23 November 2026 – 29 November 2026", "too dear", "a wish", "put off 3 times",
        "Завод «Вымпел» · Wall", "Monday, 30 November", "What we decide", "north.funnel",
    ):  # fmt: skip
        assert part in words, part


def test_the_note_stands_where_room_for_it_would_be(desk: Desk) -> None:
    desk.run(write_review, "2026-11-22", "quiet", "call the sleeping ones")
    desk.run(write_review, "2026-11-29", "jumpy\nvery", "sleep on it")
    words = words_of(sheet(desk))
    for part in ("Decided before", "call the sleeping ones", "jumpy", "very", "sleep on it"):
        assert part in words, part
    assert "call the sleeping ones" in words_of(sheet(desk, "2026-11-18"))


def test_a_week_that_is_over_says_nothing_about_today(desk: Desk) -> None:
    words = words_of(sheet(desk, "2026-11-18"))
    assert "No deal was lost this week." in words
    assert "Stalled" not in words


def test_equal_weeks_give_equal_bytes_in_each_language(desk: Desk) -> None:
    for lang in ("en", "ru", PSEUDO):
        with in_language(lang):
            assert sheet(desk) == sheet(desk)


def test_many_deals_take_many_pages_but_not_without_end(desk: Desk) -> None:
    for number in range(60):
        made = desk.run(deals.new_deal, title=f"Deal {number}" * 12, company="Firm " * 20)
        desk.run(deals.lose_deal, made.id, reason="too dear " * 30)
    words = words_of(sheet(desk))
    assert "And 21 more" in words
