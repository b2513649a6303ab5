"""Which file: the system's own dialogs, asked without holding up the window."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from funnel_desk.i18n import _


def ask_open(window: QWidget, place: Path, then: Callable[[str], None]) -> None:
    """Which workspace to open; `then` is called with its path."""
    _ask(window, place, _("Open a workspace"), _("Workspaces (*.funnel)"), then, saving="")


def ask_import(window: QWidget, place: Path, then: Callable[[str], None]) -> None:
    """Which file to import."""
    _ask(window, place, _("Import"), _("Tables (*.csv *.tsv *.txt *.xlsx)"), then, saving="")


def ask_playbook(window: QWidget, place: Path, then: Callable[[str], None]) -> None:
    """Which playbook file to make a pipeline of."""
    _ask(window, place, _("Open a playbook"), _("Playbooks (*.toml)"), then, saving="")


def ask_merge(window: QWidget, place: Path, then: Callable[[str], None]) -> None:
    """Which file of a colleague to merge."""
    _ask(window, place, _("Merge a file"), _("Files of colleagues (*.funnelshare *.funnel)"), then, saving="")


def ask_save(window: QWidget, place: Path, title: str, kinds: str, suffix: str, then: Callable[[str], None]) -> None:
    """Where to write a file; its name gets the suffix (without a dot) if the person gives none."""
    _ask(window, place, title, kinds, then, saving=suffix)


def ask_save_as(
    window: QWidget, place: Path, title: str, kinds: Mapping[str, str], then: Callable[[str], None]
) -> None:
    """Where to write a file of one of several kinds ("CSV (*.csv)": "csv"); its name follows the kind chosen."""
    _ask(window, place, title, ";;".join(kinds), then, saving=next(iter(kinds.values())), suffixes=kinds)


def _ask(
    window: QWidget, place: Path, title: str, kinds: str, then: Callable[[str], None], *, saving: str,
    suffixes: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    dialog = QFileDialog(window, title, str(place), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if saving:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(saving)
        if place.suffix:
            dialog.selectFile(str(place))
        if suffixes:
            dialog.filterSelected.connect(lambda kind: _follow(dialog, suffixes[kind]))
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(then)
    dialog.open()


def _follow(dialog: QFileDialog, suffix: str) -> None:
    """Give the name that stands there the suffix of the kind that was chosen."""
    dialog.setDefaultSuffix(suffix)
    for name in dialog.selectedFiles()[:1]:
        dialog.selectFile(str(Path(name).with_suffix(f".{suffix}")))
