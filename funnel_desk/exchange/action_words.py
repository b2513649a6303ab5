"""What to do, in a few words, as printed pages and calendars say it."""

from collections.abc import Mapping

from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, language, translate

VERBS: Mapping[str, str] = {
    "call": N_("Call {who}"),
    "email": N_("Write to {who}"),
    "message": N_("Message {who}"),
    "meeting": N_("Meet {who}"),
    "visit": N_("Visit {who}"),
    "demo": N_("Show it to {who}"),
}
"""What is done with somebody. Papers and tasks are called by what they are."""
KINDS: Mapping[str, str] = {
    "call": N_("call"),
    "email": N_("e-mail"),
    "message": N_("message"),
    "meeting": N_("meeting"),
    "visit": N_("visit"),
    "demo": N_("demonstration"),
    "document": N_("document"),
    "task": N_("task"),
}


def to_do(kind: str, who: str, title: Words | str) -> str:
    """What to do next: "Call Irina Sokolova"; where it is not about talking to somebody, the step itself."""
    if who and kind in VERBS:
        return translate(VERBS[kind], who=who)
    return said(title) or kind_said(kind)


def kind_said(kind: str) -> str:
    """The kind of a step or activity; a word of another program's file stays as it is."""
    return translate(KINDS[kind]) if kind in KINDS else kind


def said(words: Words | str) -> str:
    """Words of the trade in the current language, or a person's own text."""
    return words if isinstance(words, str) else words.of(language())


def items_of(words: Words) -> list[str]:
    """Words that hold one item a line, as items in the current language."""
    return [line.strip() for line in said(words).split("\n") if line.strip()]
