"""Whom one talks to: the name, the number ready to be dialled or copied, and the clock."""

import re

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.call.stopwatch import Stopwatch
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.key_button import KeyButton
from funnel_desk.ui.widgets.labels import Elided, label, present

_NOT_DIALLED = re.compile(r"[^\d+*#]")


class CallHead(QFrame):
    """Its keys work in the whole `scope`."""

    def __init__(self, parts: Parts, scope: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "bar")
        self._parts = parts
        self._number = ""
        self._title, self._about = Elided("", "title", name="call.title"), Elided("", "dim")
        self._phone = label("", "title", name="call.phone")
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._dial = KeyButton("T", _("dial"), scope)
        self._dial.setObjectName("call.dial")
        self._dial.setToolTip(_("Dial the number with the program of the system for calls"))
        self._dial.clicked.connect(self._open)
        self._copy = KeyButton("C", _("copy the number"), scope)
        self._copy.setObjectName("call.copy")
        self._copy.clicked.connect(self._take)
        self._card = QPushButton(_("Open the deal"))
        self._card.setObjectName("call.open")
        self._card.setProperty("role", "link")
        self._card.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.opens = self._card.clicked
        self.clock = Stopwatch(scope)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._title)
        first.addWidget(self._about, 1)
        first.addWidget(self._card)
        second = FlowLayout(spacing=6)
        for part in (self._phone, self._dial, self._copy, self.clock):
            second.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 16, 8)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)

    def show_deal(self, card: DealCard) -> None:
        """Say whom this call is to."""
        contact, company = card.contact, card.company
        who = contact.name if contact else company.name if company else ""
        self._title.setText(phrases.to_do("call", who, card.situation.deal.title))
        about = (contact.role if contact else "", company.name if company and company.name != who else "")
        self._about.setText(" · ".join(part for part in about if part))
        self._number = contact.phone if contact else ""
        self._phone.setText(self._number)
        self._phone.setAccessibleName(_("Phone: {number}", number=self._number))
        for part in (self._phone, self._dial, self._copy):
            present(part, shown=bool(self._number))

    @Slot()
    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
        self._parts.bridge.tell(_("Copied: {number}", number=self._number))

    @Slot()
    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl(f"tel:{_NOT_DIALLED.sub('', self._number)}")):
            self._parts.bridge.refused.emit(_("No program for calls is set up on this computer."))
