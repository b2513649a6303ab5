"""What was spent on sources: the costs told so far, and one more in a line."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.own_figures import SourceCost
from funnel_desk.domain.periods import Period
from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, language
from funnel_desk.operations.own_figures import remove_source_cost, set_source_cost
from funnel_desk.ui.models.lines import LinesModel
from funnel_desk.ui.phrases import money
from funnel_desk.ui.typed import typed_amount
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.customers.source_columns import cost_columns
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.labels import SectionHeading, label, present, repolish
from funnel_desk.ui.widgets.lines_table import LinesTable

_MARGIN = 16
_MOST_ROWS = 8
_ISO = Qt.DateFormat.ISODate


class CostForm(QWidget):
    """A line of the table that is chosen fills the fields; Delete or the button removes it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.source = QComboBox()
        self.source.setEditable(True)
        self.source.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.source.setObjectName("costs.source")
        self.source.setAccessibleName(_("Source"))
        self.source.setMinimumContentsLength(8)
        today = parts.bridge.today()
        self.first, self.last = _day("costs.first", _("First day"), today), _day("costs.last", _("Last day"), today)
        self.first.setDate(QDate(self.last.date().year(), self.last.date().month(), 1))
        self.amount = QLineEdit()
        self.amount.setObjectName("costs.amount")
        self.amount.setAccessibleName(_("Amount spent"))
        self.amount.setPlaceholderText(_("400 or 400 USD"))
        self.add, self.remove = QPushButton(_("Note the cost")), QPushButton(_("Remove"))
        self.add.setObjectName("costs.add")
        self.remove.setObjectName("costs.remove")
        self.model: LinesModel[SourceCost] = LinesModel(cost_columns(), lambda cost: cost.id, self)
        self.table = LinesTable(parts.look, _("Costs of sources"), self.model, "costs.table", (), _MOST_ROWS)
        self._none = label(_("Nobody told yet what a source costs. Until then its cost is not known, which is not "
                             "the same as nothing."), "note", wrap=True)  # fmt: skip
        self.apart = label("", "warn", wrap=True, name="costs.apart")
        self._arrange()
        self.add.clicked.connect(self._add)
        self.amount.returnPressed.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.table.chosen.connect(self._chosen)
        self._chosen(None)

    def show_costs(self, costs: Sequence[SourceCost], sources: Sequence[str], apart: Sequence[SourceCost]) -> None:
        """Show the costs told, offer the sources that are known, and name what cannot be counted."""
        self.model.show_lines(costs)
        present(self.table, shown=bool(costs))
        present(self._none, shown=not costs)
        held = self.source.currentText()
        self.source.clear()
        self.source.addItems(sorted({name for name in (*sources, *(cost.source for cost in costs)) if name}))
        self.source.setCurrentText(held)
        codes = sorted({cost.currency for cost in apart})
        self.apart.setText(
            _("Costs in {currencies} are left out: there is no rate of exchange for them.", currencies=", ".join(codes))
        )
        present(self.apart, shown=bool(codes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the cost under the cursor."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._remove()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _add(self) -> None:
        bridge = self._parts.bridge
        told = typed_amount(self.amount.text(), bridge.desk.workspace.currency)
        _mark(self.amount, wrong=told is None)
        if told is None:
            self.amount.setFocus()
            return
        try:
            period = Period(*(field.date().toString(_ISO) for field in (self.first, self.last)))
        except Problem as problem:
            bridge.explain(problem)
            return
        source = self.source.currentText().strip()
        done = bridge.run(set_source_cost, source, period, told.minor, told.currency)
        if done is not None:
            self.amount.clear()
            said = _("Noted: {source} cost {amount}.", source=source, amount=money(told.minor, told.currency))
            bridge.tell(said, done)

    @Slot()
    def _remove(self) -> None:
        cost = self.model.line(self.table.currentIndex().row())
        if cost is not None:
            done = self._parts.bridge.run(remove_source_cost, cost.id)
            self._parts.bridge.tell(_("Removed what {source} cost.", source=cost.source), done)

    @Slot(object)
    def _chosen(self, cost: SourceCost | None) -> None:
        self.remove.setEnabled(cost is not None)
        if cost is not None:
            self.source.setCurrentText(cost.source)
            self.first.setDate(QDate.fromString(cost.from_day, _ISO))
            self.last.setDate(QDate.fromString(cost.to_day, _ISO))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(8)
        column.addWidget(SectionHeading(_("What sources cost")))
        for part in (self._none, self.apart, self.table, self.source):
            column.addWidget(part)
        days = QHBoxLayout()
        for field in (self.first, self.last):
            days.addWidget(field, 1)
        column.addLayout(days)
        column.addWidget(self.amount)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)


def _day(name: str, spoken: str, today: str) -> QDateEdit:
    made = QDateEdit(QDate.fromString(today, _ISO))
    made.setObjectName(name)
    made.setLocale(QLocale("en_GB" if language() == "en" else language()))
    made.setDisplayFormat("d MMM yyyy")
    made.setCalendarPopup(True)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    return made


def _mark(editor: QWidget, *, wrong: bool) -> None:
    editor.setProperty("wrong", "true" if wrong else "false")
    repolish(editor)
