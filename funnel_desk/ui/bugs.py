"""What nobody foresaw: written to a report of its own, told in one line, and the window stays."""

import logging
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import PySide6

import funnel_desk
from funnel_desk import settings
from funnel_desk.i18n import _
from funnel_desk.ui.window import Window

_log = logging.getLogger(__name__)


def catch_bugs(window: Window) -> None:
    """From now on what goes wrong in the window is reported instead of ending the program."""

    def report(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        _log.error("a bug: %s", kind.__name__)
        place = write_report(kind, trace)
        where = _(" A report for us is in {file}.", file=place) if place else ""
        window.messages.refuse(_("Something went wrong in the program; nothing was changed.") + where)
        sys.__excepthook__(kind, bug, trace)

    sys.excepthook = report


def write_report(kind: type[BaseException], trace: TracebackType | None) -> Path | None:
    """Where it happened, without what was in it: no names, no amounts. None if it could not be written."""
    stack = "".join(traceback.format_tb(trace))
    about = f"Funnel Desk {funnel_desk.__version__}, PySide6 {PySide6.__version__}, Python {platform.python_version()}"
    text = f"{about}, {platform.platform()}\n\n{stack}{kind.__name__}\n"
    try:
        folder = settings.private_folder(settings.log_folder())
        place = folder / f"bug-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        place.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return place
