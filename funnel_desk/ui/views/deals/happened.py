"""What happened with a deal, filtered by kind; talks can be changed and deleted where they stand."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPoint, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import N_, _, format_day, ngettext, translate
from funnel_desk.operations.activities import delete_activity, edit_activity
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.timeline import TimelineEntry
from funnel_desk.ui import phrases
from funnel_desk.ui.models.timeline import TimelineLine
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.columns import bring_into_view
from funnel_desk.ui.widgets.fact_form import FactForm, FormField
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.labels import SectionHeading
from funnel_desk.ui.widgets.timeline import Timeline

_MOST = 200
_MOVES = {
    "created": N_("Begun in “{what}”"),
    "moved": N_("Moved to “{what}”"),
    "lost": N_("Lost: {what}"),
    "reopened": N_("Reopened in “{what}”"),
    "handed_over": N_("Handed over to “{what}”"),
    "skipped": N_("Skipped: {what}"),
}
_RESULTS = {"no_answer": N_("no answer"), "not_yet": N_("not yet"), "refused": N_("they refused"),
            "smaller_step": N_("a smaller step agreed")}  # fmt: skip
_FILTERS: Mapping[str, tuple[str, frozenset[str]]] = {
    "all": (N_("Everything"), frozenset()),
    "talks": (N_("Talks"), frozenset({"activity"})),
    "moves": (N_("Moves"), frozenset({"created", "moved", "lost", "reopened", "handed_over", "skipped"})),
    "facts": (N_("What became known"), frozenset({"noted", "settled"})),
}


class Happened(QWidget):
    """`before` stands between the heading and the events, such as a line to log what happens now."""

    def __init__(self, parts: Parts, before: QHBoxLayout) -> None:
        super().__init__()
        self._parts = parts
        self._card: DealCard | None = None
        self._shown: dict[str, TimelineEntry] = {}
        self._changed = ""
        self._filter = FitCombo("card.timeline.filter", _("What to show of it"))
        for key, (words, _kinds) in _FILTERS.items():
            self._filter.addItem(translate(words), key)
        self._filter.currentIndexChanged.connect(self._show)
        self._events = Timeline(parts.look, _("What happened"))
        self._events.setObjectName("card.timeline")
        self._events.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._events.customContextMenuRequested.connect(self._ask_at)
        self._events.activated.connect(self._offer)
        self._form = FactForm(parts.look, "activity")
        self._form.hide()
        self._form.confirmed.connect(self._keep)
        self._form.left.connect(self._leave)
        head = QHBoxLayout()
        head.addWidget(SectionHeading(_("What happened")), 1)
        head.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(before)
        column.addWidget(self._form)
        column.addWidget(self._events)

    def show_deal(self, card: DealCard) -> None:
        """Show what happened with this deal."""
        if self._card is None or self._card.situation.deal.id != card.situation.deal.id:
            self._form.hide()
        self._card = card
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._card is None:
            return
        kinds = _FILTERS[self._filter.currentData()][1]
        entries = [one for one in self._card.timeline if not kinds or one.kind in kinds][:_MOST]
        self._shown = {str(place): entry for place, entry in enumerate(entries)}
        self._events.events.show_lines([self._line(entry, place) for place, entry in self._shown.items()])

    @Slot(QPoint)
    def _ask_at(self, place: QPoint) -> None:
        self._offer(self._events.indexAt(place))

    @Slot(QModelIndex)
    def _offer(self, index: QModelIndex) -> None:
        """What can be done with a talk."""
        line = self._events.events.line(index)
        entry = self._shown.get(line.key) if line else None
        if entry is None or entry.kind != "activity":
            return
        menu = QMenu(self)
        menu.setObjectName("activity.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words, act in (("change", _("Change…"), self._change), ("delete", _("Delete"), self._delete)):
            action = menu.addAction(words)
            action.setObjectName(f"activity.{key}")
            action.triggered.connect(lambda _checked=False, act=act: act(entry))
        menu.popup(self._events.viewport().mapToGlobal(self._events.visualRect(index).bottomLeft()))

    def _change(self, entry: TimelineEntry) -> None:
        self._changed = entry.row_id
        kinds = tuple((kind, phrases.kind_name(kind).capitalize()) for kind in phrases.KINDS)
        day = day_of(entry.at, self._parts.bridge.desk.workspace.time_zone)
        fields = (
            FormField("text", _("What happened"), value=entry.text),
            FormField("kind", _("Kind"), "choice", entry.channel, kinds),
            FormField("minutes", _("Minutes"), value=str(entry.minutes or "")),
            FormField("day", _("Day"), "day", day),
        )
        self._form.begin(fields, _("Keep"), self._parts.bridge.today())
        bring_into_view(self._form)

    def _delete(self, entry: TimelineEntry) -> None:
        done = self._parts.bridge.run(delete_activity, entry.row_id)
        if done is not None:
            self._parts.bridge.tell(_("Deleted: {what}", what=entry.text or phrases.kind_name(entry.channel)), done)

    @Slot(dict)
    def _keep(self, told: Mapping[str, str]) -> None:
        entry = next((one for one in self._shown.values() if one.row_id == self._changed), None)
        bridge = self._parts.bridge
        if entry is None:
            self._leave()
            return
        minutes = told["minutes"]
        if minutes and not minutes.isdecimal():
            bridge.refused.emit(_("“{text}” cannot be read here.", text=minutes))
            return
        same_day = day_of(entry.at, bridge.desk.workspace.time_zone) == told["day"] or not told["day"]
        done = bridge.run(
            edit_activity,
            self._changed,
            text=told["text"],
            kind=told["kind"],
            minutes=int(minutes) if minutes else None,
            at=entry.at if same_day else told["day"],
        )
        if done is not None:
            self._leave()
            bridge.tell(_("It is changed."), done)

    @Slot()
    def _leave(self) -> None:
        self._form.hide()
        self._events.setFocus()

    def _line(self, entry: TimelineEntry, key: str) -> TimelineLine:
        zone = self._parts.bridge.desk.workspace.time_zone
        what, day = phrases.of(entry.words), day_of(entry.at, zone)
        shown = _("today") if day == self._parts.bridge.today() else format_day(day, "short")
        origin = self._origin(entry)
        if entry.kind in {"noted", "settled"}:
            head, more = phrases.fact(entry.kind, entry.channel, entry.result, entry.text)
            return TimelineLine(key, shown, head, _listed(more, origin))
        if entry.kind != "activity":
            text = translate(_MOVES[entry.kind], what=what)
            return TimelineLine(key, shown, text, _listed(entry.text, origin), quiet=True)
        minutes = ngettext("{n} min", "{n} min", entry.minutes) if entry.minutes else ""
        result = translate(_RESULTS[entry.result]) if entry.result in _RESULTS else ""
        kind = phrases.kind_name(entry.channel)
        incoming = _("from them") if entry.direction == "in" else ""
        text = f"{what}: {entry.text}" if what and entry.text else what or entry.text or kind.capitalize()
        return TimelineLine(key, shown, text, _listed(kind, incoming, minutes, result, origin))

    def _origin(self, entry: TimelineEntry) -> str:
        """Who wrote it and by which way it came; nothing where its owner or the person wrote it here."""
        origin = entry.origin
        if origin is None:
            return ""
        if origin.way == "import":
            return _("from {file}", file=origin.file)
        if origin.way == "merge":
            return _("{author}, merged", author=origin.author)
        owner = self._card.situation.deal.owner if self._card else ""
        return "" if origin.author in {self._parts.bridge.desk.author.name, owner} else origin.author


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
