"""Are the probabilities right? Each stage beside its history, and a button where the difference is beyond doubt."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.calibration import StageCheck
from funnel_desk.domain.pipeline import Stage
from funnel_desk.i18n import _
from funnel_desk.ui.phrases import chance, of
from funnel_desk.ui.views.forecast.words import adopted, check_details, check_sentence
from funnel_desk.ui.widgets.labels import Elided, discard_all, frame, label


class Checks(QWidget):
    """`adopt_wanted` tells a stage's id and the probability to give it, in basis points."""

    adopt_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Stage, StageCheck], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_checks(self, checks: Sequence[tuple[Stage, StageCheck]]) -> None:
        """Show each stage with its check."""
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        discard_all(self._column)
        for stage, check in checks:
            self._column.addWidget(self._line(stage, check))
        self.updateGeometry()

    def _line(self, stage: Stage, check: StageCheck) -> QWidget:
        name, said = Elided(of(stage.name)), label(check_sentence(check), "note", wrap=True)
        said.setToolTip(check_details(check))
        said.setAccessibleDescription(check_details(check))
        rule = frame("line")
        rule.setFixedHeight(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(name, 1)
        if check.verdict != "unclear" and adopted(check) != check.says:
            head.addWidget(self._button(stage, check))
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(said)
        column.addSpacing(6)
        column.addWidget(rule)
        return made

    def _button(self, stage: Stage, check: StageCheck) -> QPushButton:
        share = adopted(check)
        made = QPushButton(_("Adopt {percent}", percent=chance(share)))
        made.setObjectName(f"forecast.adopt.{stage.key}")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(_("“{stage}” says {percent} from now on; undo takes it back.",
                          stage=of(stage.name), percent=chance(share)))  # fmt: skip
        made.setAccessibleName(f"{made.text()}: {of(stage.name)}")
        made.clicked.connect(lambda _checked=False: self.adopt_wanted.emit(stage.id, share))
        return made
