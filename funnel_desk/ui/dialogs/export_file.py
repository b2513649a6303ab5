"""The export dialog: which facts, for whom, all of them or those that are shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from funnel_desk.exchange.exporting import ExportReport, OutOptions, What, columns_of, export_file
from funnel_desk.exchange.writing import Profile
from funnel_desk.i18n import N_, _, format_number, ngettext, translate
from funnel_desk.progress import Progress
from funnel_desk.queries.deals import DealFilter, deal_ids, deal_totals
from funnel_desk.ui.dialogs.files import ask_save
from funnel_desk.ui.view import Page, Parts
from funnel_desk.ui.widgets.labels import SectionHeading, frame, label

_WIDTH, _WIDE = 560, 720
_INDENT = 20

_WHAT = (
    ("deals", N_("Deals"), N_("One row per deal, with all that is known of it.")),
    ("stage-history", N_("Stage histories"), N_("One row per move: when each deal came to which stage.")),
    ("companies", N_("Companies"), N_("One row per company.")),
    ("contacts", N_("Contacts"), N_("One row per person.")),
    ("activities", N_("Activities"), N_("One row per talk, letter or visit.")),
    ("steps", N_("Steps"), N_("One row per step done or put off.")),
)
_FOR = (
    ("excel", N_("For a spreadsheet"), N_("Names in your language; opens in Excel with a double click.")),
    ("exact", N_("Exact"), N_("For other programs, and to take back in without any change.")),
)


@dataclass(frozen=True, slots=True)
class ViewColumns:
    """The columns of a view: the fields that go out, and the titles of those that no file has."""

    fields: tuple[str, ...]
    missing: tuple[str, ...] = ()


def start_export(window: QWidget, parts: Parts) -> None:
    """Open the export dialog over the window; it offers the deals that the view shows."""
    page = getattr(window, "page", lambda: None)()
    chosen = page.chosen_deals() if isinstance(page, Page) else None
    ExportDialog(window, parts, chosen if isinstance(chosen, DealFilter) else None).open()


class ExportDialog(QDialog):
    """Three choices, then the place; the table is written apart from the window and its rows are counted.

    With the columns of a view the deals that are shown stand first, and there is a fourth choice.
    """

    def __init__(
        self, window: QWidget, parts: Parts, chosen: DealFilter | None = None, view: ViewColumns | None = None
    ) -> None:
        super().__init__(window)
        self.setObjectName("export")
        self.setWindowTitle(_("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._window, self._parts, self._chosen, self._view = window, parts, chosen, view
        self.what = _Choice("export.what", [(key, translate(text), translate(note)) for key, text, note in _WHAT], 2)
        self.profile = _Choice("export.for", [(key, translate(text), translate(note)) for key, text, note in _FOR])
        self.which = _Choice("export.which", self._which())
        self.columns = _Choice("export.columns", self._columns())
        self.what.taken.connect(lambda key: self.columns.setEnabled(key == "deals"))
        self.anonymous = QCheckBox(_("Without names, addresses and texts"))
        self.anonymous.setObjectName("export.anonymous")
        self.anonymous.setToolTip(_("Neutral words instead, such as Company 12; amounts and days stay."))
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.start = QPushButton(_("Choose where…"), self)
        self.start.setObjectName("export.start")
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        self.start.clicked.connect(self._ask_where)
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(8)
        for heading, choice in ((_("What"), self.what), (_("For whom"), self.profile)):
            body.addLayout(_headed(heading, choice))
        beside = QHBoxLayout()
        beside.setSpacing(20)
        beside.addLayout(_headed(_("Which deals, and what belongs to them"), self.which), 1)
        if self._view is not None:
            beside.addLayout(_headed(_("Which columns"), self.columns), 1)
            self.setMinimumWidth(_WIDE)
        body.addLayout(beside)
        body.addWidget(self.anonymous)
        foot = frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 10, 20, 12)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(body)
        column.addWidget(foot)

    def _which(self) -> list[tuple[str, str, str]]:
        bridge = self._parts.bridge
        count = bridge.ask(deal_totals, DealFilter()).count
        entries = [("all", _("All deals"), _deals(count))]
        if self._chosen is not None and self._chosen != DealFilter():
            shown = bridge.ask(deal_totals, self._chosen).count
            entries.append(("shown", _("Those that are shown"), _deals(shown)))
        return entries if self._view is None else entries[::-1]

    def _columns(self) -> list[tuple[str, str, str]]:
        """Those of the view first; what stands in no file is told."""
        if self._view is None:
            return []
        count = len(self._view.fields)
        told = ngettext("{count} column", "{count} columns", count, count=format_number(count))
        if self._view.missing:
            told = _("{columns}; counted for today and in no file: {missing}", columns=told,
                     missing=", ".join(self._view.missing))  # fmt: skip
        every = _("All columns"), _("All that is known of a deal.")
        return [("view", _("Those of this view"), told), ("all", *every)]

    @Slot()
    def _ask_where(self) -> None:
        what, profile = cast("What", self.what.key()), cast("Profile", self.profile.key())
        only = None
        if self.which.key() == "shown" and self._chosen is not None:
            only = frozenset(self._parts.bridge.ask(deal_ids, self._chosen))
        self.accept()
        fields: tuple[str, ...] = ()
        if self._view is not None and what == "deals" and self.columns.key() == "view":
            fields = self._view.fields
        options = OutOptions(what, profile, fields, only=only, anonymous=self.anonymous.isChecked())
        name = translate(next(text for key, text, _note in _WHAT if key == what))
        place = self._parts.bridge.desk.path.parent / f"{name}.csv"
        parts = self._parts
        ask_save(
            self._window, place, _("Export"), _("Tables (*.csv)"), "csv",
            lambda path: _begin(parts, Path(path), options),
        )  # fmt: skip


class _Choice(QWidget):
    """A few choices under each other, each with a note, or in columns with tips; the first is taken."""

    taken = Signal(str)

    def __init__(self, name: str, entries: Sequence[tuple[str, str, str]], columns: int = 1) -> None:
        super().__init__()
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _text, _note in entries]
        self._group.idToggled.connect(lambda place, on: self.taken.emit(self._keys[place]) if on else None)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for place, (key, text, note) in enumerate(entries):
            button = QRadioButton(text)
            button.setObjectName(f"{name}.{key}")
            button.setAccessibleDescription(note)
            button.setChecked(place == 0)
            self._group.addButton(button, place)
            row, at = divmod(place, columns)
            grid.addWidget(button, 2 * row, at)
            if columns > 1:
                button.setToolTip(note)
                continue
            told = QHBoxLayout()
            told.setContentsMargins(_INDENT, 0, 0, 4)
            told.addWidget(label(note, "note", wrap=True))
            grid.addLayout(told, 2 * row + 1, at)

    def key(self) -> str:
        """The key of the choice taken."""
        return self._keys[self._group.checkedId()]


def _headed(heading: str, choice: QWidget) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(8)
    made.addWidget(SectionHeading(heading))
    made.addWidget(choice)
    made.addSpacing(8)
    made.addStretch(1)
    return made


def _deals(count: int) -> str:
    return ngettext("{count} deal", "{count} deals", count, count=format_number(count))


def _begin(parts: Parts, out: Path, options: OutOptions) -> None:
    """Write the table in a thread of its own; how many rows it has is told."""
    desk, bridge = parts.bridge.desk, parts.bridge

    def work(progress: Progress) -> ExportReport:
        known = desk.read(columns_of, options.what, "exact")  # an own field that no deal has is in no file
        chosen = replace(options, columns=tuple(one for one in options.columns if one in known))
        return export_file(desk, out, chosen, progress)

    def tell(report: ExportReport) -> None:
        rows = ngettext("{count} row", "{count} rows", report.rows, count=format_number(report.rows))
        bridge.tell(_("{file}: {rows}, counted again in the file.", file=out.name, rows=rows))

    parts.jobs.read(_("Writing {file}", file=out.name), work, tell)
