"""Companies, contacts and duplicates in the real window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot

from funnel_desk.operations import activities, deals, people
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.companies import company_card
from funnel_desk.storage import check
from funnel_desk.ui.route import ShowRecord
from funnel_desk.ui.views.customers import pairs, record_list
from funnel_desk.ui.views.customers.page import CustomersPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    desk.run(people.new_company, name="ООО Север", site="sever.by", owner="Max")
    desk.run(people.new_company, name="Север", industry="gates", site="sever.com")
    desk.run(people.new_company, name="Yard")
    desk.run(people.new_contact, name="Ann", company="Север", phone="+375 29 123 45 67")
    for title, company, value in (("Gate", "ООО Север", 500_00), ("Door", "Север", 100_00), ("Lock", "Север", None)):
        deal = desk.run(deals.new_deal, title=title, company=company, value=value)
        desk.run(activities.log_activity, deal.id, "call", text=f"about {title}")
        if title == "Lock":
            desk.run(deals.win_deal, deal.id)
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="customers") as shown:
        yield shown


def page(window: Window) -> CustomersPage:
    return cast("CustomersPage", window.page())


def desk(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def named(window: Window, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - a control of this kind
    found = page(window).findChild(cast("type[QObject]", kind), name)
    assert isinstance(found, kind), name
    return found


def column(window: Window, name: str, place: int = 0) -> list[str]:
    model = named(window, QTableView, name).model()
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def contents(window: Window) -> dict[str, list[tuple[object, ...]]]:
    return desk(window).read(lambda read: check.contents(read.connection))


def press(window: Window, name: str) -> None:
    named(window, QAbstractButton, name).click()


def settled(qtbot: QtBot, window: Window, done: Callable[[], bool]) -> None:
    qtbot.waitUntil(done, timeout=10_000)


def test_the_list_counts_finds_and_sorts(window: Window) -> None:
    page(window).show_part("company")
    assert column(window, "company.table") == ["Yard", "ООО Север", "Север"]
    assert column(window, "company.table", 5) == ["", "1", "1"]
    assert column(window, "company.table", 6) == ["", "1", "2"]
    QTest.keyClicks(named(window, QLineEdit, "company.search"), "GATES")
    assert column(window, "company.table") == ["Север"]
    assert named(window, QLabel, "company.total").text() == "1 company"
    assert named(window, QLabel, "company.title").text() == "Север"
    named(window, QLineEdit, "company.search").clear()
    named(window, QTableView, "company.table").sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert column(window, "company.table")[0] == "Север"


def test_the_card_shows_all_deals_with_open_ones_first_and_opens_one(window: Window) -> None:
    page(window).show_part("company")
    named(window, QTableView, "company.table").selectRow(2)
    assert column(window, "company.deals") == ["Door", "Lock"]
    assert column(window, "company.deals", 1)[1] == "won"
    texts = [one.text() for one in page(window).findChildren(QLabel) if one.isVisibleTo(window)]
    assert "open €100" in texts
    table = named(window, QTableView, "company.deals")
    table.selectRow(0)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    shown = window.page()
    assert shown is not None
    assert shown.objectName() == "view.deals"
    assert shown.caption().title in {"Север", "Deals"}


def test_a_field_is_kept_when_the_cursor_leaves_and_undone_by_name(window: Window) -> None:
    page(window).show_part("company")
    before = contents(window)
    field = named(window, QLineEdit, "company.site")
    field.setFocus()
    QTest.keyClicks(field, "yard.by")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "“Yard” is changed: Site." in window.messages.text()
    note = named(window, QPlainTextEdit, "company.note")
    note.setFocus()
    QTest.keyClicks(note, "pays late")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    amount = named(window, QLineEdit, "company.potential")
    amount.setFocus()
    QTest.keyClicks(amount, "12 000 USD")
    QTest.keyClick(amount, Qt.Key.Key_Return)
    key = desk(window).read(lambda read: read.sql("SELECT id FROM company WHERE name = 'Yard'"))[0][0]
    card = desk(window).read(company_card, key)
    assert card is not None
    one = card.company
    assert (one.site, one.note, one.potential, one.potential_currency) == ("yard.by", "pays late", 12_000_00, "USD")
    for _act in range(3):
        desk(window).undo()
    assert contents(window) == before
    assert field.text() == ""


def test_what_cannot_be_read_is_said_and_stays_to_be_mended(window: Window) -> None:
    page(window).show_part("company")
    field = named(window, QLineEdit, "company.touch_every")
    field.setFocus()
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.messages.text() == "“soon” cannot be read here."
    assert field.property("wrong") == "true"
    name = named(window, QLineEdit, "company.name")
    name.setFocus()
    name.clear()
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert window.messages.text() == "Give it a name first."


def test_typing_is_not_lost_when_another_is_chosen(window: Window) -> None:
    page(window).show_part("company")
    field = named(window, QLineEdit, "company.industry")
    field.setFocus()
    QTest.keyClicks(field, "locks")
    named(window, QTableView, "company.table").selectRow(1)
    assert desk(window).read(lambda read: read.sql("SELECT name FROM company WHERE industry = 'locks'")) == [("Yard",)]
    assert field.text() == ""


def test_new_ones_by_name_and_deleting(window: Window) -> None:
    page(window).show_part("company")
    press(window, "company.new")
    name = named(window, QLineEdit, "company.new_name")
    QTest.keyClicks(name, "Alfa")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert column(window, "company.table")[0] == "Alfa"
    assert named(window, QLabel, "company.title").text() == "Alfa"
    person = named(window, QLineEdit, "company.new_person")
    QTest.keyClicks(person, "Bob")
    QTest.keyClick(person, Qt.Key.Key_Return)
    assert "Bob" in [one.text() for one in page(window).findChildren(QAbstractButton)]
    press(window, "company.delete")
    assert "Alfa" not in column(window, "company.table")
    named(window, QTableView, "company.table").selectRow(1)
    press(window, "company.delete")
    assert window.messages.text().startswith("“ООО Север” cannot be deleted while deals stand on it: Gate.")


def test_contacts_have_a_company_that_is_typed(window: Window) -> None:
    page(window).show_part("contact")
    assert column(window, "contact.table") == ["Ann"]
    field = named(window, QLineEdit, "contact.company_id")
    assert field.text() == "Север"
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Yard")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert column(window, "contact.table", 1) == ["Yard"]
    press(window, "contact.new")
    name = named(window, QLineEdit, "contact.new_name")
    QTest.keyClicks(name, "Bob")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert column(window, "contact.table") == ["Ann", "Bob"]
    press(window, "contact.delete")
    assert column(window, "contact.table") == ["Ann"]


def test_a_way_leads_to_a_record(window: Window) -> None:
    assert window._parts is not None
    key = desk(window).read(lambda read: read.sql("SELECT id FROM contact"))[0][0]
    window._parts.route.go("customers", ShowRecord("contact", key))
    assert page(window).switch.key() == "contact"
    assert named(window, QLabel, "contact.title").text() == "Ann"


def test_duplicates_are_offered_merged_with_chosen_fields_and_undone(window: Window, qtbot: QtBot) -> None:
    before = contents(window)
    page(window).show_part("pairs")
    settled(qtbot, window, lambda: column(window, "duplicates.table", 2) == ["same name"])
    assert named(window, QLabel, "duplicates.heading").text() == "“Север” stays, “ООО Север” goes"
    assert "1 deal, 1 talk" in named(window, QLabel, "duplicates.moves").text()
    press(window, "duplicates.swap")
    assert named(window, QLabel, "duplicates.heading").text() == "“ООО Север” stays, “Север” goes"
    press(window, "duplicates.site.1")
    press(window, "duplicates.merge")
    assert "“Север” is merged into “ООО Север”." in window.messages.text()
    rows = desk(window).read(lambda read: read.sql("SELECT name, site, industry, owner FROM company ORDER BY name"))
    assert [tuple(row) for row in rows] == [("Yard", "", "", ""), ("ООО Север", "sever.com", "gates", "Max")]
    assert desk(window).read(lambda read: read.sql("SELECT count(DISTINCT company_id) FROM deal")) == [(1,)]
    settled(qtbot, window, lambda: not column(window, "duplicates.table"))
    desk(window).undo()
    assert contents(window) == before
    settled(qtbot, window, lambda: len(column(window, "duplicates.table")) == 1)
    press(window, "duplicates.apart")
    assert column(window, "duplicates.table") == []
    assert "are two: this is remembered." in window.messages.text()


def test_the_surest_pairs_come_first_and_the_others_follow(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "MOST_SHOWN", 1)
    desk(window).run(people.new_company, name="Yard Ltd")
    page(window).show_part("pairs")
    settled(qtbot, window, lambda: len(column(window, "duplicates.table")) == 1)
    assert named(window, QLabel, "duplicates.total").text() == "2 pairs, the surest of them here"
    press(window, "duplicates.apart")
    settled(qtbot, window, lambda: named(window, QLabel, "duplicates.total").text() == "1 pair")


def test_what_has_much_on_it_is_merged_apart_from_the_window(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "MANY_MOVE", 0)
    page(window).show_part("pairs")
    settled(qtbot, window, lambda: len(column(window, "duplicates.table")) == 1)
    press(window, "duplicates.merge")
    settled(qtbot, window, lambda: "is merged into" in window.messages.text())
    assert desk(window).read(lambda read: read.sql("SELECT count(*) FROM company")) == [(2,)]


def test_many_are_listed_apart_from_the_window(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_list, "MANY_RECORDS", 1)
    page(window).show_part("company")
    settled(qtbot, window, lambda: len(column(window, "company.table")) == 3)


def test_an_empty_file_says_what_belongs_here(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "new.funnel", 0), view="customers") as window:
        page(window).show_part("company")
        shown = [one.text() for one in page(window).findChildren(QLabel) if one.isVisibleTo(window)]
        assert any(text.startswith("Every company you sell to stands here") for text in shown)
