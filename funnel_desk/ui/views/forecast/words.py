"""The forecast in words: what it comes to, how sure that is, and what each number means."""

from collections.abc import Sequence

from funnel_desk.charts.style import short_money
from funnel_desk.domain.calibration import StageCheck
from funnel_desk.domain.forecast_range import ForecastRange, Mover
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.domain.velocity import Velocity
from funnel_desk.i18n import _, format_number, format_percent, ngettext
from funnel_desk.queries.outlook import Outlook
from funnel_desk.queries.slipped import SlippedDeal
from funnel_desk.ui.phrases import chance, day_words, money

_UNLIKELY = 0.01
_INSIDE, _BELOW_HIGH = 0.8, 0.9  # between P10 and P90; up to P90
_EXACT_DAYS = 10


def likely(probability: float) -> str:
    """A probability in per cent, never rounded to certainty."""
    if 0 < probability < _UNLIKELY:
        return f"< {format_percent(_UNLIKELY)}"
    if 1 - _UNLIKELY < probability < 1:
        return f"> {format_percent(1 - _UNLIKELY)}"
    return format_percent(probability)


def whole_money(minor: float, currency: str) -> str:
    """An amount without its hundredths: they say nothing of what is to come."""
    from funnel_desk.i18n import currency_digits

    unit = 10 ** currency_digits(currency)
    return money(round(minor / unit) * unit, currency)


def range_sentence(won: int, bounds: ForecastRange | None, currency: str) -> str:
    """What the period comes to in one currency, with what is won in it; ``bounds`` are of the open deals."""
    if bounds is None or not bounds.n:
        if not won:
            return _("No open deal should close in this period.")
        return _("{amount} is won in the period; no open deal should add to it.", amount=short_money(won, currency))
    low, middle, high = (short_money(won + amount, currency) for amount in (bounds.p10, bounds.p50, bounds.p90))
    if bounds.p10 == bounds.p90:
        return _("About {amount} with {percent}.", amount=middle, percent=format_percent(_INSIDE))
    if bounds.p10 == bounds.p50:
        return _(
            "At least {low}, and with {percent} no more than {high}.",
            low=low,
            high=high,
            percent=format_percent(_BELOW_HIGH),
        )
    return _(
        "Between {low} and {high} with {percent}, as often above {middle} as below.",
        low=low, middle=middle, high=high, percent=format_percent(_INSIDE),
    )  # fmt: skip


def goal_sentence(found: Outlook) -> str:
    """How likely the goal is; empty without one."""
    goal, currency = found.wish.goal, found.currency
    if goal is None:
        return ""
    won = found.won.get(currency, 0)
    if won >= goal:
        return _("The goal of {goal} is reached: {won} is won.", goal=money(goal, currency), won=money(won, currency))
    if won + found.forecast.main.forecast.value < goal:
        return _("Not even all open deals together would bring {goal}.", goal=money(goal, currency))
    probability = found.forecast.main.range.probability_of_goal or 0.0
    return _("The chance of {goal} or more is {chance}.", goal=money(goal, currency), chance=likely(probability))


def range_note(found: Outlook) -> str:
    """Of how many deals, counted how."""
    bounds = found.forecast.main.range
    n = sum(one.range.n for one in (found.forecast.main, *found.forecast.others))
    notes = [ngettext("{n} open deal, each won or not on its own chance.",
                      "{n} open deals, each won or not on its own chance.", n, n=format_number(n))]  # fmt: skip
    if bounds.n:
        exact, drawn = _("Every outcome is counted."), _("10,000 draws of lots.")
        notes.append(exact if bounds.method == "exact" else drawn)
    if 0 < n < TOO_FEW:
        notes.append(_("So few deals say little: one of them changes everything."))
    if found.wish.crisis:
        notes.append(
            _("Reckoned with a crisis: it hits all deals at once, and in one case of five the odds of each are halved.")
        )
    if found.later:
        notes.append(
            ngettext(
                "{n} more should close after the period and is left out.",
                "{n} more should close after the period and are left out.",
                found.later,
                n=format_number(found.later),
            )
        )
    return " ".join(notes)


def months_note(found: Outlook) -> str:
    """What the bars show, and what is missing from them."""
    notes = [_("Value times probability, by the month of the expected close (M15).")]
    without = sum(one.forecast.without_value for one in (found.forecast.main, *found.forecast.others))
    if without:
        notes.append(
            ngettext(
                "{n} deal has no value and counts as nothing.",
                "{n} deals have no value and count as nothing.",
                without,
                n=format_number(without),
            )
        )
    return " ".join(notes)


def mover_sentence(mover: Mover, value: str, probability: int) -> str:
    """Why a deal moves the range: "12 400 € at 40 %. The goal: 70 % if won, 35 % if lost"."""
    said = _("{value} at {chance}", value=value, chance=chance(probability))
    if mover.if_won is None or mover.if_lost is None:
        return said
    won, lost = likely(mover.if_won), likely(mover.if_lost)
    if won == lost:
        return said
    return f"{said}. " + _("The goal: {won} if won, {lost} if lost", won=won, lost=lost)


