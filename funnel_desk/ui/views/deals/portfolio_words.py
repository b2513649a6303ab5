"""What a portfolio says in words: of a deal, of a cell of many, of a stage, of all."""

from funnel_desk.i18n import N_, _, format_days, format_number, ngettext, translate
from funnel_desk.queries.portfolio import Cell, Portfolio
from funnel_desk.ui import phrases
from funnel_desk.ui.views.deals.portfolio_layout import Mark

BAND_NAMES = (N_("up to 7 days"), N_("8–30 days"), N_("31–90 days"), N_("91–180 days"), N_("over 180 days"))
LATENESS = {"ahead": N_("next action ahead"), "late": N_("next action late"), "none": N_("no next action")}


def mark_words(mark: Mark, today: str, zone: str, currency: str) -> str:
    """A deal with all that its place, size and shape mean; or how many deals stand in a cell, and Enter lists them."""
    stage = phrases.of(mark.stage.name)
    deal = mark.deal
    if deal is None:
        told = f"{stage}, {translate(BAND_NAMES[mark.band])}: {cell_words(mark.cell, currency)}"
        return told + ". " + _("Enter lists them.")
    value = phrases.money(deal.own_value, deal.currency or currency) or _("no value")
    late = translate(LATENESS[deal.lateness])
    if deal.next_due:
        late = f"{late} ({phrases.due(deal.next_due, today, zone)[0]})"
    age = _("{days} old", days=format_days(deal.age))
    return " · ".join(part for part in (deal.title, deal.company, stage, value, age, late) if part)


def cell_words(cell: Cell, currency: str) -> str:
    """How many deals, what they are worth, how many are late and how many lack a next action."""
    said = [
        ngettext("{n} deal", "{n} deals", cell.count, n=format_number(cell.count)),
        phrases.money(cell.value, currency),
        ngettext("{n} late", "{n} late", cell.late, n=format_number(cell.late)) if cell.late else "",
        _("{n} without a next action", n=format_number(cell.without)) if cell.without else "",
        _("{n} without a value in {currency}", n=format_number(cell.unvalued), currency=currency)
        if cell.unvalued
        else "",
    ]
    return " · ".join(part for part in said if part)


def portfolio_words(found: Portfolio) -> str:
    """All of it in one line."""
    totals = [found.total(stage.id) for stage in found.stages]
    whole = Cell(
        sum(one.count for one in totals), sum(one.value for one in totals), sum(one.late for one in totals),
        sum(one.without for one in totals), sum(one.unvalued for one in totals),
    )  # fmt: skip
    return cell_words(whole, found.currency)
