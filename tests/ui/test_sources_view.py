"""Sources of leads in the real window: figures worked out by hand, and costs told in place."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from funnel_desk.domain.sources import Source
from funnel_desk.operations import activities, deals
from funnel_desk.queries.own_figures import source_costs
from funnel_desk.ui.models.lines import LinesModel
from funnel_desk.ui.views.customers.page import CustomersPage
from funnel_desk.ui.views.customers.sources import SourcesPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window

LEADS = (("ads", 300_00, "in"), ("ads", None, "out"), ("ads", 100_00, "in"), ("advice", 50_00, ""))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    for source, value, way in LEADS:
        deal = desk.run(deals.new_deal, title=source, source=source, value=value, on="2026-11-03")
        if way:
            desk.run(activities.log_activity, deal.id, "call", direction=way, at="2026-11-04")
        if value:
            desk.run(deals.win_deal, deal.id, on="2026-11-10")
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="customers") as shown:
        cast("CustomersPage", shown.page()).switch.choose("sources")
        yield shown


def page(window: Window) -> SourcesPage:
    return cast("SourcesPage", cast("CustomersPage", window.page()).part)


def rows(model: LinesModel[Source]) -> list[dict[str, str]]:
    return [
        {column.key: str(model.index(row, nth).data()) for nth, column in enumerate(model.columns)}
        for row in range(model.rowCount())
    ]


def tell_cost(window: Window, source: str, amount: str) -> None:
    form = page(window).costs
    form.source.setCurrentText(source)
    form.first.setDate(QDate(2026, 11, 1))
    form.last.setDate(QDate(2026, 11, 30))
    form.amount.setText(amount)
    QTest.keyClick(form.amount, Qt.Key.Key_Return)


def test_without_a_cost_none_is_told_and_it_is_not_nothing(window: Window) -> None:
    ads, advice = rows(page(window).model)
    assert (ads["name"], ads["leads"], ads["won"], ads["value"]) == ("ads", "3", "2", "€400")
    assert (ads["cost"], ads["per_lead"], ads["per_unit"]) == ("no cost told", "–", "–")
    assert advice["rate"] == "too early to say, n\u00a0=\u00a01"
    assert page(window).sentence.text() == "Most comes from ads: €400 won. No cost told: 2 of 2 sources."


def test_a_cost_told_in_place_counts_at_once_and_is_undone(window: Window) -> None:
    tell_cost(window, "ads", "120")
    ads = rows(page(window).model)[0]
    assert (ads["cost"], ads["per_lead"], ads["per_win"], ads["per_unit"]) == ("€120", "€40", "€60", "0.30")
    assert window.messages.text() == "Noted: ads cost €120."
    ways = {row["name"]: (row["leads"], row["cost"]) for row in rows(page(window).ways)}
    assert ways == {
        "inbound: they spoke first": ("2", "€80"),
        "outbound: you spoke first": ("1", "€40"),
        "no talk logged": ("1", "no cost told"),
    }
    parts = window._parts
    assert parts is not None
    parts.bridge.undo()
    assert rows(page(window).model)[0]["cost"] == "no cost told"


def test_a_foreign_cost_without_a_rate_is_named_and_removed_by_a_key(window: Window) -> None:
    tell_cost(window, "ads", "100 USD")
    assert page(window).costs.apart.text().startswith("Costs in USD are left out")
    page(window).costs.table.choose(0)
    page(window).costs.table.setFocus()
    QTest.keyClick(page(window).costs.table, Qt.Key.Key_Delete)
    assert window._parts is not None
    assert window._parts.bridge.ask(source_costs) == ()


def test_what_is_no_amount_is_marked_and_nothing_is_noted(window: Window) -> None:
    tell_cost(window, "ads", "much")
    assert page(window).costs.amount.property("wrong") == "true"
    assert rows(page(window).model)[0]["cost"] == "no cost told"


def test_enter_shows_the_deals_of_a_source(window: Window) -> None:
    page(window).table.choose(1)
    QTest.keyClick(page(window).table, Qt.Key.Key_Return)
    shown = window.page()
    assert shown is not None
    assert shown.objectName() == "view.deals"


def test_the_picture_says_what_no_cost_means(window: Window, tmp_path: Path) -> None:
    assert "leads: 3 → won: 2, €400, no cost told" in page(window).chart.canvas.accessibleDescription()
    page(window).chart.write_picture(str(tmp_path / "sources.svg"))
    assert (tmp_path / "sources.svg").exists()
