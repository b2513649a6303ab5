"""The card of one deal in the real window, driven by the names of its controls."""

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMenu, QWidget

from funnel_desk.operations.desk import Desk
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.ui.view import Parts
from funnel_desk.ui.window import Window

W = TypeVar("W", bound=QWidget)


class Bench:
    """A window with one deal's card open."""

    def __init__(self, window: Window, deal_id: str) -> None:
        self.window, self.deal_id = window, deal_id

    @property
    def parts(self) -> Parts:
        found = self.window._parts
        assert found is not None
        return found

    @property
    def desk(self) -> Desk:
        return self.parts.bridge.desk

    def find(self, kind: type[W], name: str) -> W:
        card = self.window.findChild(QWidget, "card")
        assert card is not None
        found = card.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def press(self, name: str) -> None:
        QApplication.processEvents()  # what has just come into the layout is shown then
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.click()

    def write(self, name: str, text: str) -> None:
        field = self.find(QWidget, name)
        if isinstance(field, QComboBox) and field.isEditable():
            field.setEditText(text)
        elif isinstance(field, QComboBox):
            place = field.findData(text)
            assert place >= 0, text
            field.setCurrentIndex(place)
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)

    def choose(self, section: str, act: str) -> None:
        """Take an entry of the menu that is open in a section."""
        menu = next(one for one in self.window.findChildren(QMenu) if one.objectName().startswith(f"{section}."))
        action = menu.findChild(QAction, f"{section}.{act}")
        assert action is not None, act
        action.trigger()
        menu.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def on_line(self, section: str, act: str, place: int = 0) -> None:
        self.press(f"{section}.line.{place}")
        self.choose(section, act)

    @property
    def card(self) -> DealCard:
        found = self.desk.read(deal_card, self.deal_id, "2026-11-26")
        assert found is not None
        return found
