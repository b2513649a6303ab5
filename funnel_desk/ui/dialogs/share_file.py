"""Sharing: the journal written into one file for somebody else, apart from the window."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui.dialogs.files import ask_save
from funnel_desk.ui.view import Parts

SUFFIX = "funnelshare"


def start_share(window: QWidget, parts: Parts) -> None:
    """Ask where to, then write; how much is in it is told."""
    own = parts.bridge.desk.path
    place = own.with_name(f"{own.stem}.{SUFFIX}")
    title, kinds = _("Share with a colleague"), _("Files for colleagues (*.funnelshare)")
    ask_save(window, place, title, kinds, SUFFIX, lambda path: write_share_file(parts, Path(path)))


def write_share_file(parts: Parts, out: Path) -> None:
    """Write the file in a thread of its own."""
    from funnel_desk.operations.sharing import share

    desk, bridge = parts.bridge.desk, parts.bridge

    def tell(counts: dict[str, int]) -> None:
        acts = ngettext("{count} act", "{count} acts", counts["batch"], count=format_number(counts["batch"]))
        bridge.tell(_("{file} is ready to be sent: {acts}. Your colleague merges it.", file=out.name, acts=acts))

    parts.jobs.read(_("Writing {file}", file=out.name), lambda progress: share(desk, out, progress), tell)
