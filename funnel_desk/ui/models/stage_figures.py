"""The numbers of the funnel as a table: a row a stage, and for every column what it means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from funnel_desk.charts.style import short_money
from funnel_desk.domain.funnel import StageFigures
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.pipeline import Stage
from funnel_desk.i18n import N_, _, format_number, format_percent, ngettext, pgettext, translate
from funnel_desk.ui.painting import INK
from funnel_desk.ui.phrases import money, of

_NO_PARENT = QModelIndex()
_SCARCELY = 10  # days below which a tenth matters
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage and its numbers."""

    stage: Stage
    figures: StageFigures


@dataclass(frozen=True, slots=True)
class _Column:
    key: str
    text: Callable[[StageRow], str]
    rate: Callable[[StageFigures], Rate | None] | None = None

    @property
    def title(self) -> str:
        """What stands over the column, in the language of now."""
        return _titles()[self.key]

    @property
    def definition(self) -> str:
        """What the number means, with its name in the definitions (M3), in the language of now."""
        return translate(_DEFINITIONS[self.key])


def _percent(rate: Rate | None) -> str:
    return "" if rate is None or rate.value is None else format_percent(rate.value)


def _interval(rate: Rate | None) -> str:
    if rate is None or rate.interval is None:
        return ""
    low, high = (format_number(round(100 * end)) for end in (rate.interval.low, rate.interval.high))
    return _("{low}–{high} %", low=low, high=high)


def _conversion(figures: StageFigures) -> Rate | None:
    return figures.conversion


def _resolved(figures: StageFigures) -> Rate | None:
    return figures.resolved


def _days(row: StageRow) -> str:
    days = row.figures.days.median
    return "" if days is None else format_number(days, 0 if days >= _SCARCELY or days == round(days) else 1)


def _value(row: StageRow) -> str:
    return " + ".join(short_money(amount.minor, amount.currency) for amount in row.figures.value)


def _whole_value(row: StageRow) -> str:
    lines = [money(amount.minor, amount.currency) for amount in row.figures.value]
    if row.figures.without_value:
        lines.append(ngettext("{n} deal has no value", "{n} deals have no value", row.figures.without_value))
    return "\n".join(lines)


_DEFINITIONS = {
    "stage": N_("The stages in their present order, those after the sale last."),
    "reached": N_(
        "M3. Deals that came this far: their furthest stage ever is this one or a later one. "
        "Skipped stages count as passed."
    ),
    "entered": N_("M1. Stays that began here; a deal that comes back counts again."),
    "touched": N_("M2. Different deals that were here themselves; skipping is not being here."),
    "strict": N_("M4. Deals that were here themselves, and in every stage before this one."),
    "conversion": N_("M5. Of the deals that reached this stage, the share that reached the next one."),
    "resolved": N_("M7. The same share without the deals that are still open here: an open deal has not failed."),
    "interval": N_(
        "Where the true share of the decided ones (M7) lies with 95 % confidence. Wide: too few deals to be sure."
    ),
    "lost": N_("M8. Deals that were lost in this stage and still are."),
    "now": N_("Open deals that stand here now; in the won stage and after it, won ones."),
    "days": N_("M12. The median time that deals spent here, of finished stays."),
    "value": N_("What the deals that reached this stage are worth, each currency by itself."),
}


def _titles() -> dict[str, str]:
    """The titles of eleven columns side by side have to be shorter than the same words elsewhere."""
    return {
        "stage": _("Stage"),
        "reached": pgettext("column", "Reached"),
        "entered": pgettext("column", "Entered"),
        "touched": pgettext("column", "Touched"),
        "strict": pgettext("column", "Strict"),
        "conversion": pgettext("column", "Went on"),
        "resolved": pgettext("column", "Decided"),
        "interval": pgettext("column", "Between"),
        "lost": pgettext("column", "Lost"),
        "now": pgettext("column", "Now"),
        "days": pgettext("column", "Days"),
        "value": pgettext("column", "Value"),
    }


_COLUMNS = (
    _Column("stage", lambda row: of(row.stage.name)),
    _Column("reached", lambda row: format_number(row.figures.reached)),
    _Column("entered", lambda row: format_number(row.figures.entered)),
    _Column("touched", lambda row: format_number(row.figures.touched)),
    _Column("strict", lambda row: format_number(row.figures.strict)),
    _Column("conversion", lambda row: _percent(row.figures.conversion), _conversion),
    _Column("resolved", lambda row: _percent(row.figures.resolved), _resolved),
    _Column("interval", lambda row: _interval(row.figures.resolved), _resolved),
    _Column("lost", lambda row: format_number(row.figures.lost_here)),
    _Column("now", lambda row: format_number(row.figures.now)),
    _Column("days", _days),
    _Column("value", _value),
)


def _arranged(count: str) -> tuple[_Column, ...]:
    """The name, what is counted, then the rest; the strict count only where it is asked for."""
    first = next(one for one in _COLUMNS if one.key == count)
    rest = tuple(one for one in _COLUMNS[1:] if one is not first and one.key != "strict")
    return (_COLUMNS[0], first, *rest)


class StageFiguresModel(QAbstractTableModel):
    """The stages in order, those after the sale last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StageRow, ...] = ()
        self._columns = _arranged("reached")

    def show_count(self, count: str) -> None:
        """Let the column of what is counted (reached, entered, touched, strict, now) stand first."""
        wanted = _arranged(count)
        if wanted != self._columns:
            self.beginResetModel()
            self._columns = wanted
            self.endResetModel()

    def show_rows(self, rows: Sequence[StageRow]) -> None:
        """Show these."""
        if tuple(rows) == self._rows:
            return
        same = [row.stage.id for row in rows] == [row.stage.id for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = tuple(rows)
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._columns) - 1))
        else:
            self.endResetModel()

    def stage_row(self, row: int) -> StageRow | None:
        """The stage of a row; None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def place_of(self, stage_key: str) -> int:
        """The row of a stage by its key; -1 if it is not here."""
        return next((place for place, row in enumerate(self._rows) if row.stage.key == stage_key), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.stage_row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self._columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.text(row) if role == Qt.ItemDataRole.DisplayRole else self._hint(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() else _LEFT
        if role == INK:
            rate = column.rate(row.figures) if column.rate else None
            return "dim" if rate is not None and rate.too_few else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: column.title,
            Qt.ItemDataRole.ToolTipRole: column.definition,
            Qt.ItemDataRole.AccessibleDescriptionRole: column.definition,
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if section else _LEFT,
        }
        return answers.get(role)

    def _hint(self, row: StageRow, column: _Column) -> str:
        """Of how many a share was counted; for the other numbers what they mean."""
        if column.key == "value":
            return _whole_value(row)
        rate = column.rate(row.figures) if column.rate else None
        if rate is None:
            return column.definition
        template = N_("{part} of {base}. Too early to say.") if rate.too_few else N_("{part} of {base}")
        return translate(template, part=format_number(rate.part), base=format_number(rate.base))


def definitions() -> list[tuple[str, str]]:
    """Every number of the table by its name, and what it means, in the language of now."""
    return [(column.title, column.definition) for column in _COLUMNS[1:]]
