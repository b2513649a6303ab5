"""The columns of the tables of sources and of ways in."""

from collections.abc import Callable, Sequence

from funnel_desk.charts.niches import rate_text
from funnel_desk.domain.own_figures import SourceCost
from funnel_desk.domain.sources import Source
from funnel_desk.i18n import N_, _, format_day, format_number
from funnel_desk.ui.models.lines import LineColumn
from funnel_desk.ui.phrases import money

GIVES_WAY = ("rate", "per_unit", "cost", "won", "value")


def source_columns(title: str, currency: str, name: Callable[[Source], str]) -> list[LineColumn[Source]]:
    """The columns, the first under this title."""

    def amount(read: Callable[[Source], int | None]) -> Callable[[Source], str]:
        return lambda one: money(read(one), currency) or "–"

    def order(read: Callable[[Source], float | None]) -> Callable[[Source], float]:
        return lambda one: -1.0 if (value := read(one)) is None else float(value)

    return [
        LineColumn("name", title, N_("Where the first contact came from."), name, lambda one: name(one).casefold(),
                   figures=False),
        LineColumn("leads", N_("Leads"), N_("Deals that arrived in the period from there."),
                   lambda one: format_number(one.niche.deals), lambda one: one.niche.deals),
        LineColumn("won", N_("Won"), N_("Deals of them that are won."),
                   lambda one: format_number(one.niche.won), lambda one: one.niche.won),
        LineColumn("rate", N_("Win rate"),
                   N_("M9. Won out of won and lost, with the interval of the true share; n is how many were closed."),
                   lambda one: rate_text(one.niche.win_rate),
                   lambda one: -1.0 if one.niche.win_rate.too_few else one.niche.win_rate.value or 0.0),
        LineColumn("value", N_("Won value"),
                   N_("Value of the won deals in the main currency, those with your rate converted."),
                   lambda one: money(one.won_value, currency), lambda one: one.won_value),
        LineColumn("cost", N_("Cost"),
                   N_("What you told was spent there in the period; of a span partly in it, the share of its days."),
                   lambda one: _("no cost told") if one.cost is None else money(one.cost, currency),
                   order(lambda one: one.cost), ink=_cost_ink),
        LineColumn("per_lead", N_("A lead"), N_("Cost by lead that arrived."),
                   amount(lambda one: one.per_lead), order(lambda one: one.per_lead), ink=_cost_ink),
        LineColumn("per_win", N_("A won deal"), N_("Cost by won deal."),
                   amount(lambda one: one.per_win), order(lambda one: one.per_win), ink=_cost_ink),
        LineColumn("per_unit", N_("For 1 won"), N_("Cost for each unit of money won: 0.25 is a quarter."),
                   _per_unit, order(lambda one: one.per_unit), ink=_cost_ink),
    ]  # fmt: skip


def cost_columns() -> Sequence[LineColumn[SourceCost]]:
    """The costs that were told."""
    return [
        LineColumn("source", N_("Source"), N_("What the money was spent on, and in which days."),
                   lambda one: f"{one.source}: {format_day(one.from_day, 'short')} – {format_day(one.to_day)}",
                   lambda one: (one.source.casefold(), one.from_day), figures=False),
        LineColumn("amount", N_("Cost"), N_("What was spent in these days."),
                   lambda one: money(one.amount, one.currency), lambda one: (one.currency, one.amount)),
    ]  # fmt: skip


def _per_unit(one: Source) -> str:
    return "–" if one.per_unit is None else format_number(one.per_unit, 2)


def _cost_ink(one: Source) -> str | None:
    return "dim" if one.cost is None else None
