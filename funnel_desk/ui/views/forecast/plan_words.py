"""The plan in words: how many leads the goal needs, what is to be done today, and what other figures would change."""

from math import ceil

from funnel_desk.charts.style import short_money
from funnel_desk.domain.cold_calls import CallsNeeded
from funnel_desk.domain.flow import Filling
from funnel_desk.domain.intervals import TOO_FEW, Rate
from funnel_desk.domain.leads_plan import LeadsPlan
from funnel_desk.domain.on_track import OnTrack
from funnel_desk.domain.periods import Period
from funnel_desk.domain.plan_what_if import Changes, Then
from funnel_desk.domain.working_days import working_days
from funnel_desk.i18n import _, format_day, format_number, format_percent, ngettext
from funnel_desk.ui.phrases import money
from funnel_desk.ui.views.forecast.words import whole_money

_SCARCELY = 10  # numbers below which a tenth matters


def no_goal() -> str:
    """What to do where no goal is set."""
    return _("Set a goal above, and here stands how many leads it needs.")


def no_pipeline() -> str:
    """What to do where all pipelines are asked for."""
    return _("Each pipeline has a plan of its own: choose one above.")


def plan_sentence(plan: LeadsPlan, currency: str, today: str, period: Period) -> str:
    """How many leads the goal still needs, and how many that is a day."""
    if plan.goal <= plan.won_so_far:
        return _("The goal is reached: {won} is won.", won=money(plan.won_so_far, currency))
    leads = plan.leads_after_open
    if leads is None:
        return _("Nothing is won in {currency} yet, so nobody knows how many wins the goal needs.", currency=currency)
    if not leads:
        return _("If the open deals bring what is expected of them, no further lead is needed.")
    said = ngettext("{n} more lead is needed", "{n} more leads are needed", leads, n=format_number(leads))
    return f"{said}{_a_day(leads, today, period)}."


def plan_note(plan: LeadsPlan, currency: str, unknown: int) -> str:
    """Of what the plan is made."""
    parts = [
        _("won so far {amount}", amount=whole_money(plan.won_so_far, currency)),
        _("expected of open deals {amount}", amount=whole_money(plan.expected_from_open, currency)),
    ]
    if plan.average_won is not None:
        parts.append(_("an average won deal {amount}", amount=whole_money(float(plan.average_won), currency)))
    said = _("Of the goal: {parts}.", parts="; ".join(parts))
    if unknown:
        said += " " + ngettext(
            "{n} closed deal came in without its path and tells nothing of the stages.",
            "{n} closed deals came in without their paths and tell nothing of the stages.",
            unknown,
            n=format_number(unknown),
        )
    return said


def today_sentence(track: OnTrack) -> str:
    """What to bring in today to be on track; empty where nothing is to be done."""
    leads = track.leads_today
    if not leads:
        return ""
    return ngettext("Today: {n} lead.", "Today: {n} leads.", leads, n=format_number(leads))


def pace_sentence(track: OnTrack, currency: str) -> str:
    """How far the goal is, beside how far the time is."""
    won, goal = short_money(track.won, currency), short_money(track.goal, currency)
    whole = track.gone + track.left
    share, time = format_percent(max(0, track.won) / track.goal), format_percent(track.gone / whole if whole else 1.0)
    match track.pace:
        case "reached":
            return _("The goal is reached: {won} of {goal}.", won=won, goal=goal)
        case "over":
            return _("The period is over: {won} of {goal} were won, {share}.", won=won, goal=goal, share=share)
        case "not_begun":
            return _("No working day of the period is gone yet; {won} of {goal} is won.", won=won, goal=goal)
        case "ahead":
            more = short_money(track.won - track.due, currency)
            return _("Ahead by {more}: {share} of the goal is won, and {time} of the working days are gone.",
                     more=more, share=share, time=time)  # fmt: skip
        case "behind":
            less = short_money(track.due - track.won, currency)
            return _("Behind by {less}: {share} of the goal is won, and {time} of the working days are gone.",
                     less=less, share=share, time=time)  # fmt: skip


def calls_sentence(leads: int | None, rate: Rate, needed: CallsNeeded | None) -> str:
    """How many cold calls so many leads need, with the interval; or that too few were made."""
    if needed is None or leads is None:
        return _(
            "Too early to say: n = {n} cold calls, {least} are needed.",
            n=format_number(rate.base),
            least=format_number(TOO_FEW),
        )
    if needed.calls is None:
        return ngettext(
            "Of {n} cold call none became a lead so far.", "Of {n} cold calls none became a lead so far.", rate.base,
            n=format_number(rate.base),
        )  # fmt: skip
    low, high = format_number(needed.low or 0), None if needed.high is None else format_number(needed.high)
    said = ngettext(
        "{n} cold call, if leads come by calls alone", "{n} cold calls, if leads come by calls alone", needed.calls,
        n=format_number(needed.calls),
    )  # fmt: skip
    between = _("at least {low}", low=low) if high is None else _("surely {low} to {high}", low=low, high=high)
    share = _("{leads} of {n} calls became a lead", leads=format_number(rate.part), n=format_number(rate.base))
    return f"{said} ({between}). {share}."


