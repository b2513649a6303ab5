"""What will happen: how many deals are new, changed or left out, what they are worth, and the first rows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.exchange.importing import ImportReport
from funnel_desk.exchange.preview import Preview
from funnel_desk.i18n import _, format_day, format_number, ngettext, translate
from funnel_desk.ui.dialogs.import_draft import Looked
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.phrases import OUTCOMES, money, of
from funnel_desk.ui.widgets.figure_list import FigureList
from funnel_desk.ui.widgets.labels import SectionHeading, label, present
from funnel_desk.ui.widgets.row_table import ROW_HEIGHT, RowTable

_MOST_REASONS = 5
_MOST_RAW = 20
_WIDEST = 200
_DAY_LENGTH = len("2026-11-22")


class ImportOutlook(QWidget):
    """`save_wanted`: the person wants the rows that are left out in a file."""

    save_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._happens, self._counts = SectionHeading(_("What will happen")), FigureList()
        self._worth = label("", "note", wrap=True)
        self._left_out = SectionHeading(_("Left out"))
        self._reasons = label("", "note", wrap=True)
        self._save = QPushButton(_("Save these rows…"))
        self._save.setObjectName("import.save_rejected")
        self._save.setProperty("role", "link")
        self._save.clicked.connect(self.save_wanted)
        self._odd, self._warnings = SectionHeading(_("Odd, but taken in")), label("", "note", wrap=True)
        self._rows = SectionHeading(_("The first rows, as they are understood"))
        self._model = TextTableModel(self)
        self.table = RowTable(look, _("The first rows"), self._model, [], -1)
        self.table.setObjectName("import.preview")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._happens)
        column.addWidget(self._counts)
        column.addWidget(self._worth)
        for heading, body in ((self._left_out, self._reasons), (self._odd, self._warnings)):
            heading.setContentsMargins(0, 8, 0, 0)
            column.addWidget(heading)
            column.addWidget(body)
            if body is self._reasons:
                link = QHBoxLayout()
                link.addWidget(self._save)
                link.addStretch(1)
                column.addLayout(link)
        self._rows.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._rows)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(4 * ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_looked(self, looked: Looked) -> None:
        """Show the outlook; of a file that cannot be imported yet, its rows as they stand."""
        report, seen = looked.report, looked.preview
        self._show_report(report)
        self._worth.setText(_worth(seen) if seen else "")
        present(self._worth, shown=bool(self._worth.text()))
        if seen is not None and seen.rows:
            self._rows.say(_("The first rows, as they are understood"))
            self._show_rows(seen)
        else:
            self._rows.say(_("The first rows, as they stand"))
            self._show_raw(looked)

    def _show_report(self, report: ImportReport | None) -> None:
        lines: list[tuple[str, str]] = []
        if report is not None:
            lines = [
                (_("New"), format_number(report.created)),
                (_("Changed"), format_number(report.updated)),
                (_("The same as now"), format_number(report.unchanged)),
                (_("Left out"), format_number(report.rejected)),
            ]
        self._counts.show_lines(lines)
        present(self._happens, shown=report is not None)
        present(self._counts, shown=report is not None)
        errors = report.errors if report else ()
        self._left_out.say(_("Left out"), len(errors))
        self._reasons.setText(_notes([(note.line, note.column, note.reason) for note in errors]))
        warnings = report.warnings if report else ()
        self._odd.say(_("Odd, but taken in"), len(warnings))
        self._warnings.setText(_notes([(note.line, note.column, note.reason) for note in warnings]))
        for parts, shown in (
            ((self._left_out, self._reasons, self._save), errors),
            ((self._odd, self._warnings), warnings),
        ):
            for part in parts:
                present(part, shown=bool(shown))

    def _show_rows(self, seen: Preview) -> None:
        headers = [_("Line"), _("Deal"), _("Company"), _("Stage"), _("Value"), _("Created")]
        rows = [
            (
                str(row.line),
                row.title,
                row.company,
                _where(of(row.stage) if row.stage else "", row.outcome),
                money(row.value, row.currency),
                format_day(row.created_at[:_DAY_LENGTH]) if row.created_at else "",
            )
            for row in seen.rows
        ]
        self._model.show_table(headers, rows, figures=(0, 4))
        self._fit()

    def _show_raw(self, looked: Looked) -> None:
        table = looked.table
        headers = table.headers if table else ()
        self._model.show_table(headers, [row.cells for row in table.rows[:_MOST_RAW]] if table else [])
        self._fit()

    def _fit(self) -> None:
        for column in range(self._model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.wanted_width(column), _WIDEST))


def _where(stage: str, outcome: str) -> str:
    """The stage, and the outcome where it says more."""
    return stage if outcome == "open" else ", ".join(part for part in (translate(OUTCOMES[outcome]), stage) if part)


def _worth(seen: Preview) -> str:
    parts = [
        _(
            "{n} with a value: from {low} to {high}, together {total}.",
            n=format_number(one.count),
            low=money(one.low, one.currency),
            high=money(one.high, one.currency),
            total=money(one.total, one.currency),
        )
        for one in seen.amounts
    ]
    if seen.days:
        first, last = (format_day(day[:_DAY_LENGTH], "long") for day in seen.days)
        parts.append(_("Created from {first} to {last}.", first=first, last=last))
    return " ".join(parts)


def _notes(notes: list[tuple[int | None, str | None, str]]) -> str:
    lines = []
    for line, column, reason in notes[:_MOST_REASONS]:
        where = [_("line {line}", line=line)] if line is not None else []
        where += [column] if column else []
        lines.append(f"{', '.join(where)}: {reason}" if where else reason)
    if len(notes) > _MOST_REASONS:
        lines.append(ngettext("… and {n} more", "… and {n} more", len(notes) - _MOST_REASONS))
    return "\n".join(lines)
