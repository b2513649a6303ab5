"""The pictures of progress through a period and of past forecasts; and what is said of them."""

from pathlib import Path

import pytest
from matplotlib.colors import to_rgb

from funnel_desk.charts import Chart, forecast_past as pasts, forecast_progress as progress
from funnel_desk.charts.saving import save
from funnel_desk.charts.style import Theme, load_style
from funnel_desk.domain.backtest import BackTest, PastForecast
from funnel_desk.domain.on_track import OnTrack
from funnel_desk.i18n import in_language
from funnel_desk.ui.views.forecast import past_words, plan_words
from tests.charts.test_forecast_chart import boxes, drawn, overlap, texts


def a_past(months: int, *, held: int | None = None, undecided: int = 0) -> BackTest:
    """So many month beginnings of 12 deals; the first so many hold, the others brought less than was said."""
    holding = months if held is None else held
    days = []
    for nth in range(months):
        day = f"{2024 + nth // 12}-{nth % 12 + 1:02}-01"
        came = 90_000_00 if nth < holding else 20_000_00
        open_still = 6 if nth >= months - undecided else 0
        days.append(PastForecast(day, 12, open_still, 50_000_00, 80_000_00, 120_000_00, came, 85_000_00))
    return BackTest(tuple(days))


def a_track(*, won: int = 120_000_00, goal: int = 300_000_00, gone: int = 38, left: int = 26) -> OnTrack:
    return OnTrack(goal, won, 60_000_00, gone, left, None, None)


# --- in words --------------------------------------------------------------------------------------------------------


def test_how_often_the_range_held() -> None:
    past = a_past(18, held=14)
    assert past_words.sentence(past) == "At 14 of 18 month beginnings what came lay in the range of 80 %."
    details = " ".join(past_words.details(past))
    assert "neighbouring months share deals" in details
    assert "surely between 55% and 91%" in details
    assert "Times that more came: 0; that less came: 4." in details
    assert "narrower than the truth" not in details, "80 % lies within the interval"
    assert "The weighted totals lay 14% above what came." in details  # 18 x 85 of 14 x 90 + 4 x 20
    assert past_words.quiet_sentence(past).startswith("Looking back: At 14 of 18")


def test_of_three_months_nothing_is_said() -> None:
    past = a_past(3)
    assert past_words.sentence(past) == "Too early to say: only 3 month beginnings are decided, 5 are needed."
    assert past_words.details(past) == []
    assert past_words.quiet_sentence(past) == ""
    assert past.weighted_off is None


def test_a_range_that_is_too_narrow_beyond_doubt_says_what_to_do() -> None:
    assert any("reckon with a crisis" in line for line in past_words.details(a_past(18, held=6)))


def test_months_that_are_not_decided_are_told_apart() -> None:
    past = a_past(8, undecided=2)
    assert past.held.base == 6
    assert "2 months are not decided yet" in past_words.note(past)


@pytest.mark.parametrize(
    ("track", "said"),
    [
        (a_track(), "Behind by €58.1K: 40% of the goal is won, and 59% of the working days are gone."),
        (a_track(won=200_000_00), "Ahead by €21.9K: 67% of the goal is won, and 59% of the working days are gone."),
        (a_track(won=300_000_00), "The goal is reached: €300K of €300K."),
        (a_track(left=0), "The period is over: €120K of €300K were won, 40%."),
        (a_track(gone=0), "No working day of the period is gone yet; €120K of €300K is won."),
    ],
)
def test_ahead_or_behind(track: OnTrack, said: str) -> None:
    assert plan_words.pace_sentence(track, "EUR") == said


# --- drawn -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", [0, 1, 7, 24])
@pytest.mark.parametrize("width", [400, 776])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_past_stays_on_its_page(months: int, width: float, language: str) -> None:
    with in_language(language):
        picture = pasts.measure(("EUR", a_past(months, held=months // 2, undecided=months // 7)))
        axes, _spots = drawn(pasts.CHART, picture, width)
        found = boxes(axes)
    assert all(box.left >= -1 and box.right <= width + 1 for box in found)
    assert not any(overlap(one, other) for nth, one in enumerate(found) for other in found[nth + 1 :])
    assert len(pasts.numbers(picture).rows) == months


def test_what_held_is_told_by_word_and_by_shape() -> None:
    picture = pasts.measure(("EUR", a_past(3, held=1, undecided=1)))
    assert [row.told for row in picture.rows] == [pasts.HELD, pasts.BELOW, pasts.UNDECIDED]
    axes, _spots = drawn(pasts.CHART, picture)
    assert {"€90K, as said", "€20K, less came", "not decided yet"} <= set(texts(axes))
    marks = [patch for patch in axes.patches if type(patch).__name__ == "Circle"]
    assert len(marks) == 2
    assert len({mark.get_facecolor() for mark in marks}) == 2


@pytest.mark.parametrize("width", [400, 776])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("won", [0, 120_000_00, 999_000_000_00])
def test_progress_stays_on_its_page(width: float, language: str, won: int) -> None:
    with in_language(language):
        axes, _spots = drawn(progress.CHART, progress.measure((a_track(won=won), "EUR")), width)
        found = boxes(axes)
    assert all(box.left >= -1 and box.right <= width + 1 for box in found)
    assert not any(overlap(one, other) for nth, one in enumerate(found) for other in found[nth + 1 :])


def test_progress_is_measured_by_hand() -> None:
    picture = progress.measure((a_track(), "EUR"))
    assert (picture.gone, picture.won, picture.hoped) == (38 / 64, 0.4, 0.6)
    assert progress.numbers(picture).spoken() == (
        "Working days: Done 38, Whole 64; Goal, EUR: Done 120000.00, Expected of open deals 60000.00, Whole 300000.00"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_won_and_hoped_are_told_apart_in_grey(theme: Theme) -> None:
    axes, _spots = drawn(progress.CHART, progress.measure((a_track(), "EUR")), theme=theme)
    greys = {round(sum(to_rgb(patch.get_facecolor())) / 3, 2) for patch in axes.patches}
    assert len(greys) >= 4
    assert min(abs(one - other) for one in greys for other in greys if one != other) > 0.02


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
@pytest.mark.parametrize(("chart", "report"), [(pasts.CHART, ("EUR", a_past(7))), (progress.CHART, (a_track(), "EUR"))])
def test_pictures_are_saved(tmp_path: Path, chart: Chart, report: object, kind: str) -> None:
    file = tmp_path / f"chart.{kind}"
    save(chart, report, file, load_style("dark"), title="Chart")
    assert file.stat().st_size > 1_000
