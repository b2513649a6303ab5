"""What if the plan's figures were others: three sliders, and what they would change."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSlider, QVBoxLayout, QWidget

from funnel_desk.domain.plan_what_if import Changes, what_if
from funnel_desk.i18n import _
from funnel_desk.queries.plan import PlanReport
from funnel_desk.ui.phrases import of
from funnel_desk.ui.views.forecast import plan_words
from funnel_desk.ui.widgets.labels import label

_POINTS, _PERCENT, _SLIDER = 30, 50, 24


class WhatIf(QWidget):
    """Nothing here is written down. `changed` when a slider was moved."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[PlanReport, float | None, str] | None = None
        self.stage = QComboBox()
        self.stage.setObjectName("plan.what_if.stage")
        self.stage.setAccessibleName(_("At which stage"))
        self.stage.setToolTip(self.stage.accessibleName())
        self.stage.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.points = _slider("points", _("How many more of a hundred go on"), _POINTS)
        self.average = _slider("average", _("How much larger the average sale is, per cent"), _PERCENT)
        self.time = _slider("time", _("How much longer a win takes, per cent"), _PERCENT)
        self._says = [label("", "note", wrap=True) for _nth in range(3)]
        self.result = label("", wrap=True, name="plan.what_if.result")
        self.back = QPushButton(_("As it is"))
        self.back.setObjectName("plan.what_if.back")
        self.back.setProperty("role", "link")
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.setToolTip(_("All sliders to the middle"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.stage)
        for slider, said in zip(self._sliders(), self._says, strict=True):
            column.addWidget(slider)
            column.addWidget(said)
        column.addWidget(self.result)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        column.addLayout(foot)
        self.stage.currentIndexChanged.connect(self._say)
        for slider in self._sliders():
            slider.valueChanged.connect(self._say)
        self.back.clicked.connect(self.reset)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def changes(self) -> Changes:
        """What the sliders say."""
        place = max(0, self.stage.currentIndex())
        return Changes(place, self.points.value(), self.average.value(), self.time.value())

    def show_plan(self, report: PlanReport, days_to_win: float | None, today: str) -> None:
        """Speak of another plan; the sliders stay."""
        names = [of(stage.name) for stage in report.stages]
        if names != [self.stage.itemText(nth) for nth in range(self.stage.count())]:
            chosen = self.stage.currentIndex()
            self.stage.blockSignals(True)
            self.stage.clear()
            self.stage.addItems(names)
            self.stage.setCurrentIndex(min(max(0, chosen), len(names) - 1))
            self.stage.blockSignals(False)
        self._told = (report, days_to_win, today)
        self._say()

    @Slot()
    def reset(self) -> None:
        """All as it is."""
        for slider in self._sliders():
            slider.setValue(0)

    def _sliders(self) -> tuple[QSlider, QSlider, QSlider]:
        return self.points, self.average, self.time

    @Slot()
    def _say(self) -> None:
        changes = self.changes()
        for said, slider, words in zip(self._says, self._sliders(), plan_words.changed_words(changes), strict=True):
            _put(said, words)
            slider.setAccessibleDescription(words)
        if self._told is None:
            return
        report, days, today = self._told
        then = what_if(report.plan, changes, days_to_win=days, today=today, last=report.period.last)
        _put(self.result, "\n".join(plan_words.then_sentences(report.plan, then, report.currency)))
        self.changed.emit()


def _put(where: QLabel, words: str) -> None:
    if where.text() != words:
        where.setText(words)


def _slider(key: str, name: str, most: int) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setObjectName(f"plan.what_if.{key}")
    made.setRange(-most, most)
    made.setPageStep(5)
    made.setMinimumHeight(_SLIDER)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
