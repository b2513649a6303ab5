from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from funnel_desk import i18n
from funnel_desk.operations.activities import log_activity
from funnel_desk.operations.deals import new_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.own_figures import set_rate
from funnel_desk.ui.views.customers import value as module
from funnel_desk.ui.views.customers.page import CustomersPage
from funnel_desk.ui.views.customers.value import ValuePage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window

SALES = (
    ("North", "Gate", 6_000_00, "2026-11-01", "new"),
    ("North", "Yard", 2_000_00, "2026-11-10", "repeat"),
    ("South", "Door", 1_500_00, "2026-08-01", "new"),
    ("East", "Lock", 500_00, "2026-09-01", "cross_sell"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    for company, title, value, day, kind in SALES:
        deal = desk.run(new_deal, title=title, company=company, value=value, on=day, kind=kind)
        desk.run(win_deal, deal.id, on=day)
    desk.run(new_deal, title="Next gate", company="North", value=3_000_00)
    west = desk.run(new_deal, title="Talks", company="West")
    desk.run(log_activity, west.id, "call", minutes=75)
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="customers") as shown:
        yield shown


def page(window: Window) -> ValuePage:
    whole = cast("CustomersPage", window.page())
    return cast("ValuePage", whole.part)


def desk(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def column(window: Window, name: str) -> list[str]:
    model = page(window).table.model()
    place = [str(model.headerData(nth, Qt.Orientation.Horizontal)).split(" ↓")[0].split(" ↑")[0]
             for nth in range(model.columnCount())].index(name)  # fmt: skip
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def label(window: Window, name: str) -> str:
    found = page(window).findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def shown_view(window: Window) -> str:
    shown = window.page()
    return shown.objectName() if shown else ""


def shown_titles(window: Window) -> set[str]:
    table = window.findChild(QTableView, "deals.table")
    assert isinstance(table, QTableView)
    return {str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())}


def test_the_greatest_comes_first_with_its_grade_orders_and_open_deals(window: Window) -> None:
    assert column(window, "Customer") == ["North", "South", "East", "West"]
    assert column(window, "ABC") == ["A", "B", "C", "C"]
    assert column(window, "Won, 12 months") == ["€8,000", "€1,500", "€500", ""]
    assert column(window, "Share") == ["80.0%", "15.0%", "5.0%", ""]
    assert column(window, "Orders") == ["2", "1", "1", ""]
    assert column(window, "Last order")[0] == "10 Nov 2026"
    assert column(window, "Open deals") == ["1", "", "", "1"]
    assert column(window, "Time spent") == ["", "", "", "1:15"]


def test_totals_and_repeat_share_stand_beside_the_benchmark(window: Window) -> None:
    assert label(window, "customers.total") == "4 customers  ·  won €10,000  ·  2 open deals  ·  1:15 spent"
    assert label(window, "customers.repeat").startswith("25% of what is won comes from those who bought before.")
    assert "n\u00a0=\u00a04" in label(window, "customers.repeat"), "four deals say little"
    notes = " ".join(one.text() for one in page(window).side.findChildren(QLabel))
    assert "the benchmark is up to 80%" in notes
    assert page(window).side.grades.lines()[0] == ("A · 1 customer", "€8,000 · 80%")


def test_a_search_finds_by_any_case_and_totals_follow(window: Window) -> None:
    search = page(window).findChild(QLineEdit, "customers.search")
    assert isinstance(search, QLineEdit)
    QTest.keyClicks(search, "NOR")
    assert column(window, "Customer") == ["North"]
    assert label(window, "customers.total").startswith("1 customer  ·  won €8,000")


def test_the_key_for_finding_leads_to_the_search(window: Window) -> None:
    window.activateWindow()
    assert page(window).start_search()
    assert shown_view(window) == "view.customers"
    assert page(window).focusWidget() is page(window).search


def test_a_heading_sorts_and_turns_round(window: Window) -> None:
    header = page(window).table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert column(window, "Customer") == ["East", "North", "South", "West"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert column(window, "Customer") == ["West", "South", "North", "East"]
    assert page(window).order.currentData() == 0


def test_the_order_can_be_chosen_without_a_mouse(window: Window) -> None:
    order = page(window).order
    order.setFocus()
    QTest.keyClicks(order, "Time")
    assert column(window, "Customer")[0] == "West"


def test_a_click_shows_the_deals_of_the_customer(window: Window) -> None:
    table = page(window).table
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(0, 0)).center()
    )
    assert shown_view(window) == "view.deals"
    assert shown_titles(window) == {"Gate", "Yard", "Next gate"}


def test_enter_does_so_too(window: Window) -> None:
    page(window).table.choose(3)
    QTest.keyClick(page(window).table, Qt.Key.Key_Return)
    assert shown_titles(window) == {"Talks"}


def test_another_limit_grades_anew_and_is_remembered(window: Window) -> None:
    side = page(window).side
    side.a.setText("96")
    QTest.keyClick(side.a, Qt.Key.Key_Return)
    assert window.messages.text() == "The limits must rise from 0 to 100 %: A ends at 96 %, B at 95 %."
    side.b.setText("97")
    QTest.keyClick(side.b, Qt.Key.Key_Return)
    assert column(window, "ABC") == ["A", "A", "A", "C"]
    assert window._memory.get("customers.limits") == "96 97"


