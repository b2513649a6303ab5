"""Call mode on screen: the words at the left, what helps beside them, what came of it below."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.domain import results
from funnel_desk.domain.calling import Subject, after_success, subject_of
from funnel_desk.i18n import _, format_day, format_number
from funnel_desk.operations.calls import Answer, Heard, finish_call
from funnel_desk.queries.calls import still_deals, talks_done
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.ui import phrases
from funnel_desk.ui.call.cold import ColdCounter
from funnel_desk.ui.call.drafts import Draft, Drafts
from funnel_desk.ui.call.ending import Ending
from funnel_desk.ui.call.foot import CallFoot
from funnel_desk.ui.call.head import CallHead
from funnel_desk.ui.call.queue import Queue, kept_queue
from funnel_desk.ui.call.sides import Beside, Words
from funnel_desk.ui.route import CloseAsLost, StartCalls
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.result_row import Result

_SIDE_BY_SIDE = 640
_PAUSE_MS = 700
"""So long after the last key what was written goes to the disk."""


class CallPage(Page):
    """One call at a time; what was said in it stays until it has its result."""

    needs = FACTS
    has_search = True

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        workspace = parts.bridge.desk.workspace.id
        self._drafts, self._queue_name = Drafts(parts.memory, workspace), f"call.queue.{workspace}"
        self._queue, self._back, self._step_id = Queue(()), "today", ""
        self._card: DealCard | None = None
        self._subject = Subject()
        self._head = CallHead(parts, self)
        self._words, self._beside = Words(parts), Beside(parts)
        self._foot = CallFoot(self, parts.bridge.today)
        self._ending, self._end_counter = Ending(), ColdCounter(parts, "call.end.cold")
        self._ending.place.addWidget(self._end_counter)
        self._nothing = EmptyState(
            parts.look, "call", _("Nobody is being called. Begin with a deal of today."), _("Back to today")
        )
        calling = QWidget()
        column = QVBoxLayout(calling)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        columns: list[tuple[QWidget, int]] = [(self._words, 58), (self._beside, 42)]
        column.addWidget(Columns(columns, _SIDE_BY_SIDE, [self._words, self._beside]), 1)
        column.addWidget(self._foot)
        self._calling = calling
        self._stack = QStackedLayout(self)
        for part in (self._nothing, calling, self._ending):
            self._stack.addWidget(part)
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_PAUSE_MS)
        self._saving.timeout.connect(self._drafts.save)
        self._listen()

    def _listen(self) -> None:
        self.add_deed("call.leave", _("Leave the call"), self._escape, "Esc")
        head, foot = self._head, self._foot
        head.opens.connect(self._open)
        head.clock.beat.connect(self._keep)
        for part in (self._words, self._beside.objections, foot):
            part.changed.connect(self._keep)
        foot.answered.connect(self._answer)
        foot.asks.connect(self._words.begin)
        foot.objects.connect(self.start_search)
        foot.goes_on.connect(lambda: self._walk(1))
        foot.goes_back.connect(lambda: self._walk(-1))
        self._ending.left.connect(self.leave_crumb)
        self._ending.again.connect(lambda: self._begin(Queue(self._queue.passed_over())))
        self._ending.loss_wanted.connect(lambda deal: self._parts.route.go("deals", CloseAsLost(deal)))
        self._nothing.begun.connect(self.leave_crumb)

    # --- what the window asks ----------------------------------------------------------------------------------------

    def caption(self) -> Caption:
        crumb = _("Deals") if self._back == "deals" else _("Today")
        if len(self._queue) < 2 or self._card is None:  # noqa: PLR2004 - one call is no queue
            return Caption(_("Call"), crumb=crumb)
        place, count = format_number(self._queue.place + 1), format_number(len(self._queue))
        return Caption(_("Call"), _("{place} of {count}", place=place, count=count), crumb=crumb)

    def refresh(self) -> None:
        if self._card is not None:
            self._show(self._card.situation.deal.id, anew=False)
        elif self._stack.currentWidget() is self._ending:
            self._show_ending()

    def arrive(self, destination: object) -> None:
        if not isinstance(destination, StartCalls):
            return
        ids = destination.deal_ids
        kept = kept_queue(self._parts.memory, self._queue_name)
        if len(ids) == 1 and ids[0] in kept:  # gone on with after the window was closed
            ids = self._parts.bridge.ask(still_deals, kept)
        self._back, self._step_id = destination.back, destination.step_id
        self._begin(Queue(ids, destination.first or destination.deal_ids[0]))

    def leave_crumb(self) -> None:
        deal = self._card.situation.deal.id if self._card is not None else ""
        self._put_away()
        self._parts.route.go(self._back, deal if self._back == "deals" and deal else None)

    def start_search(self) -> bool:
        self._beside.objections.search.setFocus()
        self._beside.objections.search.selectAll()
        return True

    def keep(self) -> None:
        self._put_away()

    # --- one call after the other ------------------------------------------------------------------------------------

    def _begin(self, queue: Queue) -> None:
        self._put_away()
        self._queue = queue
        self._show_or_walk(1)

    def _walk(self, by: int) -> None:
        self._put_away()
        self._step_id = ""
        self._queue.walk(by)
        self._show_or_walk(by)

    def _show_or_walk(self, by: int) -> None:
        """The call that is next in the queue; those whose deals are gone are passed over."""
        while self._queue.deal_id:
            self._queue.keep(self._parts.memory, self._queue_name)
            if self._show(self._queue.deal_id, anew=True):
                return
            if by < 0 and self._queue.place == 0:
                by = 1
            self._queue.walk(by)
        self._parts.memory.put(self._queue_name, "")
        self._show_ending()

    def _show(self, deal_id: str, *, anew: bool) -> bool:
        """Show a deal as it is now; what was said so far stays. False if there is none of this id."""
        bridge = self._parts.bridge
        card = bridge.ask(deal_card, deal_id, bridge.today())
        self._card = card
        if card is None:
            if not anew:
                self._walk(1)
            return False
        if anew:
            draft = self._drafts.of(deal_id) or Draft(deal_id)
            self._step_id = self._step_id or draft.step_id
        else:
            draft = self._draft()
        self._subject = subject_of(card.situation, self._step_id or None)
        self._calling.setUpdatesEnabled(False)  # one drawing for all of its parts
        self._head.show_deal(card)
        self._words.show_deal(card, self._subject, draft)
        self._beside.show_deal(card, draft if anew else None)
        self._show_foot(card, draft)
        self._calling.setUpdatesEnabled(True)
        if anew:
            self._head.clock.begin(draft.seconds)
            self._stack.setCurrentWidget(self._calling)
            self.setFocus()
        self.caption_changed.emit()
        return True

    def _show_foot(self, card: DealCard, draft: Draft) -> None:
        here, bridge, foot = card.situation, self._parts.bridge, self._foot
        foot.show_results([self._result(one) for one in results.call_results(self._subject.step)])
        coming = after_success(here, self._subject, bridge.desk.clock())
        ahead = here.next_stage if here.present.outcome == "open" else None
        title = phrases.of(coming.title) if coming else ""
        due = (coming.due if coming else None) or ""
        foot.show_draft(draft.note, draft.due, onward=draft.onward)
        foot.show_next(title, due, phrases.of(ahead.name) if ahead else "", here.rulebook.zone)
        foot.show_queue(before=self._queue.place > 0, after=len(self._queue) > 1)

    def _result(self, one: results.Result) -> Result:
        bridge, hint = self._parts.bridge, ""
        if one.key in results.WAITS:
            day = results.proposed_day(one.key, bridge.desk.clock(), bridge.desk.workspace.time_zone)
            hint = _("Again on {day}", day=format_day(day, "short"))
        return Result(one.key, phrases.of(one.label), hint)

    def _show_ending(self) -> None:
        self._card = None
        self._head.clock.hold()
        queue = self._queue
        there = self._parts.bridge.ask(talks_done, [talk for _title, talk in queue.done.values()])
        done = {deal: (title, there[talk]) for deal, (title, talk) in queue.done.items() if talk in there}
        self._ending.show_calls(done, sum(one not in done for one in queue.ids))
        self._end_counter.refresh()
        self._stack.setCurrentWidget(self._ending if len(queue) else self._nothing)
        self._ending.setFocus()
        self.caption_changed.emit()

    # --- what was said -----------------------------------------------------------------------------------------------

    def _draft(self) -> Draft:
        """What the person has said in this call so far."""
        card = self._card
        deal = card.situation.deal if card else None
        return Draft(
            deal.id if deal else "",
            deal.title if deal else "",
            self._step_id,
            self._foot.note.toPlainText(),
            self._head.clock.seconds(),
            self._words.asks.said(),
            self._words.asks.ticked(),
            self._words.questions.told(),
            [list(one) for one in self._beside.objections.heard],
            self._foot.due,
            self._foot.onward.isChecked(),
        )

    @Slot()
    def _keep(self) -> None:
        if self._card is not None and self._stack.currentWidget() is self._calling:
            self._drafts.keep(self._draft())
            self._saving.start()

    def _put_away(self) -> None:
        """The call is left: its clock stands, what was said is written down."""
        counts = False
        if self._card is not None:
            self._head.clock.hold()
            draft = self._draft()
            counts = draft.counts
            self._drafts.keep(draft)
            self._card = None
            counts = counts or self._saving.isActive()
        if counts:
            self._saving.stop()
            self._drafts.save()

    @Slot(str)
    def _answer(self, key: str) -> None:
        card = self._card
        if card is None:
            return
        draft, subject, bridge = self._draft(), self._subject, self._parts.bridge
        deal, ahead = card.situation.deal, card.situation.next_stage
        self._card = None  # the news of it is not for this call any more
        done = bridge.run(
            finish_call,
            deal.id,
            key,
            step_id=subject.step.id if subject.step else None,
            activity_id=subject.planned.id if subject.planned and not subject.step else None,
            note=draft.whole_note(),
            minutes=draft.minutes(),
            heard=[Heard(objection or None, text, answer) for objection, text, answer in draft.heard],
            answers={key: Answer(verdict == "yes", told) for key, (verdict, told) in draft.answers.items()},
            due=draft.due or None,
            onward=ahead.id if draft.onward and ahead else None,
        )
        if done is None:
            self._card = card
            return
        word = next(phrases.of(one.label) for one in results.call_results(subject.step) if one.key == key)
        bridge.tell(_("“{step}”: {result}", step=deal.title, result=word), done)
        self._drafts.drop(deal.id)
        self._queue.done[deal.id] = (deal.title, done.value.id)
        if len(self._queue) > 1:
            self._walk(1)
        elif results.offers_lost(key):
            self._finish(CloseAsLost(deal.id), "deals")
        else:
            self._finish(deal.id if self._back == "deals" else None, self._back)

    def _finish(self, destination: object, view: str) -> None:
        self._queue = Queue(())
        self._head.clock.hold()
        self._stack.setCurrentWidget(self._nothing)
        self._parts.route.go(view, destination)

    @Slot()
    def _escape(self) -> None:
        """Escape leaves a field first, and then the call."""
        held, search = QApplication.focusWidget(), self._beside.objections.search
        if held is search and search.text():
            search.clear()
        elif isinstance(held, (QLineEdit, QPlainTextEdit)) and self.isAncestorOf(held):
            self.setFocus()
        else:
            self.leave_crumb()

    @Slot()
    def _open(self) -> None:
        if self._card is not None:
            self._parts.route.go("deals", self._card.situation.deal.id)

    def queue(self) -> Sequence[str]:
        """The deals to call."""
        return tuple(self._queue.ids)
