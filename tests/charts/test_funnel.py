from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from funnel_desk import charts, registry
from funnel_desk.charts import Chart
from funnel_desk.charts.captions import funnel_caption, share
from funnel_desk.charts.funnel import CHART, Step, draw, least_size, measure, size, step_text
from funnel_desk.charts.paper import Paper, Spot
from funnel_desk.charts.saving import UnknownPicture, save
from funnel_desk.charts.style import Style, Theme, load_style, short_money
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.domain.words import Words
from funnel_desk.i18n import in_language
from funnel_desk.queries.funnel import FunnelReport
from tests.charts.reports import SECURITY, a_report, some_deals

TYPICAL = (84, 62, 24, 18, 14, 11)
LONG = tuple(
    Words(f"Negotiations with the lawyers {nth}", f"Согласование договора с юристами {nth}") for nth in range(12)
)


def drawn(
    report: FunnelReport, width: float = 776, height: float = 560, theme: Theme = "light"
) -> tuple[Axes, list[Spot]]:
    figure = Figure(figsize=(width / 96, height / 96), dpi=96)
    axes = figure.add_axes((0, 0, 1, 1))
    return axes, list(draw(axes, measure(report), load_style(theme)))


def texts(axes: Axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_it_is_found_by_its_folder() -> None:
    assert registry.discover_kind(charts, "CHART", Chart)["funnel"] is CHART


# --- what is measured ----------------------------------------


def test_bars_stand_in_the_order_of_the_stages() -> None:
    picture = measure(a_report(some_deals(TYPICAL)))
    assert [row.name.en for row in picture.rows] == [name.en for name in SECURITY]
    assert [row.count for row in picture.rows] == list(TYPICAL)
    assert [row.part for row in picture.rows] == [count / 84 for count in TYPICAL]


def test_the_won_row_tells_the_time_to_win() -> None:
    report = a_report(some_deals(TYPICAL))
    won = measure(report).rows[-1]
    assert (won.side, won.step, won.now) == ("won", None, None)
    assert won.days == report.funnel.days_to_win.median


def test_with_stages_after_the_sale_won_deals_rest_in_the_won_stage_for_a_while() -> None:
    report = a_report(some_deals((9, 5, 4, 3, 3, 2)), after_sale=2)
    rows = measure(report).rows
    assert [row.side for row in rows] == ["before", "before", "before", "won", "after", "after"]
    assert rows[3].now == report.funnel.stages[3].now
    assert rows[4].step == Step(Rate(2, 3), Rate(2, 3))


# --- what is said ----------------------------------------


@pytest.mark.parametrize(
    ("went_on", "decided", "said"),
    [
        (Rate(62, 84), Rate(62, 73), "74% went on  ·  85% of those decided"),
        (Rate(18, 24), Rate(18, 20), "75% went on  ·  90% of those decided (70–97)"),
        (Rate(30, 40), Rate(30, 40), "75% went on"),
        (Rate(3, 5), Rate(3, 5), "60% went on (23–88)"),
        (Rate(2, 9), Rate(2, 4), "n = 4, too early to say"),
        (Rate(0, 9), Rate(0, 0), "none decided yet"),
    ],
)
def test_how_many_went_on(went_on: Rate, decided: Rate, said: str) -> None:
    assert step_text(Step(went_on, decided)) == said


@pytest.mark.parametrize(("rate", "said"), [(Rate(2, 6), "33% (10–70)"), (Rate(50, 100), "50%"), (Rate(0, 0), "")])
def test_a_share_of_few_has_its_interval(rate: Rate, said: str) -> None:
    assert share(rate) == said


def test_the_caption_tells_what_was_counted_and_what_was_not() -> None:
    said = funnel_caption(a_report(some_deals(TYPICAL, open_at=(11, 6), unknown=6), history_since="2026-08-15"))
    assert said.startswith("Deals created from 1 July 2026 to 30 September 2026: the furthest stage each one reached;")
    assert "n = 84, of which 17 still open." in said
    assert "6 closed deals came in without history and are left out here." in said
    assert said.endswith("Moves are recorded since 15 August 2026; earlier ones may be missing.")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (ALWAYS, "All deals:"),
        (Period(first="2026-07-01"), "Deals created since 1 July 2026:"),
        (Period(last="2026-07-01"), "Deals created until 1 July 2026:"),
    ],
)
def test_the_caption_tells_the_period(period: Period, said: str) -> None:
    assert funnel_caption(a_report([], period=period)).startswith(said)


