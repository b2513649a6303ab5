"""A choice out of a list that takes no more room than what is chosen now; its list is as wide as it needs."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox

_AROUND = 44
"""Border, padding and the arrow of the style sheet, px."""
_WIDEST = 240


class FitCombo(QComboBox):
    """Entries as (key, text) with `fill`; the key of the one chosen is its `currentData`."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self.currentText()) + _AROUND
        return QSize(min(wanted, _WIDEST), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_AROUND, super().sizeHint().height())

    def showPopup(self) -> None:
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        self.view().setMinimumWidth(widest + _AROUND)
        super().showPopup()
