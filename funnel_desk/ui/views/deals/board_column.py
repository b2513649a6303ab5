"""A column of the board: the stage, what stands there in figures, and its cards."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout

from funnel_desk.domain.pipeline import Stage
from funnel_desk.i18n import _, format_money, format_number, ngettext
from funnel_desk.queries.board import BoardColumn
from funnel_desk.queries.deals import DealTotals
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.views.deals.board_card import CARD_HEIGHT, CardDelegate
from funnel_desk.ui.views.deals.board_model import CardsModel
from funnel_desk.ui.widgets.labels import Elided, label, present, repolish

Keys = Callable[[QKeyEvent], bool]
"""What is done with a key; False if nothing is."""

QWIDGETSIZE_MAX = 16_777_215  # what Qt calls so and does not give to Python
MIME = "application/x-funnel-desk-deal"
LEAST_WIDTH = 184
PLACE_WIDTH = 116
"""Of a column that is only a place to move to, px."""
_MOST_CURRENCIES = 3


class StageColumn(QFrame):
    """Its cards are `cards`; `dropped` tells the id of a deal that was dropped here."""

    dropped = Signal(str)

    def __init__(self, look: Look, stage: Stage, model: CardsModel, keys: Keys, delegate_of: tuple[str, str]) -> None:
        """``keys`` does what keys do on the board; ``delegate_of`` is the day that it is and the time zone."""
        super().__init__()
        self.stage = stage
        self.setProperty("role", "column")
        self.setMinimumWidth(LEAST_WIDTH)
        name = phrases.of(stage.name)
        self._name, self._count = Elided(name, "name"), label("", "faint")
        self._sums = label("", "note", wrap=True, name=f"board.{stage.key}.sums")
        self._place = label("", "note", wrap=True)
        self.cards = CardsView(look, name, model, keys, delegate_of)
        self.cards.setObjectName(f"board.{stage.key}")
        self.cards.dropped.connect(self.dropped)
        self.cards.aimed.connect(self._aimed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addWidget(self._count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._sums)
        column.addWidget(self._place)
        column.addSpacing(4)
        column.addWidget(self.cards, 1)

    def show_column(self, found: BoardColumn, *, with_won: bool) -> None:
        """Show how many stand here and what they add up to."""
        only_place = found.stage.side == "won" and not with_won
        self._count.setText("" if only_place else format_number(found.totals.count))
        self._sums.setText(sums(found.totals, weighted=found.stage.side == "before"))
        self._place.setText(_("Move a deal here to win it."))
        present(self._place, shown=only_place)
        self.setMinimumWidth(PLACE_WIDTH if only_place else LEAST_WIDTH)
        self.setMaximumWidth(PLACE_WIDTH if only_place else QWIDGETSIZE_MAX)
        spoken = ngettext("{n} deal", "{n} deals", found.totals.count, n=format_number(found.totals.count))
        self.cards.setAccessibleDescription(f"{spoken}, {self._sums.text()}")

    def _aimed(self, over: bool) -> None:
        self.setProperty("aimed", "true" if over else "false")
        repolish(self)


class CardsView(QTableView):
    """The cards of a stage. A card that is dragged carries its deal's id; `aimed` tells whether one is over here."""

    dropped = Signal(str)
    aimed = Signal(bool)
    entered_view = Signal()

    def __init__(self, look: Look, name: str, model: CardsModel, keys: Keys, delegate_of: tuple[str, str]) -> None:
        super().__init__()
        self._keys = keys
        self.cards = model
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.delegate = CardDelegate(look, *delegate_of, self)
        self.setItemDelegate(self.delegate)
        look.changed.connect(self.viewport().update)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(CARD_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(CARD_HEIGHT)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)

    def deal_id(self) -> str:
        """The id of the deal under the cursor; empty if there is none."""
        row = self.cards.row(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return row.deal_id if row else ""

    def choose(self, place: int) -> None:
        """Put the cursor on a card and show it."""
        index = self.cards.index(place, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def leave(self) -> None:
        """No card here is chosen."""
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered_view.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down stay in the column; the board is asked about all else."""
        up_and_down = {
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        }
        if event.key() in up_and_down and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif not self._keys(event):
            event.ignore()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        deal_id = self.deal_id()
        if not deal_id:
            return
        told = QMimeData()
        told.setData(MIME, deal_id.encode())
        drag = QDrag(self)
        drag.setMimeData(told)
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.aimed.emit(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.aimed.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.aimed.emit(False)
            self.dropped.emit(bytes(event.mimeData().data(MIME).data()).decode())


def sums(totals: DealTotals, *, weighted: bool) -> str:
    """What deals add up to, currency by currency: never added."""
    lines = []
    for total in totals.totals[:_MOST_CURRENCIES]:
        whole, less = format_money(total.value, total.currency), format_money(total.weighted, total.currency)
        lines += [whole, _("weighted {amount}", amount=less)] if weighted else [whole]
    if len(totals.totals) > _MOST_CURRENCIES:
        rest = len(totals.totals) - _MOST_CURRENCIES
        lines.append(ngettext("and {n} currency more", "and {n} currencies more", rest))
    return "\n".join(lines)
