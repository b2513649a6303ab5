"""A table of rows: whole rows are chosen, Tab leaves it, one column takes the room that is left."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

ROW_HEIGHT = 28


class RowTable(QTableView):
    """Give it a model; `stretch` is the column that takes what the others leave, `widths` are those of the others."""

    def __init__(
        self, name: str, model: QAbstractItemModel, widths: list[int], stretch: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        if stretch >= 0:
            header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def choose(self, row: int, column: int = 0) -> None:
        """Choose a row and show it; nothing is chosen where there is none."""
        index = self.model().index(min(row, self.model().rowCount() - 1), column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