def test_what_is_won_elsewhere_comes_at_once_and_whoever_was_chosen_stays(window: Window) -> None:
    page(window).table.choose(1)
    deal = desk(window).run(new_deal, title="Big", company="Up", value=90_000_00)
    desk(window).run(win_deal, deal.id)
    assert column(window, "Customer")[:3] == ["Up", "North", "South"]
    assert page(window).table.currentIndex().row() == 2


def test_several_currencies_are_never_added(window: Window) -> None:
    assert not page(window).currency.isVisible()
    deal = desk(window).run(new_deal, title="Kyoto", company="North", value=70_000, currency="JPY")
    desk(window).run(win_deal, deal.id)
    currency = page(window).currency
    assert [currency.itemText(nth) for nth in range(currency.count())] == ["EUR", "JPY"]
    assert column(window, "Won, 12 months")[0] == "€8,000"
    currency.setFocus()
    QTest.keyClick(currency, Qt.Key.Key_Down)
    assert column(window, "Won, 12 months")[0] == "¥70,000"


def test_an_empty_file_says_what_belongs_here(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "new.funnel", 0), view="customers") as window:
        shown = [one.text() for one in page(window).findChildren(QLabel) if one.isVisibleTo(window)]
        assert any(text.startswith("Whoever buys or takes your time stands here") for text in shown)
        button = next(one for one in page(window).findChildren(QPushButton) if one.text() == "New deal")
        button.click()
        assert shown_view(window) == "view.deals"


def test_every_heading_has_its_definition(window: Window) -> None:
    model = page(window).table.model()
    for place in range(model.columnCount()):
        assert model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    QTest.mouseClick(page(window)._explain, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert "M24" in popup.accessibleDescription()
    popup.close()


def test_many_deals_are_counted_apart_from_the_window(
    qapp: QApplication, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(module, "MANY_DEALS", 3)
    with shop_window(qapp, path, view="customers") as window:
        qtbot.waitUntil(lambda: page(window).model.rowCount() == 4)


def test_the_name_keeps_its_room_in_a_narrow_window(window: Window) -> None:
    window.resize(900, 600)
    QApplication.processEvents()
    table = page(window).table
    assert table.columnWidth(0) >= 160
    assert table.isColumnHidden(8)
    assert not table.horizontalScrollBar().isVisible()


def test_in_russian(qapp: QApplication, path: Path) -> None:
    i18n.set_language("ru")
    with shop_window(qapp, path, view="customers") as window:
        assert column(window, page(window).table.model().headerData(0, Qt.Orientation.Horizontal))[0] == "North"


def test_kinds_of_sale_stand_by_value(window: Window) -> None:
    assert page(window).more.kinds.lines() == (
        ("new · 2", "€7,500"), ("repeat sale · 1", "€2,000"), ("cross-sale · 1", "€500"),
    )  # fmt: skip


def test_time_since_the_last_order_is_counted_in_parts_of_a_year(window: Window) -> None:
    counts = dict(page(window).more.ages.lines())
    assert counts == {
        "up to 3 months": "2 customers", "3 to 6 months": "1 customer", "6 to 12 months": "0 customers",
        "over a year": "0 customers",
    }  # fmt: skip


def test_who_eats_time_is_told_from_five_on(window: Window) -> None:
    assert page(window).more.effort.text() == "Too early to say: n\u00a0=\u00a01."
    for nth, minutes in enumerate((60, 50, 40, 600)):
        deal = desk(window).run(new_deal, title=f"Deal {nth}", company=f"Buyer {nth}", value=0 if nth == 3 else 500_00)
        desk(window).run(log_activity, deal.id, "call", minutes=minutes)
        if nth != 3:
            desk(window).run(win_deal, deal.id)
    # 825 minutes and 11,500 won: much is 42 minutes on, little is under 3.48 a minute
    assert page(window).more.effort.text() == (
        "Eats time, brings little: Buyer 3 (10:00, 1 open deal), West (1:15, 1 open deal)."
    )
    assert page(window).more.chart.canvas.accessibleDescription() == page(window).more.effort.text()


def test_a_point_of_the_picture_leads_to_the_deals(window: Window) -> None:
    canvas = page(window).more.chart.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert shown_titles(window) == {"Talks"}


def test_amounts_at_a_rate_say_so(window: Window) -> None:
    assert page(window).more.rates.text() == ""
    desk(window).run(set_rate, "USD", "2026-11-01", "0.9")
    assert page(window).more.rates.text() == "USD at your rate of 1 Nov 2026: 0.9"


def test_a_list_stands_for_the_switch_where_it_has_no_room(window: Window) -> None:
    whole = cast("CustomersPage", window.page())
    assert whole.switch.isVisible()
    assert not whole.combo.isVisible()
    whole.switch.sizeHint = lambda: QSize(3_000, 28)  # type: ignore[method-assign]
    whole.resize(whole.width() - 1, whole.height())
    assert whole.combo.isVisible()
    assert not whole.switch.isVisible()
    whole.combo.activated.emit(whole.combo.findData("care"))
    assert whole.switch.key() == "care"


def test_each_part_is_reached_by_a_key_and_by_its_name(window: Window) -> None:
    whole = cast("CustomersPage", window.page())
    deeds = {action.objectName(): action for action in whole.actions()}
    deeds["action.customers.next"].trigger()
    assert whole.switch.key() == "company"
    deeds["action.customers.before"].trigger()
    deeds["action.customers.before"].trigger()
    assert whole.switch.key() == "care"
    deeds["action.customers.sources"].trigger()
    assert whole.switch.key() == "sources"