def check_sentence(check: StageCheck) -> str:
    """What a stage says of winning, beside what history says: "you say 70 %, history says 45 %, n = 20"."""
    n = format_number(check.history.base)
    if check.history.too_few:
        return _("you say {says}; n = {n}, too early to say", says=chance(check.says), n=n)
    history = format_percent(float(check.adjusted))
    said = _("you say {says}, history says {history}, n = {n}", says=chance(check.says), history=history, n=n)
    return said if check.verdict != "unclear" else f"{said}: " + _("no clear difference")


def check_details(check: StageCheck) -> str:
    """How history was counted, for the hint of a check."""
    interval = check.history.interval
    if interval is None:
        return _("No deal that came this far is closed yet (M11).")
    return _(
        "M11. Of {n} closed deals that came this far {won} were won: {share}, surely between {low} and {high}. "
        "What history says is drawn toward what you say, as if that were five deals more.",
        n=format_number(check.history.base),
        won=format_number(check.history.part),
        share=format_percent(check.history.value or 0.0),
        low=format_percent(interval.low),
        high=format_percent(interval.high),
    )


def adopted(check: StageCheck) -> int:
    """The probability to adopt, in basis points: whole percents, neither never nor always."""
    return min(99, max(1, round(100 * float(check.adjusted)))) * 100


def velocity_sentence(one: Velocity) -> str:
    """How much the pipeline brings a day, or why that cannot be said."""
    if one.per_day is not None:
        return _("About {amount} a day.", amount=whole_money(one.per_day, one.currency))
    if one.n < TOO_FEW:
        return _(
            "Too early to say: n = {n} won deals with a value and a time to win, {least} are needed.",
            n=format_number(one.n),
            least=format_number(TOO_FEW),
        )
    return _("The won deals took no time at all, so there is no pace to tell.")


def velocity_facts(one: Velocity) -> list[tuple[str, str]]:
    """Its four parts."""
    average = "" if one.average_won is None else whole_money(float(one.average_won), one.currency)
    days = "" if one.days_to_win is None else format_number(one.days_to_win, 0 if one.days_to_win >= _EXACT_DAYS else 1)
    rate = one.win_rate
    win = _("{percent} of {n} closed", percent=format_percent(rate.value or 0.0), n=format_number(rate.base))
    return [
        (_("Open deals"), format_number(one.open_deals)),
        (_("Average won"), average),
        (_("Win rate"), win if rate.base else ""),
        (_("Days to win"), _("{days}, mean of {n}", days=days, n=format_number(one.n)) if days else ""),
    ]


def slips_sentence(slipped: Sequence[SlippedDeal]) -> str:
    """How many open deals were put off, and how many of them so often that their day is a wish."""
    n, fiction = len(slipped), sum(one.is_fiction for one in slipped)
    said = ngettext(
        "The expected close of {n} open deal was put off.",
        "The expected close of {n} open deals was put off.",
        n,
        n=format_number(n),
    )
    if not fiction:
        return said
    return f"{said} " + ngettext(
        "{n} of them three times or more: its day is fiction.",
        "{n} of them three times or more: their days are fiction.",
        fiction,
        n=format_number(fiction),
    )


def slip_sentence(one: SlippedDeal, today: str) -> str:
    """How often a deal was put off, and until when: "3 times, by 41 days in all; now 18 December: fiction"."""
    times = ngettext("put off {n} time", "put off {n} times", one.times, n=format_number(one.times))
    days = ngettext("by {n} day in all", "by {n} days in all", one.days, n=format_number(one.days))
    put_off = f"{times}, {days}" if one.days > 0 else times
    said = _("{put_off}; now {day}", put_off=put_off, day=day_words(one.expected_close, today))
    return f"{said}: " + _("fiction") if one.is_fiction else said


def definitions() -> list[tuple[str, str]]:
    """What each number of the forecast means."""
    return [
        (
            _("By month"),
            _(
                "M15. Value times probability of each open deal, in the month of its expected close. A deal without a "
                "value counts as nothing; one whose day has passed, or that has none, stands apart."
            ),
        ),
        (
            _("The range"),
            _(
                "M16. What is won in the period, and what the open deals bring if each is won or lost on its own "
                "chance. 1 sum of 10 lies below the low end, 1 above the high end. Up to 25 deals every outcome is "
                "counted, beyond that 10,000 lots are drawn, always the same ones."
            ),
        ),
        (
            _("Moves it most"),
            _("M16. The deals whose winning or losing widens the range most: those with much value at an even chance."),
        ),
        (
            _("Are the probabilities right?"),
            _(
                "M11. Of the closed deals that reached a stage, the share that was won, beside what the stage says. "
                "Adopt is offered only where chance cannot explain the difference."
            ),
        ),
        (
            _("Pace"),
            _(
                "M14. Open deals × average won value × win rate / average days to win: what the pipeline brings a day. "
                "Hidden under five won deals."
            ),
        ),
    ]  # fmt: skip
