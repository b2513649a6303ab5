"""One deal as `deal` shows it: its stage, what is next with the words to say, its checklist and its past."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from funnel_desk.cli._answers import amount, cut, screen_width, shown_moment, shown_money, table, wrapped
from funnel_desk.cli._items import Item, kind_said, outcome_said, script, words_said
from funnel_desk.cli._known import known, known_lines
from funnel_desk.domain.fact_words import BY_THEIR_WORDS, KIND_NAMES, NOTED, SETTLED
from funnel_desk.domain.pipeline import NO_WORDS
from funnel_desk.domain.results import results_of
from funnel_desk.i18n import N_, _, format_day, format_days, format_percent, format_relative_day, language, translate

if TYPE_CHECKING:
    from funnel_desk.domain.checklist import StepState
    from funnel_desk.domain.workspace import Workspace
    from funnel_desk.queries.deal import DealCard
    from funnel_desk.queries.timeline import TimelineEntry

CERTAIN = 10_000
MARKS = {"done": "✓", "skipped": "–", "ended": "–", "open": "·"}
EVENTS = {
    "created": N_("created in {what}"),
    "moved": N_("moved to {what}"),
    "lost": N_("lost: {what}"),
    "reopened": N_("reopened in {what}"),
    "handed_over": N_("handed over to {what}"),
    "skipped": N_("skipped: {what}"),
}


def document(card: "DealCard", workspace: "Workspace") -> dict[str, object]:
    """The deal as programs read it."""
    here = card.situation
    currency = here.deal.currency or workspace.currency
    item = next_item(card)
    return {
        "id": here.deal.id,
        "title": here.deal.title,
        "stage_key": here.stage.key,
        "outcome": here.present.outcome,
        "value": amount(here.deal.value, currency),
        "currency": currency,
        "next_action": item and item.document(),
        "steps": [_step(state) for state in here.states],
        "timeline": [_event(entry) for entry in card.timeline],
        **known(card),
    }


def next_item(card: "DealCard") -> Item | None:
    """What to do next for the deal, with the words to say; None where nothing is due or planned."""
    here = card.situation
    action = here.action
    if action is None:
        return None
    step = next((state.step for state in here.states if state.step.id == action.step_id), None)
    return Item(
        deal=here.deal.title,
        deal_id=here.deal.id,
        company=card.company.name if card.company else "",
        stage=here.stage.name.of(language()),
        stage_key=here.stage.key,
        step=words_said(action.title),
        step_key=step.key if step else "",
        kind=action.kind,
        due=action.due,
        script=script(step.say if step else NO_WORDS, card.facts),
    )


def summary(card: "DealCard", on: str, workspace: "Workspace") -> str:
    """How the deal stands, in a few lines."""
    here = card.situation
    people = (card.company.name if card.company else "", card.contact.name if card.contact else "")
    title = " · ".join(part for part in (here.deal.title, *people) if part)
    parts = (
        here.stage.name.of(language()),
        format_days(int(card.facts.stage_days)),
        outcome_said(here.present.outcome),
        card.reason.of(language()) if here.present.outcome == "lost" else "",
        shown_money(here.deal.value, here.deal.currency or workspace.currency),
        format_percent(here.probability / CERTAIN) if here.present.outcome == "open" else "",
        card.pipeline.name.of(language()),
    )
    said = (title, " · ".join(part for part in parts if part), _next_line(card, on, workspace))
    return "\n".join(line for line in said if line)


def lines(card: "DealCard", on: str, workspace: "Workspace") -> str:
    """The whole deal for a person."""
    zone = workspace.time_zone
    item = next_item(card)
    parts = [summary(card, on, workspace)]
    if item and item.script:
        parts.append(wrapped(item.script, indent=2))
    if card.situation.states:
        head = _("Steps in “{stage}”", stage=card.situation.stage.name.of(language()))
        parts.append(f"{head}\n{table([_step_cells(state, zone) for state in card.situation.states], indent=2)}")
    around = known_lines(card, zone)
    if around:
        parts.append(_("What is known") + "\n" + table(around, indent=2))
    if card.planned:
        rows = [(shown_moment(one.planned_for, zone), kind_said(one.kind), cut(one.text, 70)) for one in card.planned]
        parts.append(_("Planned") + "\n" + table(rows, indent=2))
    if card.timeline:
        parts.append(_("What happened") + "\n" + table(_timeline_rows(card.timeline, zone), indent=2))
    return "\n\n".join(parts)


def _next_line(card: "DealCard", on: str, workspace: "Workspace") -> str:
    item = next_item(card)
    if item is None:
        return _("Nothing is planned.") if card.situation.present.outcome == "open" else ""
    when = shown_moment(item.due, workspace.time_zone)
    if item.due is not None:
        from funnel_desk.domain.moments import day_of

        when = f"{when} ({format_relative_day(day_of(item.due, workspace.time_zone), on)})"
    what = ", ".join(part for part in (kind_said(item.kind), item.step, when) if part)
    return _("Next: {what}", what=what)


def _step(state: "StepState") -> dict[str, object]:
    return {
        "step": state.step.title.of(language()),
        "step_key": state.step.key,
        "kind": state.step.kind,
        "status": state.status,
        "required": state.step.required,
        "due": state.due if state.status == "open" else None,
        "done_at": state.done_at,
        "times": state.times,
        "result": state.result,
    }


def _step_cells(state: "StepState", zone: str) -> Sequence[str]:
    when = state.done_at if state.status in {"done", "skipped"} else state.due
    return (
        MARKS[state.status],
        kind_said(state.step.kind),
        state.step.title.of(language()),
        shown_moment(when, zone),
        _result_said(state),
        "" if state.step.required else _("if need be"),
    )


def _result_said(state: "StepState") -> str:
    labels = {result.key: result.label.of(language()) for result in results_of(state.step)}
    return labels.get(state.result, state.result)


def _event(entry: "TimelineEntry") -> dict[str, object]:
    return {
        "at": entry.at,
        "event": entry.kind,
        "what": entry.words.of(language()),
        "kind": entry.channel,
        "direction": entry.direction,
        "minutes": entry.minutes,
        "result": entry.result,
        "text": entry.text,
    }


def _timeline_rows(entries: "Sequence[TimelineEntry]", zone: str) -> list[Sequence[str]]:
    width = max(40, screen_width() - 30)
    return [(shown_moment(entry.at, zone), cut(_happened(entry), width)) for entry in entries]


def fact_said(entry: "TimelineEntry") -> str:
    """What was noted or settled, by its topic and its kind, and what was written."""
    told = (NOTED if entry.kind == "noted" else SETTLED)[entry.channel]
    if entry.channel in BY_THEIR_WORDS:
        return translate(told, what=entry.text)
    if entry.channel == "close":
        return translate(told, what=format_day(entry.result, "medium") if entry.result else _("no day"))
    names = KIND_NAMES.get(entry.channel, {})
    what = translate(names[entry.result]) if entry.result in names else entry.result
    return ": ".join(part for part in (translate(told, what=what), entry.text) if part)


def _happened(entry: "TimelineEntry") -> str:
    what = entry.words.of(language())
    if entry.kind in {"noted", "settled"}:
        return fact_said(entry)
    if entry.kind == "activity":
        head = ", ".join(part for part in (kind_said(entry.channel), what) if part)
    else:
        head = _(EVENTS[entry.kind], what=what)
    return f"{head}: {entry.text}" if entry.text else head
