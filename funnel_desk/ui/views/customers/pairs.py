"""Duplicates: what may be the same company or contact twice, why, and how they become one."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout

from funnel_desk.i18n import N_, _, format_number, format_percent, ngettext, translate
from funnel_desk.operations import duplicates
from funnel_desk.operations.desk import Operation
from funnel_desk.progress import Progress
from funnel_desk.queries.duplicates import Pair, company_pairs, contact_pairs, merge_size
from funnel_desk.ui.bridge import Done
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.customers.preview import MergePreview
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import Elided, frame
from funnel_desk.ui.widgets.master_detail import MasterDetail
from funnel_desk.ui.widgets.row_table import RowTable
from funnel_desk.ui.widgets.segmented import Segmented

_REASONS: Mapping[str, str] = {
    "name": N_("same name"),
    "email": N_("same e-mail"),
    "phone": N_("same phone"),
    "site": N_("same site"),
}
MOST_SHOWN = 500
"""So many pairs are listed at a time; the others follow as these are settled."""
MANY_MOVE = 100
"""What has more on it is merged apart from the window."""
_ALL = 100


class PairsPage(Page):
    """They are looked for apart from the window, and again when a company or contact changed."""

    needs = FACTS | {"not_duplicate"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._pairs: list[Pair] = []
        self._asked, self._place, self._first, self._beyond = 0, 0, True, 0
        self.kind = Segmented([("company", _("Companies")), ("contact", _("Contacts"))], _("Duplicates among"))
        self.kind.setObjectName("duplicates.kind")
        self.kind.chosen.connect(self._other_kind)
        self.model = TextTableModel(self)
        self._fill([])
        self.table = RowTable(parts.look, _("Duplicates"), self.model, [0, 160, 180], 0)
        self.table.setObjectName("duplicates.table")
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.clicked.connect(self._clicked)
        self.table.activated.connect(self._clicked)
        self._total = Elided("", "dim", name="duplicates.total")
        self.preview = MergePreview(parts)
        self.preview.merge_wanted.connect(self._merge)
        self.preview.apart_wanted.connect(self._tell_apart)
        self._detail, self._blank = QStackedWidget(), frame("plain")
        inside = frame("plain")
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.preview)
        self._scrolled = scrolling(inside)
        self._detail.addWidget(self._blank)
        self._detail.addWidget(self._scrolled)
        self._detail.setMinimumWidth(360)
        self._nothing = EmptyState(parts.look, "check", "")
        self._both = MasterDetail(parts.look, self._arrange(), self._detail, (520, 576))
        whole = QStackedLayout(self)
        whole.addWidget(self._both)
        self.setFocusProxy(self.table)
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Duplicates"), self._counted() if self._pairs else "")

    def refresh(self) -> None:
        self._asked += 1
        asked, bridge, kind = self._asked, self._parts.bridge, self.kind.key()

        def look(progress: Progress) -> list[Pair]:
            return bridge.ask(company_pairs if kind == "company" else contact_pairs, progress)

        self._parts.jobs.read(
            _("Looking for duplicates") if self._first else "", look, lambda found: self._take(asked, found)
        )
        self._first = False

    def leave_crumb(self) -> None:
        self._both.close_detail()

    def _take(self, asked: int, found: list[Pair]) -> None:
        if asked != self._asked:
            return
        self._beyond = max(0, len(found) - MOST_SHOWN)
        self._show(found[:MOST_SHOWN])

    def _show(self, found: list[Pair]) -> None:
        held = self._pair()
        self._pairs = found
        self._fill(found)
        same = [place for place, pair in enumerate(found) if held and _ids(pair) == _ids(held)]
        place = same[0] if same else min(self._place, len(found) - 1)
        if place >= 0:
            self.table.choose(place)
        self._show_pair()
        self._total.setText(self._counted())
        companies = self.kind.key() == "company"
        sentence = (
            _("No company stands here twice, as far as name and site tell.")
            if companies
            else _("Nobody stands here twice, as far as name, e-mail and phone tell.")
        )
        self._nothing.say(sentence)
        self._list.setCurrentWidget(self.table if found else self._nothing)
        self.caption_changed.emit()

    def _counted(self) -> str:
        count = len(self._pairs) + self._beyond
        told = ngettext("{count} pair", "{count} pairs", count, count=format_number(count))
        return told if not self._beyond else _("{pairs}, the surest of them here", pairs=told)

    def _fill(self, found: Sequence[Pair]) -> None:
        rows = [(pair.first_name, pair.second_name, _why(pair)) for pair in found]
        self.model.show_table([_("One record"), _("Other record"), _("Why")], rows)

    def _pair(self) -> Pair | None:
        place = self.table.currentIndex().row()
        return self._pairs[place] if 0 <= place < len(self._pairs) else None

    @Slot()
    def _show_pair(self) -> None:
        pair = self._pair()
        there = pair is not None and self.preview.show_pair(pair)
        self._detail.setCurrentWidget(self._scrolled if there else self._blank)

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._place = current.row()
            self._show_pair()

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        self._both.open_detail()

    @Slot()
    def _other_kind(self) -> None:
        self._place, self._first = 0, True
        self.refresh()

    @Slot(str, str, object)
    def _merge(self, keep_id: str, other_id: str, taken: frozenset[str]) -> None:
        """One act for all that moves; much of it moves apart from the window."""
        bridge, kind = self._parts.bridge, self.kind.key()
        names = {pair.first: pair.first_name for pair in self._pairs}
        names |= {pair.second: pair.second_name for pair in self._pairs}

        merge: Operation[..., Any] = duplicates.merge_companies if kind == "company" else duplicates.merge_contacts

        def tell(done: Done[Any] | None) -> None:
            if done is not None:
                self._show([pair for pair in self._pairs if other_id not in {pair.first, pair.second}])
                told = _("“{other}” is merged into “{name}”.", other=names.get(other_id, ""), name=done.value.name)
                bridge.tell(told, done)

        size = bridge.ask(merge_size, "company" if kind == "company" else "contact", other_id)
        if size.deals + size.contacts + size.talks + size.parts > MANY_MOVE:
            self._parts.jobs.write(
                _("Merging"), lambda _progress: Done(*bridge.desk.run_named(merge, keep_id, other_id, taken)), tell
            )
        else:
            tell(bridge.run(merge, keep_id, other_id, taken))

    @Slot()
    def _tell_apart(self) -> None:
        pair, bridge = self._pair(), self._parts.bridge
        if pair is None:
            return
        done = bridge.run(duplicates.tell_apart, pair.kind, pair.first, pair.second)
        if done is not None:
            self._show([one for one in self._pairs if one != pair])
            told = _(
                "“{name}” and “{other}” are two: this is remembered.", name=pair.first_name, other=pair.second_name
            )
            bridge.tell(told, done)

    def _arrange(self) -> QFrame:
        left = frame("plain")
        left.setMinimumWidth(300)
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.addWidget(self.kind)
        top.addStretch(1)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._nothing)
        foot = frame("foot")
        below = QHBoxLayout(foot)
        below.setContentsMargins(16, 6, 16, 6)
        below.addWidget(self._total)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        inset = QHBoxLayout()
        inset.setContentsMargins(8, 0, 0, 0)
        inset.addWidget(self._list)
        column.addLayout(inset, 1)
        column.addWidget(foot)
        return left


def _why(pair: Pair) -> str:
    told = [
        _("{share} alike", share=format_percent(pair.alike / _ALL))
        if reason == "similar"
        else translate(_REASONS[reason])
        for reason in pair.reasons
    ]
    return ", ".join(told)


def _ids(pair: Pair) -> frozenset[str]:
    return frozenset((pair.first, pair.second))
