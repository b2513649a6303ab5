"""The list of companies or contacts: search, a new one, the table, how many there are."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from funnel_desk.domain.not_duplicate import RecordKind
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries.companies import company_key, company_keys, company_rows
from funnel_desk.queries.contacts import contact_key, contact_keys, contact_rows
from funnel_desk.queries.person_records import record_count
from funnel_desk.ui.models.paged import PagedModel
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.customers.record_columns import (
    COMPANY_GIVES_WAY,
    CONTACT_GIVES_WAY,
    company_columns,
    contact_columns,
)
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Elided, frame
from funnel_desk.ui.widgets.row_table import RowTable

MANY_RECORDS = 2_000
"""From so many on the list is asked for apart from the window."""
_LEAST_WIDTH = 300


class RecordList(QFrame):
    """`chosen` tells the id under the cursor, `opened` one that was entered, `named` the name of a new one."""

    chosen = Signal(str)
    opened = Signal(str)
    clicked = Signal()
    counted = Signal()
    named = Signal(str)

    def __init__(self, parts: Parts, kind: RecordKind) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._parts, self._kind = parts, kind
        self._sort, self._descending, self._asked = "name", False, 0
        self._wanted = ""
        self.count = 0
        companies = kind == "company"
        today, zone = parts.bridge.today(), parts.bridge.desk.workspace.time_zone
        columns: list[Any] = [*(company_columns if companies else contact_columns)(today, zone)]
        self._gives_way = COMPANY_GIVES_WAY if companies else CONTACT_GIVES_WAY
        self.model: PagedModel[Any] = PagedModel(columns, self._rows, self)
        name = _("Companies") if companies else _("Contacts")
        self.table = RowTable(parts.look, name, self.model, [one.width for one in columns], 0)
        self.table.setObjectName(f"{kind}.table")
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.doubleClicked.connect(self._entered)
        self.table.clicked.connect(self.clicked)
        self.search = self._make_search()
        self.new_name = QLineEdit()
        self.new_name.setObjectName(f"{kind}.new_name")
        words = _("Name of the new company") if companies else _("Name of the new contact")
        self.new_name.setAccessibleName(words)
        self.new_name.setPlaceholderText(words)
        self.new_name.setMinimumWidth(240)
        self.new_name.returnPressed.connect(self._name_told)
        self.new_name.hide()
        self._total = Elided("", "dim", name=f"{kind}.total")
        self._arrange(_("New company") if companies else _("New contact"))
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.model.sort_wanted.connect(self._sort_by)
        self.table.setSortingEnabled(True)

    @Slot()
    def refresh(self) -> None:
        """Ask which there are; where that takes long, apart from the window."""
        bridge, kind, text = self._parts.bridge, self._kind, self.search.text()
        sort, descending = self._sort, self._descending
        self._asked += 1
        asked = self._asked

        def ask(_progress: Progress) -> list[int]:
            if kind == "company":
                return bridge.ask(company_keys, text, sort, descending=descending)  # type: ignore[arg-type]
            return bridge.ask(contact_keys, text, sort, descending=descending)  # type: ignore[arg-type]

        if bridge.ask(record_count, kind) > MANY_RECORDS:
            self._parts.jobs.read("", ask, lambda keys: self._show(asked, keys))
        else:
            self._show(asked, ask(NO_PROGRESS))

    def show_record(self, record_id: str) -> None:
        """Put the cursor on one; what is searched for gives way where it would hide it."""
        self._wanted = record_id
        if not self._choose_wanted() and self.search.text():
            self.search.clear()
        self.refresh()

    def begin_new(self) -> None:
        """Ask for the name of a new one."""
        self.new_name.show()
        self.new_name.clear()
        self.new_name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Down leads from the search into the table, Escape gives a new one up."""
        within, key = self.focusWidget(), event.key()
        if within is self.new_name and key == Qt.Key.Key_Escape:
            self.new_name.hide()
            self.search.setFocus()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and within in {self.table, self.search}:
            if not self.table.currentIndex().isValid():
                self.table.choose(0)
            self._entered(self.table.currentIndex())
        elif key == Qt.Key.Key_Down and within is self.search:
            self.table.setFocus()
            self.table.choose(max(0, self.table.currentIndex().row()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least in self._gives_way:
            self.table.setColumnHidden(column, event.size().width() < least)

    def _rows(self, keys: Sequence[int]) -> dict[int, Any]:
        if self._kind == "company":
            return {row.row_key: row for row in self._parts.bridge.ask(company_rows, keys)}
        return {row.row_key: row for row in self._parts.bridge.ask(contact_rows, keys)}

    def _show(self, asked: int, keys: list[int]) -> None:
        if asked != self._asked:
            return
        held = self.model.key(self.table.currentIndex())
        if self.model.show_keys(keys) and held is not None and not self._wanted:
            self.table.choose(max(0, self.model.place_of(held)))
        self._choose_wanted()
        self.count, count = len(keys), format_number(len(keys))
        if self._kind == "company":
            self._total.setText(ngettext("{count} company", "{count} companies", len(keys), count=count))
        else:
            self._total.setText(ngettext("{count} contact", "{count} contacts", len(keys), count=count))
        self.counted.emit()

    def _choose_wanted(self) -> bool:
        """Put the cursor on the one that was asked for, if it is listed."""
        if not self._wanted:
            return True
        key = self._parts.bridge.ask(company_key if self._kind == "company" else contact_key, self._wanted)
        place = self.model.place_of(key) if key is not None else -1
        if place >= 0:
            self._wanted = ""
            self.table.choose(place)
        return place >= 0

    def _id_at(self, index: QModelIndex) -> str:
        row = self.model.row(index.row()) if index.isValid() else None
        return str(getattr(row, self._kind).id) if row is not None else ""

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if found := self._id_at(current):
            self.chosen.emit(found)

    @Slot(QModelIndex)
    def _entered(self, index: QModelIndex) -> None:
        if found := self._id_at(index):
            self.opened.emit(found)

    @Slot(str, bool)
    def _sort_by(self, name: str, descending: bool) -> None:
        self._sort, self._descending = name, descending
        self.refresh()

    @Slot()
    def _name_told(self) -> None:
        name = self.new_name.text().strip()
        if name:
            self.new_name.hide()
            self.named.emit(name)

    def _make_search(self) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(f"{self._kind}.search")
        words = _("Find a company") if self._kind == "company" else _("Find a contact")
        made.setAccessibleName(words)
        made.setPlaceholderText(words)
        made.setProperty("role", "search")
        made.setClearButtonEnabled(True)
        for clear in made.findChildren(QAction):
            clear.setIcon(self._parts.look.icon("close", "dim"))
        made.addAction(self._parts.look.icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        made.setMinimumWidth(220)
        made.textChanged.connect(self.refresh)
        return made

    def _arrange(self, words: str) -> None:
        self.new = QPushButton(words)
        self.new.setObjectName(f"{self._kind}.new")
        self.new.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new.clicked.connect(self.begin_new)
        above = FlowLayout(spacing=8)
        for part in (self.search, self.new, self.new_name):
            above.addWidget(part)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.addLayout(above)
        foot = frame("foot")
        below = QHBoxLayout(foot)
        below.setContentsMargins(16, 6, 16, 6)
        below.addWidget(self._total)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        inset = QHBoxLayout()
        inset.setContentsMargins(8, 0, 0, 0)
        inset.addWidget(self.table)
        column.addLayout(inset, 1)
        column.addWidget(foot)
        self.setFocusProxy(self.table)
