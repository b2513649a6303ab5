"""Every chart of the funnel's view with 0, 1, 7, 500 and 100,000 deals, in both themes and languages, to be looked at.

`python -m tests.charts.gallery FOLDER` writes a sheet a chart, a theme and a language.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from matplotlib.figure import Figure

from funnel_desk.charts import Chart, ages, beside, flow, over_time, pareto, shares
from funnel_desk.charts.over_time import Month, OverTimeReport
from funnel_desk.charts.pareto import Loss
from funnel_desk.charts.shares import Share
from funnel_desk.charts.style import Theme, load_style
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.flow import Ages, WeekFlow, mondays
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import in_language
from tests.charts.reports import SECURITY, TODAY

AMOUNTS = (0, 1, 7, 500, 100_000)
REASONS = {
    "en": ("Too expensive for them", "Stopped answering", "Chose somebody else", "The need is gone", "No budget now"),
    "ru": ("Слишком дорого", "Перестал отвечать", "Выбрал другого", "Потребность отпала", "Нет бюджета"),
}
INCH = 96.0


def reports(deals: int, language: str = "en") -> Iterator[tuple[str, Chart, Any]]:
    """Each chart with what it shows of so many made-up deals."""
    chance = Random(deals)  # noqa: S311 - a picture, no secret
    names = REASONS[language]
    weights = [chance.random() ** 2 for _name in names]
    counts = [round(deals * 0.4 * weight / sum(weights)) for weight in weights]
    yield (
        "pareto",
        pareto.CHART,
        [Loss(str(nth), name, count) for nth, (name, count) in enumerate(zip(names, counts, strict=True))],
    )
    yield (
        "over_time",
        over_time.CHART,
        OverTimeReport(tuple(_months(deals, chance)), (("2026-03-10", names[0]), ("2026-04-20", names[1]))),
    )
    weeks = [
        WeekFlow(day, deals // 9, *(chance.randint(0, max(1, deals // 20)) for _nth in range(5)))
        for day in mondays(TODAY, 12)
    ]
    yield "flow", flow.CHART, weeks if deals else [WeekFlow(week.monday, 0, 0, 0, 0, 0, 0) for week in weeks]
    standing = [tuple(chance.randint(0, deals // 8) for _nth in range(4)) for _name in SECURITY]
    if deals == 1:
        standing[0] = (1, 0, 0, 0)
    yield (
        "ages",
        ages.CHART,
        [
            (str(nth), name, Ages(ages_of, 120.0 if sum(ages_of) else 0.0))
            for nth, (name, ages_of) in enumerate(zip(SECURITY, standing, strict=True))
        ],
    )
    rates = [(deals // 3, deals // 2), (deals // 5, deals // 2), (deals // 30, max(deals // 25, 0))]
    yield (
        "shares",
        shares.CHART,
        [Share(str(nth), name, Rate(*rate)) for nth, (name, rate) in enumerate(zip(names, rates, strict=False))],
    )
    lines = [
        (name.of(language), Comparison(Rate(deals // (3 + nth), deals // 2), Rate(deals // 4, deals // 2)))
        for nth, name in enumerate(SECURITY)
    ]
    yield "beside", beside.CHART, beside.BesideReport("Q3", "Q2", tuple(lines))


def sheet(chart: Chart, told: list[Any], theme: Theme, width: float | None = None) -> Figure:
    """The pictures of one chart, one under the other."""
    style = load_style(theme)
    pictures = [chart.measure(one) for one in told]
    sizes = [(width or chart.size(one)[0], chart.size(one)[1] + 20) for one in pictures]
    across, down = max(one[0] for one in sizes), sum(one[1] for one in sizes)
    figure = Figure(figsize=(across / INCH, down / INCH), dpi=INCH, facecolor=style.ground)
    top = down
    for picture, (_wide, high) in zip(pictures, sizes, strict=True):
        top -= high
        chart.draw(figure.add_axes((0, top / down, 1, (high - 20) / down)), picture, style)
    return figure


def _months(deals: int, chance: Random) -> Iterator[Month]:
    if not deals:
        return
    span = 1 if deals == 1 else 4 if deals < 10 else 18 if deals < 1000 else 60
    for nth in range(span):
        place = 2026 * 12 + 8 - (span - 1 - nth)
        arrived = max(1, deals // span)
        decided = arrived if nth < span - 2 else arrived // 2
        part = round(decided * (0.25 + 0.3 * chance.random()))
        yield Month(
            f"{place // 12}-{place % 12 + 1:02}",
            arrived,
            Rate(part, decided),
            arrived - decided if nth >= span - 2 else 0,
        )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    for language in ("en", "ru"):
        with in_language(language):
            told: dict[str, tuple[Chart, list[Any]]] = {}
            for amount in AMOUNTS:
                for key, chart, one in reports(amount, language):
                    told.setdefault(key, (chart, []))[1].append(one)
            for key, (chart, some) in told.items():
                for theme in ("light", "dark"):
                    sheet(chart, some, theme).savefig(folder / f"{key}_{language}_{theme}.png", dpi=INCH)
                sheet(chart, some, "light", chart.least_size(chart.measure(some[0]))[0]).savefig(
                    folder / f"{key}_{language}_narrow.png", dpi=INCH
                )
