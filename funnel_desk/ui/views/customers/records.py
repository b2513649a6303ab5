"""Companies, or contacts: the list, and beside it the card of one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QStackedWidget

from funnel_desk.domain.not_duplicate import RecordKind
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.operations import people
from funnel_desk.queries.person_records import record_count
from funnel_desk.ui.route import ShowRecord
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.customers.record_card import RecordCard
from funnel_desk.ui.views.customers.record_list import RecordList
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.master_detail import MasterDetail


class RecordsPage(Page):
    """A click chooses one, Enter gives its card the whole place; Escape leads back."""

    needs = FACTS
    has_search = True

    def __init__(self, parts: Parts, kind: RecordKind) -> None:
        super().__init__()
        self._parts, self._kind, self._shown = parts, kind, ""
        self.listing, self.card = RecordList(parts, kind), RecordCard(parts, kind)
        self._blank, self._detail = frame("plain"), QStackedWidget()
        self._detail.addWidget(self._blank)
        self._detail.addWidget(self.card)
        self._detail.setMinimumWidth(360)
        self._both = MasterDetail(parts.look, self.listing, self._detail, (420, 676))
        self._both.restore(parts.memory.get(f"split.{kind}"))
        self._empty = EmptyState(parts.look, "customers", "")
        self._empty.begun.connect(self._begin)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self.listing)
        self.listing.chosen.connect(self._choose)
        self.listing.opened.connect(self._open)
        self.listing.clicked.connect(self._both.open_detail)
        self.listing.counted.connect(self._counted)
        self.listing.named.connect(self._add)
        self._both.arranged.connect(self.caption_changed)
        self.card.gone.connect(self._both.close_detail)
        self.refresh()

    def caption(self) -> Caption:
        record, companies = self.card.record, self._kind == "company"
        title = _("Companies") if companies else _("Contacts")
        if self._both.detail_is_alone and record is not None and self._shown:
            return Caption(record.name, crumb=title)
        count = self.listing.count
        told = format_number(count)
        if companies:
            return Caption(title, ngettext("{count} company", "{count} companies", count, count=told))
        return Caption(title, ngettext("{count} contact", "{count} contacts", count, count=told))

    def refresh(self) -> None:
        self.listing.refresh()
        if self._shown and not self.card.show_record(self._shown):
            self._choose("")
        nothing = self._parts.bridge.ask(record_count, self._kind) == 0
        if nothing and not self.listing.new_name.isVisibleTo(self.listing):
            if self._kind == "company":
                self._empty.say(
                    _("Every company you sell to stands here, with its people and deals."), _("New company")
                )
            else:
                self._empty.say(_("Everybody you talk to stands here, with what was said."), _("New contact"))
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self._both)
        self.caption_changed.emit()

    def arrive(self, destination: object) -> None:
        if isinstance(destination, ShowRecord):
            self._stack.setCurrentWidget(self._both)
            self.listing.show_record(destination.record_id)
            self._choose(destination.record_id)
            self._both.open_detail()

    def leave_crumb(self) -> None:
        self._both.close_detail()

    def start_search(self) -> bool:
        self._both.close_detail()
        self.listing.search.setFocus()
        self.listing.search.selectAll()
        return True

    def keep(self) -> None:
        self.card.commit()
        self._parts.memory.put(f"split.{self._kind}", self._both.state())

    @Slot()
    def _counted(self) -> None:
        if not self._shown and self.listing.count:
            self.listing.table.choose(0)
        self.caption_changed.emit()

    @Slot(str)
    def _choose(self, record_id: str) -> None:
        there = self.card.show_record(record_id)
        self._shown = record_id if there else ""
        self._detail.setCurrentWidget(self.card if there else self._blank)
        self.caption_changed.emit()

    @Slot(str)
    def _open(self, record_id: str) -> None:
        self._choose(record_id)
        if self._shown:
            self._both.open_detail(wide=True)

    @Slot()
    def _begin(self) -> None:
        self._stack.setCurrentWidget(self._both)
        self.listing.begin_new()

    @Slot(str)
    def _add(self, name: str) -> None:
        bridge = self._parts.bridge
        if self._kind == "company":
            made = bridge.run(people.new_company, name=name)
            if made is not None:
                bridge.tell(_("New company: “{name}”.", name=name), made)
                self.arrive(ShowRecord("company", made.value.id))
        else:
            added = bridge.run(people.new_contact, name=name)
            if added is not None:
                bridge.tell(_("New contact: “{name}”.", name=name), added)
                self.arrive(ShowRecord("contact", added.value.id))
        if self._shown:
            self.card.fields.begin("site" if self._kind == "company" else "company_id")
