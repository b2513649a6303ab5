"""Backups while the window is open: soon after opening, and then each half hour in which something changed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from funnel_desk.domain.moments import Moment
from funnel_desk.progress import Progress
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.jobs import Jobs

_SOON_MS = 3_000
_EACH_MS = 30 * 60 * 1_000


class Backups(QObject):
    """Takes backups of one open file apart from the window, and says when the newest was taken."""

    def __init__(self, bridge: Bridge, jobs: Jobs, told: Callable[[Moment], None], parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._jobs, self._told = bridge, jobs, told
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.take)
        self._timer.start(_SOON_MS)

    @Slot()
    def take(self) -> None:
        """Take a backup if something has changed since the last one; not while long work writes."""
        from funnel_desk.operations.backups import keep_up

        self._timer.setInterval(_EACH_MS)
        if self._jobs.writing:
            return
        path: Path = self._bridge.desk.path
        now = self._bridge.desk.clock()

        def work(_progress: Progress) -> Moment:
            return keep_up(path, now)

        self._jobs.read("", work, self._told)