def test_the_caption_tells_who_is_still_maturing() -> None:
    deals = [*some_deals(TYPICAL), some_deals((1,), open_at=(1,))[0]._replace(id="young", arrived="2026-10-04")]
    young = deals[-1]._replace(outcome="open", closed_at=None, won_at=None)
    said = funnel_caption(a_report([*deals[:-1], young]))
    assert "of which 1 still open and 1 still maturing (younger than the usual" in said


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (0, "EUR", "€0"),
        (95_049, "EUR", "€950"),
        (123_456, "EUR", "€1.2K"),
        (61_200_000, "EUR", "€612K"),
        (612, "JPY", "¥612"),
        (-123_456_789, "EUR", "-€1.2M"),
    ],
)
def test_money_in_few_letters(minor: int, currency: str, said: str) -> None:
    assert short_money(minor, currency) == said


def test_money_in_few_letters_in_russian() -> None:
    with in_language("ru"):
        assert short_money(61_200_000, "EUR") == "612\xa0тыс.\xa0€"


# --- what is drawn ----------------------------------------

COUNTS = ((0,) * 6, (1, 0, 0, 0, 0, 0), (7, 4, 2, 1, 1, 0), TYPICAL)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("counts", COUNTS, ids=str)
def test_with_no_few_and_many_deals(counts: Sequence[int], theme: Theme) -> None:
    axes, spots = drawn(a_report(some_deals(counts)), theme=theme)
    assert "Won" in texts(axes)
    assert len([spot for spot in spots if spot.name.startswith("stage:")]) == sum(count > 0 for count in counts)


def test_with_a_hundred_thousand_deals() -> None:
    axes, spots = drawn(a_report(some_deals((100_000, 42_000, 9_000, 1_200, 30, 2))))
    assert "100,000" in texts(axes)
    last = next(spot for spot in spots if spot.name == "stage:stage-5")
    assert last.right - last.left == 2


