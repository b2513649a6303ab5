"""The charts beside the funnel: none, few and many deals, each language and width; their numbers as tables."""

from typing import Any

import pytest
from matplotlib.figure import Figure

from funnel_desk.charts import Chart, beside, over_time, pareto, shares
from funnel_desk.charts.over_time import Month, OverTimeReport
from funnel_desk.charts.pareto import Loss
from funnel_desk.charts.style import Theme, load_style
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import in_language
from tests.charts.gallery import AMOUNTS, reports


def drawn(chart: Chart, picture: Any, width: float, theme: Theme = "light") -> Any:  # noqa: ANN401
    height = chart.size(picture)[1]
    axes = Figure(figsize=(width / 96, height / 96), dpi=96).add_axes((0, 0, 1, 1))
    return axes, chart.draw(axes, picture, load_style(theme)), height


@pytest.mark.parametrize("language", ["en", "ru", "pseudo"])
@pytest.mark.parametrize("amount", AMOUNTS)
def test_nothing_leaves_the_page(amount: int, language: str) -> None:
    with in_language(language):
        for key, chart, report in reports(amount, "ru" if language == "ru" else "en"):
            picture = chart.measure(report)
            for width in (chart.size(picture)[0], chart.least_size(picture)[0]):
                axes, spots, height = drawn(chart, picture, width, "dark")
                axes.get_figure(root=True).draw_without_rendering()
                for text in axes.texts:
                    box = text.get_window_extent()
                    assert -1 <= box.x0 <= box.x1 <= width + 1, (key, text.get_text())
                    assert -1 <= box.y0 <= box.y1 <= height + 1, (key, text.get_text())
                assert all(0 <= spot.left <= spot.right <= width + 6 for spot in spots), key


@pytest.mark.parametrize("amount", AMOUNTS)
def test_every_chart_tells_its_numbers(amount: int) -> None:
    for key, chart, report in reports(amount):
        assert chart.numbers is not None
        numbers = chart.numbers(chart.measure(report))
        assert all(len(row) == len(numbers.headers) for row in numbers.rows), key
        assert numbers.spoken() or amount <= 1, key


def test_the_most_frequent_reason_comes_first_and_the_shares_add_up() -> None:
    picture = pareto.measure([Loss("a", "A", 2), Loss("b", "B", 6), Loss("c", "C", 0)])
    assert [(row.loss.key, row.part, row.so_far) for row in picture.rows] == [("b", 0.75, 0.75), ("a", 0.25, 1.0)]


def test_many_reasons_share_the_last_line() -> None:
    picture = pareto.measure([Loss(str(nth), f"Reason {nth}", 20 - nth) for nth in range(12)])
    assert len(picture.rows) == pareto.MOST_ROWS
    assert (picture.rows[-1].loss.key, picture.rows[-1].loss.name) == (pareto.REST, "5 other reasons")
    assert picture.lost == sum(20 - nth for nth in range(12))


def test_a_month_of_three_has_no_dot_and_a_maturing_one_is_hollow() -> None:
    months = (
        Month("2026-05", 20, Rate(8, 20), 0),
        Month("2026-06", 3, Rate(1, 3), 0),
        Month("2026-07", 9, Rate(2, 6), 3),
    )
    axes, spots, _height = drawn(over_time.CHART, over_time.measure(OverTimeReport(months)), 776)
    dots = [one for one in axes.patches if type(one).__name__ == "Circle"]
    assert len(dots) == 2
    ground = load_style().ground
    assert [tuple(dot.get_facecolor()) == _rgba(ground) for dot in dots] == [False, True]
    assert [spot.name for spot in spots] == ["month:2026-05", "month:2026-06", "month:2026-07"]


def test_months_without_deals_keep_their_place() -> None:
    picture = over_time.measure(
        OverTimeReport((Month("2025-11", 5, Rate(1, 5), 0), Month("2026-02", 5, Rate(1, 5), 0)))
    )
    assert picture.span == 4


@pytest.mark.parametrize(
    ("share", "other", "said"),
    [
        (Rate(2, 3), Rate(1, 3), "too early to say"),
        (Rate(0, 0), Rate(9, 30), "too early to say"),
        (Rate(5, 10), Rate(4, 10), "+10 pts, too early to say"),
        (Rate(56, 70), Rate(48, 80), "better: +20 pts"),
        (Rate(48, 80), Rate(56, 70), "worse: −20 pts"),
    ],
)
def test_a_difference_is_told_only_beyond_doubt(share: Rate, other: Rate, said: str) -> None:
    assert beside.verdict_text(Comparison(share, other)) == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [(Rate(0, 0), "none yet"), (Rate(1, 3), "n = 3, too early to say"), (Rate(2, 6), "33% of 6 (10–70)")],
)
def test_a_share_in_words(rate: Rate, said: str) -> None:
    assert shares.rate_text(rate) == said


def _rgba(colour: str) -> tuple[float, ...]:
    from matplotlib.colors import to_rgba

    return tuple(to_rgba(colour))
