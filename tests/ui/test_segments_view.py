"""Segments and niches in the real window: figures worked out by hand, and silence where there are few deals."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from funnel_desk.charts import niches as chart
from funnel_desk.operations import deals, people
from funnel_desk.operations.desk import Desk
from funnel_desk.ui.views.customers.page import CustomersPage
from funnel_desk.ui.views.customers.segments import SegmentsPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    clinic = desk.run(people.new_company, name="Clinic", industry="medicine", usage="archive", tasks="Finds X-rays")
    school = desk.run(people.new_company, name="School", industry="teaching", troubles="Too dear")
    for n in range(12):
        sell(desk, clinic.name, 100_00, f"2026-08-{n + 1:02}", won=n < 9)
        sell(desk, clinic.name, 100_00, f"2026-10-{n + 1:02}", won=n < 9)
        sell(desk, school.name, 50_00, f"2026-08-{n + 1:02}", won=n < 11)
        sell(desk, school.name, 50_00, f"2026-10-{n + 1:02}", won=n < 1)
    for _n in range(3):
        sell(desk, "Few", 10_00, "2026-08-01", won=True)
    desk.close()
    return file


def sell(desk: Desk, company: str, value: int, day: str, *, won: bool) -> None:
    deal = desk.run(deals.new_deal, title=f"{company} {day}", company=company, value=value, on=day)
    if won:
        desk.run(deals.win_deal, deal.id, on=day)
    else:
        desk.run(deals.lose_deal, deal.id, reason="expensive", on=day)


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="customers") as shown:
        cast("CustomersPage", shown.page()).switch.choose("segments")
        yield shown


def page(window: Window) -> SegmentsPage:
    return cast("SegmentsPage", cast("CustomersPage", window.page()).part)


def rows(window: Window) -> list[dict[str, str]]:
    model = page(window).model
    heads = [str(model.headerData(nth, Qt.Orientation.Horizontal)).rstrip(" ↑↓") for nth in range(model.columnCount())]
    return [
        {head: str(model.index(row, nth).data()) for nth, head in enumerate(heads)} for row in range(model.rowCount())
    ]


def label(window: Window, name: str) -> str:
    found = page(window).findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def test_each_niche_has_its_deals_rate_and_value(window: Window) -> None:
    medicine, teaching, few = rows(window)
    assert (medicine["Niche"], medicine["Deals"], medicine["Won"], medicine["Won value"]) == (
        "medicine", "24", "18", "€1,800",
    )  # fmt: skip
    assert medicine["Win rate"] == "75% (55–88%), n\u00a0=\u00a024"  # Wilson by hand: 55.1 to 88.0
    assert teaching["Win rate"].startswith("50% ")
    assert few["Niche"] == "not told"


def test_three_deals_say_nothing(window: Window) -> None:
    assert rows(window)[2]["Win rate"] == "too early to say, n\u00a0=\u00a03"


def test_the_least_hit_is_told_only_where_the_intervals_allow(window: Window) -> None:
    choices = page(window).choices
    assert label(window, "segments.sentence") == ""
    choices.day.setDate(choices.day.date().fromString("2026-10-01", Qt.DateFormat.ISODate))
    choices.moved.setChecked(True)
    assert [row["Moved"] for row in rows(window)] == ["too early to say", "worse: −83 pts", "too early to say"]
    told = label(window, "segments.sentence")
    assert told.startswith("Least hit since 1 October 2026: medicine, won 75% (n\u00a0=\u00a012) before")
    assert "Hardest hit: teaching, 92% (n\u00a0=\u00a012) before and 8% (n\u00a0=\u00a012) since." in told
    choices.day.setDate(choices.day.date().fromString("2026-10-10", Qt.DateFormat.ISODate))
    assert (
        label(window, "segments.sentence") == "Since 10 October 2026 it is too early to say which niche is least hit."
    )


def test_by_two_traits(window: Window) -> None:
    page(window).choices.traits[1].setCurrentIndex(page(window).choices.traits[1].findData("usage"))
    assert [row["Niche"] for row in rows(window)] == [
        "medicine · archive",
        "teaching · not told",
        "not told · not told",
    ]


def test_the_chosen_niche_tells_what_its_companies_do_with_it(window: Window) -> None:
    page(window).table.choose(0)
    assert label(window, "segments.niche") == "medicine"
    assert label(window, "segments.who") == "1 company, bought already: 1"
    told = [one.text() for one in page(window).side.findChildren(QLabel)]
    assert "What it solves: Finds X-rays" in told


def test_enter_shows_the_deals_of_a_niche(window: Window) -> None:
    page(window).table.choose(2)
    QTest.keyClick(page(window).table, Qt.Key.Key_Return)
    table = window.findChild(QTableView, "deals.table")
    assert isinstance(table, QTableView)
    assert {str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())} == {"Few 2026-08-01"}
    assert table.model().rowCount() == 3


def test_a_key_puts_the_lines_in_order_and_turns_it_round(window: Window) -> None:
    for wanted in (["medicine", "not told", "teaching"], ["teaching", "not told", "medicine"]):
        QTest.keyClick(page(window).table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        assert [row["Niche"] for row in rows(window)] == wanted


def test_the_picture_is_told_in_words_and_saved_with_its_numbers(window: Window, tmp_path: Path) -> None:
    panel = page(window).chart
    assert panel.canvas.accessibleDescription().startswith("medicine: €1,800, 75% (55–88%)")
    assert panel.canvas.spot_names() == ["niche:0", "niche:1", "niche:2"]
    for kind in ("png", "svg", "pdf"):
        panel.write_picture(str(tmp_path / f"niches.{kind}"))
        assert (tmp_path / f"niches.{kind}").stat().st_size > 1000
    panel.write_numbers(str(tmp_path / "niches.csv"))
    table = list(csv.reader((tmp_path / "niches.csv").read_text("utf-8-sig").splitlines()))
    assert table[0][:3] == ["Niche", "Deals", "Open"]
    assert table[1][:2] == ["medicine", "24"]
    assert window.messages.text() == "Numbers saved: niches.csv"


def test_the_picture_leaves_out_what_it_has_no_room_for(window: Window) -> None:
    report = page(window)._report
    assert report is not None
    many = chart.NamedNiches(type(report)(report.by, report.period, None, "EUR", report.niches * 5), {})
    picture = chart.measure(many)
    assert (len(picture.rows), picture.left_out) == (10, 5)
    assert chart.measure(chart.NamedNiches(type(report)(report.by, report.period, None, "EUR", ()), {})).rows == ()
