"""Beside who is to be cared for: new deals against long relations, and what is set for those that are chosen."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.customers import Share
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.i18n import _, format_number, format_percent, ngettext
from funnel_desk.operations.care import MOST_DAYS
from funnel_desk.queries.customer_care import CareReport
from funnel_desk.ui.look import Look
from funnel_desk.ui.phrases import money
from funnel_desk.ui.typed import typed_amount
from funnel_desk.ui.views.customers.rows import spent
from funnel_desk.ui.views.customers.share_bar import ShareBar
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.labels import SectionHeading, label, present, repolish

_MARGIN = 16


class CareSide(QWidget):
    """`set_wanted` with the fields that were typed, for the companies that are chosen."""

    set_wanted = Signal(object)

    def __init__(self, look: Look, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self.value, self.time = label("", wrap=True, name="care.value"), label("", wrap=True, name="care.time")
        self._value_bar, self._time_bar = ShareBar(look, _("Value of long relations")), ShareBar(look, _("Their time"))
        self._note = label(_("Long relations are repeat, cross-, up- and replacement sales; twelve months that end "
                             "today."), "note", wrap=True)  # fmt: skip
        self.chosen = label("", "dim", wrap=True, name="care.chosen")
        self.every = _field("care.every", _("Talk every, days"), "30")
        self.potential = _field("care.potential", _("Could buy a year"), "10 000")
        self.set = QPushButton(_("Set for those chosen"))
        self.set.setObjectName("care.set")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(6)
        column.addWidget(SectionHeading(_("Those who are chosen")))
        column.addWidget(self.chosen)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (text, field) in enumerate(
            ((_("Talk every, days"), self.every), (_("Could buy a year"), self.potential))
        ):
            grid.addWidget(label(text, "dim"), row, 0)
            grid.addWidget(field, row, 1)
        column.addLayout(grid)
        column.addWidget(self.set)
        column.addSpacing(18)
        column.addWidget(SectionHeading(_("New deals and long relations")))
        for part in (self.value, self._value_bar, self.time, self._time_bar, self._note):
            column.addWidget(part)
        column.addStretch(1)
        self.set.clicked.connect(self._set)
        self.every.returnPressed.connect(self._set)
        self.potential.returnPressed.connect(self._set)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_report(self, report: CareReport) -> None:
        """Show how much of the value and of the time went to those who bought before."""
        relations, effort = report.relations, report.effort
        if relations.value is None:
            self.value.setText(_("Nothing is won in these twelve months yet."))
        else:
            share, amount = format_percent(relations.value), money(relations.part, report.currency)
            n = _deals(relations)
            self.value.setText(_("{share} of the won value comes from long relations: {amount}, {n}.",
                                 share=share, amount=amount, n=n))  # fmt: skip
        if effort.value is None:
            self.time.setText(_("No minutes are logged, so nobody knows where the time goes."))
        else:
            self.time.setText(_("{share} of the time logged goes there: {time} of {all}.",
                                share=format_percent(effort.value), time=spent(effort.part),
                                all=spent(effort.whole)))  # fmt: skip
        for bar, one, text in ((self._value_bar, relations, self.value), (self._time_bar, effort, self.time)):
            bar.say(min(1.0, max(0.0, one.value or 0.0)), 0.5, text.text())
            present(bar, shown=one.value is not None)

    def show_chosen(self, count: int) -> None:
        """Say for how many companies the fields are meant."""
        none = _("Choose companies in the list; several with Shift and Ctrl.")
        self.chosen.setText(ngettext("{n} company", "{n} companies", count, n=format_number(count)) if count else none)
        self.set.setEnabled(count > 0)

    def clear(self) -> None:
        """Empty the fields, once their values are kept."""
        self.every.clear()
        self.potential.clear()

    @Slot()
    def _set(self) -> None:
        fields: dict[str, Any] = {}
        days, amount = self.every.text().strip(), self.potential.text().strip()
        told = typed_amount(amount, self._currency) if amount else None
        fits = not days or (days.isdecimal() and 0 < int(days) <= MOST_DAYS)
        _mark(self.every, wrong=not fits)
        _mark(self.potential, wrong=bool(amount) and (told is None or told.minor < 0))
        if not fits or (amount and (told is None or told.minor < 0)) or not (days or amount):
            return
        if days:
            fields["touch_every"] = int(days)
        if told is not None:
            fields |= {"potential": told.minor, "potential_currency": told.currency}
        self.set_wanted.emit(fields)


def _deals(share: Share) -> str:
    told = ngettext("{n} won deal", "{n} won deals", share.deals, n=format_number(share.deals))
    return told if share.deals >= TOO_FEW else f"{told}, " + _("too early to say")


def _field(name: str, spoken: str, example: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    made.setPlaceholderText(example)
    return made


def _mark(editor: QWidget, *, wrong: bool) -> None:
    editor.setProperty("wrong", "true" if wrong else "false")
    repolish(editor)
