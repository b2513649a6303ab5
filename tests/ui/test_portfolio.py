"""The portfolio in the real window: where each open deal stands, walked by keys; many deals are told as numbers."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from funnel_desk.operations import deals
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.own_figures import set_rate
from funnel_desk.queries import portfolio as query
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.portfolio import Cell, portfolio
from funnel_desk.ui.look import Look
from funnel_desk.ui.views.deals import portfolio_layout
from funnel_desk.ui.views.deals.page import DealsPage
from funnel_desk.ui.views.deals.portfolio import PortfolioView
from funnel_desk.ui.views.deals.portfolio_field import PortfolioField
from funnel_desk.ui.views.deals.portfolio_layout import lay_out
from funnel_desk.ui.window import Window
from tests.ui.shop import ZONE, make_shop, open_shop, shop_window

TODAY = "2026-11-26"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    for title, value, money, day, plan in (
        ("Gate", 400_00, "EUR", "2026-11-20", "2026-11-30"),
        ("Door", 100_00, "EUR", "2026-11-19", "2026-11-01"),
        ("Lock", 50_00, "USD", "2026-10-01", "2026-12-01"),
        ("Yard", None, "", "2026-01-10", "2026-11-26"),
    ):
        deal = desk.run(deals.new_deal, title=title, value=value, currency=money, on=day)
        desk.run(plan_activity, deal.id, "call", plan)
    won = desk.run(deals.new_deal, title="Won one", value=1_00, on="2026-11-20")
    desk.run(deals.win_deal, won.id, on="2026-11-21")
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="deals") as shown:
        cast("DealsPage", shown.page())._listing.show_kind("portfolio")
        yield shown


def view(window: Window) -> PortfolioView:
    return cast("DealsPage", window.page())._listing.portfolio


def titles(window: Window) -> list[str]:
    return [mark.deal.title if mark.deal else "" for mark in view(window).field.marks]


def test_each_open_deal_stands_by_its_age_and_size(window: Window) -> None:
    marks = {mark.deal.title: mark for mark in view(window).field.marks if mark.deal}
    assert {title: mark.band for title, mark in marks.items()} == {"Gate": 0, "Door": 0, "Lock": 2, "Yard": 4}
    assert marks["Gate"].place.width() > marks["Door"].place.width() > marks["Yard"].place.width()
    assert view(window).total.text().startswith("4 deals · €500 · ")
    assert view(window).total.text().endswith("2 without a value in EUR")


def test_an_amount_with_a_rate_counts_in_the_main_currency(window: Window) -> None:
    assert window._parts is not None
    window._parts.bridge.desk.run(set_rate, "USD", "2026-01-01", "2")
    cast("DealsPage", window.page()).refresh()
    assert view(window).total.text().startswith("4 deals · €600 · ")


def test_arrows_walk_and_the_words_say_what_place_size_and_shape_mean(window: Window) -> None:
    field = view(window).field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Home)
    first = field.current()
    assert first is not None
    assert first.deal is not None
    assert first.deal.title in field.accessibleDescription()
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    oldest = field.current()
    assert oldest is not None
    assert oldest.deal is not None
    assert oldest.deal.title == "Yard"
    assert view(window).now.text() == field.accessibleDescription()
    assert "no value" in view(window).now.text()
    assert "320 days old" in view(window).now.text()
    QTest.keyClick(field, Qt.Key.Key_End)
    assert field.current() == field.marks[-1]


def test_enter_opens_the_card(window: Window) -> None:
    field = view(window).field
    field.choose(next(mark for mark in field.marks if mark.deal and mark.deal.title == "Lock"))
    QTest.keyClick(field, Qt.Key.Key_Return)
    shown = cast("DealsPage", window.page())
    assert shown._card.deal is not None
    assert shown._card.deal.situation.deal.title == "Lock"


def test_it_takes_the_filter_of_the_list(window: Window) -> None:
    shown = cast("DealsPage", window.page())
    shown._listing.show_filter(DealFilter(text="gate", outcomes=("open",)))
    assert titles(window) == ["Gate"]
    shown._listing.show_filter(DealFilter(outcomes=("won",)))
    assert view(window)._stack.currentWidget() is view(window)._empty


def test_too_many_in_a_cell_are_a_number_and_enter_lists_them(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    del qtbot
    monkeypatch.setattr(query, "MOST_SHOWN", 1)
    cast("DealsPage", window.page()).refresh()
    field = view(window).field
    cell = next(mark for mark in field.marks if mark.deal is None)
    assert (cell.cell.count, cell.cell.value, cell.band) == (2, 500_00, 0)
    field.choose(cell)
    assert field.accessibleDescription().endswith("Enter lists them.")
    QTest.keyClick(field, Qt.Key.Key_Return)
    table = window.findChild(QTableView, "deals.table")
    assert isinstance(table, QTableView)
    for _nth in range(100):
        QTest.qWait(20)
        if cast("DealsPage", window.page())._listing.view_kind == "table" and table.model().rowCount() == 2:
            break
    assert table.model().rowCount() == 2


def test_the_figures_of_a_stage_are_the_sum_of_its_cells(tmp_path: Path) -> None:
    desk = open_shop(make_shop(tmp_path / "many.funnel", 500))
    found = desk.read(portfolio, DealFilter(), today=TODAY)
    assert found is not None
    told = desk.read(lambda read: read.sql(
        "SELECT deal_state.stage_id, count(*), coalesce(sum(value), 0), sum(next_kind = ''),"
        " sum(value IS NULL) FROM deal_state JOIN deal ON deal.id = deal_id WHERE outcome = 'open' GROUP BY 1"
    ))  # fmt: skip
    sums = {row[0]: tuple(row[1:]) for row in told}
    for stage in found.stages:
        total = found.total(stage.id)
        assert (total.count, total.value, total.without, total.unvalued) == sums.get(stage.id, (0, 0, 0, 0))
    for key, cell in found.cells.items():
        ids = desk.read(query.portfolio_ids, DealFilter(), *key, today=TODAY)
        assert len(ids) == cell.count
        assert {deal.deal_id for deal in cell.deals} <= set(ids)
    desk.close()


def test_marks_never_overlap_and_stay_in_their_cell(tmp_path: Path) -> None:
    desk = open_shop(make_shop(tmp_path / "many.funnel", 300))
    found = desk.read(portfolio, DealFilter(), today=TODAY)
    desk.close()
    assert found is not None
    shown = lay_out(found, 900)
    assert sum(mark.cell.count if mark.deal is None else 1 for mark in shown.marks) == sum(
        cell.count for cell in found.cells.values()
    )
    for nth, mark in enumerate(shown.marks):
        top, height = shown.bands[mark.band]
        assert top <= mark.place.top()
        assert mark.place.bottom() <= top + height
        assert not any(mark.place.intersects(other.place) for other in shown.marks[nth + 1 :])
    assert portfolio_layout.nearest(shown.marks, shown.marks[0], (0, -1)) is None


def test_without_any_deal_nothing_is_drawn(tmp_path: Path) -> None:
    desk = open_shop(make_shop(tmp_path / "none.funnel", 0))
    found = desk.read(portfolio, DealFilter(), today=TODAY)
    desk.close()
    assert found is not None
    assert lay_out(found, 900).marks == ()
    assert found.total(found.stages[0].id) == Cell(0, 0, 0, 0, 0)


def test_drawing_and_walking_take_no_time_that_is_felt(qapp: QApplication, tmp_path: Path) -> None:
    desk = open_shop(make_shop(tmp_path / "many.funnel", 1_000))
    found = desk.read(portfolio, DealFilter(), today=TODAY)
    desk.close()
    assert found is not None
    look = Look(qapp, "light")
    field = PortfolioField(look)
    field.resize(1080, 620)
    field.show()
    began = process_time()
    field.show_portfolio(found, TODAY, ZONE)
    field.grab()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(field, key)
    assert process_time() - began < 0.2, "five acts, each far under 50 ms"
    field.close()
    field.deleteLater()
    look.deleteLater()
