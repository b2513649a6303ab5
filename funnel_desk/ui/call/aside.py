"""What is known of the deal, beside the words: short, so that it can be read while one talks."""

from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import _, format_day, format_number, format_percent, ngettext
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.timeline import TimelineEntry
from funnel_desk.ui import phrases

_TALKS = 3
_LONGEST = 160


def facts_of(card: DealCard, today: str) -> list[tuple[str, str]]:
    """The deal in a few lines: (what, what is known of it)."""
    here, around, facts = card.situation, card.around, card.facts
    worth = phrases.money(here.deal.value, here.deal.currency)
    offer = facts.last_offer
    if facts.last_offer_day:
        offer = ", ".join((offer or _("sent"), phrases.day_words(facts.last_offer_day, today)))
    obstacles = [f"{one.text} · {one.answer}" if one.answer else one.text for one in around.open_obstacles]
    conditions = [
        f"{one.text} ({phrases.day_words(one.due[:10], today)})" if one.due else one.text
        for one in around.conditions
        if one.met_at is None
    ]
    return [
        (_("Deal"), here.deal.title),
        (_("Company"), card.company.name if card.company else ""),
        (_("Stage"), phrases.stage_and_days(here.stage.name, facts.stage_days)),
        (_("Value"), ", ".join(part for part in (worth, phrases.chance(here.probability)) if part)),
        (_("Product"), here.deal.product),
        (_("Source"), here.deal.source),
        (_("Need"), here.deal.note),
        (_("Last offer"), offer),
        (_("In the way"), "\n".join(obstacles)),
        (_("Conditions"), "\n".join(conditions)),
        (_("Last talks"), "\n".join(_talk(one, today) for one in _talks(card))),
    ]


def cold_words(rate: Rate) -> str:
    """How cold calls went: "4 of 100 became leads (1.6–9.8 %)"; too few of them are no rate."""
    if not rate.base:
        return _("No cold calls yet.")
    told = _(
        "{part} of {base} became leads",
        part=format_number(rate.part),
        base=ngettext("{n} cold call", "{n} cold calls", rate.base),
    )
    interval = rate.interval
    if rate.too_few or interval is None:
        return _("{told}: too early to say", told=told)
    low, high = format_percent(interval.low, 1), format_percent(interval.high, 1)
    return f"{told} ({low} – {high})"


def _talks(card: DealCard) -> list[TimelineEntry]:
    return [one for one in card.timeline if one.kind == "activity"][:_TALKS]


def _talk(one: TimelineEntry, today: str) -> str:
    day = one.at[:10]
    shown = _("today") if day == today else format_day(day, "short")
    text = " ".join((one.text or phrases.of(one.words) or phrases.kind_name(one.channel)).split())
    return f"{shown}: {text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}"