@pytest.mark.parametrize("language", ["en", "ru", "pseudo"])
@pytest.mark.parametrize("stages", [3, 7, 12])
@pytest.mark.parametrize("currencies", [("EUR",), ("EUR", "BYN", "USD", "JPY", "KWD")], ids=len)
def test_nothing_leaves_the_page(stages: int, language: str, currencies: Sequence[str]) -> None:
    deals = some_deals([100 - 8 * nth for nth in range(stages)], open_at=[3] * stages, currencies=currencies)
    report = a_report(deals, LONG[:stages], after_sale=stages // 4)
    with in_language(language):
        for width, height in (size(measure(report)), least_size(measure(report))):
            axes, spots = drawn(report, width, height)
            figure = axes.get_figure(root=True)
            assert figure is not None
            figure.draw_without_rendering()
            for text in axes.texts:
                box = text.get_window_extent()
                assert box.x0 >= 0
                assert box.x1 <= width + 1, text.get_text()
                assert box.y0 >= 0
                assert box.y1 <= height
            assert all(0 <= spot.left <= spot.right <= width for spot in spots)


def test_a_narrow_page_leaves_columns_out_one_by_one() -> None:
    report = a_report(some_deals(TYPICAL))
    heads = ["value", "usual days", "now here"]
    shown = [[head for head in heads if head in texts(drawn(report, width)[0])] for width in range(776, 200, -20)]
    assert [shown[nth] for nth in range(len(shown)) if nth == 0 or shown[nth] != shown[nth - 1]] == [
        ["value", "usual days", "now here"],
        ["usual days", "now here"],
        ["now here"],
        [],
    ]


def test_a_wide_page_keeps_bars_within_bounds() -> None:
    _axes, spots = drawn(a_report(some_deals(TYPICAL)), 2000)
    first = next(spot for spot in spots if spot.name == "stage:stage-0")
    assert first.right - first.left == pytest.approx(560)


def test_a_click_finds_the_stage() -> None:
    _axes, spots = drawn(a_report(some_deals(TYPICAL, open_at=(3,))))
    bar = next(spot for spot in spots if spot.name == "stage:stage-1")
    middle = ((bar.left + bar.right) / 2, (bar.top + bar.bottom) / 2)
    assert [spot.name for spot in spots if spot.holds(*middle)] == ["stage:stage-1"]
    assert not [spot.name for spot in spots if spot.holds(1, 1)]


def test_resolution_changes_nothing() -> None:
    report = a_report(some_deals(TYPICAL))
    _axes, spots = drawn(report)
    sharp = Figure(figsize=(776 / 96, 560 / 96), dpi=192)
    assert list(draw(sharp.add_axes((0, 0, 1, 1)), measure(report), load_style())) == pytest.approx(spots)


def test_drawing_again_replaces() -> None:
    axes, _spots = drawn(a_report(some_deals(TYPICAL)))
    before = len(axes.texts)
    draw(axes, measure(a_report(some_deals(TYPICAL))), load_style("dark"))
    assert len(axes.texts) == before


# --- paper, style, files ----------------------------------------


@pytest.fixture
def paper() -> Paper:
    return Paper(Figure(figsize=(4, 2), dpi=96).add_axes((0, 0, 1, 1)), load_style())


def test_lines_are_wrapped_and_cut(paper: Paper) -> None:
    text = "Negotiations with the lawyers of the customer"
    lines = paper.wrapped(text, 120)
    assert " ".join(lines) == text
    assert all(paper.width_of(line) <= 120 for line in lines)
    short = paper.wrapped(text, 120, lines=2)
    assert len(short) == 2
    assert short[1].endswith("…")
    assert paper.wrapped("Донаудампфшиффартсгезельшафт", 60)[0].endswith("…")
    assert paper.cut("Offer", 200) == "Offer"


def test_an_unknown_family_falls_back() -> None:
    assert load_style(family="Nowhere Sans").families == ["DejaVu Sans"]
    assert load_style(family="DejaVu Serif").families == ["DejaVu Serif", "DejaVu Sans"]


def test_themes_differ() -> None:
    light, dark = load_style("light"), load_style("dark")
    assert isinstance(light, Style)
    assert light.ground != dark.ground


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.SVG", b"<?xml"), ("a.pdf", b"%PDF")])
def test_pictures_of_each_kind(tmp_path: Path, name: str, start: bytes) -> None:
    path = tmp_path / name
    save(CHART, a_report(some_deals(TYPICAL)), path, load_style(), title="Funnel", note="Security systems")
    assert path.read_bytes().startswith(start)


def test_a_drawing_names_its_bars(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    save(CHART, a_report(some_deals(TYPICAL)), path, load_style(), title="Funnel")
    names = {element.get("id", "") for element in ET.parse(path).iter()}  # noqa: S314 - our own file
    assert {f"stage:stage-{place}" for place in range(6)} <= names


def test_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownPicture) as refused:
        save(CHART, a_report([]), tmp_path / "a.gif", load_style(), title="Funnel")
    assert "Let its name end in .png, .svg or .pdf." in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_picture_says_the_same_twice(tmp_path: Path) -> None:
    report = a_report(some_deals(TYPICAL), period=Period("2026-07-01", date(2026, 9, 30).isoformat()))
    for name in ("a.png", "b.png"):
        save(CHART, report, tmp_path / name, load_style(), title="Funnel")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
