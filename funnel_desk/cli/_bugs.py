"""Where a bug ends: a report that can be looked at and sent, and one sentence instead of a traceback."""

import platform
import sys
import traceback
from datetime import UTC, datetime

from funnel_desk import __version__, settings
from funnel_desk.i18n import _


def report(bug: Exception) -> str:
    """Keep what is needed to mend the program in a file of the log folder; gives the sentence that says where."""
    now = datetime.now(UTC)
    lines = [
        f"funnel-desk {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"{now.isoformat(timespec='seconds')}, command {sys.argv[1] if len(sys.argv) > 1 else '?'}",
        "",
        *traceback.format_exception(bug),
    ]
    try:
        folder = settings.private_folder(settings.log_folder())
        file = folder / f"report-{now:%Y%m%d-%H%M%S-%f}.txt"
        file.write_text("\n".join(lines), encoding="utf-8", errors="backslashreplace")
    except OSError:
        return _("This is a mistake in the program ({kind}); nothing was changed.", kind=type(bug).__name__)
    return _("This is a mistake in the program; nothing was changed. What went wrong is in {file}.", file=file)
