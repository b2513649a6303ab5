"""Beside the customers: how much comes again, what each grade brings, and where the grades end."""

from collections import Counter

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.customers import REPEAT_BENCHMARK, Limits, Share
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.i18n import _, format_number, format_percent, ngettext
from funnel_desk.ui.look import Look
from funnel_desk.ui.phrases import money
from funnel_desk.ui.views.customers.rows import Found
from funnel_desk.ui.views.customers.share_bar import ShareBar
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.figure_list import FigureList
from funnel_desk.ui.widgets.labels import SectionHeading, label, present

_MARGIN, _BETWEEN = 16, 24
_LEAST, _MOST = 1, 99


class SidePanel(QWidget):
    """`limits_changed` when the person lets A or B end elsewhere."""

    limits_changed = Signal()

    def __init__(self, look: Look, limits: Limits) -> None:
        super().__init__()
        self._again = label("", wrap=True, name="customers.repeat")
        self._again_note = label("", "note", wrap=True)
        self._bar = ShareBar(look, _("Repeat share"))
        self.grades = FigureList()
        self._grades_note = label("", "note", wrap=True)
        self._limits = limits
        self.a = _limit("customers.limit_a", _("A ends at, in percent of the won value"), limits.a)
        self.b = _limit("customers.limit_b", _("B ends at, in percent of the won value"), limits.b)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(4)
        for part in (SectionHeading(_("Who comes again")), self._again, self._bar, self._again_note):
            column.addWidget(part)
        column.addSpacing(_BETWEEN)
        column.addWidget(SectionHeading(_("A, B and C")))
        column.addWidget(self.grades)
        column.addWidget(self._grades_note)
        ends = QHBoxLayout()
        ends.setContentsMargins(0, 8, 0, 0)
        ends.setSpacing(8)
        for text, field in ((_("A under, %"), self.a), (_("B under, %"), self.b)):
            ends.addWidget(label(text, "dim"))
            ends.addWidget(field)
        ends.addStretch(1)
        column.addLayout(ends)
        column.addStretch(1)
        self.a.editingFinished.connect(self._changed)
        self.b.editingFinished.connect(self._changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def limits(self) -> Limits:
        """Where the grades end. Raises LimitsOutOfOrder."""
        return Limits(int(self.a.text()), int(self.b.text()))

    def show_found(self, found: Found) -> None:
        """Show the shares of a report."""
        self._limits = found.report.limits
        repeat, currency = found.report.repeat, found.report.currency
        self._again.setText(repeat_sentence(repeat))
        note = _(
            "M22. {part} of {whole}, {deals}. Repeat, cross-, up- and replacement sales count; "
            "the benchmark is up to {mark}.",
            part=money(repeat.part, currency),
            whole=money(repeat.whole, currency),
            deals=ngettext("{n} won deal", "{n} won deals", repeat.deals, n=format_number(repeat.deals)),
            mark=format_percent(float(REPEAT_BENCHMARK)),
        )
        self._again_note.setText(note)
        self._bar.say(min(1.0, max(0.0, repeat.value or 0.0)), float(REPEAT_BENCHMARK), repeat_sentence(repeat))
        present(self._bar, shown=repeat.value is not None)
        present(self._again_note, shown=repeat.value is not None)
        self._show_grades(found)

    def _show_grades(self, found: Found) -> None:
        counts = Counter(line.row.customer.grade for line in found.lines)
        shares: Counter[str] = Counter()
        for line in found.lines:
            shares[line.row.customer.grade] += max(0, line.row.customer.won)
        whole = shares.total()
        lines = []
        for grade in ("A", "B", "C"):
            said = ngettext("{n} customer", "{n} customers", counts[grade], n=format_number(counts[grade]))
            brought = money(shares[grade], found.report.currency)
            share = format_percent(shares[grade] / whole) if whole else ""
            lines.append((f"{grade} · {said}", " · ".join(part for part in (brought, share) if part)))
        self.grades.show_lines(lines)
        buyers = sum(line.row.customer.orders > 0 for line in found.lines)
        note = _("M20. By won value of twelve months, n = {n} buyers.", n=format_number(buyers))
        if 0 < buyers < TOO_FEW:
            note += " " + _("So few say little.")
        self._grades_note.setText(note.replace(" = ", "\u00a0=\u00a0"))

    @Slot()
    def _changed(self) -> None:
        told = (self.a.text(), self.b.text())
        if told != (str(self._limits.a), str(self._limits.b)):
            self.limits_changed.emit()


def repeat_sentence(repeat: Share) -> str:
    """How much of the won value comes from those who bought before."""
    if repeat.value is None:
        return _("Nothing is won in these twelve months yet, so nobody could come again.")
    share = format_percent(repeat.value)
    said = _("{share} of what is won comes from those who bought before.", share=share)
    if repeat.deals < TOO_FEW:
        return f"{said} " + _("Too early to say: n = {n}.", n=format_number(repeat.deals)).replace(
            " = ", "\u00a0=\u00a0"
        )
    return said


def _limit(name: str, spoken: str, value: int) -> QLineEdit:
    made = QLineEdit(str(value))
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    made.setValidator(QIntValidator(_LEAST, _MOST, made))
    made.setFixedWidth(44)
    return made
