"""The columns of the table of niches."""

from collections.abc import Sequence

from funnel_desk.charts.niches import rate_text
from funnel_desk.domain.money import Amount
from funnel_desk.domain.niches import Niche
from funnel_desk.i18n import N_, format_number
from funnel_desk.queries.niches import Trait
from funnel_desk.ui.models.lines import LineColumn
from funnel_desk.ui.phrases import money
from funnel_desk.ui.views.customers.niche_words import moved_words, niche_name

GIVES_WAY = ("arrived", "open", "lost", "days", "won")


def main_value(amounts: Sequence[Amount], currency: str) -> int:
    """What was won in the main currency, minor units."""
    return next((amount.minor for amount in amounts if amount.currency == currency), 0)


def values_text(amounts: Sequence[Amount]) -> str:
    """Each currency by itself; they are never added."""
    return " + ".join(money(amount.minor, amount.currency) for amount in amounts if amount.minor)


def niche_columns(by: Sequence[Trait], currency: str, *, moved: bool) -> list[LineColumn[Niche]]:
    """The columns; how they moved only where there is a day since which that is asked."""
    columns: list[LineColumn[Niche]] = [
        LineColumn(
            "name", N_("Niche"), N_("The traits that its deals share."),
            lambda niche: niche_name(by, niche.key), lambda niche: niche_name(by, niche.key).casefold(), figures=False,
        ),
        LineColumn(
            "deals", N_("Deals"), N_("Deals that arrived in the period: won, lost, open and handed over."),
            lambda niche: format_number(niche.deals), lambda niche: niche.deals,
        ),
        LineColumn(
            "open", N_("Open"), N_("Deals of them that are open now."),
            lambda niche: format_number(niche.open), lambda niche: niche.open,
        ),
        LineColumn(
            "won", N_("Won"), N_("Deals of them that are won."),
            lambda niche: format_number(niche.won), lambda niche: niche.won,
        ),
        LineColumn(
            "lost", N_("Lost"), N_("Deals of them that are lost."),
            lambda niche: format_number(niche.lost), lambda niche: niche.lost,
        ),
        LineColumn(
            "rate", N_("Win rate"),
            N_("M9. Won out of won and lost, with the interval of the true share; n is how many were closed."),
            lambda niche: rate_text(niche.win_rate), _rate_order,
        ),
        LineColumn(
            "value", N_("Won value"), N_("Value of the won deals; amounts with your rate are in the main currency."),
            lambda niche: values_text(niche.won_value), lambda niche: main_value(niche.won_value, currency),
        ),
        LineColumn(
            "days", N_("Days to win"),
            N_("M13. Half of the won deals took longer from the first contact, half shorter."),
            _days, lambda niche: niche.days_to_win.median if niche.days_to_win.median is not None else -1.0,
        ),
    ]  # fmt: skip
    if moved:
        columns += [
            LineColumn(
                "arrived", N_("Arrived since"), N_("Deals that came in from the chosen day on."),
                lambda niche: format_number(niche.arrived_since), lambda niche: niche.arrived_since,
            ),
            LineColumn(
                "moved", N_("Moved"),
                N_("Win rate of what was closed since the chosen day against that before, in points; "
                   "told only where its interval allows."),
                moved_words, _moved_order, figures=False, ink=_moved_ink,
            ),
        ]  # fmt: skip
    return columns


def _rate_order(niche: Niche) -> float:
    rate = niche.win_rate
    return -1.0 if rate.too_few or rate.value is None else rate.value


def _moved_order(niche: Niche) -> float:
    change = niche.moved.difference
    return 0.0 if niche.moved.verdict == "too_early" or change is None else change


def _moved_ink(niche: Niche) -> str | None:
    return {"worse": "bad", "too_early": "dim"}.get(niche.moved.verdict)


def _days(niche: Niche) -> str:
    days = niche.days_to_win
    return "" if days.median is None else format_number(days.median, 0)
