"""Under the list of acts: the act that is chosen, the way back from it, and the way back to before it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui.bridge import MANY_CHANGES, Reversal, said
from funnel_desk.ui.kept import kept_sentence
from funnel_desk.ui.models.acts import act_sentence
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import Elided, frame, key_hint, label, present

if TYPE_CHECKING:  # SQLAlchemy comes with it, and the window is shown before that
    from funnel_desk.queries.history import ActRow

_MARGIN = 16
_MANY_ACTS = 50


class ActFoot(QFrame):
    """Undo or redo of the act that is chosen; going back to before it is shown first, and then done."""

    def __init__(self, parts: Parts, undo_key: str, back_key: str) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self._parts, self._bridge = parts, parts.bridge
        self._row: ActRow | None = None
        self._what, self._when = Elided("", "name"), Elided("", "note")
        self.undo = _button("", "history.undo")
        self.undo.clicked.connect(self.turn)
        self.back = _button(_("Go back to before it…"), "history.back")
        self.back.clicked.connect(self.look_back)
        self._hints = key_hint(undo_key), key_hint(back_key)
        self._outlook = label("", wrap=True, name="history.outlook")
        self.go = _button(_("Go back"), "history.go")
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self._go_back)
        self._leave = _button(_("Stay"), "history.stay")
        self._leave.clicked.connect(self._close_outlook)
        self._banner = self._build_banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        column.addWidget(self._build_line())
        present(self._banner, shown=False)

    def show_act(self, row: "ActRow | None") -> None:
        """Offer what can be done about this act."""
        if row is None or self._row is None or row.batch != self._row.batch:
            self._close_outlook()
        self._row = row
        for part in (self.undo, self.back, *self._hints):
            part.setEnabled(row is not None)
        if row is None:
            self._what.setText("")
            self._when.setText("")
            return
        self._what.setText(said(row))
        self._what.setToolTip(said(row))
        self._when.setText(act_sentence(row, self._bridge.desk.workspace.time_zone))
        self.undo.setText(_("Redo this act") if row.undone_by else _("Undo this act"))
        why = self._bridge.why_closed() or (
            _("Here the file begins; that cannot be taken back.") if row.kind == "new" else ""
        )
        self.undo.setEnabled(not why)
        self.undo.setToolTip(why)
        self._hints[0].setEnabled(not why)
        if row.kind in {"undo", "redo"}:
            why = _("An undo or redo is no point to go back to; choose an act.")
        elif row.author_id != self._bridge.desk.author.id:
            why = _("Only your own acts go back together; this one is of somebody else.")
        self.back.setEnabled(not why)
        self.back.setToolTip(why or _("Takes back all that you did since, as one step"))
        self._hints[1].setEnabled(not why)

    @Slot()
    def turn(self) -> None:
        """Take the act back, or bring it back if it is undone; what stays as it is the message bar tells."""
        if self._row is not None and self.undo.isEnabled():
            self._bridge.undo(self._row.undone_by or self._row.batch)

    @Slot()
    def look_back(self) -> None:
        """Show what going back to before the act would take back and what would stay; nothing is written yet."""
        if self._row is None or not self.back.isEnabled():
            return
        desk, batch = self._bridge.desk, self._row.batch
        if self._is_large():
            self._parts.jobs.write(
                _("Looking what goes back"), lambda _progress: desk.try_go_back(batch), self._show_outlook
            )
            return
        try:
            self._show_outlook(desk.try_go_back(batch))
        except Problem as problem:
            self._bridge.explain(problem)

    def _is_large(self) -> bool:
        from funnel_desk.queries.history import since

        if self._row is None:
            return False
        acts, changes = self._bridge.ask(since, self._row.batch, self._bridge.desk.author.id)
        return acts > _MANY_ACTS or changes > MANY_CHANGES

    def _show_outlook(self, found: Reversal) -> None:
        from funnel_desk.queries.history import since
        from funnel_desk.queries.names import name_of

        if self._row is None:
            return
        acts, _changes = self._bridge.ask(since, self._row.batch, self._bridge.desk.author.id)
        told = ngettext("{count} act of yours goes back", "{count} acts of yours go back", acts,
                        count=format_number(acts))  # fmt: skip
        changes = ngettext("{count} change", "{count} changes", found.reverted, count=format_number(found.reverted))
        sentences = [_("{acts}, {changes}; one redo brings all of it again.", acts=told, changes=changes)]
        stays = kept_sentence(found.kept, lambda table, row: self._bridge.ask(name_of, table, row))
        self._outlook.setText(" ".join(part for part in (*sentences, stays) if part))
        present(self._banner, shown=True)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go_back(self) -> None:
        if self._row is not None:
            batch, large = self._row.batch, self._is_large()
            self._close_outlook()
            self._bridge.go_back(batch, large=large)

    @Slot()
    def _close_outlook(self) -> None:
        present(self._banner, shown=False)

    def _build_banner(self) -> QFrame:
        made = frame("foot")
        row = QHBoxLayout(made)
        row.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        row.setSpacing(8)
        row.addWidget(self._outlook, 1)
        row.addWidget(self._leave)
        row.addWidget(self.go)
        return made

    def _build_line(self) -> QFrame:
        foot = frame("foot")
        words = QVBoxLayout()
        words.setSpacing(0)
        for part in (self._what, self._when):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            words.addWidget(part)
        row = QHBoxLayout(foot)
        row.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for hint, button in zip(self._hints, (self.undo, self.back), strict=True):
            row.addWidget(hint)
            row.addWidget(button)
        return foot


def _button(text: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
