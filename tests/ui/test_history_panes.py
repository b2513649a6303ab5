"""The history's ways back, the past of one thing, disagreements and merges, in the real window."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from funnel_desk.domain.deal import Deal
from funnel_desk.operations.deals import delete_deal, edit_deal, lose_deal, new_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.sharing import merge_file
from funnel_desk.queries.conflicts import conflicts
from funnel_desk.storage.acts import Author
from funnel_desk.ui.dialogs.merge_file import MergeDialog
from funnel_desk.ui.dialogs.share_file import write_share_file
from funnel_desk.ui.route import PastOf, ShowDisagreements
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.history.page import HistoryPage
from funnel_desk.ui.window import Window
from tests.ui.shop import NOW, make_shop, shop_window

IRA = Author("ira", "Ira")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "north.funnel", 0)


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="history") as shown:
        yield shown


@pytest.fixture
def colleague(window: Window, path: Path) -> Iterator[tuple[Desk, Deal, Deal]]:
    """Ira's copy of the file, with two deals that both know."""
    own = desk_of(window)
    gate, yard = (own.run(new_deal, title=title) for title in ("Gate", "Yard"))
    copy = path.with_name("ira.funnel")
    shutil.copyfile(path, copy)
    desk = Desk(copy, IRA, clock=lambda: NOW)
    yield desk, gate, yard
    desk.close()


def parts(window: Window) -> Parts:
    assert window._parts is not None
    return window._parts


def page(window: Window) -> HistoryPage:
    return cast("HistoryPage", window.page())


def desk_of(window: Window) -> Desk:
    return parts(window).bridge.desk


