"""The goal against which stages are full or empty: an amount and a day, quietly under the table."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from funnel_desk.domain.own_figures import Goal
from funnel_desk.domain.periods import Period
from funnel_desk.i18n import _
from funnel_desk.operations.own_figures import remove_goal, set_goal
from funnel_desk.ui.period_choices import named_period
from funnel_desk.ui.typed import shown_for_typing, typed_amount
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.day_field import DayField
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label, present, repolish

_WIDTH, _DAY_WIDTH = 120, 150


class GoalForm(QWidget):
    """A goal is of one pipeline, from today (or from when it was first set) until a day."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._goal: Goal | None = None
        self._pipeline_id = ""
        currency = parts.bridge.desk.workspace.currency
        self.amount = QLineEdit()
        self.amount.setObjectName("speed.goal")
        self.amount.setAccessibleName(_("Goal in {currency}", currency=currency))
        self.amount.setPlaceholderText(_("none, {currency}", currency=currency))
        self.amount.setFixedWidth(_WIDTH)
        self.day = DayField(parts.look, parts.bridge.today())
        self.day.setObjectName("speed.goal_day")
        self.day.setAccessibleName(_("Until which day"))
        self.day.setMinimumWidth(_DAY_WIDTH)
        self.day.set_day(named_period("quarter", parts.bridge.today()).last)
        self.keep = QPushButton(_("Set the goal"))
        self.keep.setObjectName("speed.goal_set")
        self.remove = QPushButton(_("Remove it"))
        self.remove.setObjectName("speed.goal_remove")
        self.remove.setProperty("role", "quiet")
        row = FlowLayout(self, 6)
        for part in (
            label(_("To be won"), "dim"),
            self.amount,
            label(_("until"), "dim"),
            self.day,
            self.keep,
            self.remove,
        ):
            row.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.keep.clicked.connect(self._set)
        self.remove.clicked.connect(self._remove)
        self.amount.returnPressed.connect(self._set)
        present(self.remove, shown=False)

    def show_goal(self, goal: Goal | None, pipeline_id: str) -> None:
        """Show the goal of now, if there is one."""
        if (goal, pipeline_id) != (self._goal, self._pipeline_id):
            self._goal, self._pipeline_id = goal, pipeline_id
            self.amount.setText(shown_for_typing(goal.amount, goal.currency) if goal else "")
            if goal is not None:
                self.day.set_day(goal.to_day)
        self.remove.setVisible(goal is not None)

    @Slot()
    def _set(self) -> None:
        bridge, today = self._parts.bridge, self._parts.bridge.today()
        currency = bridge.desk.workspace.currency
        amount = typed_amount(self.amount.text(), currency)
        wrong = amount is None or amount.currency != currency
        self.amount.setProperty("wrong", "true" if wrong else "false")
        repolish(self.amount)
        if amount is None or wrong:
            return
        first = self._goal.from_day if self._goal is not None and self._goal.to_day == self.day.day() else today
        last = self.day.day() or self.day.text()
        if last < first:
            self.day.setFocus()
            self.day.selectAll()
            return
        whose = self._goal.pipeline_id if self._goal is not None and self._goal.from_day == first else self._pipeline_id
        done = bridge.run(set_goal, amount.minor, currency, Period(first, last), whose)
        if done is not None:
            bridge.tell(_("The goal is set."), done)

    @Slot()
    def _remove(self) -> None:
        if self._goal is not None:
            done = self._parts.bridge.run(remove_goal, self._goal.id)
            if done is not None:
                self._parts.bridge.tell(_("The goal is removed."), done)
