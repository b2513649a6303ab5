"""The pictures of the forecast: by month, the range, and the way to the goal."""

from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given, strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from funnel_desk import charts, registry
from funnel_desk.charts import Chart, forecast as months, forecast_range as ranges, plan as plans
from funnel_desk.charts.forecast import LATER, MOST_MONTHS
from funnel_desk.charts.forecast_range import GAP, spread
from funnel_desk.charts.paper import Spot
from funnel_desk.charts.style import Theme, load_style
from funnel_desk.domain.chances import OpenDeal
from funnel_desk.domain.forecast import ForecastDeal, forecast
from funnel_desk.domain.forecast_range import forecast_range
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.leads_plan import Takings, conversions, plan_leads
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.domain.words import Words
from funnel_desk.i18n import in_language
from funnel_desk.queries.forecast import CurrencyOutlook, ForecastReport
from funnel_desk.queries.outlook import OVERDUE, UNDATED, Outlook, Wish
from funnel_desk.queries.plan import PlanReport

TODAY = "2026-11-26"
SOON = ("2026-11-01", "2026-11-30", "2026-12-10", "2026-12-20", None)


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def a_report(closes: tuple[str | None, ...] = SOON, *, currencies: tuple[str, ...] = ("EUR",)) -> ForecastReport:
    """Deals of 100,000 minor units at even chances, one a day told, in each currency."""
    deals = [ForecastDeal(100_000, code, 5_000, close) for code in currencies for close in closes]
    found = [
        CurrencyOutlook(one, forecast_range([OpenDeal(str(nth), 100_000, 5_000) for nth in range(one.n)]))
        for one in forecast(deals, today=TODAY, currency="EUR")
    ]
    return ForecastReport(TODAY, None, found[0], tuple(found[1:]))


def an_outlook(report: ForecastReport, *, goal: int | None = None, **won: int) -> Outlook:
    return Outlook(Wish(Period("2026-10-01", "2026-12-31"), "p", goal), TODAY, "EUR", 9, won, 0, report)


def a_plan(goal: int, *, won: int = 10, expected: int = 0) -> PlanReport:
    stages = tuple(
        Stage(key, "p", key, Words(key.title(), key), nth, "before", chance)
        for nth, (key, chance) in enumerate((("details", 1_000), ("offer", 3_000), ("contract", 6_000)))
    )
    rates = (Rate(40, 80), Rate(2, 4), Rate(0, 0))
    ways = conversions(rates, [stage.probability for stage in stages])
    plan = plan_leads(goal, ways, Takings(won * 100, won), expected)
    return PlanReport(Pipeline("p", Words("P", "П")), stages, "EUR", ALWAYS, plan, {}, 0)


def drawn(chart: Chart, picture: object, width: float = 776, theme: Theme = "light") -> tuple[Axes, list[Spot]]:
    figure = Figure(figsize=(width / 96, chart.size(picture)[1] / 96), dpi=96)
    axes = figure.add_axes((0, 0, 1, 1))
    return axes, list(chart.draw(axes, picture, load_style(theme)))


def texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def boxes(axes: Axes) -> list[Box]:
    """Where each text stands, in px."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    FigureCanvasAgg(figure)
    return [Box(*text.get_window_extent().extents) for text in axes.texts]


@pytest.mark.parametrize(("name", "module"), [("forecast", months), ("forecast_range", ranges), ("plan", plans)])
def test_they_are_found_by_their_folder(name: str, module: object) -> None:
    assert registry.discover_kind(charts, "CHART", Chart)[name] is module.CHART  # type: ignore[attr-defined]


# --- by month --------------------------------------------------------------------------------------------------------


def test_overdue_stands_before_the_months_and_undated_after_them() -> None:
    (group,) = months.measure(a_report()).groups
    assert [(line.place, line.weighted, line.part) for line in group.lines] == [
        (OVERDUE, 50_000, 0.5), ("2026-11", 50_000, 0.5), ("2026-12", 100_000, 1.0), (UNDATED, 50_000, 0.5),
    ]  # fmt: skip


def test_each_bar_has_its_amount_and_can_be_pressed() -> None:
    axes, spots = drawn(months.CHART, months.measure(a_report()))
    said = texts(axes)
    assert said[:4] == ["Day has passed", "€500", "November 2026", "€500"]
    assert said[4:] == ["December 2026", "€1K", "No day given", "€500", "Together", "€2.5K"]
    assert {spot.name for spot in spots} == {"EUR:overdue", "EUR:2026-11", "EUR:2026-12", "EUR:undated"}


def test_overdue_and_undated_are_told_apart_by_colour_too() -> None:
    axes, _spots = drawn(months.CHART, months.measure(a_report()))
    assert len({patch.get_facecolor() for patch in axes.patches}) == 3


def test_each_currency_has_its_own_scale_and_heading() -> None:
    picture = months.measure(a_report(currencies=("EUR", "USD")))
    assert [max(line.part for line in group.lines) for group in picture.groups] == [1.0, 1.0]
    axes, spots = drawn(months.CHART, picture)
    assert "USD · 5 open deals" in texts(axes)
    assert "USD:2026-12" in {spot.name for spot in spots}


def test_far_months_are_put_together() -> None:
    closes = tuple(f"{2027 + nth // 12}-{nth % 12 + 1:02}-05" for nth in range(MOST_MONTHS + 6))
    (group,) = months.measure(a_report(closes)).groups
    assert len(group.lines) == MOST_MONTHS + 1
    assert (group.lines[-1].place, group.lines[-1].weighted) == (LATER, 6 * 50_000)
    _axes, spots = drawn(months.CHART, months.measure(a_report(closes)))
    assert f"EUR:{LATER}" not in {spot.name for spot in spots}


def test_without_open_deals_it_says_so() -> None:
    axes, spots = drawn(months.CHART, months.measure(a_report(())))
    assert texts(axes) == ["No open deal should close in this period."]
    assert not spots


# --- the range -------------------------------------------------------------------------------------------------------


def test_the_range_begins_where_the_won_ends() -> None:
    (row,) = ranges.measure(an_outlook(a_report(), goal=600_000, EUR=200_000)).rows
    assert (row.won, row.low, row.middle, row.high, row.goal) == (200_000, 300_000, 400_000, 600_000, 600_000)
    assert (row.first, row.last) == (0, 600_000)


def test_the_three_amounts_the_won_and_the_goal_are_labelled() -> None:
    axes, _spots = drawn(ranges.CHART, ranges.measure(an_outlook(a_report(), goal=900_000, EUR=200_000)))
    assert texts(axes) == ["won €2K", "goal €9K", "€3K", "at least, 9 in 10", "€4K", "as often more as less",
                           "€6K", "more, 1 in 10"]  # fmt: skip


def test_what_is_only_won_has_a_row_and_the_goal_belongs_to_the_main_currency() -> None:
    rows = ranges.measure(an_outlook(a_report(), goal=1, JPY=500)).rows
    assert [(row.currency, row.goal, row.open_deals) for row in rows] == [("EUR", 1, 5), ("JPY", None, 0)]


def test_an_empty_outlook_has_no_bar() -> None:
    picture = ranges.measure(an_outlook(a_report(())))
    assert picture.rows == ()
    axes, _spots = drawn(ranges.CHART, picture)
    assert not texts(axes)


@pytest.mark.parametrize("width", [400, 776, 1400])
@pytest.mark.parametrize("language", ["en", "ru", "pseudo"])
@pytest.mark.parametrize("won", [0, 190_000, 90_000_000])
def test_labels_stand_apart_and_within_the_page(width: float, language: str, won: int) -> None:
    with in_language(language):
        axes, _spots = drawn(ranges.CHART, ranges.measure(an_outlook(a_report(), goal=210_000, EUR=won)), width)
        found = boxes(axes)
    assert all(box.left >= 0 and box.right <= width for box in found)
    assert not [one for nth, one in enumerate(found) for other in found[:nth] if overlap(one, other)]


@given(st.lists(st.tuples(st.floats(0, 700), st.floats(5, 150)), min_size=1, max_size=3))
def test_labels_that_fit_are_spread_without_touching(wanted: list[tuple[float, float]]) -> None:
    places, widths = sorted(place for place, _width in wanted), [width for _place, width in wanted]
    centres = spread(places, widths, 16, 760)
    for (one, wide), (other, wider) in zip(
        zip(centres, widths, strict=True), list(zip(centres, widths, strict=True))[1:], strict=False
    ):
        assert other - wider / 2 - (one + wide / 2) >= GAP - 1e-6
    assert centres[0] - widths[0] / 2 >= 16 - 1e-6
    assert centres[-1] + widths[-1] / 2 <= 760 + 1e-6


# --- the way to the goal ---------------------------------------------------------------------------------------------


def test_each_stage_needs_what_the_plan_says_and_the_wins_come_last() -> None:
    report = a_plan(2_000, expected=1_000)
    rows = plans.measure(report).rows
    assert [(row.gross, row.net) for row in rows] == [
        *((need.gross, need.net) for need in report.plan.stages), (report.plan.wins, report.plan.wins_after_open),
    ]  # fmt: skip
    assert rows[0].gross_part == 1.0
    assert rows[-1].name is None


def test_each_way_says_who_says_so() -> None:
    ways = [row.way for row in plans.measure(a_plan(2_000)).rows if row.way]
    assert [plans.way_text(way) for way in ways] == [
        "49% go on  ·  history, n\u00a0=\u00a080",
        "50% go on  ·  playbook, only 4 deals yet",
        "60% go on  ·  playbook",
    ]


def test_a_small_share_never_reads_as_nothing() -> None:
    way = conversions([Rate(0, 100_000)], [1])[0]
    assert plans.way_text(way).startswith("0.1% go on")
    assert way.share > Fraction(0)


def test_where_nobody_knows_what_a_win_brings_nothing_is_drawn() -> None:
    picture = plans.measure(a_plan(2_000, won=0))
    assert picture.rows == ()
    assert not texts(drawn(plans.CHART, picture)[0])


@pytest.mark.parametrize("width", [400, 776])
@pytest.mark.parametrize("goal", [2_000, 900_000_000])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_plan_stays_on_its_page(width: float, goal: int, language: str) -> None:
    with in_language(language):
        axes, _spots = drawn(plans.CHART, plans.measure(a_plan(goal)), width)
        assert all(box.left >= 0 and box.right <= width for box in boxes(axes))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_can_be_drawn_in_both_themes(theme: Theme) -> None:
    for chart, picture in (
        (months.CHART, months.measure(a_report())),
        (ranges.CHART, ranges.measure(an_outlook(a_report(), goal=5))),
        (plans.CHART, plans.measure(a_plan(2_000))),
    ):
        axes, _spots = drawn(chart, picture, theme=theme)
        figure = axes.get_figure(root=True)
        assert figure is not None
        assert axes.patches


def overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.bottom < other.top and other.bottom < one.top
