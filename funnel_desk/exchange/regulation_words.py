"""The rules of a pipeline in whole phrases: when a step is due, how it repeats, what it takes to leave a stage."""

from collections.abc import Mapping

from funnel_desk.domain.pipeline import ExitRule, Stage, Step
from funnel_desk.domain.script import spans
from funnel_desk.domain.words import Words
from funnel_desk.exchange.action_words import kind_said, said
from funnel_desk.exchange.clean_text import in_lines, one_line
from funnel_desk.exchange.page import Look, Run
from funnel_desk.i18n import N_, _, format_days, format_percent, language, ngettext

CERTAIN = 10_000  # basis points
STEP_TERM = "step:"

_LATER = {
    "entry": N_("{days} after the stage begins"),
    "previous": N_("{days} after the step before"),
    "sale": N_("{days} after the sale"),
}
_SAME_DAY = {
    "entry": N_("on the day the stage begins"),
    "previous": N_("on the day of the step before"),
    "sale": N_("on the day of the sale"),
}
_EXITS: Mapping[ExitRule, str] = {
    "none": N_("The program does not check whether the steps are done."),
    "warn": N_("When all required steps are done. The program warns of what is still open."),
    "block": N_("When all required steps are done. The program lets nobody go on before that."),
}
_SLOTS: Mapping[str, str] = {
    "contact": N_("client’s name"),
    "company": N_("client’s company"),
    "deal": N_("the project"),
    "me": N_("your name"),
    "my_company": N_("our company"),
    "last_offer": N_("the offer"),
    "last_offer_day": N_("day of the offer"),
    "days_since_invoice": N_("days since the invoice"),
    "value": N_("amount"),
    "product": N_("product"),
    "stage_days": N_("days in the stage"),
    "next_day": N_("day of the next talk"),
}
_LOOKS: Mapping[str, Look] = {"plain": "plain", "bold": "bold", "filled": "slot"}


def step_facts(step: Step, titles: Mapping[str, Words]) -> str:
    """What kind of step, when, how often and by whom, in one line. ``titles`` are those of all steps, by key."""
    parts = [
        _with_capital(kind_said(step.kind)),
        "" if step.on_demand else term_said(step, titles),
        repeat_said(step, titles) if step.every is not None else "",
        one_line(said(step.role)),
        _("when it comes up") if step.on_demand else "" if step.required else _("may be left out"),
    ]
    return " · ".join(part for part in parts if part)


def term_said(step: Step, titles: Mapping[str, Words]) -> str:
    """When a step is due: "1 working day after the stage begins"."""
    other = _title(titles, step.after.removeprefix(STEP_TERM)) if step.after.startswith(STEP_TERM) else ""
    after = step.after if step.after in _LATER else "entry"
    if step.days:
        return _(N_("{days} after “{step}”") if other else _LATER[after], days=_days(step), step=other)
    same = _(N_("on the day of “{step}”") if other else _SAME_DAY[after], step=other)
    return _("{when}, or the next working day", when=same) if step.working else same


def repeat_said(step: Step, titles: Mapping[str, Words]) -> str:
    """How a step repeats: "every 7 days until “Payment received” is done"."""
    every = step.every or 1
    if step.working:
        often = ngettext("every working day", "every {n} working days", every)
    else:
        often = ngettext("every day", "every {n} days", every)
    if step.until:
        return _("{often} until “{step}” is done", often=often, step=_title(titles, step.until))
    return _("{often} for as long as the deal is here", often=often)


def stage_facts(stage: Stage, following: Stage | None) -> list[tuple[str, str]]:
    """What a stage is for and what holds in it, as labels and sentences."""
    if stage.side == "won":
        goal = _("The deal is won with this stage.")
    elif following is None:
        goal = _("The client is content, and comes back.") if stage.side == "after" else ""
    else:
        goal = _("To bring the deal to “{stage}”.", stage=one_line(said(following.name)))
    stalled = (
        "" if stage.stalled_days is None else _("After {days} without a touch.", days=format_days(stage.stalled_days))
    )
    facts = [
        (_("Goal"), goal),
        (_("It may be left"), _(_EXITS[stage.exit_rule]) if following is not None else ""),
        (_("It stalls"), stalled),
    ]
    return [(label, words) for label, words in facts if words]


def chance_said(stage: Stage) -> str:
    """How likely a deal in this stage is won, or on which side of the sale it stands."""
    if stage.side == "won":
        return _("won")
    if stage.side == "after":
        return _("after the sale")
    return _("chance to win {percent}", percent=format_percent(stage.probability / CERTAIN))


def with_slots(script: Words) -> list[Run]:
    """A script for everybody: the key question bold, a named slot wherever a deal fills something in."""
    slots = {name: f"[{_(words)}]" for name, words in _SLOTS.items()}
    pieces = spans(in_lines(said(script)), slots, language())
    return [(text, _LOOKS[style]) for text, style in pieces]


def _days(step: Step) -> str:
    return ngettext("{n} working day", "{n} working days", step.days) if step.working else format_days(step.days)


def _title(titles: Mapping[str, Words], key: str) -> str:
    return one_line(said(titles[key])) if key in titles else key


def _with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
