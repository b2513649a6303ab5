"""Looking back in words: how often the range held, and what to make of it."""

from funnel_desk.domain.backtest import BackTest
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.i18n import _, format_number, format_percent, ngettext

_INSIDE = 0.8


def nothing_yet() -> str:
    """Nothing to look back upon."""
    return _("No month has begun since the first deal, so there is nothing to look back upon yet.")


def sentence(past: BackTest) -> str:
    """How often what came lay in the range, or that it is too early to say."""
    held = past.held
    if not held.base:
        return _("Too early to say: of no past month are nine deals in ten decided yet.")
    if held.too_few:
        return ngettext(
            "Too early to say: only {n} month beginning is decided, {least} are needed.",
            "Too early to say: only {n} month beginnings are decided, {least} are needed.",
            held.base,
            n=format_number(held.base),
            least=format_number(TOO_FEW),
        )
    return ngettext(
        "At {held} of {n} month beginning what came lay in the range of 80 %.",
        "At {held} of {n} month beginnings what came lay in the range of 80 %.",
        held.base,
        held=format_number(held.part),
        n=format_number(held.base),
    )


def quiet_sentence(past: BackTest) -> str:
    """The same beside the forecast; nothing where it is too early to say."""
    return "" if past.held.too_few else _("Looking back: {sentence}", sentence=sentence(past))


def details(past: BackTest) -> list[str]:
    """How sure that is, in which direction it missed, how far the weighted total was off, and what can be done."""
    held, interval = past.held, past.held.interval
    if held.too_few or interval is None:
        return []
    low, high = format_percent(interval.low), format_percent(interval.high)
    lines = [
        _("That is {share} of them, surely between {low} and {high}; neighbouring months share deals, so they tell "
          "less than they seem to.", share=format_percent(held.value or 0.0), low=low, high=high)
    ]  # fmt: skip
    if past.above or past.below:
        lines.append(
            _("Times that more came: {above}; that less came: {below}.",
              above=format_number(past.above), below=format_number(past.below))
        )  # fmt: skip
    if interval.high < _INSIDE:
        lines.append(
            _("The range is narrower than the truth: reckon with a crisis, and adopt what history says of the stages.")
        )
    off = past.weighted_off
    if off is not None:
        lines.append(_off(off))
    return lines


def note(past: BackTest) -> str:
    """What stands under the picture."""
    undecided = sum(not one.told and bool(one.n or one.undecided) for one in past.days)
    said = _("The deals that were open when a month began, as likely as they were said to be then; and what they "
             "brought in the end.")  # fmt: skip
    if not undecided:
        return said
    return f"{said} " + ngettext(
        "{n} month is not decided yet: more than a tenth of its deals are open still.",
        "{n} months are not decided yet: more than a tenth of their deals are open still.",
        undecided,
        n=format_number(undecided),
    )


def definitions() -> list[tuple[str, str]]:
    """What the picture means."""
    return [
        (
            _("Looking back"),
            _(
                "The range (M16) as it would have been on the first day of each past month, from the deals that were "
                "open then, with the probabilities said then. A good range of 80 % holds at 8 of 10 beginnings: much "
                "less often, and it promises too much; always, and it is too wide. Deals whose history is not known "
                "are left out."
            ),
        ),
        (
            _("Weighted total"),
            _("M15 of the same deals on the same day, beside what they brought: all month beginnings added up."),
        ),
    ]


def _off(off: float) -> str:
    share = format_percent(abs(off))
    if off > 0:
        return _("The weighted totals lay {share} above what came.", share=share)
    return _("The weighted totals lay {share} below what came.", share=share)
