"""The groups of the funnel side by side: each by its name, with its deals and its win rate."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from funnel_desk.domain.funnel import Funnel
from funnel_desk.i18n import _, format_number, format_percent
from funnel_desk.queries.funnel import FunnelReport
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.widgets.row_table import ROW_HEIGHT, RowTable

_MOST_ROWS = 8
_WIDTHS = [120, 64, 112]


class Groups(QWidget):
    """`chosen` when another group is to be shown; the first line is all of them."""

    chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._model = TextTableModel(self)
        self.table = RowTable(look, _("Groups"), self._model, [], -1)
        self.table.setObjectName("funnel.groups")
        self.table.selectionModel().currentChanged.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.table)

    @property
    def group(self) -> str | None:
        """The name of the group chosen ("" for deals without one); None for all of them."""
        row = self.table.currentIndex().row()
        return self._names[row - 1] if 0 < row <= len(self._names) else None

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
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width)
        self.table.setFixedHeight(ROW_HEIGHT * (min(len(rows), _MOST_ROWS) + 1) + 4)

    def _changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit()


def _row(name: str, funnel: Funnel) -> tuple[str, str, str]:
    rate = funnel.win_rate
    if rate.value is None or rate.interval is None:
        return name, format_number(funnel.deals), ""
    low, high = (format_number(round(100 * end)) for end in (rate.interval.low, rate.interval.high))
    percent = _("{percent} ({low}–{high})", percent=format_percent(rate.value), low=low, high=high)
    return name, format_number(funnel.deals), percent
