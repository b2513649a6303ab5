"""The table of deals: many rows may be chosen, columns chosen and moved, and each act has its key."""

import json
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from funnel_desk.i18n import _
from funnel_desk.queries.deals import DealRow
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.paged import Column
from funnel_desk.ui.views.deals.columns import GIVES_WAY, USUAL
from funnel_desk.ui.views.deals.model import DealsModel
from funnel_desk.ui.widgets.row_table import RowTable

ACTS = {
    Qt.Key.Key_M: "move", Qt.Key.Key_L: "lose", Qt.Key.Key_E: "edit", Qt.Key.Key_P: "plan", Qt.Key.Key_T: "tag",
    Qt.Key.Key_Delete: "delete", Qt.Key.Key_V: "views", Qt.Key.Key_F: "filter", Qt.Key.Key_C: "columns",
    Qt.Key.Key_Slash: "search", Qt.Key.Key_S: "sort",
}  # fmt: skip
_SAME_PLACE = dict(zip("ьдузеимасы.", "mleptbvfcs/", strict=True))  # where a Russian keyboard has these letters
_LEAST_TITLE = 160
_MOST_RANGES = 2_000
_SORTS_KEPT = 3


class DealTable(RowTable):
    """`wanted` names an act of `ACTS`; `sort_asked` the new order; `arranged` when columns were moved or resized."""

    wanted = Signal(str)
    sort_asked = Signal(tuple)
    arranged = Signal()

    def __init__(self, look: Look, model: DealsModel) -> None:
        super().__init__(look, _("Deals"), model, [one.width for one in model.columns], -1)
        self._model = model
        self._chosen: tuple[str, ...] = USUAL
        self._widths: dict[str, int] = {}
        self._sort: tuple[str, ...] = ()
        self._placing = False
        self.setObjectName("deals.table")
        self.setProperty("role", "list")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        # The header asks of every row whether it is chosen: over a hundred thousand rows that takes seconds.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda _place: self.wanted.emit("columns"))
        header.sectionClicked.connect(self._header_clicked)
        header.sectionMoved.connect(self._moved)
        header.sectionResized.connect(self._resized)

    # --- columns -----------------------------------------------------------------------------------------------------

    @property
    def chosen_columns(self) -> tuple[str, ...]:
        """The keys of the columns that are shown, in their order."""
        return self._chosen

    def show_columns(self, columns: Sequence[Column[DealRow]], chosen: Sequence[str]) -> None:
        """Have these columns, and show those chosen of them in this order; none: the usual ones."""
        self._model.show_columns(columns)
        known = [one.key for one in self._model.columns]
        self._chosen = tuple(key for key in dict.fromkeys(chosen) if key in known) or USUAL
        header = self.horizontalHeader()
        self._placing = True
        order = [*self._chosen, *(key for key in known if key not in self._chosen)]
        for place, key in enumerate(order):
            here = header.visualIndex(known.index(key))
            if here != place:
                header.moveSection(here, place)
        for place, one in enumerate(self._model.columns):
            width = self._widths.get(one.key, 0) or max(one.width, header.sectionSizeHint(place))
            if one.key in self._chosen and one.key != "title" and self.columnWidth(place) != width:
                self.setColumnWidth(place, width)
        self._placing = False
        self._fit()

    def widths(self) -> str:
        """The widths that the person gave to columns, as text to be remembered."""
        return json.dumps(self._widths)

    def restore_widths(self, told: str) -> None:
        """Give columns the widths that were remembered."""
        try:
            found = json.loads(told or "{}")
        except ValueError:
            return
        self._widths = {key: width for key, width in found.items() if isinstance(width, int)}

    def move_column(self, by: int) -> None:
        """Move the column under the cursor by so many places."""
        key = self._key(self.currentIndex().column()) if self.currentIndex().isValid() else ""
        if key in self._chosen:
            order = [one for one in self._chosen if one != key]
            order.insert(max(0, min(len(order), self._chosen.index(key) + by)), key)
            self.show_columns(self._model.columns, order)
            self.arranged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide what is not shown; of the usual columns also what finds no room. The title takes what is left."""
        width = self.width()
        hidden = {key for key, least in GIVES_WAY if width < least} if self._chosen == USUAL else set()
        rest = self.viewport().width()
        for place, one in enumerate(self._model.columns):
            gone = one.key not in self._chosen or one.key in hidden
            if gone != self.isColumnHidden(place):
                self.setColumnHidden(place, gone)
            rest -= 0 if gone or one.key == "title" else self.columnWidth(place)
        title = self._model.place_of_column("title")
        if title >= 0 and not self.isColumnHidden(title):
            self._placing = True
            self.setColumnWidth(title, max(rest, self._widths.get("title", _LEAST_TITLE)))
            self._placing = False

    def _key(self, column: int) -> str:
        return self._model.columns[column].key

    def _moved(self, *_places: int) -> None:
        if self._placing:
            return
        header = self.horizontalHeader()
        ordered = sorted(self._chosen, key=lambda key: header.visualIndex(self._model.place_of_column(key)))
        self._chosen = tuple(ordered)
        self.arranged.emit()

    def _resized(self, column: int, before: int, after: int) -> None:
        if self._placing or not before or not after or not self.isVisible():
            return
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            return  # the program gave it room, not the person
        self._widths[self._key(column)] = after
        self._fit()
        self.arranged.emit()

    # --- order -------------------------------------------------------------------------------------------------------

    def show_order(self, sort: Sequence[str]) -> None:
        """Tell by what the rows are sorted."""
        self._sort = tuple(sort)
        self._model.show_order(sort)
        header = self.horizontalHeader()
        first = sort[0] if sort else ""
        place = next(
            (place for place, one in enumerate(self._model.columns) if one.sort == first.removeprefix("-")), -1
        )
        order = Qt.SortOrder.DescendingOrder if first.startswith("-") else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(place, order)

    def sort_by(self, column: int, *, further: bool = False) -> None:
        """Sort by a column, or turn its order round; `further` adds it to those that count more."""
        name = self._model.columns[column].sort
        if not name:
            self.show_order(self._sort)
            return
        known = {one.removeprefix("-"): one for one in self._sort}
        turned = name if known.get(name, f"-{name}").startswith("-") else f"-{name}"
        if not further:
            first = self._sort[0].removeprefix("-") if self._sort else ""
            self.sort_asked.emit((turned if first == name else name,))
        elif name in known:
            self.sort_asked.emit(tuple(turned if one == known[name] else one for one in self._sort))
        else:
            self.sort_asked.emit((*self._sort[: _SORTS_KEPT - 1], name))

    def _header_clicked(self, column: int) -> None:
        shift = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.sort_by(column, further=shift)

    # --- what is chosen ----------------------------------------------------------------------------------------------

    def chosen_keys(self) -> list[int]:
        """The keys of the rows that are chosen, from the top."""
        ranges = sorted({(one.top(), one.bottom()) for one in self.selectionModel().selection().toList()})
        return [key for first, last in ranges for key in self._model.keys_between(first, last)]

    def choose_keys(self, keys: Sequence[int]) -> None:
        """Choose these rows, as far as they are shown, without moving the cursor."""
        wanted = set(keys)
        if len(wanted) < 2:  # noqa: PLR2004 - one row is chosen by the cursor
            return
        selection, last = QItemSelection(), len(self._model.columns) - 1
        for count, (first, over) in enumerate(self._runs(wanted)):
            if count > _MOST_RANGES:
                return
            selection.select(self._model.index(first, 0), self._model.index(over - 1, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _runs(self, wanted: set[int]) -> Iterator[tuple[int, int]]:
        begin = -1
        count = self._model.rowCount()
        for place, key in enumerate(self._model.keys_between(0, count)):
            if key in wanted:
                begin = place if begin < 0 else begin
            elif begin >= 0:
                yield begin, place
                begin = -1
        if begin >= 0:
            yield begin, count

    # --- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An act by its letter; F2 changes a cell; Ctrl+Shift and an arrow moves the column."""
        key, held = _key_of(event), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        column = self.currentIndex().column()
        if held == both and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.move_column(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_F2:
            self.edit_cell()
        elif key == Qt.Key.Key_S and held in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}:
            self.sort_by(max(column, 0), further=bool(held))
        elif held == Qt.KeyboardModifier.NoModifier and key in ACTS:
            self.wanted.emit(ACTS[key])
        elif held == Qt.KeyboardModifier.NoModifier and event.text().isprintable() and event.text().strip():
            event.ignore()  # letters are no search here
        else:
            super().keyPressEvent(event)

    def edit_cell(self) -> bool:
        """Change the cell under the cursor, or the next one in its row that can be changed."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        for column in [index.column(), *self.typed_columns(index.column())]:
            place = self._model.index(index.row(), column)
            if self._model.flags(place) & Qt.ItemFlag.ItemIsEditable and not self.isColumnHidden(column):
                self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.scrollTo(place)
                self.edit(place)
                return True
        return False

    def typed_columns(self, after: int, *, back: bool = False) -> list[int]:
        """The columns that can be changed, in the order they are seen, beginning after (or before) this one."""
        header = self.horizontalHeader()
        seen = [header.logicalIndex(place) for place in range(header.count())]
        shown = [column for column in seen if not self.isColumnHidden(column)]
        here = shown.index(after) if after in shown else -1
        around = [*shown[here + 1 :], *shown[: here + 1]] if not back else [*shown[:here][::-1], *shown[here:][::-1]]
        return [one for one in around if self._model.flags(self._model.index(0, one)) & Qt.ItemFlag.ItemIsEditable]

    def below_header(self) -> QPoint:
        """Where a popup about the columns opens, on the screen."""
        header: QHeaderView = self.horizontalHeader()
        return header.mapToGlobal(QPoint(0, header.height()))


def _key_of(event: QKeyEvent) -> Qt.Key:
    """The key of an event, as a Latin keyboard names it."""
    latin = _SAME_PLACE.get(event.text().casefold(), "")
    if latin == "/":
        return Qt.Key.Key_Slash
    return Qt.Key(ord(latin.upper())) if latin else Qt.Key(event.key())
