"""Where a bug ends: a report that can be looked at and sent, and one sentence instead of a traceback."""

import platform
import traceback
from datetime import UTC, datetime

from funnel_desk import __version__, settings
from funnel_desk.i18n import _


def report(bug: Exception) -> str:
    """Keep where it happened, without what was in it, in the log folder; gives the sentence that says where."""
    now = datetime.now(UTC)
    about = f"Funnel Desk {__version__}, Python {platform.python_version()}, {platform.platform()}"
    stack = "".join(traceback.format_tb(bug.__traceback__))
    try:
        folder = settings.private_folder(settings.log_folder())
        file = folder / f"bug-{now:%Y%m%d-%H%M%S-%f}.txt"
        file.write_text(f"{about}\n\n{stack}{type(bug).__name__}\n", encoding="utf-8")
    except OSError:
        return _("Something went wrong in the program ({kind}); nothing was changed.", kind=type(bug).__name__)
    return _("Something went wrong in the program; nothing was changed. A report for us is in {file}.", file=file)
