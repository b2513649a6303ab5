"""The columns of who is to be cared for: companies between sales, and what is to be made good."""

from funnel_desk.domain.aftercare import CLAIM_NAMES
from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import N_, _, format_day, format_number, format_relative_day, translate
from funnel_desk.queries.customer_care import CareLine, Complaint
from funnel_desk.ui.models.lines import LineColumn
from funnel_desk.ui.phrases import days_between_days, late, money

GIVES_WAY = ("open", "order", "every", "bought", "talk", "potential")
COMPLAINTS_GIVE_WAY = ("deal", "since")
NEVER = "0001-01-01"
"""The day on which a company is due that nobody ever spoke with."""


def care_columns(today: str, zone: str, currency: str) -> list[LineColumn[CareLine]]:
    """The columns of companies."""

    def day(moment: str | None) -> str:
        return format_day(day_of(moment, zone)) if moment else ""

    return [
        LineColumn("name", N_("Company"), N_("Who is to be cared for."),
                   lambda one: one.care.name, lambda one: one.care.name.casefold(), figures=False),
        LineColumn("due", N_("Next talk"), N_("So many days after the last talk, else after the last order."),
                   lambda one: due_words(one.due_on, today), lambda one: one.due_on or "9", figures=False,
                   ink=lambda one: "warn" if one.due_on and one.due_on < today else None),
        LineColumn("talk", N_("Last talk"), N_("The last contact through any channel."),
                   lambda one: day(one.care.last_talk), lambda one: one.care.last_talk or "", figures=False),
        LineColumn("order", N_("Last order"), N_("The day on which the last deal was won, whenever that was."),
                   lambda one: day(one.care.last_order), lambda one: one.care.last_order or "", figures=False),
        LineColumn("every", N_("Every, days"), N_("So many days after a talk the next one is due."),
                   lambda one: "" if one.care.touch_every is None else format_number(one.care.touch_every),
                   lambda one: one.care.touch_every or 0),
        LineColumn("bought", N_("Bought, 12 months"), N_("What was won with it in the twelve months that end today."),
                   lambda one: money(one.care.bought, currency) if one.care.bought else "",
                   lambda one: one.care.bought),
        LineColumn("potential", N_("Could buy"), N_("What it could buy in a year, as you told."),
                   lambda one: money(one.care.potential, currency), lambda one: one.care.potential or 0),
        LineColumn("unused", N_("Could buy more"), N_("What it could buy in a year less what it did in twelve months."),
                   lambda one: money(one.care.unused, currency) if one.care.unused else "",
                   lambda one: one.care.unused),
        LineColumn("open", N_("Open deals"), N_("Its deals that are open now."),
                   lambda one: format_number(one.care.open_deals) if one.care.open_deals else "",
                   lambda one: one.care.open_deals),
    ]  # fmt: skip


def complaint_columns(today: str, zone: str) -> list[LineColumn[Complaint]]:
    """The columns of what is to be made good."""
    return [
        LineColumn("who", N_("Customer"), N_("Who complains, or got less than expected."),
                   lambda one: one.who or one.title, lambda one: one.who.casefold(), figures=False),
        LineColumn("what", N_("What is wrong"), N_("An open claim with its kind, or a purchase below expectations."),
                   complaint_words, complaint_words, figures=False),
        LineColumn("since", N_("Since"), N_("The day on which it was told."),
                   lambda one: format_relative_day(day_of(one.since, zone), today), lambda one: one.since,
                   figures=False),
        LineColumn("deal", N_("Deal"), N_("What was bought."),
                   lambda one: one.title, lambda one: one.title.casefold(), figures=False),
    ]  # fmt: skip


def due_words(due_on: str | None, today: str) -> str:
    """When a talk is due: a day, or by how much it is late."""
    if due_on is None:
        return ""
    if due_on == NEVER:
        return _("never spoken to")
    days = days_between_days(due_on, today)
    return late(days) if days > 0 else format_relative_day(due_on, today)


def complaint_words(one: Complaint) -> str:
    """What is wrong, in words."""
    if one.what == "satisfaction":
        return _("got less than expected: {text}", text=one.text) if one.text else _("got less than expected")
    return _("claim, {kind}: {text}", kind=translate(CLAIM_NAMES.get(one.kind, CLAIM_NAMES["other"])), text=one.text)
