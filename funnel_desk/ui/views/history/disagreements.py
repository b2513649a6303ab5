"""The disagreements: who said what and when, side by side, and one of the two chosen for good."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.i18n import _, format_moment
from funnel_desk.ui.change_words import changed_field, table_name, value_words
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.phrases import of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import SectionHeading, frame, key_hint, label
from funnel_desk.ui.widgets.row_table import RowTable

if TYPE_CHECKING:  # SQLAlchemy comes with it, and the window is shown before that
    from funnel_desk.queries.conflicts import Conflict, ConflictSide

DELETED = "deleted"
_MARGIN = 16
_INSET = 8
_WIDTHS = [280, 150, 220, 220]
_LEAST_SIDE = 76


class DisagreementsPane(QWidget):
    """After a merge a field may have two values, or a deal two paths. 1 keeps what is shown, 2 takes the other."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._bridge = parts.bridge
        self._zone = parts.bridge.desk.workspace.time_zone
        self._rows: tuple[Conflict, ...] = ()
        self._model = TextTableModel(self)
        self._model.show_table(_headers(), [])
        self.table = RowTable(parts.look, _("Disagreements"), self._model, _WIDTHS, 0)
        self.table.setObjectName("disagreements.table")
        self.shown, self.other = _Side("1", "disagreements.shown"), _Side("2", "disagreements.other")
        self.shown.button.clicked.connect(partial(self._choose, other=False))
        self.other.button.clicked.connect(partial(self._choose, other=True))
        self._empty = EmptyState(
            parts.look, "check", _("Nobody disagrees. Where a merge brings two answers, both wait here for you.")
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        for side in (self.shown, self.other):
            shortcut = QShortcut(QKeySequence(side.key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(side.button.click)
        self.table.selectionModel().currentChanged.connect(self._show_chosen)

    def count(self) -> int:
        """How many disagreements wait."""
        return len(self._rows)

    @Slot()
    def refresh(self) -> None:
        """Ask again; the person stays where they were in the list."""
        from funnel_desk.queries.conflicts import conflicts

        place = max(0, self.table.currentIndex().row())
        self._rows = self._bridge.ask(conflicts)
        self._model.show_table(
            _headers(),
            [
                (_about(one), changed_field(one.field), self._said(one, one.shown), self._said(one, one.other))
                for one in self._rows
            ],
        )
        self._stack.setCurrentIndex(0 if self._rows else 1)
        self.table.choose(min(place, len(self._rows) - 1))
        self._show_chosen()

    def choose_deal(self, deal_id: str) -> None:
        """Choose the first disagreement about this deal."""
        places = [place for place, one in enumerate(self._rows) if one.deal_id == deal_id]
        if places:
            self.table.choose(places[0])

    def _chosen(self) -> "Conflict | None":
        place = self.table.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    @Slot()
    def _show_chosen(self, _current: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        one = self._chosen()
        if one is None:
            return
        why = self._bridge.why_closed()
        deleted = one.field == DELETED
        self.shown.show_side(
            _("Shown now"),
            self._said(one, one.shown),
            self._who(one.shown),
            _("Keep it") if deleted else _("Keep this"),
            why,
        )
        self.other.show_side(
            _("The other"),
            self._said(one, one.other),
            self._who(one.other),
            _("Delete it after all") if deleted else _("Take this"),
            why,
        )

    def _said(self, one: "Conflict", side: "ConflictSide") -> str:
        if one.field == DELETED:
            return _("deleted") if side.value else _("kept, because it was changed")
        if side.path:
            return " → ".join(of(step) for step in side.path)
        return value_words(side.value, side.kind, side.currency, self._zone)

    def _who(self, side: "ConflictSide") -> str:
        return " · ".join(part for part in (side.author, format_moment(side.at, self._zone) if side.at else "") if part)

    def _choose(self, _checked: bool = False, *, other: bool) -> None:
        from funnel_desk.operations.disagreements import keep, settle

        one = self._chosen()
        if one is None:
            return
        name = of(one.what)
        if one.field == DELETED and not other:
            self._bridge.reverse(lambda desk: keep(desk, one.id, name))
            return
        done = self._bridge.run(settle, one.id, other=other)
        if done is not None:
            self._bridge.tell(_("Settled: {what}, {field}.", what=name, field=changed_field(one.field)), done)

    def _build(self) -> QWidget:
        whole = frame("plain")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inset = QHBoxLayout()
        inset.setContentsMargins(_INSET, 0, _INSET, 0)
        inset.addWidget(self.table)
        column.addLayout(inset, 1)
        foot = frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        row.setSpacing(_MARGIN)
        row.addWidget(self.shown, 1)
        row.addWidget(self.other, 1)
        column.addWidget(foot)
        return whole


class _Side(QFrame):
    """One of the two: what it says, whose it is, and the button that chooses it."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__()
        self.key = key
        self.setProperty("ground", "panel")
        self._heading, self._value = SectionHeading(""), label("", "name", wrap=True)
        self._value.setMinimumHeight(_LEAST_SIDE // 2)
        self._who = label("", "note", wrap=True)
        self.button = QPushButton()
        self.button.setObjectName(name)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._who, 1)
        below.addWidget(key_hint(key))
        below.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self._value, 1)
        column.addLayout(below)

    def show_side(self, heading: str, value: str, who: str, button: str, why_not: str) -> None:
        """Show what this side says; ``why_not``: why it cannot be chosen now."""
        self._heading.say(heading)
        self._value.setText(value)
        self._who.setText(who)
        self.button.setText(button)
        self.button.setAccessibleDescription(f"{value}, {who}")
        self.button.setEnabled(not why_not)
        self.button.setToolTip(why_not)


def _headers() -> tuple[str, ...]:
    return _("What"), _("Field"), _("Shown"), _("Other")


def _about(one: "Conflict") -> str:
    return ": ".join(part for part in (table_name(one.table), " ".join(of(one.what).split())) if part)
