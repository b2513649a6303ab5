"""The checklist on the card, and under it the ways on: the next stage, won, lost, reopened, or a plan."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout

from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.moments import add_days, day_of
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.qualification import QUESTIONS, is_too_early, met_of
from funnel_desk.i18n import _, format_day, format_days, ngettext
from funnel_desk.operations import activities, deals, steps
from funnel_desk.queries import pipelines
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.models.steps import StepLine
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.because_form import BecauseForm
from funnel_desk.ui.views.deals.lost_form import LostForm
from funnel_desk.ui.views.deals.questions import Questions
from funnel_desk.ui.widgets.columns import bring_into_view
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.fold_list import FoldList
from funnel_desk.ui.widgets.labels import SectionHeading, present, repolish
from funnel_desk.ui.widgets.plan_form import PlanForm
from funnel_desk.ui.widgets.step_list import StepList

_MARGIN = 16


def told_of_step(said: str, step: Step, card: DealCard) -> str:
    """What is said of a step that was done: with a warning where it was an offer before the need was known."""
    if not is_too_early(step, card.around.criteria):
        return said
    return " ".join([said, _("The need is not known yet: ask for it.")])


def _coming(card: DealCard) -> list[tuple[str, str]]:
    """The steps of the stages ahead, under one line that opens."""
    stages = [
        "\n".join([phrases.of(stage.name), *(f"· {phrases.of(step.title)}" for step in coming)])
        for stage, coming in card.coming_steps
    ]
    return [(_("In later stages"), "\n".join(stages))] if stages else []


class Checklist(QFrame):
    """Steps of the stages so far. `step_chosen` tells the step whose words are wanted (None: the next one's)."""

    step_chosen = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self._parts = parts
        self._card: DealCard | None = None
        self._states: dict[str, StepState] = {}
        self._list = StepList(parts.look, self._tick, _("Steps"))
        self._list.setObjectName("card.steps")
        self._list.selectionModel().currentChanged.connect(self._chosen)
        self._heading = SectionHeading(_("Steps"))
        self._coming, self._questions = FoldList(parts.look), Questions(parts)
        self._coming.setObjectName("card.coming")
        self._advance = self._button("advance", "", self.advance)
        self._won = self._button("won", _("Won"), self.win)
        self._lost = self._button("lost", _("Lost…"), self.begin_loss)
        self._reopen = self._button("reopen", _("Reopen"), self.reopen)
        self._plan = self._button("plan", _("Plan…"), self.begin_plan)
        self._lost_form, self._plan_form = LostForm(), PlanForm(parts.look)
        self._lost_form.confirmed.connect(self._lose)
        self._plan_form.planned.connect(self._planned)
        self._because_form = BecauseForm()
        self._because_form.confirmed.connect(self._explain)
        for form in (self._lost_form, self._plan_form, self._because_form):
            form.left.connect(self._close_forms)
            form.hide()
        self._reopen.setProperty("role", "primary")
        buttons = FlowLayout(spacing=8)
        for button in (self._advance, self._reopen, self._won, self._lost, self._plan):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN - 10, 16)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._list)
        column.addWidget(self._coming)
        column.addSpacing(4)
        column.addWidget(self._questions)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self._lost_form)
        column.addWidget(self._plan_form)
        column.addWidget(self._because_form)
        column.addStretch(1)

    def show_deal(self, card: DealCard) -> None:
        """Show this deal's steps and what can be done with it."""
        other = self._card is None or self._card.situation.deal.id != card.situation.deal.id
        held = self._held_key()
        self._card = card
        self._list.steps.show_steps(self._lines(card))
        self._coming.show_lines(_coming(card))
        present(self._coming, shown=bool(card.coming_steps))
        self._questions.show_deal(card)
        present(self._questions, shown=card.situation.present.outcome == "open" or bool(card.around.criteria))
        if other:
            self._close_forms()
        if other or held not in self._states or self._states[held].status != "open":
            self._list.choose_next()
            if not self._list.currentIndex().isValid():
                self.step_chosen.emit(None)  # a list that was filled anew does not tell that nothing is chosen any more
        here, outcome = card.situation, card.situation.present.outcome
        ahead = here.next_stage
        present(self._advance, shown=outcome != "lost" and ahead is not None)
        # One primary button a card: the result of the step at hand, and once all is done, the way on.
        self._advance.setProperty("role", "" if card.situation.action else "primary")
        repolish(self._advance)
        if ahead is not None:
            self._advance.setText(_("On to “{stage}”", stage=phrases.of(ahead.name)).replace("&", "&&"))
        present(self._won, shown=outcome == "open" and (ahead is None or ahead.side != "won"))
        present(self._lost, shown=outcome != "lost")
        present(self._plan, shown=outcome != "lost")
        present(self._reopen, shown=outcome == "lost")

    @Slot()
    def advance(self) -> None:
        """Move the deal to the next stage."""
        ahead = self._card.situation.next_stage if self._card else None
        if ahead is not None:
            self.move_to(ahead.id)

    @Slot()
    def win(self) -> None:
        """Move the deal to the won stage."""
        if self._card is not None:
            self.move_to(self._card.situation.won_stage.id)

    def move_to(self, stage_id: str) -> None:
        """Move the deal to a stage, and tell what was left open there."""
        if self._card is None or stage_id == self._card.situation.stage.id:
            return
        here, bridge = self._card.situation, self._parts.bridge
        done = bridge.run(deals.move_deal, here.deal.id, stage_id)
        if done is None:
            return
        name = next(phrases.of(stage.name) for stage in here.stages if stage.id == stage_id)
        told = _("“{deal}” is in “{stage}” now.", deal=here.deal.title, stage=name)
        asked = self._card.around.criteria
        if asked and met_of(asked) < len(QUESTIONS):
            told += " " + _("{met} of {all} questions are met.", met=met_of(asked), all=len(QUESTIONS))
        left = len(done.value)
        if left:
            told += " " + ngettext("{n} required step was left open.", "{n} required steps were left open.", left)
            self._close_forms()
            self._because_form.begin([phrases.of(state.step.title) for state in done.value])
        bridge.tell(told, done)

    @Slot()
    def begin_loss(self) -> None:
        """Ask why the deal is lost."""
        self._close_forms()
        self._lost_form.show()
        self._lost_form.begin(self._parts.bridge.ask(pipelines.lost_reasons))
        bring_into_view(self._lost_form)

    @Slot()
    def begin_plan(self) -> None:
        """Ask what to plan."""
        self._close_forms()
        self._plan_form.show()
        self._plan_form.begin(add_days(self._parts.bridge.today(), 1, working=True))
        bring_into_view(self._plan_form)

    @Slot()
    def reopen(self) -> None:
        """Take the lost deal up again."""
        if self._card is None:
            return
        deal = self._card.situation.deal
        done = self._parts.bridge.run(deals.reopen_deal, deal.id)
        if done is not None:
            self._parts.bridge.tell(_("“{deal}” is open again.", deal=deal.title), done)

    @Slot(str, str)
    def _lose(self, reason: str, note: str) -> None:
        if self._card is None:
            return
        deal = self._card.situation.deal
        done = self._parts.bridge.run(deals.lose_deal, deal.id, reason=reason, note=note)
        if done is not None:
            self._close_forms()
            self._parts.bridge.tell(_("“{deal}” is closed as lost.", deal=deal.title), done)

    @Slot(str)
    def _explain(self, because: str) -> None:
        if self._card is None:
            return
        done = self._parts.bridge.run(deals.explain_move, self._card.situation.deal.id, because)
        if done is not None:
            self._close_forms()
            self._parts.bridge.tell(_("The reason is kept with the move."), done)

    @Slot(str, str, str)
    def _planned(self, kind: str, day: str, text: str) -> None:
        if self._card is None:
            return
        words = text or phrases.kind_name(kind)
        done = self._parts.bridge.run(activities.plan_activity, self._card.situation.deal.id, kind, day, text=words)
        if done is not None:
            self._close_forms()
            self._parts.bridge.tell(_("Planned for {day}: {what}", day=format_day(day, "short"), what=words), done)

    @Slot()
    def _close_forms(self) -> None:
        forms = (self._lost_form, self._plan_form, self._because_form)
        held = QApplication.focusWidget()
        if held is not None and any(form.isAncestorOf(held) for form in forms):
            self._list.setFocus()  # not whatever comes next on the card
        for form in forms:
            form.hide()

    def _tick(self, line: StepLine, wanted: bool) -> bool:
        state = self._states.get(line.key)
        if state is None or self._card is None:
            return False
        bridge, deal_id = self._parts.bridge, self._card.situation.deal.id
        title = phrases.of(state.step.title)
        if wanted:
            ticked = bridge.run(steps.tick_step, deal_id, state.step.id)
            if ticked is not None:
                bridge.tell(told_of_step(_("“{step}” is done.", step=title), state.step, self._card), ticked)
            return ticked is not None
        unticked = bridge.run(steps.untick_step, deal_id, state.step.id)
        if unticked is not None:
            bridge.tell(_("“{step}” is open again.", step=title), unticked)
        return unticked is not None

    def _lines(self, card: DealCard) -> list[StepLine]:
        self._states = {}
        lines: list[StepLine] = []
        for past in card.past_steps:
            for place, state in enumerate(past.states):
                lines.append(self._line(state, card, begins=bool(lines) and place == 0, present_stay=False))
        action = card.situation.action
        for place, state in enumerate(card.situation.states):
            line = self._line(state, card, begins=bool(lines) and place == 0, present_stay=True)
            is_next = action is not None and action.step_id == state.step.id and state.status == "open"
            lines.append(replace(line, next=is_next))
        return lines

    def _line(self, state: StepState, card: DealCard, *, begins: bool, present_stay: bool) -> StepLine:
        key = f"{state.entry_id}:{state.step.id}"
        if present_stay:
            self._states[key] = state
        zone = card.situation.rulebook.zone
        note, late = "", False
        if state.status in {"done", "skipped"} and state.done_at:
            note = format_day(day_of(state.done_at, zone), "short")
        elif state.status == "open":
            note, late = phrases.due(state.due, self._parts.bridge.today(), zone)
        title = phrases.of(state.step.title)
        if state.step.every and state.status == "open":
            title = _("{step}, every {days}", step=title, days=format_days(state.step.every))
        return StepLine(
            key=key,
            title=title,
            note=note,
            late=late,
            done=state.status == "done",
            skipped=state.status in {"skipped", "ended"},
            begins=begins,
            may_tick=present_stay and state.status in {"open", "done", "skipped"},
        )

    def _held_key(self) -> str | None:
        step = self._list.steps.step(self._list.currentIndex())
        return step.key if step else None

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        step = self._list.steps.step(current)
        self.step_chosen.emit(self._states.get(step.key) if step else None)

    def _button(self, key: str, text: str, act: Callable[[], None]) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(f"card.{key}")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(act)
        return made
