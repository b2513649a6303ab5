"""What the system gives the window and asks of it: a screen, and the end of the program."""

import os
import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from funnel_desk.i18n import N_

_WAKE_MS = 400
NO_DISPLAY = N_("There is no display, so the window cannot open. `funnel-desk --help` lists what works without.")


def has_display() -> bool:
    """Whether Qt will find a screen; without one it would end the whole process."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def close_when_told(window: QWidget) -> QTimer:
    """Close the file properly when a terminal or the system ends the program. Gives the timer that lets Python hear."""
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda _number, _frame: window.close())
    waking = QTimer()
    waking.timeout.connect(lambda: None)  # Python handles signals between its own instructions only
    waking.start(_WAKE_MS)
    return waking
