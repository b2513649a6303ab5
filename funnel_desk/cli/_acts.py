"""Acts of the journal as commands show them: what was done, what was taken back, and what was kept and why."""

from typing import TYPE_CHECKING

from funnel_desk.cli._answers import answer, say
from funnel_desk.cli._items import words_said
from funnel_desk.domain.words import Words
from funnel_desk.i18n import _, language, ngettext, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from funnel_desk.operations.desk import Desk
    from funnel_desk.storage.reader import Reader
    from funnel_desk.storage.undo import Reversal


ACT = "act"


class _Blanks(dict[str, object]):
    """Values of a label; one that an act did not tell is left out."""

    def __missing__(self, name: str) -> str:
        return ""


def label_said(label: str, arguments: "Mapping[str, object]") -> str:
    """What an act did, in the current language: "Move “Gate 4” to “Offer”"."""
    lang = language()
    values = {name: value.of(lang) if isinstance(value, Words) else value for name, value in arguments.items()}
    if ACT in arguments:  # itself the label of an act
        values[ACT] = label_said(str(arguments[ACT]), {name: arguments[name] for name in arguments if name != ACT})
    return translate(label).format_map(_Blanks(values))


def show_reversal(desk: "Desk", found: "Reversal", sentence: str, *, as_json: bool) -> None:
    """Tell what an undo or redo did; ``sentence`` is a template with ``{act}``."""
    from funnel_desk.queries.names import name_of

    target, act = desk.read(_act_of, found)
    kept = [(words_said(desk.read(name_of, one.table, one.row)), _(one.why)) for one in found.kept]
    if as_json:
        document = {"undid": act, "batch": target, "reverted": found.reverted}
        answer(document | {"kept": [{"what": what, "why": why} for what, why in kept]})
        return
    changes = ngettext("{n} change", "{n} changes", found.reverted)
    say(f"{_(sentence, act=act)} ({changes})")
    for what, why in kept:
        say(_("Kept: {what}, {why}.", what=what, why=why))


def _act_of(read: "Reader", found: "Reversal") -> tuple[str, str]:
    """The id and label of the act that an undo or redo is about, through all undoing of undoing; or of a merge."""
    from funnel_desk.storage.history import history

    by_id = {entry.batch: entry for entry in history(read.connection)}
    if found.batch not in by_id:
        return found.batch, label_said(found.label, {})
    entry = by_id[found.batch]
    while entry.target is not None and entry.target in by_id:
        entry = by_id[entry.target]
    return entry.batch, label_said(entry.label, entry.arguments)
