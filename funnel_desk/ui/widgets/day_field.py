"""A field for a day: typed as the person writes days, or taken from the menu of the near ones."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit, QWidget

from funnel_desk.i18n import _, format_day
from funnel_desk.ui.look import Look
from funnel_desk.ui.typed import typed_day
from funnel_desk.ui.widgets.day_menu import DayMenu
from funnel_desk.ui.widgets.labels import repolish


class DayField(QLineEdit):
    """Empty where there is no day. What is no day is marked, and read as none."""

    def __init__(self, look: Look, today: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText(_("No day"))
        action = self.addAction(look.icon("today", "dim"), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip(_("Choose a day"))
        action.triggered.connect(self._open)
        self.textChanged.connect(self._mark)

    def day(self) -> str | None:
        """The day as ISO text; None where there is none."""
        return typed_day(self.text())

    def is_wrong(self) -> bool:
        """Whether something stands here that is no day."""
        return bool(self.text().strip()) and self.day() is None

    def set_day(self, day: str | None) -> None:
        """Show a day, or none."""
        self.setText(format_day(day, "long") if day else "")

    def _open(self) -> None:
        menu = DayMenu(self._today, self.set_day, self)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _mark(self) -> None:
        wrong = "true" if self.is_wrong() else "false"
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            repolish(self)
