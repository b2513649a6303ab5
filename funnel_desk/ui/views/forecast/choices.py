"""What the forecast is asked for: the period, the goal, the pipeline, and whether to reckon with a crisis."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from funnel_desk.domain.own_figures import Goal
from funnel_desk.domain.periods import PeriodBackwards
from funnel_desk.i18n import _, format_money
from funnel_desk.queries.outlook import Wish
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.period_choices import NAMES, OWN
from funnel_desk.ui.typed import typed_amount
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label, present, repolish
from funnel_desk.ui.widgets.period_field import PeriodField

_FIRST = "quarter"
_PERIODS = {key: NAMES[key] for key in ("month", "quarter", "year", OWN)}
_GOAL_WIDTH, _WIDEST = 132, 280
_KEPT, _ALL = "forecast", "*"


class Choices(QWidget):
    """`changed` when the person asks for something else; `goal_wanted` tells the goal to keep (minor units, or None).

    What is asked for is remembered for each workspace; goals are the file's own.
    """

    changed = Signal()
    goal_wanted = Signal(object)

    def __init__(self, today: str, currency: str, workspace: str, memory: Memory) -> None:
        super().__init__()
        self._currency, self._memory, self._kept = currency, memory, f"{_KEPT}.{workspace}"
        self._goals: tuple[Goal, ...] = ()
        self._goal: int | None = None
        self.period = PeriodField("forecast.period", _PERIODS, today)
        self.goal = QLineEdit()
        self.goal.setObjectName("forecast.goal")
        self.goal.setAccessibleName(_("Goal in {currency}", currency=currency))
        self.goal.setToolTip(_("What you want to win in the period, in {currency}", currency=currency))
        self.goal.setPlaceholderText(_("none, {currency}", currency=currency))
        self.goal.setFixedWidth(_GOAL_WIDTH)
        self.pipeline = QComboBox()
        self.pipeline.setObjectName("forecast.pipeline")
        self.pipeline.setAccessibleName(_("Pipeline"))
        self.pipeline.setToolTip(_("Pipeline"))
        self.pipeline.setMaximumWidth(_WIDEST)
        self.crisis = QCheckBox(_("Reckon with a crisis"))
        self.crisis.setObjectName("forecast.crisis")
        self.crisis.setToolTip(
            _("A crisis hits all deals at once: in one case of five the odds of every deal are halved (M16).")
        )
        row = FlowLayout(self)
        self._goal_place = goal = QWidget()
        beside = QHBoxLayout(goal)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(label(_("goal"), "dim"))
        beside.addWidget(self.goal)
        for part in (self.period, goal, self.pipeline, self.crisis):
            row.addWidget(part)
        present(self.pipeline, shown=False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.period.recall(memory.get(f"{self._kept}.period") or _FIRST)
        self.crisis.setChecked(memory.get(f"{self._kept}.crisis") == "yes")
        self.period.changed.connect(self._take_goal)
        self.pipeline.currentIndexChanged.connect(self._take_goal)
        self.crisis.toggled.connect(self._take)
        self.goal.editingFinished.connect(self._goal_typed)
        self.goal.textEdited.connect(self._unmark)

    def wish(self) -> Wish:
        """What is asked for. Raises PeriodBackwards."""
        return Wish(self.period.period(), str(self.pipeline.currentData() or ""), self._goal, self.crisis.isChecked())

    def offer_pipelines(self, pipelines: Sequence[tuple[str, str]]) -> None:
        """Offer these (id, name), and all of them together; the one chosen, or remembered, stays."""
        chosen = self.pipeline.currentData()
        if chosen is None:
            kept = self._memory.get(f"{self._kept}.pipeline") or (pipelines[0][0] if pipelines else "")
            chosen = "" if kept == _ALL else kept
        entries = [*pipelines, *([("", _("All pipelines"))] if len(pipelines) > 1 else [])]
        self.pipeline.blockSignals(True)
        self.pipeline.clear()
        for key, name in entries:
            self.pipeline.addItem(name, key)
        self.pipeline.setCurrentIndex(max(0, self.pipeline.findData(chosen)))
        self.pipeline.blockSignals(False)
        present(self.pipeline, shown=len(entries) > 1)

    def offer_goals(self, goals: Sequence[Goal]) -> None:
        """The goals that the file keeps: that of the period and pipeline chosen is shown."""
        self._goals = tuple(goals)
        kept = self.goal_fact()
        self._show_goal(kept.amount if kept else None)

    def goal_fact(self) -> Goal | None:
        """The goal that the file keeps for the period and pipeline chosen."""
        try:
            period = self.period.period()
        except PeriodBackwards:
            return None
        pipeline = str(self.pipeline.currentData() or "") or None
        wanted = (period.first, period.last, pipeline, self._currency)
        same = (one for one in self._goals if (one.from_day, one.to_day, one.pipeline_id, one.currency) == wanted)
        return next(same, None)

    def try_goal(self, minor: int | None) -> None:
        """A goal that is kept nowhere."""
        self._show_goal(minor)
        self.changed.emit()

    def suit(self, part: str) -> None:
        """Show what a part of the forecast can be asked for."""
        present(self.period, shown=part != "past")
        present(self._goal_place, shown=part != "past")
        present(self.crisis, shown=part != "plan")

    def keep(self) -> None:
        """Tell the memory what is asked for."""
        for name, text in (
            ("period", self.period.kept()),
            ("pipeline", str(self.pipeline.currentData() or _ALL)),
            ("crisis", "yes" if self.crisis.isChecked() else ""),
        ):
            self._memory.put(f"{self._kept}.{name}", text)

    @Slot()
    def _take(self) -> None:
        self.keep()
        self.changed.emit()

    @Slot()
    def _take_goal(self) -> None:
        """Another period or pipeline has a goal of its own."""
        self.offer_goals(self._goals)
        self._take()

    @Slot()
    def _goal_typed(self) -> None:
        """Read the goal; what is no amount in the workspace's currency, or nothing at all to win, is marked."""
        text = self.goal.text().strip()
        amount = typed_amount(text, self._currency) if text else None
        if text and (amount is None or amount.currency != self._currency or amount.minor <= 0):
            self._mark(wrong=True)
            return
        before = self._goal
        self._show_goal(amount.minor if amount else None)
        if self._goal != before:
            self.goal_wanted.emit(self._goal)

    def _show_goal(self, minor: int | None) -> None:
        self._goal = minor
        self.goal.setText("" if minor is None else format_money(minor, self._currency))
        self._mark(wrong=False)

    @Slot()
    def _unmark(self) -> None:
        self._mark(wrong=False)

    def _mark(self, *, wrong: bool) -> None:
        self.goal.setProperty("wrong", "true" if wrong else "false")
        repolish(self.goal)
