"""The list of deals: search, outcome, stage, the table, and what it all adds up to."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
)

from funnel_desk.i18n import N_, _, format_money, format_number, ngettext, translate
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries import deals, pipelines
from funnel_desk.queries.deals import DealFilter, DealRow, DealTotals
from funnel_desk.ui import phrases
from funnel_desk.ui.models.paged import PagedModel
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.board import Board
from funnel_desk.ui.views.deals.columns import DUE, GIVES_WAY, TITLE, DealDelegate, deal_columns
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import frame, label, present
from funnel_desk.ui.widgets.row_table import RowTable
from funnel_desk.ui.widgets.segmented import Segmented

_OUTCOMES = (("open", N_("Open")), ("won", N_("Won")), ("lost", N_("Lost")), ("", N_("All")))
_KINDS = (("table", N_("Table")), ("board", N_("Board")))
_MANY = 20_000  # deals of which a question takes longer than a person may feel
_LEAST_WIDTH = 300
_STRUCTURE = frozenset({"pipeline", "stage"})

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
        self._sort: tuple[str, ...] = ("next_due",)
        self._only: tuple[str, ...] = ()
        self._slow, self._asked, self._stages_changed = False, 0, True
        parts.bridge.touched.connect(self._hear)
        today, zone = parts.bridge.today(), parts.bridge.desk.workspace.time_zone
        self.model: PagedModel[DealRow] = PagedModel(deal_columns(today, zone), self._rows, self)
        self.table = RowTable(parts.look, _("Deals"), self.model, [one.width for one in self.model.columns], TITLE)
        self.table.setObjectName("deals.table")
        self.table.setProperty("role", "list")
        self.table.setItemDelegate(DealDelegate(parts.look, today, zone, self.table))
        self.search = self._make_search()
        self._outcome = Segmented([(key, translate(word)) for key, word in _OUTCOMES], _("Which deals"))
        self._outcome.setObjectName("deals.outcome")
        self._outcome.chosen.connect(self.refresh)
        self._kind = Segmented([(key, translate(word)) for key, word in _KINDS], _("How they are shown"))
        self._kind.setObjectName("deals.kind")
        self._kind.chosen.connect(self._kind_taken)
        self.board = Board(parts)
        self.board.setObjectName("deals.board")
        self.board.chosen.connect(self.chosen)
        self.board.opened.connect(self.opened)
        self._kinds = QStackedWidget()
        self._kinds.addWidget(self.table)
        self._kinds.addWidget(self.board)
        self._pipeline, self._stage = QComboBox(), QComboBox()
        self._pipeline.setObjectName("deals.pipeline")
        self._pipeline.setAccessibleName(_("Pipeline"))
        self._stage.setObjectName("deals.stage")
        self._stage.setAccessibleName(_("Stage"))
        self._pipeline.activated.connect(self._pipeline_taken)
        self._stage.activated.connect(self.refresh)
        self._total = label("", "dim")
        self.count = 0
        self._arrange()
        self._set_up_header()
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.doubleClicked.connect(self._entered)
        self.table.clicked.connect(self.clicked)

    @Slot()
    def refresh(self) -> None:
        """Ask which deals there are; where that takes long, apart from the window."""
        if self._stages_changed:
            self._offer_stages()
        if self.view_kind == "board":
            self.board.show_filter(self.deal_filter())
        bridge, chosen, sort = self._parts.bridge, self.deal_filter(), self._sort
        self._asked += 1
        asked = self._asked

        def ask(_progress: Progress) -> Found:
            keys = bridge.ask(deals.deal_keys, chosen, sort)
            return keys, bridge.ask(deals.deal_totals, chosen)

        if self._slow:
            self._parts.jobs.read("", ask, lambda found: self._show(asked, found))
            return
        found = ask(NO_PROGRESS)
        self._slow = len(found[0]) > _MANY
        self._show(asked, found)

    @property
    def view_kind(self) -> str:
        """How the deals are shown: "table" or "board"."""
        return self._kind.key()

    def show_kind(self, kind: str) -> None:
        """Show them as a table or on a board."""
        self._kind.set_key(kind)
        self._kind_taken()

    def has_any(self) -> bool:
        """Whether there is any deal at all, whatever is searched for now."""
        return self.count > 0 or self._parts.bridge.ask(deals.deal_totals, DealFilter()).count > 0

    def choose_first(self) -> None:
        """Choose the first deal, if there is one and none is chosen."""
        if not self.table.currentIndex().isValid():
            self.table.choose(0)

    def show_filter(self, chosen: DealFilter) -> None:
        """Show the deals that another view has chosen; what stands above the table narrows them further."""
        self.search.clear()
        self._only = chosen.keys
        self._outcome.set_key(chosen.outcomes[0] if len(chosen.outcomes) == 1 else "")
        self._offer_stages()
        self._pipeline.setCurrentIndex(max(0, self._pipeline.findData(chosen.pipeline_id)))
        self._offer_stages()
        self._stage.setCurrentIndex(max(0, self._stage.findData(chosen.stage_id)))
        self.refresh()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least in GIVES_WAY:
            self.table.setColumnHidden(column, event.size().width() < least)

    def _rows(self, keys: Sequence[int]) -> dict[int, DealRow]:
        return {row.row_key: row for row in self._parts.bridge.ask(deals.deal_rows, keys)}

    def deal_filter(self) -> DealFilter:
        """The filter of the deals that are listed."""
        outcome = self._outcome.key()
        return DealFilter(
            text=self.search.text(),
            pipeline_id=self._pipeline.currentData(),
            stage_id=self._stage.currentData(),
            outcomes=(outcome,) if outcome else (),
            keys=self._only,
        )

    def _show(self, asked: int, found: Found) -> None:
        if asked != self._asked:  # the person has asked for something else since
            return
        keys, totals = found
        held = self.model.key(self.table.currentIndex())
        if self.model.show_keys(keys) and held is not None:
            place = self.model.place_of(held)
            if place >= 0:
                self.table.choose(place)
        self.count = totals.count
        said = [ngettext("{count} deal", "{count} deals", totals.count, count=format_number(totals.count))]
        for total in totals.totals:
            whole, weighted = format_money(total.value, total.currency), format_money(total.weighted, total.currency)
            open_only = self._outcome.key() == "open"
            said.append(_("{whole}, weighted {weighted}", whole=whole, weighted=weighted) if open_only else whole)
        self._total.setText("  ·  ".join(said))
        present(self._everything, shown=bool(self._only))
        self.counted.emit()

    def _offer_stages(self) -> None:
        """The pipelines, and the stages of the one that is chosen; what was chosen stays."""
        self._stages_changed = False
        found = self._parts.bridge.ask(pipelines.pipelines)
        _offer(self._pipeline, _("All pipelines"), [(phrases.of(one.pipeline.name), one.pipeline.id) for one in found])
        present(self._pipeline, shown=len(found) > 1)
        chosen = self._pipeline.currentData() if len(found) > 1 else found[0].pipeline.id if found else None
        stages = next((one.stages for one in found if one.pipeline.id == chosen), ())
        _offer(self._stage, _("All stages"), [(phrases.of(row.stage.name), row.stage.id) for row in stages])
        present(self._stage, shown=bool(stages))

    @Slot(object)
    def _hear(self, news: object) -> None:
        self._stages_changed |= bool(_STRUCTURE & getattr(news, "tables", _STRUCTURE))

    @Slot()
    def _pipeline_taken(self) -> None:
        self._stages_changed = True
        self._stage.setCurrentIndex(0)
        self.refresh()

    @Slot()
    def _kind_taken(self) -> None:
        part = self.board if self.view_kind == "board" else self.table
        self._kinds.setCurrentWidget(part)
        self.setFocusProxy(part)
        self.refresh()
        self.kind_changed.emit()

    @Slot()
    def _show_everything(self) -> None:
        self._only = ()
        self.refresh()

    @Slot(str, bool)
    def _sort_by(self, name: str, descending: bool) -> None:
        self._sort = (f"-{name}" if descending else name,)
        self.refresh()

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row(current.row()) if current.isValid() else None
        if row is not None:
            self.chosen.emit(row.deal_id)

    @Slot(QModelIndex)
    def _entered(self, index: QModelIndex) -> None:
        row = self.model.row(index.row()) if index.isValid() else None
        if row is not None:
            self.opened.emit(row.deal_id)

    def _make_search(self) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName("deals.search")
        made.setAccessibleName(_("Find a deal"))
        made.setPlaceholderText(_("Deal, company or person"))
        made.setProperty("role", "search")
        made.setClearButtonEnabled(True)
        for clear in made.findChildren(QAction):
            clear.setIcon(self._parts.look.icon("close", "dim"))
        made.setMinimumWidth(200)
        made.addAction(self._parts.look.icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        made.textChanged.connect(self.refresh)
        return made

    def _arrange(self) -> None:
        self._everything = QPushButton(_("Show all deals"))
        self._everything.setProperty("role", "link")
        self._everything.clicked.connect(self._show_everything)
        self._everything.hide()
        filters = FlowLayout(spacing=8)
        for part in (self._kind, self.search, self._outcome, self._pipeline, self._stage, self._everything):
            filters.addWidget(part)
        top = frame("plain")
        above = QVBoxLayout(top)
        above.setContentsMargins(16, 12, 16, 8)
        above.addLayout(filters)
        foot = frame("foot")
        below = QHBoxLayout(foot)
        below.setContentsMargins(16, 6, 16, 6)
        below.addWidget(self._total)
        self._total.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._kinds, 1)
        column.addWidget(foot)
        self.setFocusProxy(self.table)

    def _set_up_header(self) -> None:
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(DUE, Qt.SortOrder.AscendingOrder)
        self.model.sort_wanted.connect(self._sort_by)
        self.table.setSortingEnabled(True)


def _offer(box: QComboBox, first: str, choices: Sequence[tuple[str, str]]) -> None:
    """Fill a box unless it offers the same already; what was taken stays taken if it is still there."""
    wanted = [(first, None), *choices]
    if [(box.itemText(place), box.itemData(place)) for place in range(box.count())] == wanted:
        return
    taken = box.currentData()
    box.clear()
    for text, data in wanted:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(taken)))
