"""A list as high as its rows, whatever its width: it scrolls with the page it lies on, not by itself."""

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy

from funnel_desk.ui.look import Look

_LEAST_WIDTH = 120
_ANY_WIDTH = 100_000


class FittedList(QListView):
    """Says how high a row is in `row_height`; layouts ask for the height that a width needs before they give it."""

    def __init__(self, look: Look, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}
        self.setModel(model)
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        model.modelReset.connect(self._fit_again)
        model.dataChanged.connect(self._fit_again)
        look.changed.connect(self.viewport().update)

    def row_height(self, row: int, width: int) -> int:
        """How high a row is at a width, px."""
        raise NotImplementedError

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        known = self._heights.get(width)
        if known is None:
            rows = range(self.model().rowCount())
            known = self._heights[width] = max(1, sum(self.row_height(row, width) for row in rows))
        return known

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(_ANY_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, self.heightForWidth(_ANY_WIDTH))

    def _fit_again(self) -> None:
        self._heights.clear()
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
