"""The line of today that tells of a call without a result."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from funnel_desk.i18n import _, ngettext
from funnel_desk.operations.activities import log_activity
from funnel_desk.queries.calls import still_deals
from funnel_desk.ui.call.drafts import Draft, Drafts
from funnel_desk.ui.route import StartCalls
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label


class UnfinishedCalls(QFrame):
    """Shown while there are some; the newest can be gone on with, or logged as it is."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "bar")
        self._parts = parts
        self._drafts = Drafts(parts.memory, parts.bridge.desk.workspace.id)
        self._draft: Draft | None = None
        self._told = label("", "warn", wrap=True, name="today.unfinished")
        go, log = QPushButton(_("Go on")), QPushButton(_("Log it as it is"))
        go.setObjectName("today.unfinished.go")
        go.setAccessibleName(_("Go on with the unfinished call"))
        go.clicked.connect(self._go)
        log.setObjectName("today.unfinished.log")
        log.setAccessibleName(_("Log the unfinished call as it is"))
        log.setProperty("role", "link")
        log.clicked.connect(self._log)
        buttons = FlowLayout(spacing=8)
        for button in (go, log):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._told)
        column.addLayout(buttons)
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Show the newest of them; nothing where there is none."""
        found = self._drafts.all()
        there = set(self._parts.bridge.ask(still_deals, [one.deal_id for one in found])) if found else set()
        known = [one for one in found if one.deal_id in there]
        self._draft = known[-1] if known else None
        if self._draft is not None:
            minutes = self._draft.minutes()
            time = ngettext("{n} min", "{n} min", minutes) if minutes else ""
            what = ", ".join(part for part in (self._draft.title, time) if part)
            told = _("Unfinished call: {deal}", deal=what)
            if len(known) > 1:
                more = ngettext("and {n} more", "and {n} more", len(known) - 1)
                told = f"{told}, {more}"
            self._told.setText(told)
        self.setVisible(self._draft is not None)

    @Slot()
    def _go(self) -> None:
        if self._draft is not None:
            self._parts.route.go("call", StartCalls([self._draft.deal_id], step_id=self._draft.step_id))

    @Slot()
    def _log(self) -> None:
        """A call without a result: what was written is kept on the deal."""
        draft = self._draft
        if draft is None:
            return
        note = draft.whole_note()
        heard = [_("They said: “{text}”", text=one[1]) for one in draft.heard]
        text = "\n".join(part for part in (note, *heard) if part)
        done = self._parts.bridge.run(log_activity, draft.deal_id, "call", text=text, minutes=draft.minutes())
        if done is not None:
            self._drafts.drop(draft.deal_id)
            self.look_again()
            self._parts.bridge.tell(_("Logged on “{deal}”", deal=draft.title), done)
