"""Rates of exchange, as the person gives them: from a day on a unit of a currency is worth so much of the main one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.own_figures import Rate
from funnel_desk.i18n import _, format_day
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.day_field import DayField
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present

_CODE_WIDTH, _RATE_WIDTH, _DAY_WIDTH = 64, 88, 172
_EXAMPLE = "USD"


class RatesEditor(QWidget):
    """Hidden where there is but one currency. `set_wanted`: currency, day, worth; `remove_wanted`: a rate's id."""

    set_wanted = Signal(str, str, str)
    remove_wanted = Signal(str)

    def __init__(self, look: Look, today: str, currency: str) -> None:
        super().__init__()
        self._currency, self._today = currency, today
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.code, self.worth = QLineEdit(), QLineEdit()
        self.day = DayField(look, today)
        self.day.set_day(today)
        self.add = QPushButton(_("Set the rate"))
        for part, name, said, width in (
            (self.code, "forecast.rate.currency", _("Currency, such as USD"), _CODE_WIDTH),
            (self.worth, "forecast.rate.worth", _("What one of it is worth in {currency}", currency=currency),
             _RATE_WIDTH),
            (self.day, "forecast.rate.day", _("From which day on"), _DAY_WIDTH),
        ):  # fmt: skip
            part.setObjectName(name)
            part.setAccessibleName(said)
            part.setToolTip(said)
            part.setMinimumWidth(width)
            part.setMaximumWidth(width)
        self.code.setPlaceholderText(_EXAMPLE)
        self.worth.setPlaceholderText("0.92")
        self.add.setObjectName("forecast.rate.set")
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        form = QWidget()
        row = FlowLayout(form)
        for one in (label("1", "dim"), self.code, label("=", "dim"), self.worth, label(currency, "dim"),
                    label(_("from"), "dim"), self.day, self.add):  # fmt: skip
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(SectionHeading(_("Currencies")))
        column.addLayout(self._lines)
        column.addWidget(form)
        self.add.clicked.connect(self._want)
        self.worth.returnPressed.connect(self._want)

    def show_rates(self, foreign: Sequence[str], rates: Sequence[Rate]) -> None:
        """Show the rates, and which further currencies of the file have none."""
        discard_all(self._lines)
        known = {one.currency for one in rates}
        missing = [code for code in foreign if code not in known]
        for rate in rates:
            self._lines.addWidget(self._line(rate))
        if missing:
            told = _("{currencies}: without a rate its amounts stand apart and are never added.",
                     currencies=", ".join(missing))  # fmt: skip
            self._lines.addWidget(label(told, "note", wrap=True, name="forecast.rate.missing"))
        if missing and not self.code.text():
            self.code.setText(missing[0])
        present(self, shown=bool(foreign or rates))

    def _line(self, rate: Rate) -> QWidget:
        made, row = QWidget(), QHBoxLayout()
        made.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        said = _("1 {code} = {worth} {currency}, your rate from {day} on", code=rate.currency, worth=rate.worth,
                 currency=self._currency, day=format_day(rate.on_day, "long"))  # fmt: skip
        row.addWidget(label(said, wrap=True, name="forecast.rate"), 1)
        button = QPushButton(_("Remove"))
        button.setObjectName("forecast.rate.remove")
        button.setProperty("role", "link")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(f"{button.text()}: {said}")
        button.clicked.connect(lambda _checked=False: self.remove_wanted.emit(rate.id))
        row.addWidget(button)
        return made

    @Slot()
    def _want(self) -> None:
        """What is wrong with it the act itself says."""
        day = self.day.text() if self.day.is_wrong() else self.day.day() or self._today
        self.set_wanted.emit(self.code.text(), day, self.worth.text())
