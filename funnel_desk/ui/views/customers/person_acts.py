"""What can be done with all that is known of a person: a file of it, and erasing it."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from funnel_desk.domain.people import Contact
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui.dialogs.files import ask_save_as
from funnel_desk.ui.view import Parts

_NOT_IN_NAMES = '<>:"/\\|?*.'


def save_everything(window: QWidget, parts: Parts, contact: Contact) -> None:
    """Ask where to, then write everything about this person there, as JSON or as a table."""
    name = "".join(" " if sign in _NOT_IN_NAMES or not sign.isprintable() else sign for sign in contact.name)
    called = " ".join(name.split()) or _("Contact")
    place = parts.bridge.desk.path.parent / f"{called}.json"
    kinds = {_("For programs (*.json)"): "json", _("Tables (*.csv)"): "csv"}
    ask_save_as(window, place, _("Everything about this person"), kinds, lambda out: _write(parts, Path(out), contact))


def _write(parts: Parts, out: Path, contact: Contact) -> None:
    from funnel_desk.exchange.person_file import PersonReport, save_person

    desk, bridge = parts.bridge.desk, parts.bridge

    def tell(report: PersonReport) -> None:
        found = ngettext(
            "{count} mention", "{count} mentions", report.mentions, count=format_number(report.mentions)
        )  # fmt: skip
        bridge.tell(_("{file}: all that is known of “{name}”, {mentions}.", file=out.name, name=contact.name,
                      mentions=found))  # fmt: skip

    parts.jobs.read(
        _("Writing {file}", file=out.name), lambda progress: save_person(desk, out, contact.id, (), progress), tell
    )


def start_erasing(window: QWidget, parts: Parts, contact: Contact) -> None:
    """Show every value that is known of this person; nothing is erased before the name is typed out."""
    from funnel_desk.ui.dialogs.erase_person import ErasePersonDialog

    if not parts.bridge.refuses():
        ErasePersonDialog(window, parts, contact).open()
