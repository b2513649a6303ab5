"""Are the probabilities right? Each stage beside its history, and a button where the difference is beyond doubt."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from funnel_desk.domain.calibration import StageCheck
from funnel_desk.domain.pipeline import Stage
from funnel_desk.i18n import _
from funnel_desk.ui.phrases import chance, of
from funnel_desk.ui.views.forecast.words import adopted, check_details, check_sentence
from funnel_desk.ui.widgets.labels import discard_all, frame, label


class Checks(QWidget):
    """`adopt_wanted` tells a stage's id and the probability to give it, in basis points."""

    adopt_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Stage, StageCheck], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_checks(self, checks: Sequence[tuple[Stage, StageCheck]]) -> None:
        """Show each stage with its check."""
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        discard_all(self._grid)
        for place, (stage, check) in enumerate(checks):
            self._add(3 * place, stage, check)
        self.updateGeometry()

    def _add(self, row: int, stage: Stage, check: StageCheck) -> None:
        name, said = label(of(stage.name)), label(check_sentence(check), "note", wrap=True)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for part in (name, said):
            part.setToolTip(check_details(check))
        said.setAccessibleDescription(check_details(check))
        rule = frame("line")
        rule.setFixedHeight(1)
        self._grid.setRowMinimumHeight(row, 32)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(said, row + 1, 0, 1, 2)
        if check.verdict != "unclear" and adopted(check) != check.says:
            self._grid.addWidget(self._button(stage, check), row, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setRowMinimumHeight(row + 2, 6)
        self._grid.addWidget(rule, row + 2, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)

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
