"""The first page: what the file is read as, and its first rows as they stand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.exchange.table import Table
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui.dialogs.import_choices import ImportChoices
from funnel_desk.ui.dialogs.import_draft import Looked
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.widgets.labels import SectionHeading, label, present
from funnel_desk.ui.widgets.row_table import ROW_HEIGHT, RowTable

_MOST_RAW = 20
_WIDEST = 240


class ImportReading(QWidget):
    """`changed` carries other options; `forgotten`: what was chosen for such a file before is not wanted."""

    changed = Signal(object)
    forgotten = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.choices = ImportChoices(("what", "preset", "sheet"))
        self.details = ImportChoices(("encoding", "delimiter", "header_row", "date_order", "decimal"))
        for part in (self.choices, self.details):
            part.changed.connect(self.changed)
        self.wrong = QPushButton(_("Looks wrong?"))
        self.wrong.setObjectName("import.wrong")
        self.wrong.setCheckable(True)
        self.wrong.setToolTip(_("Choose how letters, cells, dates and amounts are read, and see what comes of it"))
        self.wrong.toggled.connect(lambda on: present(self.details, shown=on))
        self._recalled = label(_("What the columns are was taken from the last such file."), "note", wrap=True)
        self._forget = QPushButton(_("Find out anew"))
        self._forget.setObjectName("import.forget")
        self._forget.setProperty("role", "link")
        self._forget.clicked.connect(self.forgotten)
        self._read_as = label("", "note", wrap=True, name="import.read_as")
        self._rows = SectionHeading(_("The first rows, as they stand"))
        self._model = TextTableModel(self)
        self.table = RowTable(look, _("The first rows"), self._model, [], -1)
        self.table.setObjectName("import.raw")
        self.table.setMinimumHeight(3 * ROW_HEIGHT)
        before = QHBoxLayout()
        before.addWidget(self._recalled, 1)
        before.addWidget(self._forget)
        head = QHBoxLayout()
        head.addWidget(self._rows, 1)
        head.addWidget(self.wrong)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 0, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.choices)
        column.addLayout(before)
        column.addWidget(self._read_as)
        column.addLayout(head)
        column.addWidget(self.details)
        column.addWidget(self.table, 1)
        present(self.details, shown=False)

    def show_looked(self, looked: Looked, data: bytes, file: str) -> None:
        """Show how it is read."""
        for part in (self.choices, self.details):
            part.show_looked(looked, data, file)
        for one in (self._recalled, self._forget):
            present(one, shown=looked.recalled)
        self._read_as.setText(_read_as(looked))
        if looked.table is not None:
            self.show_table(looked.table)
        else:
            self._model.show_table((), ())

    def show_table(self, table: Table) -> None:
        """Show the first rows."""
        rows = [row.cells for row in table.rows[:_MOST_RAW]]
        self._model.show_table(table.headers, [[" ".join(cell.split()) for cell in cells] for cells in rows])
        for column in range(self._model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.wanted_width(column), _WIDEST))


def _read_as(looked: Looked) -> str:
    """What was found out, in a sentence."""
    table = looked.table
    if table is None:
        return ""
    count = len(table.rows)
    rows = ngettext("{count} row", "{count} rows", count, count=format_number(count))
    columns = ngettext("{n} column", "{n} columns", len(table.headers))
    if table.sheet:
        return _("{rows} and {columns} on the sheet “{sheet}”.", rows=rows, columns=columns, sheet=table.sheet)
    encoding = table.encoding.removesuffix("-sig")
    return _("{rows} and {columns}, letters as {encoding}.", rows=rows, columns=columns, encoding=encoding)
