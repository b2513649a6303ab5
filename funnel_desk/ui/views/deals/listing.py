"""The list of deals: what stands over it, the table or the board, and what it all adds up to."""

import json
from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from funnel_desk.domain.deal_filter import DealFilter, filter_of
from funnel_desk.domain.saved_view import SavedView
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries import deals
from funnel_desk.queries.deals import DealRow, DealTotals
from funnel_desk.queries.saved_views import own_fields
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.board import Board
from funnel_desk.ui.views.deals.bulk import BulkActs
from funnel_desk.ui.views.deals.cell_editor import CellEditor
from funnel_desk.ui.views.deals.cell_keeping import CellKeeping
from funnel_desk.ui.views.deals.columns import USUAL, deal_columns
from funnel_desk.ui.views.deals.columns_menu import choose_columns
from funnel_desk.ui.views.deals.export_view import export_view
from funnel_desk.ui.views.deals.filter_bar import MANY, FilterBar
from funnel_desk.ui.views.deals.foot import Foot
from funnel_desk.ui.views.deals.model import DealsModel
from funnel_desk.ui.views.deals.portfolio import PortfolioView
from funnel_desk.ui.views.deals.table import DealTable
from funnel_desk.ui.views.deals.views_menu import Shown, ViewsMenu

_LEAST_WIDTH = 430
_STRUCTURE = frozenset({"pipeline", "stage", "own_field", "saved_view"})
_PAUSE = 40  # ms of quiet after which what was typed or chosen is asked about
_FIRST_ORDER = ("next_due",)

Found = tuple[list[int], DealTotals]


