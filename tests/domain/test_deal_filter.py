import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.deal_filter import SPANS, DealFilter, filter_of, period_of

TEXTS = st.lists(st.text(st.characters(exclude_characters="\x1f"), max_size=8), max_size=3).map(tuple)
FILTERS = st.builds(
    DealFilter,
    text=st.text(max_size=5),
    outcomes=st.lists(st.sampled_from(["open", "won", "lost"]), max_size=3, unique=True).map(tuple),
    sources=TEXTS.filter(lambda some: some != ("",)),
    stalled=st.booleans(),
    without_action=st.booleans(),
    created=st.sampled_from(["", *SPANS, "2026-01-01..", "..2026-02-01"]),
    least=st.none() | st.integers(-(10**12), 10**12),
)


@given(FILTERS)
def test_what_is_kept_as_texts_comes_back(chosen: DealFilter) -> None:
    assert filter_of(chosen.texts()) == chosen


def test_what_is_not_understood_asks_for_nothing() -> None:
    assert filter_of({"moon": "full", "created": "whenever", "least": "much", "stalled": "x"}) == DealFilter()


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("this_week", "2026-11-16", "2026-11-22"),
        ("this_month", "2026-11-01", "2026-11-30"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("this_quarter", "2026-10-01", "2026-12-31"),
        ("this_year", "2026-01-01", "2026-12-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
        ("2026-03-01..", "2026-03-01", None),
    ],
)
def test_periods_by_name_move_with_the_day(span: str, first: str, last: str | None) -> None:
    found = period_of(span, "2026-11-22")
    assert (found.first, found.last) == (first, last)


def test_only_what_moves_with_the_day_is_asked_on_a_day() -> None:
    assert DealFilter(sources=("web",)).on_day("2026-11-22") == DealFilter(sources=("web",))
    assert DealFilter(closed="this_year").on_day("2026-11-22").on == "2026-11-22"
    assert DealFilter(closed="2026-01-01..").on_day("2026-11-22").on == ""
