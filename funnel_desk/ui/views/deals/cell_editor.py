"""Changing a cell of the list where it stands: Enter keeps it, Escape leaves it, Tab goes on to the next."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from funnel_desk.domain.problems import Refusal
from funnel_desk.queries.deals import DealRow
from funnel_desk.ui.models.paged import ROW, Column, PagedModel
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.drawing import DealDelegate
from funnel_desk.ui.views.deals.typed_cells import shown
from funnel_desk.ui.widgets.labels import repolish

_Index = QModelIndex | QPersistentModelIndex
Keep = Callable[[DealRow, Column[DealRow], str], bool]
"""Given the deal, the column and the text: whether it was kept. Raises Refusal where it cannot be read."""
Known = Callable[[str], list[str]]
"""Given a column: values that may be meant."""

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAB = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}


class CellEditor(DealDelegate):
    """`left` when a cell is not changed any more: by how many cells to go on (-1, 0, 1)."""

    left = Signal(int)

    def __init__(
        self, parts: Parts, zone: str, table: QTableView, model: PagedModel[DealRow], keep: Keep, known: Known
    ) -> None:
        super().__init__(parts.look, parts.bridge.today(), zone, table, model)
        self._parts, self._keep, self._known = parts, keep, known
        self.editor: QLineEdit | None = None
        self._at: tuple[DealRow, Column[DealRow]] | None = None

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        row, column = index.data(ROW), self._model.columns[index.column()]
        made = QLineEdit(parent)
        made.setObjectName("deals.editor")
        made.setAccessibleName(f"{column.title}: {row.title}")
        made.setProperty("role", "cell")
        made.setText(shown(column.key, row))
        known = self._known(column.key)
        if known:
            made.setCompleter(completer(known, made))
        made.selectAll()
        made.textEdited.connect(lambda: _mark(made, wrong=False))
        self.editor, self._at = made, (row, column)
        return made

    def setEditorData(self, _editor: QWidget, _index: _Index) -> None:
        """The text was set when the editor was made: news from elsewhere must not overwrite what is typed."""

    def setModelData(self, _editor: QWidget, _model: QAbstractItemModel, _index: _Index) -> None:
        """What is typed is kept by an operation, before the editor closes."""

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:
        self.editor = self._at = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what was typed, or stay if it cannot be read."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.editor:
            key = Qt.Key(event.key())
            if key in _ENTER or key in _TAB:
                self._finish({Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(key, 0))
                return True
            if key == Qt.Key.Key_Escape:
                self._close(0)
                return True
        if event.type() == QEvent.Type.FocusOut and watched is self.editor:
            helper = cast("QCompleter | None", self.editor.completer())
            offered = helper.popup() if helper is not None else None
            if offered is None or not offered.isVisible():
                self._finish(0, leaving=True)
            return True
        return super().eventFilter(watched, event)

    def _finish(self, on: int, *, leaving: bool = False) -> None:
        editor, at = self.editor, self._at
        if editor is None or at is None or not editor.isVisible():
            return
        row, column = at
        if editor.text().strip() == shown(column.key, row).strip():
            self._close(on)
            return
        try:
            kept = self._keep(row, column, editor.text())
        except Refusal as why:
            self._parts.bridge.explain(why)
            kept = False
        if kept:
            self._close(on)
        elif not leaving:
            _mark(editor, wrong=True)
            editor.setFocus()
        else:
            _mark(editor, wrong=True)

    def _close(self, on: int) -> None:
        editor, self.editor, self._at = self.editor, None, None
        if editor is not None:
            editor.removeEventFilter(self)
            self.closeEditor.emit(editor, self.EndEditHint.NoHint)
            self.left.emit(on)


def completer(known: list[str], parent: QObject) -> QCompleter:
    """Offers known values that hold what is typed, whatever its case."""
    made = QCompleter(known, parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    return made


def _mark(editor: QLineEdit, *, wrong: bool) -> None:
    told = "true" if wrong else "false"
    if editor.property("wrong") != told:
        editor.setProperty("wrong", told)
        repolish(editor)
