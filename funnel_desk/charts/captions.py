"""What stands under a chart and above a table: which deals were counted, how, and what was left out."""

from typing import Literal

from funnel_desk.domain.cohort import Basis
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.funnel import Funnel
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.i18n import N_, _, format_day, format_number, format_percent, ngettext
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.funnel import FunnelReport

_WHO: dict[Basis, str] = {
    "created": N_("Deals created"),
    "closed": N_("Deals closed"),
    "active": N_("Deals open at some time"),
}
_ALL: dict[Basis, str] = {
    "created": N_("All deals"),
    "closed": N_("All closed deals"),
    "active": N_("All deals that were ever open"),
}
Count = Literal["reached", "entered", "touched", "strict", "now"]
"""What a funnel counts in each stage: M3 (the default), M1, M2, M4, or where deals stand now."""

COUNTED: dict[Count, str] = {
    "reached": N_("{deals}: the furthest stage each one reached; skipped stages count as passed."),
    "entered": N_("{deals}: stays that began in each stage; a deal that comes back counts again."),
    "touched": N_("{deals}: different deals that were in each stage themselves; skipping is not being there."),
    "strict": N_("{deals}: those that were in each stage and in every one before it."),
    "now": N_("{deals}: where they stand now. A snapshot tells how full stages are, not how many go on."),
}
"""One line for each way to count."""

MINUS = "\u2212"
SURE_ENOUGH = 30
"""From so many on, a share is told without its interval."""


def whose(scope: Scope) -> str:
    """Which deals a report counts: "Deals created from 1 July 2026 to 30 September 2026"."""
    if scope.period == ALWAYS:
        return _(_ALL[scope.basis])
    return f"{_(_WHO[scope.basis])} {_when(scope.period)}"


def funnel_caption(report: FunnelReport, count: Count = "reached") -> str:
    """How the funnel counts, of how many deals, and what is missing from it."""
    return " ".join([_(COUNTED[count], deals=whose(report.scope)), *funnel_notes(report)])


def funnel_notes(report: FunnelReport) -> list[str]:
    """Of how many deals, how many of them may still go on, and what is left out: one sentence each."""
    funnel = report.funnel
    notes = [_of_how_many(funnel)]
    if funnel.handed_over:
        notes.append(
            ngettext(
                "{n} was handed over to another pipeline.",
                "{n} were handed over to another pipeline.",
                funnel.handed_over,
                n=format_number(funnel.handed_over),
            )
        )
    if funnel.unknown_path:
        notes.append(
            ngettext(
                "{n} closed deal came in without its history and is left out here.",
                "{n} closed deals came in without history and are left out here.",
                funnel.unknown_path,
                n=format_number(funnel.unknown_path),
            )
        )
    if report.reaches_beyond_history and report.history_since:
        notes.append(
            _(
                "Moves are recorded since {day}; earlier ones may be missing.",
                day=format_day(report.history_since, "long"),
            )
        )
    return notes


def share(rate: Rate) -> str:
    """A share for people: "44 % (32–58)"; empty where there is none."""
    return "" if rate.value is None else format_percent(rate.value) + margin(rate)


def margin(rate: Rate) -> str:
    """The interval of a share in per cent, with a space before it: " (32–58)"; empty where there are many."""
    interval = rate.interval
    if interval is None or rate.base >= SURE_ENOUGH:
        return ""
    return f" ({_points(interval.low)}–{_points(interval.high)})"


def against_texts(against: Comparison, than: str = "") -> list[str]:
    """How a share differs from that of another period (of the group ``than``), from many words to few.

    Nothing where one of the two is missing.
    """
    if against.difference is None:
        return []
    points = round(100 * against.difference)
    sign = "+" if points > 0 else MINUS if points < 0 else ""
    said = _("{points} pts", points=f"{sign}{abs(points)}")
    whole = {
        "better": _("better than before: {points}", points=said),
        "worse": _("worse than before: {points}", points=said),
        "too_early": _("{points}, too early to say", points=said),
    }
    if than:
        whole["better"] = _("better than {other}: {points}", other=than, points=said)
        whole["worse"] = _("worse than {other}: {points}", other=than, points=said)
    return (
        [whole[against.verdict], said]
        if against.verdict != "too_early"
        else [whole["too_early"], _("too early to say")]
    )


def _of_how_many(funnel: Funnel) -> str:
    n, open_ = format_number(funnel.deals - funnel.unknown_path), format_number(funnel.open)
    if not funnel.open:
        return _("n = {n}.", n=n)
    usual = funnel.usual_days_to_win
    if not funnel.maturing or usual is None:
        return _("n = {n}, of which {open} still open.", n=n, open=open_)
    return _(
        "n = {n}, of which {open} still open and {young} still maturing (younger than the usual {days} days to win).",
        n=n, open=open_, young=format_number(funnel.maturing), days=format_number(usual, 0),
    )  # fmt: skip


def _when(period: Period) -> str:
    match period.first, period.last:
        case str(first), None:
            return _("since {first}", first=format_day(first, "long"))
        case None, str(last):
            return _("until {last}", last=format_day(last, "long"))
        case first, last:
            return _("from {first} to {last}", first=format_day(str(first), "long"), last=format_day(str(last), "long"))


def _points(value: float) -> str:
    return format_number(round(value * 100), 0)
