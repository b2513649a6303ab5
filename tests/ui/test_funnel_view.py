from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from funnel_desk import i18n
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.deals import DealFilter, deal_keys
from funnel_desk.queries.funnel import FunnelReport, funnel
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.ui.views.funnel import counting as module
from funnel_desk.ui.views.funnel.page import FunnelPage
from funnel_desk.ui.views.funnel.stages import StagesPage
from funnel_desk.ui.widgets.segmented import Segmented
from funnel_desk.ui.window import Window
from tests.ui.shop import NOW, make_shop, shop_window

DEALS = 120


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_shop(tmp_path_factory.mktemp("shop") / "north.funnel", DEALS)


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="funnel") as shown:
        yield shown


def page(window: Window) -> StagesPage:
    return cast("StagesPage", cast("FunnelPage", window.page()).part)


def table(window: Window) -> QTableView:
    found = window.findChild(QTableView, "funnel.table")
    assert isinstance(found, QTableView)
    return found


def cells(shown: QTableView, row: int) -> list[str]:
    model = shown.model()
    return [str(model.index(row, column).data() or "") for column in range(model.columnCount())]


def report(window: Window, period: Period = ALWAYS, **told: str) -> FunnelReport:
    assert window._parts is not None
    bridge = window._parts.bridge
    pipeline_id = bridge.ask(pipelines)[0].pipeline.id
    scope = Scope(pipeline_id, period=period, **told)  # type: ignore[arg-type]
    return bridge.ask(funnel, scope, now=NOW)


def choose(window: Window, name: str, key: str) -> None:
    combo = getattr(page(window)._choices, name)
    combo.setCurrentIndex(combo.findData(key))


def texts(window: Window) -> str:
    """All that labels say now."""
    shown = [one for one in page(window).findChildren(QLabel) if one.isVisibleTo(window)]
    return "\n".join(one.text() for one in shown)


def test_the_table_has_the_numbers_of_the_report(window: Window) -> None:
    found = report(window)
    for row, figures in enumerate(found.funnel.stages):
        shown = cells(table(window), row)
        assert shown[1:4] == [str(figures.reached), str(figures.entered), str(figures.touched)]
        assert shown[7:9] == [str(figures.lost_here), str(figures.now)]
    first = found.funnel.stages[0]
    assert first.conversion is not None
    assert cells(table(window), 0)[4] == f"{round(100 * (first.conversion.value or 0))}%"
    assert cells(table(window), len(found.stages) - 1)[4:7] == ["", "", ""]


def test_every_header_says_what_its_number_means(window: Window) -> None:
    model = table(window).model()
    hints = [
        str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole))
        for column in range(model.columnCount())
    ]
    assert all(hints)
    assert [hint.split(".")[0] for hint in hints if hint.startswith("M")] == ["M3", "M1", "M2", "M5", "M7", "M8", "M12"]


def test_the_chart_is_drawn_and_can_be_heard(window: Window) -> None:
    canvas = page(window)._canvas
    assert canvas.objectName() == "funnel.chart"
    assert not canvas.grab().toImage().isNull()
    assert canvas.accessibleDescription().startswith(f"Details: {DEALS}, ")


def test_the_line_under_the_chart_tells_of_how_many(window: Window) -> None:
    funnel_found = report(window).funnel
    note = page(window)._note.text()
    assert f"n = {DEALS}, of which {funnel_found.open} still open" in note.replace("\u00a0", " ")
    assert "Deals since" in note


def test_a_click_on_a_bar_chooses_its_stage_and_its_losses_stand_beside(window: Window) -> None:
    canvas = page(window)._canvas
    spot = next(one for one in canvas._spots if one.name == "stage:offer")
    place = QPointF((spot.left + spot.right) / 2, (spot.top + spot.bottom) / 2).toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert table(window).currentIndex().row() == 1
    assert "Lost in “Offer”" in texts(window)


def test_the_deals_behind_a_number_are_shown_in_the_list(window: Window) -> None:
    assert window._parts is not None
    wanted: list[tuple[str, object]] = []
    window._parts.route.wanted.connect(lambda view, where: wanted.append((view, where)))
    table(window).setFocus()
    page(window)._table.choose(1)
    button = window.findChild(QPushButton, "funnel.show_lost")
    assert isinstance(button, QPushButton)
    lost = report(window).funnel.stages[1].lost_here
    assert button.text() == f"{lost} lost"
    button.click()
    view, where = wanted[0]
    assert view == "deals"
    assert isinstance(where, DealFilter)
    assert len(where.keys) == lost
    assert len(window._parts.bridge.ask(deal_keys, where)) == lost


def test_enter_in_the_table_shows_who_came_this_far(window: Window) -> None:
    assert window._parts is not None
    wanted: list[object] = []
    window._parts.route.wanted.connect(lambda _view, where: wanted.append(where))
    page(window)._table.choose(2)
    QTest.keyClick(table(window), Qt.Key.Key_Return)
    assert isinstance(wanted[0], DealFilter)
    assert len(wanted[0].keys) == report(window).funnel.stages[2].reached