def button(window: Window, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def titles(desk: Desk) -> list[str]:
    return [row[0] for row in desk.read(lambda read: read.sql("SELECT title FROM deal ORDER BY title"))]


def test_going_back_is_shown_first_and_is_one_step(window: Window) -> None:
    desk = desk_of(window)
    for title in ("Gate", "Yard", "Barrier"):
        desk.run(new_deal, title=title)
    table = page(window).table
    table.choose(1)
    QTest.keyClick(table, Qt.Key.Key_G)
    assert titles(desk) == ["Barrier", "Gate", "Yard"]
    assert (
        page(window).acts.foot._outlook.text() == "2 acts of yours go back, 2 changes; one redo brings all of it again."
    )
    button(window, "history.go").click()
    assert titles(desk) == ["Gate"]
    assert window.messages.text() == "Undone: All since “New deal “Yard””"
    parts(window).bridge.redo()
    assert titles(desk) == ["Barrier", "Gate", "Yard"]


def test_much_goes_back_apart_from_the_window(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window)
    for number in range(52):
        desk.run(new_deal, title=str(number))
    table = page(window).table
    table.choose(51)
    QTest.keyClick(table, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: not parts(window).jobs.writing)
    button(window, "history.go").click()
    qtbot.waitUntil(lambda: not titles(desk))


def test_acts_are_found_by_their_words_and_by_who_did_them(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window)
    deal = desk.run(new_deal, title="Gate")
    desk.run(edit_deal, deal.id, note="x")
    desk.undo()
    acts = page(window).acts
    acts.search.setText("gate CHANGE")
    qtbot.waitUntil(lambda: acts.count() == 2)
    acts.kind.setCurrentIndex(acts.kind.findData("undoing"))
    acts.refresh()
    assert acts.count() == 1
    acts.search.setText("nothing of this kind")
    qtbot.waitUntil(lambda: acts.count() == 0)
    assert acts._none.isVisible()


def test_each_change_of_an_act_is_told(window: Window) -> None:
    desk = desk_of(window)
    deal = desk.run(new_deal, title="Gate", value=100_00, currency="EUR")
    desk.run(edit_deal, deal.id, value=250_00)
    page(window).table.choose(0)
    model = page(window).acts.detail.model
    assert [model.index(0, column).data() for column in range(4)] == ["Deal: Gate", "Value", "€100", "€250"]


def test_the_past_of_a_deal_and_an_act_taken_back_from_there(window: Window) -> None:
    desk = desk_of(window)
    deal = desk.run(new_deal, title="Gate")
    desk.run(edit_deal, deal.id, note="call")
    desk.run(edit_deal, deal.id, note="write")
    parts(window).route.go("history", PastOf(deal.id, "Gate"))
    past = page(window).past
    assert (page(window).caption().title, past.model.rowCount()) == ("The past of “Gate”", 3)
    QTest.keyClick(past.table, Qt.Key.Key_U)
    assert desk.read(lambda read: read.sql("SELECT note FROM deal"))[0][0] == "call"
    assert past.model.index(0, 6).data() == "taken back by Max, 26 Nov"
    assert not button(window, "past.take_back").isEnabled()
    QTest.keyClick(past.table, Qt.Key.Key_Escape)
    assert page(window).caption().title == "History"


def test_disagreements_are_settled_by_a_key(window: Window, colleague: tuple[Desk, Deal, Deal]) -> None:
    ira, gate, yard = colleague
    desk = desk_of(window)
    desk.run(edit_deal, gate.id, note="ours")
    desk.run(delete_deal, yard.id)
    ira.run(edit_deal, gate.id, note="theirs")
    ira.run(edit_deal, yard.id, note="still wanted")
    merge_file(desk, ira.path)
    parts(window).route.go("history", ShowDisagreements(gate.id))
    pane = page(window).disagreements
    assert pane.count() == 2
    pane.choose_deal(gate.id)
    other = pane.other._value.text()
    QTest.keyClick(pane.table, Qt.Key.Key_2)
    assert desk.read(lambda read: read.sql("SELECT note FROM deal WHERE id = ?", gate.id))[0][0] == other
    assert pane.count() == 1
    assert pane.shown._value.text() == "kept, because it was changed"
    QTest.keyClick(pane.table, Qt.Key.Key_1)
    assert (pane.count(), titles(desk)) == (0, ["Gate", "Yard"])
    desk.undo(desk.history(1)[0].batch)
    assert len(desk.read(conflicts)) == 1


def test_both_branches_of_a_fork_are_shown_as_paths(window: Window, colleague: tuple[Desk, Deal, Deal]) -> None:
    ira, gate, _ = colleague
    desk = desk_of(window)
    desk.run(win_deal, gate.id, because="signed")
    ira.run(lose_deal, gate.id, reason="too far")
    merge_file(desk, ira.path)
    parts(window).route.go("history", ShowDisagreements())
    pane = page(window).disagreements
    assert "too far" in {pane.shown._value.text(), pane.other._value.text()}


def test_a_file_is_merged_withdrawn_and_brought_back(
    window: Window, qtbot: QtBot, colleague: tuple[Desk, Deal, Deal]
) -> None:
    ira, _, _ = colleague
    ira.run(new_deal, title="Office")
    desk = desk_of(window)
    dialog = MergeDialog(window, parts(window), ira.path)
    dialog.open()
    qtbot.waitUntil(dialog.start.isEnabled)
    assert dialog._what.text() == "+1 deal"
    assert dialog._who.text() == "Ira: 1 act, 1 change"
    dialog.start.click()
    qtbot.waitUntil(lambda: "Office" in titles(desk))
    qtbot.waitUntil(lambda: page(window).tabs.key() == "merges")
    turn = button(window, "merges.turn")
    turn.click()
    qtbot.waitUntil(lambda: titles(desk) == ["Gate", "Yard"])
    qtbot.waitUntil(lambda: turn.text() == "Bring it back" and not parts(window).jobs.writing)
    turn.click()
    qtbot.waitUntil(lambda: "Office" in titles(desk))


def test_a_file_of_another_kind_is_told_in_the_dialog(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    odd = tmp_path / "odd.funnelshare"
    odd.write_bytes(b"SQLite format 3\x00" + bytes(200))
    dialog = MergeDialog(window, parts(window), odd)
    dialog.open()
    qtbot.waitUntil(lambda: "nothing to merge" in dialog._what.text())
    assert not dialog.start.isEnabled()
    dialog.reject()


def test_the_file_for_a_colleague_is_written_apart(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    write_share_file(parts(window), tmp_path / "mine.funnelshare")
    qtbot.waitUntil(lambda: "mine.funnelshare is ready" in window.messages.text())
    assert (tmp_path / "mine.funnelshare").exists()


def test_the_card_says_that_people_differ_and_its_past_is_one_key_away(
    window: Window, colleague: tuple[Desk, Deal, Deal]
) -> None:
    ira, gate, _ = colleague
    desk = desk_of(window)
    desk.run(edit_deal, gate.id, note="ours")
    ira.run(edit_deal, gate.id, note="theirs")
    merge_file(desk, ira.path)
    parts(window).route.go("deals", gate.id)
    line = button(window, "card.disagreements")
    assert (line.isVisible(), line.text()) == (True, "1 thing that people say differently")
    shown = window.page()
    assert shown is not None
    past = shown.past_of()
    assert past is not None
    assert (past.root, past.name) == (gate.id, "Gate")
    line.click()
    assert page(window).tabs.key() == "disagreements"