class Listing(QFrame):
    """`chosen` tells the id of the deal under the cursor ("" for none), `opened` one that was entered."""

    chosen = Signal(str)
    opened = Signal(str)
    clicked = Signal()
    counted = Signal()
    kind_changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._parts = parts
        self.count = 0
        self._sort: tuple[str, ...] = _FIRST_ORDER
        self._asked, self._summed, self._structure_changed = 0, 0, True
        self._first_wanted = self._waits = False
        self._totals = DealTotals(0, ())
        parts.bridge.touched.connect(self._hear)
        zone = parts.bridge.desk.workspace.time_zone
        self.model = DealsModel(deal_columns(parts.bridge.today(), zone), self._rows, self)
        self._cells = CellKeeping(parts.bridge)
        self.table = DealTable(parts.look, self.model)
        self._editing = CellEditor(parts, zone, self.table, self.model, self._cells.keep, self._cells.known)
        self.table.setItemDelegate(self._editing)
        self.bar = FilterBar(parts)
        self.search = self.bar.search
        self.foot = Foot()
        self.board = Board(parts)
        self.board.setObjectName("deals.board")
        self._kinds = QStackedWidget()
        self._kinds.addWidget(self.table)
        self._kinds.addWidget(self.board)
        self.portfolio = PortfolioView(parts)
        self.portfolio.setObjectName("deals.portfolio")
        self._kinds.addWidget(self.portfolio)
        self._acts = BulkActs(parts, self, self.table.chosen_keys, self._beside_row)
        self._views = ViewsMenu(parts, self.bar.views, self._now, self.show_view, self.export_view)
        self._asking, self._summing = _timer(self, self._ask), _timer(self, self._sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._kinds, 1)
        column.addWidget(self.foot)
        self.setFocusProxy(self.table)
        self._connect()
        self.table.show_columns(self.model.columns, USUAL)
        self.table.show_order(self._sort)

    def _connect(self) -> None:
        self.board.chosen.connect(self.chosen)
        self.board.opened.connect(self.opened)
        self.portfolio.chosen.connect(self.chosen)
        self.portfolio.opened.connect(self.opened)
        self.portfolio.deals_wanted.connect(self._list_these)
        self.bar.changed.connect(self.refresh)
        self.bar.kind_changed.connect(self._kind_taken)
        self.bar.columns.clicked.connect(lambda: self._act("columns"))
        self.foot.wanted.connect(self._act)
        self._editing.left.connect(self._edited)
        table = self.table
        table.wanted.connect(self._act)
        table.sort_asked.connect(self._sort_by)
        table.doubleClicked.connect(self._entered)
        table.clicked.connect(self._clicked)
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        table.selectionModel().selectionChanged.connect(lambda *_changes: self._selection_changed())

    # --- asking ------------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Ask again which deals there are; apart from the window where there are many."""
        if self._structure_changed:
            self._read_structure()
        if self.view_kind == "board":
            self.board.show_filter(self.deal_filter())
        elif self.view_kind == "portfolio":
            self.portfolio.show_filter(self.deal_filter())
        if self._is_large():
            self._asking.start()
        else:
            self._ask()

    @property
    def view_kind(self) -> str:
        """How the deals are shown: "table", "board" or "portfolio"."""
        return self.bar.kind.key()

    def show_kind(self, kind: str) -> None:
        """Show them as a table, on a board or as a portfolio."""
        self.bar.kind.set_key(kind)
        self._kind_taken()

    def has_any(self) -> bool:
        """Whether there is any deal at all, whatever is searched for now."""
        return self._parts.bridge.ask(deals.deal_count) > 0

    def choose_first(self) -> None:
        """Choose the first deal, if there is one and none is chosen; as soon as it is known which that is."""
        self._first_wanted = not self.model.rowCount()
        if not self.table.currentIndex().isValid():
            self.table.choose(0, max(0, self.model.place_of_column("title")))

    def deal_filter(self) -> DealFilter:
        """The filter of the deals that are listed, asked today."""
        return self.bar.chosen()

    def show_filter(self, chosen: DealFilter) -> None:
        """Show the deals that another view has chosen."""
        self._views.take(None)
        self.bar.show_filter(chosen)
        self.refresh()

    def show_view(self, view: SavedView) -> None:
        """Show a named view: its deals, its columns, its order."""
        self._views.take(view)
        self._sort = view.sort or _FIRST_ORDER
        self.table.show_columns(self.model.columns, view.columns or USUAL)
        self.table.show_order(self._sort)
        self.bar.show_filter(filter_of(view.filter))
        self.refresh()

    def keep(self) -> None:
        """Remember how the list stood."""
        now, view = self._now(), self._views.current
        kept = {"columns": now.columns, "sort": now.sort, "view": view.id if view else "", "filter": now.filter}
        self._parts.memory.put("deals.list", json.dumps(kept))
        self._parts.memory.put("deals.widths", self.table.widths())

    def restore(self) -> None:
        """Let the list stand as it did."""
        self.table.restore_widths(self._parts.memory.get("deals.widths"))
        with suppress(ValueError, TypeError, AttributeError):
            kept = json.loads(self._parts.memory.get("deals.list") or "{}")
            if kept:
                self._sort = tuple(kept["sort"]) or _FIRST_ORDER
                self.bar.show_filter(filter_of(kept["filter"]))
                self._views.take(self._views.view(kept["view"]))
                self._read_structure(tuple(kept["columns"]))
        self.table.show_order(self._sort)

    def _ask(self) -> None:
        bridge, chosen, sort = self._parts.bridge, self.deal_filter(), self._sort
        self._asked += 1
        asked = self._asked

        def ask(_progress: Progress) -> Found:
            return bridge.ask(deals.deal_keys, chosen, sort), bridge.ask(deals.deal_totals, chosen)

        if self._is_large():
            self._parts.jobs.read("", ask, lambda found: self._show(asked, found))
        else:
            self._show(asked, ask(NO_PROGRESS))

    def _show(self, asked: int, found: Found) -> None:
        if asked != self._asked:  # the person has asked for something else since
            return
        if self._editing.editor is not None:  # the cell that is being changed stays where it is
            self._waits = True
            return
        keys, self._totals = found
        table, held, chosen = self.table, self.model.key(self.table.currentIndex()), self.table.chosen_keys()
        column = max(table.currentIndex().column(), 0)
        if self.model.show_keys(keys):
            place = self.model.place_of(held) if held is not None else -1
            if place >= 0:
                table.choose(place, column)
                table.choose_keys(chosen)
        if self._first_wanted and keys:
            self.choose_first()
        self.count = self._totals.count
        self.foot.show_totals(self._totals, weighted=self.deal_filter().outcomes == ("open",))
        self._selection_changed()
        self.counted.emit()

    def _is_large(self) -> bool:
        return self._parts.bridge.ask(deals.deal_count) > MANY

    def _rows(self, keys: Sequence[int]) -> dict[int, DealRow]:
        return {row.row_key: row for row in self._parts.bridge.ask(deals.deal_rows, keys)}

    def _read_structure(self, columns: tuple[str, ...] | None = None) -> None:
        self._structure_changed = False
        bridge = self._parts.bridge
        self.bar.offer_stages()
        self._cells.own = bridge.ask(own_fields)
        known = deal_columns(bridge.today(), bridge.desk.workspace.time_zone, self._cells.own)
        self.table.show_columns(known, columns or self.table.chosen_columns)
        self._views.check()

    @Slot()
    def export_view(self) -> None:
        """Offer to write the deals and columns that are shown into a file."""
        export_view(self.window(), self._parts, self.deal_filter(), self.model.columns, self.table.chosen_columns)

    def _now(self) -> Shown:
        return Shown(self.deal_filter().texts(), self.table.chosen_columns, self._sort)

    # --- what is chosen ----------------------------------------------------------------------------------------------

    def _selection_changed(self) -> None:
        self._summed += 1
        keys = self.table.chosen_keys()
        if len(keys) < 2:  # noqa: PLR2004 - one deal has its own figures in its row
            self.foot.show_chosen(len(keys), None)
        elif len(keys) == self.model.rowCount():
            self.foot.show_chosen(len(keys), self._totals)
        else:
            self.foot.show_chosen(len(keys), None)
            self._summing.start()

    def _sum(self) -> None:
        keys, summed, bridge = self.table.chosen_keys(), self._summed, self._parts.bridge

        def show(totals: DealTotals) -> None:
            if summed == self._summed:
                self.foot.show_chosen(len(keys), totals)

        if len(keys) > MANY // 10:
            self._parts.jobs.read("", lambda _progress: bridge.ask(deals.deal_totals, DealFilter(), keys), show)
        else:
            show(bridge.ask(deals.deal_totals, DealFilter(), keys))

    def _beside_row(self) -> QPoint:
        """Where a popup about the chosen deals opens: under the row of the cursor."""
        place = self.table.visualRect(self.table.currentIndex())
        viewport = self.table.viewport()
        inside = place.isValid() and viewport.rect().contains(place.bottomLeft())
        return viewport.mapToGlobal(QPoint(24, place.bottom() + 2) if inside else QPoint(24, 24))

    # --- acts --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter enters the deal; down leads from the search into the table."""
        within = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and within in {self.table, self.search}:
            self.choose_first()
            self._entered(self.table.currentIndex())
        elif event.key() == Qt.Key.Key_Down and within is self.search:
            self.table.setFocus()
            self.choose_first()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _act(self, name: str) -> None:
        if name == "views":
            self._views.open()
        elif name == "filter":
            self.bar.open_panel()
        elif name == "columns":
            choose_columns(self.bar.columns, self.table, self.model)
        elif name == "search":
            self.search.setFocus()
            self.search.selectAll()
        else:
            self._acts.act(name)

    @Slot(int)
    def _edited(self, on: int) -> None:
        """A cell is closed: what waited is shown, and Tab goes on."""
        if self._waits:
            self._waits = False
            self.refresh()
        self.table.setFocus()
        index = self.table.currentIndex()
        if on and index.isValid():
            following = self.table.typed_columns(index.column(), back=on < 0)
            if following:
                self.table.choose(index.row(), following[0])
                self.table.edit_cell()

    @Slot(object)
    def _hear(self, news: object) -> None:
        if _STRUCTURE & getattr(news, "tables", _STRUCTURE):
            self._structure_changed = True
            if self.isVisible():  # the page may have been refreshed by the same news a moment ago
                self.refresh()

    @Slot()
    def _kind_taken(self) -> None:
        part = {"board": self.board, "portfolio": self.portfolio}.get(self.view_kind, self.table)
        self._kinds.setCurrentWidget(part)
        self.setFocusProxy(part)
        self.bar.columns.setVisible(part is self.table)
        self.foot.setVisible(part is self.table)
        self.bar.offer_stages()
        self.refresh()
        self.kind_changed.emit()

    @Slot(object)
    def _list_these(self, chosen: DealFilter) -> None:
        self.show_kind("table")
        self.show_filter(chosen)

    @Slot(tuple)
    def _sort_by(self, sort: tuple[str, ...]) -> None:
        self._sort = sort
        self.table.show_order(sort)
        self.refresh()

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row(current.row()) if current.isValid() else None
        if row is not None:
            self.chosen.emit(row.deal_id)

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self.clicked.emit()

    @Slot(QModelIndex)
    def _entered(self, index: QModelIndex) -> None:
        row = self.model.row(index.row()) if index.isValid() else None
        if row is not None:
            self.opened.emit(row.deal_id)


def _timer(parent: Listing, act: object) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(_PAUSE)
    made.timeout.connect(act)
    return made
