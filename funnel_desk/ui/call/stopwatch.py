"""How long the talk lasts: a quiet clock that can be held."""

from PySide6.QtCore import QElapsedTimer, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.widgets.key_button import KeyButton
from funnel_desk.ui.widgets.labels import label

_TICK_MS = 1000
_BEAT = 10
"""So many seconds apart `beat` is told while it runs."""


class Stopwatch(QWidget):
    """Counts seconds while it runs. `beat` every few of them, and when it is held or goes on."""

    beat = Signal()

    def __init__(self, scope: QWidget) -> None:
        super().__init__()
        self._kept = 0
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show)
        self._shown = label("", "dim", name="call.time")
        self._hold = KeyButton("P", _("hold the clock"), scope)
        self._hold.setObjectName("call.hold")
        self._hold.setCheckable(True)
        self._hold.clicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._shown)
        row.addWidget(self._hold)
        self._show()

    def begin(self, seconds: int = 0, *, runs: bool = True) -> None:
        """Count on from so many seconds."""
        self._kept = seconds
        self._since.invalidate()
        self._tick.stop()
        if runs:
            self._since.start()
            self._tick.start()
        self._hold.setChecked(not runs)
        self._show()

    def hold(self) -> None:
        """Stop counting."""
        self.begin(self.seconds(), runs=False)

    def seconds(self) -> int:
        """How many it has counted."""
        return self._kept + (self._since.elapsed() // 1000 if self._since.isValid() else 0)

    @property
    def runs(self) -> bool:
        """Whether it counts now."""
        return bool(self._since.isValid())

    @Slot()
    def _turn(self) -> None:
        self.begin(self.seconds(), runs=not self.runs)
        self.beat.emit()

    @Slot()
    def _show(self) -> None:
        minutes, seconds = divmod(self.seconds(), 60)
        time = f"{minutes}:{seconds:02}"
        self._shown.setText(time)
        self._shown.setAccessibleName(_("The talk lasts {time}", time=time))
        if self.runs and self.seconds() % _BEAT == 0:
            self.beat.emit()
