"""A day of calls through the real window: a queue with every kind of result, one call aborted, all of it undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from funnel_desk.app import open_window
from funnel_desk.domain.moments import add_days
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.people import new_contact
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.operations.workspaces import new_workspace
from funnel_desk.queries.calls import due_calls
from funnel_desk.queries.cold_calls import cold_calls
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.storage.acts import Author
from funnel_desk.storage.check import contents, differences, findings
from funnel_desk.storage.reader import Reader
from funnel_desk.ui.call.page import CallPage
from funnel_desk.ui.route import StartCalls

W = TypeVar("W", bound=QWidget)
MAKER, LOOKS = Author("maker", "Maker"), Author("who-looks", "")
CALLS = 12
RESULTS = ("1", "2", "3", "4", "5")


class Day:
    """The window, driven by keys and by the names of its controls."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.window = open_window(path)
        self.window.activateWindow()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def page(self) -> CallPage:
        found = self.window.page()
        assert isinstance(found, CallPage)
        return found

    @property
    def shown(self) -> str:
        found = self.window.page()
        assert found is not None
        return found.objectName()

    def find(self, kind: type[W], name: str) -> W:
        found = self.window.page()
        assert found is not None
        control = found.findChild(kind, name)
        assert isinstance(control, kind), name
        return control

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.click()

    def key(self, key: str, *, alt: bool = False) -> None:
        """A key wherever the cursor is."""
        held = QApplication.focusWidget() or self.window
        codes = {"Esc": Qt.Key.Key_Escape, "Enter": Qt.Key.Key_Return, "Down": Qt.Key.Key_Down}
        code = codes.get(key) or Qt.Key(ord(key))
        QTest.keyClick(held, code, Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def begin(self, ids: tuple[str, ...]) -> None:
        parts = self.window._parts
        assert parts is not None
        parts.route.go("call", StartCalls(ids))

    def read(self) -> Desk:
        return Desk(self.path, LOOKS, write=False)

    def card(self, deal_id: str) -> DealCard:
        desk = self.read()
        try:
            found = desk.read(deal_card, deal_id, "2030-01-01")
            assert found is not None
            return found
        finally:
            desk.close()

    def due(self) -> tuple[str, ...]:
        parts = self.window._parts
        assert parts is not None
        return parts.bridge.ask(due_calls, parts.bridge.today())

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        desk = self.read()
        try:
            return desk.read(_sound_contents)
        finally:
            desk.close()


def _sound_contents(read: Reader) -> dict[str, list[tuple[object, ...]]]:
    assert not findings(read.connection)
    assert not differences(read.connection, read.zone)
    return contents(read.connection)


@pytest.fixture
def day(qapp: QApplication, tmp_path: Path) -> Iterator[Day]:
    path = tmp_path / "north.funnel"
    new_workspace(path, MAKER, playbook_named("canonical-outbound"), currency="EUR", time_zone="UTC")
    desk = Desk(path, MAKER)
    for number in range(CALLS):
        contact = f"Irina Sokolova {number}"
        desk.run(new_contact, name=contact, company=f"Plant {number}", phone=f"+375 17 000-00-{number:02}")
        deal = desk.run(new_deal, title=f"Alarm {number:02}", company=f"Plant {number}", contact=contact)
        desk.run(plan_activity, deal.id, "call", add_days(desk.clock()[:10], -CALLS + number), text="Ask about it")
    desk.close()
    found = Day(path)
    yield found
    found.close()


def test_twelve_calls_and_all_of_them_undone(day: Day) -> None:
    begun = day.state()
    ids = day.due()
    assert len(ids) == CALLS
    day.begin(ids)
    assert day.page.caption().note == "1 of 12"
    assert "Ask about it" in day.page.findChild(QWidget, "call.script").toPlainText()  # type: ignore[union-attr]

    day.key("C")
    assert QGuiApplication.clipboard().text() == "+375 17 000-00-00"

    _one_with_everything(day, ids[0])
    _every_result_by_its_key(day, ids)
    _one_is_aborted(day)

    desk = day.read()
    rate = desk.read(cold_calls)
    desk.close()
    assert rate.base == CALLS
    assert rate.part >= 2
    parts = day.window._parts
    assert parts is not None
    for _call in range(CALLS):
        parts.bridge.undo()
    assert day.state() == begun


def _one_with_everything(day: Day, deal_id: str) -> None:
    # One call with everything that can be heard in it: digits typed into a note are no results.
    day.key("N")
    day.type("2 gates, 15 cameras")
    assert day.find(QPlainTextEdit, "call.note").toPlainText() == "2 gates, 15 cameras"
    assert day.page.caption().note == "1 of 12"
    day.key("Esc")
    day.key("O")
    day.type("supplier hav")
    day.key("Enter")
    day.key("Enter")  # twice said is once kept
    day.key("Esc")  # empties the field, and is still in it
    day.type("xyzzy")
    day.key("Enter")  # nothing of the catalogue: in their own words
    assert day.find(QLineEdit, "call.objection").text() == ""
    day.key("Esc")
    day.page._head.clock.begin(61)
    need = day.find(QLineEdit, "call.evidence.need")
    need.setFocus()
    day.type("asked for it")
    day.find(QWidget, "call.question.need").choose("yes")  # type: ignore[attr-defined]
    day.key("Esc")
    day.key("1")
    first = day.card(deal_id)
    talk = next(one for one in first.situation.activities if one.at is not None)
    assert talk.text.splitlines()[-1] == "2 gates, 15 cameras"
    assert talk.minutes == 2
    assert [one.text for one in first.around.obstacles] == ["We have a supplier, and all is well", "xyzzy"]
    assert [one.objection_id is None for one in first.around.obstacles] == [False, True]
    assert [(one.question, one.met, one.evidence) for one in first.around.criteria] == [("need", True, "asked for it")]
    assert day.page.caption().note == "2 of 12"
    assert day.find(QPlainTextEdit, "call.note").toPlainText() == ""


def _every_result_by_its_key(day: Day, ids: tuple[str, ...]) -> None:
    # Every kind of result by its key, with Alt while one types.
    for number in range(1, 7):
        if number % 2:
            day.key("N")
            day.type(f"note {number}")
            day.key(RESULTS[number % 5], alt=True)
        else:
            day.key(RESULTS[number % 5])
        assert day.page.caption().note == f"{number + 2} of 12", number
    assert {day.card(one).situation.activities[-1].result for one in ids[:7]} >= {"refused", "smaller_step"}

    # One moves on to the next stage with its result.
    day.find(QCheckBox, "call.onward").click()
    day.key("1")
    assert day.card(ids[7]).situation.stage.position == 1


def _one_is_aborted(day: Day) -> None:
    # One is aborted, and what was said in it is there when one comes back.
    day.key("N")
    day.type("call me in the evening")
    day.key("Esc")
    day.key("Esc")
    assert day.shown == "view.today"
    assert "Alarm 08" in day.find(QLabel, "today.unfinished").text()
    before = day.state()
    day.press("today.unfinished.go")
    assert day.find(QPlainTextEdit, "call.note").toPlainText() == "call me in the evening"
    assert day.state() == before

    # The rest of the queue is still there: one is passed over, two are answered.
    assert day.page.caption().note == "1 of 4"
    day.key("J")
    day.key("3")
    day.key("2")
    day.key("1")
    assert day.find(QLabel, "call.end.title").text() == "3 calls done"
    day.press("call.end.again")
    assert day.find(QPlainTextEdit, "call.note").toPlainText() == "call me in the evening"
    day.key("1")
    assert day.shown == "view.today"
    assert not day.find(QLabel, "today.unfinished").isVisible()


def test_what_was_said_outlives_a_crash(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = day.due()
    day.begin(ids[:3])
    day.key("N")
    day.type("the board meets on Friday")
    day.page._saving.timeout.emit()
    held = day.path.with_name("copy.funnel")
    held.write_bytes(day.path.read_bytes())
    day.close()
    again = Day(held)
    try:
        assert "Alarm 00" in again.find(QLabel, "today.unfinished").text()
        again.press("today.unfinished.log")
        found = again.card(ids[0]).situation.activities
        assert any(one.text == "the board meets on Friday" and one.at for one in found)
        assert not again.find(QLabel, "today.unfinished").isVisible()
    finally:
        again.close()
        day.window = open_window(day.path)


def test_a_queue_walks_over_deals_that_are_gone(day: Day) -> None:
    ids = day.due()
    day.begin((ids[0], "nobody", ids[1]))
    day.key("2")
    assert day.page.caption().note == "3 of 3"
    day.key("K")
    assert day.page.caption().note == "1 of 3"
