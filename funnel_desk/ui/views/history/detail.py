"""What one act changed: row, field, before and after; as many as there are, read when they are looked at."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui.models.changes import ChangesModel
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.changes_table import ChangesTable
from funnel_desk.ui.widgets.labels import SectionHeading, frame, label

if TYPE_CHECKING:  # SQLAlchemy comes with it, and the window is shown before that
    from funnel_desk.queries.history import ActRow

_MARGIN = 16


class ActDetail(QFrame):
    """The changes of the act that is chosen; Enter on one shows the whole past of what it is about."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self._parts = parts
        self._batch = ""
        self._heading = SectionHeading("")
        self._note = label("", "note", wrap=True)
        self.model = ChangesModel(parts.bridge, story=False, parent=self)
        self.table = ChangesTable(parts, self.model, _("Changes of this act"), "history.changes")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN // 2, 4, 0, 0)
        column.setSpacing(4)
        head = frame("plain")
        inside = QVBoxLayout(head)
        inside.setContentsMargins(_MARGIN // 2, 0, _MARGIN, 0)
        inside.setSpacing(2)
        inside.addWidget(self._heading)
        inside.addWidget(self._note)
        column.addWidget(head)
        column.addWidget(self.table, 1)

    def show_act(self, row: "ActRow | None") -> None:
        """Show the changes of this act."""
        from funnel_desk.queries.changes import keys_of_act

        self._batch = row.batch if row else ""
        keys = self._parts.bridge.ask(keys_of_act, self._batch) if self._batch else []
        self.model.show_keys(keys)
        count = len(keys)
        self._heading.say(ngettext("{count} change", "{count} changes", count, count=format_number(count)))
        kind = row.kind if row else ""
        notes = {"undo": _("These do not count since."), "redo": _("These count again since.")}
        self._note.setText(notes.get(kind, _("Enter shows the whole past of a line.")))
