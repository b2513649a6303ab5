"""Care between sales in the real window: who is due, who could buy more, what is to be made good."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from funnel_desk.operations import activities, aftercare, deals, people
from funnel_desk.ui.models.lines import LinesModel
from funnel_desk.ui.route import StartCalls
from funnel_desk.ui.views.customers.care import CarePage
from funnel_desk.ui.views.customers.page import CustomersPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    for name in ("North", "South", "East"):
        company = desk.run(people.new_company, name=name)
        deal = desk.run(deals.new_deal, title=f"Gate of {name}", company=name, value=100_00, on="2026-10-01")
        desk.run(activities.log_activity, deal.id, "call", at="2026-10-27", minutes=30)
        if name == "North":
            desk.run(deals.win_deal, deal.id, on="2026-10-05")
            desk.run(people.edit_company, company.id, touch_every=28, potential=500_00, potential_currency="EUR")
            desk.run(aftercare.raise_claim, deal.id, "does not close", kind="product")
        if name == "South":
            desk.run(aftercare.mark_satisfaction, deal.id, "below", text="too slow")
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="customers") as shown:
        cast("CustomersPage", shown.page()).switch.choose("care")
        yield shown


def page(window: Window) -> CarePage:
    return cast("CarePage", cast("CustomersPage", window.page()).part)


def column(window: Window, key: str) -> list[str]:
    complaining = page(window).switch.key() == "complaints"
    model: LinesModel[Any] = page(window).complaints if complaining else page(window).model
    place = next(nth for nth, one in enumerate(model.columns) if one.key == key)
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def test_who_is_due_and_by_how_much(window: Window) -> None:
    assert column(window, "name") == ["North"]
    assert column(window, "due") == ["2 days late"]  # 27 October and 28 days: 24 November; today is the 26th


def test_who_could_buy_more_than_it_does(window: Window) -> None:
    page(window).switch.choose("growing")
    assert (column(window, "bought"), column(window, "potential"), column(window, "unused")) == (
        ["€100"], ["€500"], ["€400"],
    )  # fmt: skip


def test_open_claims_and_who_got_less_than_expected(window: Window) -> None:
    page(window).switch.choose("complaints")
    assert set(column(window, "what")) == {
        "claim, product: does not close",
        "got less than expected: too slow",
    }
    page(window).complaints_table.choose(0)
    QTest.keyClick(page(window).complaints_table, Qt.Key.Key_Return)
    shown = window.page()
    assert shown is not None
    assert shown.objectName() == "view.deals"


def test_several_are_set_at_once_in_place_and_undone_at_once(window: Window) -> None:
    page(window).switch.choose("all")
    page(window).table.selectAll()
    side = page(window).side
    assert side.chosen.text() == "3 companies"
    side.every.setText("10")
    side.potential.setText("1 000")
    QTest.keyClick(side.potential, Qt.Key.Key_Return)
    assert window.messages.text() == "Set for 3 companies."
    assert column(window, "every") == ["10", "10", "10"]
    assert column(window, "unused") == ["€1,000", "€900", "€1,000"]
    assert window._parts is not None
    window._parts.bridge.undo()
    assert column(window, "every") == ["", "28", ""]


def test_what_cannot_be_meant_is_marked_and_nothing_is_set(window: Window) -> None:
    page(window).table.choose(0)
    page(window).side.every.setText("0")
    page(window).side.set.click()
    assert page(window).side.every.property("wrong") == "true"
    assert column(window, "every") == ["28"]


def test_enter_calls_about_the_deals_of_those_chosen(window: Window) -> None:
    went: list[object] = []
    assert window._parts is not None
    window._parts.route.wanted.disconnect()
    window._parts.route.wanted.connect(lambda view, where: went.append((view, where)))
    page(window).table.choose(0)
    QTest.keyClick(page(window).table, Qt.Key.Key_Return)
    ((view, where),) = cast("list[tuple[str, StartCalls]]", went)
    assert (view, len(where.deal_ids), where.back) == ("call", 1, "customers")


def test_new_deals_and_long_relations(window: Window) -> None:
    assert page(window).side.value.text() == (
        "0% of the won value comes from long relations: €0, 1 won deal, too early to say."
    )
    assert page(window).side.time.text() == "0% of the time logged goes there: 0:00 of 1:30."


def test_an_empty_list_says_how_it_fills(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "new.funnel", 0), view="customers") as window:
        cast("CustomersPage", window.page()).switch.choose("care")
        assert page(window)._nothing.text().startswith("Nobody is due.")
        buttons = [page(window).findChild(QPushButton, name) for name in ("care.call", "care.deal", "care.company")]
        assert not any(isinstance(one, QPushButton) and one.isEnabled() for one in buttons)


def test_where_nobody_is_due_a_button_leads_to_all_companies(window: Window) -> None:
    north = page(window).model.line(0)
    assert north is not None
    assert window._parts is not None
    window._parts.bridge.desk.run(people.edit_company, north.care.company_id, touch_every=None)
    button = page(window).findChild(QPushButton, "care.show_all")
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    button.click()
    assert column(window, "name") == ["East", "North", "South"]
    assert not button.isVisible()