def test_another_basis_counts_otherwise(window: Window) -> None:
    basis = window.findChild(Segmented, "funnel.basis")
    assert isinstance(basis, Segmented)
    basis.choose("closed")
    closed = report(window, basis="closed").funnel
    assert cells(table(window), 0)[1] == str(closed.stages[0].reached)
    assert closed.open == 0


def test_a_period_against_the_one_before(window: Window) -> None:
    choose(window, "period", "quarter")
    assert cells(table(window), 0)[1] == str(
        report(window, Period("2026-10-01", "2026-12-31")).funnel.stages[0].reached
    )
    assert "from 1 October 2026 to 31 December 2026" in texts(window)
    choose(window, "against", "before")
    other = page(window)._seen.other  # type: ignore[union-attr]
    assert other is not None
    assert other.scope.period == Period("2026-07-01", "2026-09-30")


def test_days_of_ones_own(window: Window) -> None:
    choose(window, "period", "own")
    choices = page(window)._choices
    assert choices._own.isVisibleTo(window)
    choices._first.setDate(choices._first.date().fromString("2026-09-01", Qt.DateFormat.ISODate))
    choices._last.setDate(choices._last.date().fromString("2026-09-30", Qt.DateFormat.ISODate))
    expected = report(window, Period("2026-09-01", "2026-09-30")).funnel.stages[0].reached
    assert cells(table(window), 0)[1] == str(expected)


def test_a_period_that_ends_before_it_begins_is_refused(window: Window) -> None:
    choose(window, "period", "own")
    choices = page(window)._choices
    choices._first.setDate(choices._last.date().addDays(1))
    assert window.messages.text() == "The period ends on 2026-11-26, before it begins on 2026-11-27."


def test_groups_stand_beside_and_one_can_be_looked_at(window: Window) -> None:
    choose(window, "by", "source")
    groups = window.findChild(QTableView, "funnel.groups")
    assert isinstance(groups, QTableView)
    found = report(window, by="source")
    assert cells(groups, 0)[:2] == ["All", str(DEALS)]
    names = [cells(groups, row)[0] for row in range(1, groups.model().rowCount())]
    assert sorted(names) == sorted(name or "not given" for name in found.groups)
    page(window)._groups.table.choose(1)
    name = page(window)._groups.group
    assert name is not None
    assert cells(table(window), 0)[1] == str(found.groups[name].stages[0].reached)


def test_what_if_more_went_on(window: Window) -> None:
    page(window)._table.choose(1)
    what_if = page(window)._side.what_if
    assert what_if.isVisibleTo(window)
    what_if.slider.setValue(20)
    assert what_if.told.text().startswith("20 more of a hundred from here: ")


def test_open_deals_by_month(window: Window) -> None:
    shown = texts(window)
    assert "What open deals should bring" in shown
    assert "December 2026" in shown


def test_the_numbers_explain_themselves(window: Window) -> None:
    button = window.findChild(QPushButton, "funnel.explain")
    assert isinstance(button, QPushButton)
    button.click()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)
    assert "M7. " in popup.accessibleDescription()
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_picture_is_saved(window: Window, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"funnel.{kind}"
    page(window)._save.write_picture(str(out))
    assert out.stat().st_size > 2000
    assert window.messages.text() == f"Picture saved: funnel.{kind}"


def test_without_deals_it_says_what_belongs_here(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "new.funnel", 0), view="funnel") as window:
        assert "Here you will see how far your deals come" in texts(window)
        assert not table(window).isVisibleTo(window)


def test_many_deals_are_counted_apart_from_the_window(
    qapp: QApplication, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MANY_DEALS", 10)
    with shop_window(qapp, path, view="funnel") as window:
        qtbot.waitUntil(lambda: table(window).model().rowCount() > 0)
        assert cells(table(window), 0)[1] == str(DEALS)


def test_the_choices_are_the_same_tomorrow(window: Window) -> None:
    assert window._parts is not None
    choose(window, "period", "year")
    page(window)._choices.basis.choose("active")
    page(window).keep()
    again = StagesPage(window._parts)
    again.setParent(window)  # so that it goes with the window
    assert (again._choices.period.currentData(), again._choices.chosen_basis) == ("year", "active")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_nothing_of_the_table_is_wider_than_its_place(
    qapp: QApplication, path: Path, language: str, size: tuple[int, int]
) -> None:
    i18n.set_language(language)
    with shop_window(qapp, path, view="funnel") as window:
        window.resize(*size)
        qapp.processEvents()
        shown = table(window)
        for column in range(shown.model().columnCount()):
            widest = max(
                shown.fontMetrics().horizontalAdvance(cells(shown, row)[column])
                for row in range(shown.model().rowCount())
            )
            assert shown.columnWidth(column) >= min(widest, 140)
