"""What an undo left as it was, in one sentence for the message bar."""

from collections.abc import Callable, Sequence
from typing import Protocol

from funnel_desk.domain.words import Words
from funnel_desk.i18n import _, ngettext, translate
from funnel_desk.ui.phrases import of

MOST_NAMED = 3
MOST_ASKED = 100
"""Of how many rows the names are asked; the others are counted."""


class Kept(Protocol):
    """A row that stayed: its table, its id, and why, as a template of words."""

    @property
    def table(self) -> str: ...

    @property
    def row(self) -> str: ...

    @property
    def why(self) -> str: ...


def kept_sentence(kept: Sequence[Kept], name_of: Callable[[str, str], Words | str]) -> str:
    """What stayed and why, reason by reason: "Kept: Gate, Yard and 3 more (changed since)."; empty if nothing did."""
    parts = []
    for why in dict.fromkeys(one.why for one in kept):
        rows = [one for one in kept if one.why == why]
        names = dict.fromkeys(of(name_of(one.table, one.row)) for one in rows[:MOST_ASKED])
        beyond = max(0, len(rows) - MOST_ASKED)
        parts.append(_("{things} ({why})", things=_listed(list(names), beyond), why=translate(why)))
    return _("Kept: {things}.", things="; ".join(parts)) if parts else ""


def _listed(names: Sequence[str], beyond: int) -> str:
    shown, rest = ", ".join(names[:MOST_NAMED]), max(0, len(names) - MOST_NAMED) + beyond
    return ngettext("{names} and {n} more", "{names} and {n} more", rest, names=shown) if rest else shown