def filling_text(one: Filling) -> str:
    """How full a stage is beside what the goal needs: "12 there, 20 wanted"."""
    there = format_number(one.there)
    if one.wanted is None:
        return _("{there} there, need not known", there=there)
    if one.missing:
        return _("{there} there, {missing} too few", there=there, missing=format_number(one.missing))
    return _("{there} there, {wanted} needed", there=there, wanted=format_number(one.wanted))


def group_text(plan: LeadsPlan, currency: str) -> str:
    """What the part of one group needs: "12 more leads, of 300K"."""
    part = short_money(plan.goal, currency)
    leads = plan.leads_after_open
    if leads is None:
        return _("{part}; nothing is won here yet", part=part)
    return ngettext("{n} lead of {part}", "{n} leads of {part}", leads, n=format_number(leads), part=part)


def changed_words(changes: Changes) -> tuple[str, str, str]:
    """What the three sliders say now."""
    signed = [f"+{value}" if value > 0 else format_number(value) for value in
              (changes.points, changes.average, changes.time)]  # fmt: skip
    return (
        _("More of a hundred going on: {points}", points=signed[0]),
        _("Average sale: {percent} %", percent=signed[1]),
        _("Time to win: {percent} %", percent=signed[2]),
    )


def then_sentences(plan: LeadsPlan, then: Then, currency: str) -> list[str]:
    """What other figures would make of the plan: leads, money, and the day by which leads have to come."""
    leads, before = then.plan.leads_after_open, plan.leads_after_open
    if leads is None or before is None:
        return [_("Nothing is won in {currency} yet, so nobody knows how many wins the goal needs.", currency=currency)]
    said = ngettext("{n} more lead instead of {before}", "{n} more leads instead of {before}", leads,
                    n=format_number(leads), before=format_number(before))  # fmt: skip
    lines = [f"{said}."]
    if then.money is not None and before:
        lines.append(
            ngettext(
                "With the {n} lead as planned: {amount}.", "With the {n} leads as planned: {amount}.", before,
                n=format_number(before), amount=whole_money(then.money, currency),
            )
        )  # fmt: skip
    return [*lines, time_sentence(then, leads)]


def time_sentence(then: Then, leads: int) -> str:
    """Until when a lead has to come to be won in the period, and how many a day that makes."""
    if then.days_to_win is None:
        return _("How long a win takes nobody knows yet.")
    days = ngettext("{n} day", "{n} days", round(then.days_to_win), n=format_number(round(then.days_to_win)))
    if then.last_lead is None or not then.days:
        return _("A win takes {days}: new leads will hardly be won within the period.", days=days)
    said = _("A win takes {days}: leads have to come until {day}", days=days, day=format_day(then.last_lead, "spoken"))
    if not leads:
        return f"{said}."
    each = leads / then.days
    a_day = format_number(ceil(each * 10) / 10 if each < _SCARCELY else ceil(each), 1 if each < _SCARCELY else 0)
    return f"{said}, " + _("{n} a working day.", n=a_day)


def definitions() -> list[tuple[str, str]]:
    """What each number of the plan means."""
    return [
        (
            _("The way to the goal"),
            _(
                "M18. Wins are what is missing, by the average won deal; back from there each stage needs as many "
                "deals as its share that goes on demands, rounded up. The share is history, drawn toward the playbook "
                "as if that were five deals. “Still to come” leaves out what the open deals should bring."
            ),
        ),
        (
            _("Progress"),
            _(
                "Working days gone and left, beside what is won of the goal. Even pace is the goal by working days; "
                "the paler part of the bar is what open deals should bring (M15)."
            ),
        ),
        (
            _("Stages against the goal"),
            _(
                "What has to come through a stage in the days left, times how long a deal usually stays there (M12), "
                "by these days: so many have to stand there at any moment."
            ),
        ),
        (
            _("Cold calls"),
            _(
                "Outgoing calls on deals in the first stage. One that led on, or to a smaller step, became a lead; "
                "the interval is that of the share."
            ),
        ),
    ]


def _a_day(leads: int, today: str, period: Period) -> str:
    """How many leads that is for each working day left: ": 3 a working day, 24 left until 31 December"."""
    last = period.last
    days = working_days(max(today, period.first or ""), last) if last else 0
    if not last or not days:
        return ""
    left = ngettext("{n} working day left until {day}", "{n} working days left until {day}", days,
                    n=format_number(days), day=format_day(last, "spoken"))  # fmt: skip
    each = leads / days
    if each >= 1:
        shown = format_number(ceil(each * 10) / 10 if each < _SCARCELY else ceil(each))
        return ": " + _("{n} a working day, {left}", n=shown, left=left)
    every = days // leads
    return ": " + ngettext("one every working day, {left}", "one every {n} working days, {left}", every, left=left)
