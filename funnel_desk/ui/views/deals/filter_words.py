"""A filter of deals in words: what each chip says, and what is left without it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from funnel_desk.domain.deal_filter import SPANS, DealFilter
from funnel_desk.i18n import N_, _, format_day, format_money, format_number, ngettext, translate
from funnel_desk.ui import phrases

FIELDS = {
    "sources": N_("Source"),
    "products": N_("Product"),
    "segments": N_("Segment"),
    "kinds": N_("Kind of sale"),
    "owners": N_("Owner"),
    "tags": N_("Tag"),
}
ATTENTION = {
    "without_action": N_("No next action"),
    "overdue": N_("Overdue"),
    "stalled": N_("Stalled"),
    "snoozed": N_("Put to rest"),
}
PERIODS = {"created": N_("Created"), "closed": N_("Closed"), "expected": N_("Expected to close")}
SPAN_NAMES = dict(
    zip(
        SPANS,
        (
            N_("today"), N_("this week"), N_("this month"), N_("last month"), N_("this quarter"), N_("this year"),
            N_("last year"),
        ),
        strict=True,
    )
)  # fmt: skip
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A part of a filter: its name, what it says, and the filter without it."""

    key: str
    text: str
    without: DealFilter


def chips(chosen: DealFilter) -> Iterator[FilterChip]:
    """The parts of a filter beyond what stands in fields of its own (text, outcome, pipeline, stage)."""
    if chosen.keys:
        n = len(chosen.keys)
        text = ngettext("{count} chosen deal", "{count} chosen deals", n, count=format_number(n))
        yield FilterChip("keys", text, replace(chosen, keys=()))
    for key, word in ATTENTION.items():
        if getattr(chosen, key):
            yield FilterChip(key, translate(word), _without(chosen, key, value=False))
    for key, word in FIELDS.items():
        values = getattr(chosen, key)
        if values:
            text = _("{field}: {values}", field=translate(word), values=_some(key, values))
            yield FilterChip(key, text, _without(chosen, key, value=()))
    for key, word in PERIODS.items():
        span = getattr(chosen, key)
        if span:
            text = _("{field}: {values}", field=translate(word), values=span_words(span))
            yield FilterChip(key, text, _without(chosen, key, value=""))
    if chosen.least is not None or chosen.most is not None or chosen.currency:
        yield FilterChip("amount", _amount(chosen), replace(chosen, least=None, most=None, currency=""))


def value_name(field: str, value: str) -> str:
    """A value of a field as it is shown; an empty one says that there is none."""
    if not value:
        return _("none")
    return phrases.deal_kind(value) if field == "kinds" else value


def span_words(span: str) -> str:
    """A period in words: "this month", "from 1 Mar 2026", "1 Mar 2026 – 30 Apr 2026"."""
    if span in SPAN_NAMES:
        return translate(SPAN_NAMES[span])
    first, _dots, last = span.partition("..")
    if first and last:
        return f"{format_day(first)} – {format_day(last)}"
    return _("from {day}", day=format_day(first)) if first else _("until {day}", day=format_day(last))


def _some(field: str, values: tuple[str, ...]) -> str:
    named = ", ".join(value_name(field, value) for value in values[:_MOST_NAMED])
    rest = len(values) - _MOST_NAMED
    return ngettext("{names} and {n} more", "{names} and {n} more", rest, names=named) if rest > 0 else named


def _amount(chosen: DealFilter) -> str:
    currency = chosen.currency
    say: Callable[[int], str] = lambda minor: (  # noqa: E731 - one line, used thrice
        format_money(minor, currency) if currency else format_number(minor / 100)
    )
    if chosen.least is not None and chosen.most is not None:
        return _("{field}: {values}", field=_("Value"), values=f"{say(chosen.least)} – {say(chosen.most)}")
    if chosen.least is not None:
        return _("Value from {amount}", amount=say(chosen.least))
    if chosen.most is not None:
        return _("Value up to {amount}", amount=say(chosen.most))
    return _("{field}: {values}", field=_("Currency"), values=currency)


def _without(chosen: DealFilter, key: str, *, value: object) -> DealFilter:
    return replace(chosen, **{key: value})  # type: ignore[arg-type]  # the field's own empty value
