"""What can come of an item of today, and what each answer does to the deal."""

from collections.abc import Sequence

from funnel_desk.domain import results
from funnel_desk.domain.checklist import StepState, next_action, steps_of
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.situation import Situation
from funnel_desk.i18n import N_, _, translate
from funnel_desk.operations import activities, deals, rescheduling, steps
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.today import TodayItem
from funnel_desk.ui import phrases
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.views.today.rows import DUE
from funnel_desk.ui.widgets.result_row import Result

ADVANCE, PLAN, LOSE, WAKE = "advance", "plan", "lose", "wake"
_OF_ACTIVITIES = {
    results.DONE: N_("Done"),
    results.NOT_YET: N_("Not yet"),
    results.NO_ANSWER: N_("No answer"),
}


def state_of(item: TodayItem, card: DealCard) -> StepState | None:
    """The step that the item is about, as it stands; None where it is not about a step."""
    if item.section not in DUE:
        return None
    return next((state for state in card.situation.states if state.step.id == item.step_id), None)


def answers(item: TodayItem, card: DealCard) -> Sequence[Result]:
    """The results to choose from, the usual one first."""
    state = state_of(item, card)
    if state is not None:
        return [Result(key, phrases.of(word)) for key, word in results.results_of(state.step)]
    if item.section in DUE:
        return [Result(key, translate(word)) for key, word in _OF_ACTIVITIES.items()]
    ahead = card.situation.next_stage
    if item.section == "resting":
        return [Result(WAKE, _("Wake it")), Result(LOSE, _("Let it go…"))]
    plan, lose = Result(PLAN, _("Plan the next action")), Result(LOSE, _("Let it go…"))
    if item.section == "no_next_action" and ahead is not None:
        onward = Result(ADVANCE, _("On to “{stage}”", stage=phrases.of(ahead.name)))
        return [onward, plan, lose] if card.offers_next else [plan, onward, lose]
    return [plan, lose]


def give_answer(bridge: Bridge, item: TodayItem, card: DealCard, key: str, note: str) -> bool:
    """Do what a result means. False if it was refused, or if it only leads somewhere (the others)."""
    if key == ADVANCE:
        return _advance(bridge, item, card)
    if key in {PLAN, LOSE, WAKE}:
        return False
    state = state_of(item, card)
    if state is not None:
        done = bridge.run(steps.tick_step, item.deal_id, state.step.id, result=key, note=note)
        word = next(phrases.of(label) for known, label in results.results_of(state.step) if known == key)
        if done is not None:
            bridge.tell(_("“{step}”: {result}", step=phrases.of(state.step.title), result=word), done)
        return done is not None
    return _answer_activity(bridge, item, key, note) if item.activity_id else _answer_touch(bridge, item, key, note)


def after_success(item: TodayItem, card: DealCard, bridge: Bridge) -> tuple[str, str | None]:
    """What comes next if all goes well: the step's title and its day (None: no day), or the offer of the next stage."""
    here: Situation = card.situation
    state = state_of(item, card)
    if state is None:
        return "", None
    done = TouchedStep("", here.deal.id, state.entry_id, state.step.id, "done", bridge.desk.clock())
    stay = here.stays[-1]
    states = steps_of(
        here.rulebook.steps.get(stay.stage_id, ()),
        stay.entry_id,
        stay.entered,
        [*here.touches, done],
        by_key=here.rulebook.by_key[stay.pipeline_id],
        zone=here.rulebook.zone,
    )
    planned = [one for one in here.activities if one.step_id != state.step.id]
    action = next_action(states, planned, here.rulebook.zone)
    if action is not None:
        return phrases.of(action.title), action.due
    ahead = here.next_stage
    return (_("on to “{stage}”", stage=phrases.of(ahead.name)), None) if ahead else ("", None)


def _advance(bridge: Bridge, item: TodayItem, card: DealCard) -> bool:
    ahead = card.situation.next_stage
    if ahead is None:
        return False
    done = bridge.run(deals.move_deal, item.deal_id, ahead.id)
    if done is not None:
        bridge.tell(_("“{deal}” is in “{stage}” now.", deal=item.deal, stage=phrases.of(ahead.name)), done)
    return done is not None


def _answer_activity(bridge: Bridge, item: TodayItem, key: str, note: str) -> bool:
    activity = item.activity_id or ""
    if key == results.DONE:
        done = bridge.run(activities.finish_activity, activity, note=note)
    else:
        day = results.proposed_day(key, bridge.desk.clock(), bridge.desk.workspace.time_zone)
        done = bridge.run(activities.move_activity, activity, day)
    if done is not None:
        bridge.tell(_("“{step}”: {result}", step=phrases.of(item.title), result=translate(_OF_ACTIVITIES[key])), done)
    return done is not None


def _answer_touch(bridge: Bridge, item: TodayItem, key: str, note: str) -> bool:
    again = (
        "" if key == results.DONE else results.proposed_day(key, bridge.desk.clock(), bridge.desk.workspace.time_zone)
    )
    if key == results.NOT_YET:
        done = bridge.run(rescheduling.put_off, item.deal_id, again) is not None
    else:
        reached = key == results.DONE
        answered = bridge.run(rescheduling.answer_touch, item.deal_id, reached=reached, note=note, again=again)
        done = answered is not None
    if done:
        bridge.tell(_("“{step}”: {result}", step=phrases.of(item.title), result=translate(_OF_ACTIVITIES[key])))
    return done
