"""The groups of the funnel side by side: each by its name, with its deals and its win rate."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from funnel_desk.domain.funnel import Funnel
from funnel_desk.i18n import _, format_number, format_percent
from funnel_desk.queries.funnel import FunnelReport
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.labels import label
from funnel_desk.ui.widgets.row_table import ROW_HEIGHT, RowTable

OTHERS = "\0others"
"""All the other groups together, where a group is held against something."""

_MOST_ROWS = 8
_WIDTHS = [120, 64, 112]


class Groups(QWidget):
    """`chosen` when another group is to be shown, or held against another; the first line is all of them."""

    chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._model = TextTableModel(self)
        self.table = RowTable(look, _("Groups"), self._model, [], -1)
        self.table.setObjectName("funnel.groups")
        self.table.selectionModel().currentChanged.connect(self._changed)
        self.against = FitCombo("funnel.group_against", _("Hold the group against"))
        self.against.currentIndexChanged.connect(self.chosen)
        self._beside = QWidget()
        row = QHBoxLayout(self._beside)
        row.setContentsMargins(8, 4, 8, 0)
        row.addWidget(label(_("against"), "dim"))
        row.addWidget(self.against)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self._beside)

    @property
    def group(self) -> str | None:
        """The name of the group chosen ("" for deals without one); None for all of them."""
        row = self.table.currentIndex().row()
        return self._names[row - 1] if 0 < row <= len(self._names) else None

    @property
    def other(self) -> str | None:
        """What the group is held against: the name of another one, `OTHERS` for all others, None for nothing."""
        return self.against.currentData() if self.group is not None else None

    def _offer(self) -> None:
        """What the group chosen can be held against, keeping the choice."""
        held, mine = self.against.currentData(), self.group
        self.against.blockSignals(True)
        self.against.clear()
        self.against.addItem(_("nothing"), None)
        self.against.addItem(_("all others"), OTHERS)
        for name in self._names:
            if name != mine:
                self.against.addItem(name or _("not given"), name)
        self.against.setCurrentIndex(max(0, self.against.findData(held)) if held is not None else 0)
        self.against.blockSignals(False)
        self._beside.setVisible(mine is not None and len(self._names) > 1)

    def show_report(self, report: FunnelReport, title: str) -> None:
        """Show the groups, the one with the most deals first, keeping the one chosen."""
        held = self.group
        self._names = tuple(sorted(report.groups, key=lambda name: (-report.groups[name].deals, name)))
        rows = [_row(_("All"), report.funnel)]
        rows += [_row(name or _("not given"), report.groups[name]) for name in self._names]
        self.table.selectionModel().blockSignals(True)
        hints = (title, _("How many deals"), _("M9. Won of won and lost, and where the true share lies (95 %)"))
        self._model.show_table((title, _("Deals"), _("Win rate")), rows, figures=(1, 2), hints=hints)
        self.table.choose(self._names.index(held) + 1 if held in self._names else 0)
        self.table.selectionModel().blockSignals(False)
        self._offer()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width)
        self.table.setFixedHeight(ROW_HEIGHT * (min(len(rows), _MOST_ROWS) + 1) + 4)

    def _changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._offer()
        self.chosen.emit()


def _row(name: str, funnel: Funnel) -> tuple[str, str, str]:
    rate = funnel.win_rate
    if rate.value is None or rate.interval is None:
        return name, format_number(funnel.deals), ""
    low, high = (format_number(round(100 * end)) for end in (rate.interval.low, rate.interval.high))
    percent = _("{percent} ({low}–{high})", percent=format_percent(rate.value), low=low, high=high)
    return name, format_number(funnel.deals), percent
