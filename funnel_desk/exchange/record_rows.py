"""Rows of tables of companies, contacts, activities and steps, understood: what each tells, field by field."""

from funnel_desk.exchange.fields import REQUIRED
from funnel_desk.exchange.plan import ImportPlan
from funnel_desk.exchange.row_reading import Note, RowReader, UnknownKind
from funnel_desk.exchange.table import Row
from funnel_desk.i18n import translate as _
from funnel_desk.operations.import_values import IncomingRow


class RecordRows:
    """Understands the rows of one table, one by one."""

    def __init__(self, plan: ImportPlan) -> None:
        self._reader = RowReader(plan)
        self._headers = {column.field: column.header for column in plan.matching.columns}
        self._required = REQUIRED[plan.what]
        self.warnings: list[Note] = []

    def understand(self, row: Row) -> IncomingRow | list[Note]:
        """The row as it tells of its thing, or what spoils it."""
        said = self._reader.read(row)
        if said.spoiled:
            return said.spoiled
        values = dict(said.values)
        missing = [
            Note(row.line, self._headers[field], "", _("This cell must not be empty."))
            for field in self._required
            if not str(values.get(field, "")).strip()
        ]
        if missing:
            return missing
        if isinstance(values.get("kind"), UnknownKind):
            said_kind = str(values.pop("kind"))
            note = _("This is no kind of activity that is known; it came in as a task.")
            self.warnings.append(Note(row.line, self._headers["kind"], said_kind, note))
        uid, rev = str(values.pop("_uid", "")), str(values.pop("_rev", ""))
        return IncomingRow(row.line, values, tuple(row.cells), uid, rev)
