"""A day in the window, through the real widgets: from a new deal to a won one, a restart in between, all undone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QTableView,
    QTextEdit,
    QWidget,
)

from funnel_desk.app import open_window
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.operations.workspaces import new_workspace
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.queries.deals import deal_named
from funnel_desk.storage.acts import Author
from funnel_desk.storage.check import contents, differences, findings
from funnel_desk.storage.reader import Reader

W = TypeVar("W", bound=QWidget)
OPENED = Author("who-looks", "")


class Day:
    """The window, driven by the names of its controls."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.window = open_window(path)

    def restart(self) -> None:
        self.close()
        self.window = open_window(self.path)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def find(self, kind: type[W], name: str) -> W:
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        button.click()

    def act(self, name: str) -> None:
        action = self.window.findChild(QAction, name)
        assert action is not None, name
        action.trigger()

    def tick(self, row: int) -> None:
        model = self.find(QListView, "card.steps").model()
        assert model.setData(model.index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)

    def card(self, title: str) -> DealCard:
        desk = Desk(self.path, OPENED, write=False)
        try:
            (deal,) = desk.read(deal_named, title)
            found = desk.read(deal_card, deal, "2030-01-01")
            assert found is not None
            return found
        finally:
            desk.close()

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        desk = Desk(self.path, OPENED, write=False)
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
    new_workspace(path, Author("maker", "Maker"), playbook_named("security-systems"), currency="EUR", time_zone="UTC")
    found = Day(path)
    yield found
    found.close()


def test_from_a_new_deal_to_a_won_one_and_all_of_it_undone(day: Day) -> None:
    states = [day.state()]

    def done(act: Callable[[], None]) -> None:
        act()
        states.append(day.state())
        assert states[-1] != states[-2]

    day.act("action.new_deal")
    day.find(QLineEdit, "new_deal.title").setText("Cameras for two gates")
    day.find(QLineEdit, "new_deal.company").setText("Завод «Прогресс»")
    day.find(QLineEdit, "new_deal.value").setText("12 400")
    done(lambda: day.press("new_deal.save"))
    assert day.find(QLabel, "card.title").text() == "Cameras for two gates"
    assert day.find(QTextEdit, "card.script").toPlainText()

    done(lambda: day.tick(0))
    done(lambda: day.press("result.no_answer"))  # of the next step: it stays open and is due again
    found = day.card("Cameras for two gates")
    assert [state.status for state in found.situation.states] == ["done", "open", "open", "open"]
    assert found.situation.states[1].result == "no_answer"
    assert found.situation.activities[-1].result == "no_answer"

    done(lambda: day.press("card.advance"))  # three required steps are open: the stage warns, and is left
    day.find(QLineEdit, "because.text").setText("they had their own drawing")
    done(lambda: day.press("because.keep"))
    found = day.card("Cameras for two gates")
    assert found.situation.stage.key == "offer"
    assert found.situation.path.nodes[-1].because == "they had their own drawing"

    day.press("card.lost")
    day.find(QComboBox, "lost.reason").setCurrentText("Too expensive for them")
    done(lambda: day.press("lost.confirm"))
    assert day.card("Cameras for two gates").situation.present.outcome == "lost"
    done(lambda: day.press("card.reopen"))

    day.restart()
    day.press("nav.deals")
    table = day.find(QTableView, "deals.table")
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    done(lambda: day.press("card.won"))
    found = day.card("Cameras for two gates")
    assert found.situation.present.outcome == "won"
    assert found.situation.stage.key == "care"
    assert [stay.ended for stay in found.situation.stays] == ["moved", "lost", "moved", ""]

    for earlier in reversed(states[:-1]):
        day.act("action.undo")
        assert day.state() == earlier
    day.restart()
    for later in states[1:]:
        day.act("action.redo")
        assert day.state() == later
