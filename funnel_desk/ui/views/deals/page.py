"""The page of deals: the list, and beside it the card of one, or the fields of a new one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QStackedLayout, QStackedWidget, QVBoxLayout

from funnel_desk import settings
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.queries import pipelines
from funnel_desk.queries.deals import DealFilter, ids_of
from funnel_desk.ui.route import CloseAsLost, NewDeal, PastOf, StartCalls
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.deals.card import Card
from funnel_desk.ui.views.deals.form import DealForm
from funnel_desk.ui.views.deals.listing import Listing
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import frame, label
from funnel_desk.ui.widgets.master_detail import MasterDetail


class DealsPage(Page):
    """A click chooses a deal, Enter or a double click gives its card the whole place; Escape leads back."""

    needs = FACTS | {"saved_view", "own_field", "snooze"}
    has_search = True

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown = ""
        self._listing, self._card = Listing(parts), Card(parts)
        self._form = DealForm(parts, "new_deal", _("Save the deal"))
        self._detail = QStackedWidget()
        self._blank, self._new = frame("plain"), self._make_new()
        for part in (self._blank, self._card, self._new):
            self._detail.addWidget(part)
        self._detail.setMinimumWidth(360)
        self._both = MasterDetail(parts.look, self._listing, self._detail, (600, 496))
        self._both.restore(parts.memory.get("split.deals"))
        self._nothing = EmptyState(parts.look, "deals", "")
        self._nothing.begun.connect(self._begin)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self._nothing)
        self._listing.chosen.connect(self._chosen_in_list)
        self._listing.opened.connect(self._open)
        self._listing.clicked.connect(self._both.open_detail)
        self._listing.counted.connect(self.caption_changed)
        self._listing.kind_changed.connect(self._kind_changed)
        self._both.arranged.connect(self.caption_changed)
        self._both.arranged.connect(self._pass_focus_on)
        self._detail.currentChanged.connect(lambda _place: self._pass_focus_on())
        self._card.deal_wanted.connect(self._choose)
        self._form.saved.connect(self._save_new)
        self._form.left.connect(self._leave_new)
        self.add_deed("deals.call", _("Call"), self._call, "Ctrl+Return")
        press = self._card.press
        self.add_deed("deals.on", _("On to the next stage"), lambda: press("card.advance"), "Ctrl+M")
        self.add_deed("deals.log", _("What happened just now"), lambda: press("log.text"), "Ctrl+L")
        self.add_deed("deals.obstacle", _("Add what is in the way"), lambda: press("obstacles.add"), "Ctrl+J")
        self.add_deed("deals.questions", _("Before the contract"), lambda: press("questions.line.0"), "Ctrl+B")
        self.setFocusProxy(self._listing)
        self._listing.restore()
        self.refresh()
        self._listing.choose_first()
        self.add_deed("deals.kind", _("Deals: table, board, portfolio"), self._next_kind, "Ctrl+Tab")
        self.add_deed("deals.export_view", _("Export this view…"), self._listing.export_view)
        kind = parts.memory.get("deals.kind")
        if kind in {"board", "portfolio"}:
            self._listing.show_kind(kind)

    def caption(self) -> Caption:
        deal = self._card.deal
        if self._both.detail_is_alone and self._detail.currentWidget() is self._new:
            return Caption(_("New deal"), crumb=_("Deals"))
        if self._both.detail_is_alone and deal is not None and self._detail.currentWidget() is self._card:
            return Caption(deal.company.name if deal.company else deal.situation.deal.title, crumb=_("Deals"))
        count = self._listing.count
        return Caption(_("Deals"), ngettext("{count} deal", "{count} deals", count, count=format_number(count)))

    def refresh(self) -> None:
        self._listing.refresh()
        if self._shown and not self._card.show_deal(self._shown):
            self._choose("")
        self._say_nothing()
        self.caption_changed.emit()

    def arrive(self, destination: object) -> None:
        if isinstance(destination, NewDeal):
            self.begin_new()
        elif isinstance(destination, CloseAsLost):
            self._open(destination.deal_id)
            self._card.begin_loss()
        elif isinstance(destination, DealFilter):
            self._both.close_detail()
            self._listing.show_filter(destination)
        elif isinstance(destination, str):
            self._open(destination)

    def leave_crumb(self) -> None:
        self._both.close_detail()

    def start_search(self) -> bool:
        self._both.close_detail()
        self._stack.setCurrentWidget(self._both)
        self._listing.search.setFocus()
        self._listing.search.selectAll()
        return True

    def chosen_deals(self) -> object:
        return self._listing.deal_filter()

    def past_of(self) -> PastOf | None:
        deal = self._card.deal
        return PastOf(deal.situation.deal.id, deal.situation.deal.title) if deal is not None else None

    def keep(self) -> None:
        self._parts.memory.put("split.deals", self._both.state())
        self._parts.memory.put("deals.kind", self._listing.view_kind)
        self._listing.keep()

    def begin_new(self) -> None:
        """Offer empty fields for a new deal, or a playbook where there is no pipeline to put it in."""
        found = self._parts.bridge.ask(pipelines.pipelines)
        if not found:
            self._choose_playbook()
            return
        self._stack.setCurrentWidget(self._both)
        self._detail.setCurrentWidget(self._new)
        profile = settings.load().profile
        self._both.open_detail()
        self._form.begin_new(found, profile.author_name if profile else "")
        self.caption_changed.emit()

    def _make_new(self) -> QFrame:
        inside = frame("plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 14, 16)
        column.setSpacing(14)
        column.addWidget(label(_("New deal"), "title"))
        column.addWidget(self._form)
        place = frame("plain")
        whole = QVBoxLayout(place)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        return place

    def _say_nothing(self) -> None:
        """Where there is no deal at all, one sentence stands instead of the empty table."""
        nothing = not self._listing.has_any() and self._detail.currentWidget() is not self._new
        found = nothing and self._parts.bridge.ask(pipelines.pipelines)
        if nothing and found:
            self._nothing.say(_("Every deal you work on stands here, with its next day."), _("New deal"))
        elif nothing:
            self._nothing.say(
                _("Tell first how you sell: a pipeline gives each day its steps."), _("Choose a playbook")
            )
        self._stack.setCurrentWidget(self._nothing if nothing else self._both)

    @Slot()
    def _pass_focus_on(self) -> None:
        """The keys belong to what is seen, never to a list that lies under an opened card."""
        shown = self._detail.currentWidget() if self._both.detail_is_alone else None
        self.setFocusProxy(shown or self._listing)

    @Slot()
    def _kind_changed(self) -> None:
        """A board and a portfolio take the whole width; a card opens over them."""
        self._both.show_beside(beside=self._listing.view_kind == "table")

    def _next_kind(self) -> None:
        keys = self._listing.bar.kind.keys()
        self._listing.show_kind(keys[(keys.index(self._listing.view_kind) + 1) % len(keys)])

    @Slot()
    def _begin(self) -> None:
        self.begin_new()

    def _choose_playbook(self) -> None:
        from funnel_desk.ui.dialogs.playbooks import ChoosePlaybook

        bridge = self._parts.bridge
        ChoosePlaybook(self.window(), lambda playbook: bridge.run(add_pipeline, playbook)).open()

    @Slot(str)
    def _choose(self, deal_id: str) -> None:
        """Show a deal's card; nothing where there is none."""
        there = self._card.show_deal(deal_id)
        self._shown = deal_id if there else ""
        self._detail.setCurrentWidget(self._card if there else self._blank)
        self.caption_changed.emit()

    @Slot(str)
    def _chosen_in_list(self, deal_id: str) -> None:
        """A list that was read anew behind an opened card does not put another deal in its place."""
        if not (self._both.detail_is_alone and self._shown):
            self._choose(deal_id)

    @Slot(str)
    def _open(self, deal_id: str) -> None:
        """Give a deal's card the whole place."""
        self._stack.setCurrentWidget(self._both)
        self._choose(deal_id)
        if self._shown:
            self._both.open_detail(wide=True)
            self._card.setFocus()

    def _call(self) -> None:
        """Call the chosen deals one after the other, or the one that is shown."""
        keys = self._listing.table.chosen_keys() if self._listing.isVisible() else ()
        ids = self._parts.bridge.ask(ids_of, keys) if len(keys) > 1 else [self._shown] if self._shown else []
        if ids:
            self._parts.route.go("call", StartCalls(ids, back="deals"))

    @Slot()
    def _save_new(self) -> None:
        fields = self._form.fields()
        title, company, contact = (str(fields.pop(name)) for name in ("title", "company", "contact"))
        pipeline = self._form.pipeline.currentData()
        bridge = self._parts.bridge
        done = bridge.run(
            new_deal,
            title=title,
            company=company,
            contact=contact,
            pipeline_id=pipeline,
            **fields,  # type: ignore[arg-type]  # a form's fields
        )
        if done is None:
            return
        self._choose(done.value.id)
        bridge.tell(_("New deal: “{deal}”.", deal=done.value.title), done)

    @Slot()
    def _leave_new(self) -> None:
        self._choose(self._shown)
        self._both.close_detail()
        self._say_nothing()
