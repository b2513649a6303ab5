"""Short phrases of the trade as several views say them, in the language of now."""

from datetime import date

from funnel_desk.domain.fact_words import BY_THEIR_WORDS, KIND_NAMES, NOTED, SETTLED
from funnel_desk.domain.moments import day_of, is_day
from funnel_desk.domain.words import Words
from funnel_desk.i18n import (
    N_,
    _,
    format_day,
    format_days,
    format_money,
    format_percent,
    format_time,
    language,
    ngettext,
    translate,
)

BASIS_POINTS = 10_000

# What to do, with whom: the icon of a kind is of the same name.
_VERBS = {
    "call": N_("Call {who}"),
    "email": N_("Write to {who}"),
    "message": N_("Message {who}"),
    "meeting": N_("Meet {who}"),
    "visit": N_("Visit {who}"),
    "demo": N_("Show it to {who}"),
    "document": N_("Prepare papers for {who}"),
    "task": N_("Do it for {who}"),
}
KINDS = {
    "call": N_("call"),
    "email": N_("e-mail"),
    "message": N_("message"),
    "meeting": N_("meeting"),
    "visit": N_("visit"),
    "demo": N_("demonstration"),
    "document": N_("document"),
    "task": N_("task"),
}
_DEAL_KINDS = {
    "new": N_("new"),
    "repeat": N_("repeat sale"),
    "cross_sell": N_("cross-sale"),
    "up_sell": N_("up-sale"),
    "change_sale": N_("replacement"),
}
OUTCOMES = {"open": N_("Open"), "won": N_("Won"), "lost": N_("Lost"), "handed_over": N_("Handed over")}


def of(words: Words | str) -> str:
    """Words of the trade in the language of now."""
    return words if isinstance(words, str) else words.of(language())


def lines_of(words: Words) -> list[str]:
    """Words that hold one item a line, as items."""
    return [line.strip() for line in of(words).splitlines() if line.strip()]


def quoted(words: Words) -> str:
    """What somebody says, between the quotation marks of the language."""
    return _("“{text}”", text=of(words))


def money(value: int | None, currency: str) -> str:
    """An amount in minor units; nothing where there is none."""
    return "" if value is None else format_money(value, currency)


def chance(basis_points: int) -> str:
    """A probability in basis points as a percentage."""
    return format_percent(basis_points / BASIS_POINTS)


def to_do(kind: str, who: str, title: str) -> str:
    """What to do next: "Call Irina Sokolova"; without anybody's name, the step itself."""
    return translate(_VERBS[kind], who=who) if who and kind in _VERBS else title


def kind_name(kind: str) -> str:
    """A kind of activity by its name: "e-mail"."""
    return translate(KINDS[kind]) if kind in KINDS else kind


def kind_icon(kind: str) -> str:
    """The icon of a kind of activity."""
    return kind if kind in KINDS else "task"


def deal_kind(kind: str) -> str:
    """A kind of deal by its name: "repeat sale"."""
    return translate(_DEAL_KINDS[kind]) if kind in _DEAL_KINDS else kind


def fact(kind: str, topic: str, name: str, text: str) -> tuple[str, str]:
    """A fact that was noted or settled ("Risk: they press on the price"), and what stands beside it."""
    told = (NOTED if kind == "noted" else SETTLED)[topic]
    if topic in BY_THEIR_WORDS:
        return translate(told, what=text), ""
    if topic == "close":
        return translate(told, what=format_day(name, "medium") if name else _("no day")), text
    names = KIND_NAMES.get(topic, {})
    return translate(told, what=translate(names[name]) if name in names else name), text


def late(days: int) -> str:
    """By how much something is late: "2 days late"."""
    return ngettext("{n} day late", "{n} days late", days)


def due(moment: str | None, today: str, zone: str) -> tuple[str, bool]:
    """When something is due, as short as can be ("10:15", "30 Nov", "2 days late"), and whether that is past."""
    if not moment:
        return "", False
    day = day_of(moment, zone)
    behind = date.fromisoformat(today).toordinal() - date.fromisoformat(day).toordinal()
    if behind > 0:
        return late(behind), True
    if behind == 0:
        return (_("today") if is_day(moment) else format_time(moment, zone)), False
    return format_day(day, "short"), False


def day_words(day: str, today: str) -> str:
    """A day in words: without its year where that is this one."""
    return format_day(day, "short" if day[:4] == today[:4] else "medium")


def stage_and_days(stage: Words, days: int) -> str:
    """Where a deal stands and for how long: "Offer, 6 days"."""
    return _("{stage}, {days}", stage=of(stage), days=format_days(days))


def days_between_days(earlier: str, later: str) -> int:
    """How many days lie between two days."""
    return date.fromisoformat(later).toordinal() - date.fromisoformat(earlier).toordinal()
