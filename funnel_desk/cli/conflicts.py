"""`conflicts`: where people disagree."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from funnel_desk.cli._answers import answer, cut, say, shown_moment, shown_money, table
from funnel_desk.cli._desks import reading
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.cli._items import words_said
from funnel_desk.domain.money import major
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, format_percent, ngettext

if TYPE_CHECKING:
    from funnel_desk.queries.conflicts import Conflict, ConflictSide

CERTAIN = 10_000
WIDEST = 60
FIELDS: Mapping[str, str] = {
    "stage": N_("Stage"),
    "deleted": N_("Deleted"),
    "title": N_("Title"),
    "name": N_("Name"),
    "company": N_("Company"),
    "contact": N_("Contact"),
    "external_id": N_("External number"),
    "value": N_("Value"),
    "currency": N_("Currency"),
    "probability": N_("Probability"),
    "source": N_("Source"),
    "product": N_("Product"),
    "segment": N_("Segment"),
    "kind": N_("Kind of sale"),
    "owner": N_("Owner"),
    "created_at": N_("Created"),
    "first_contact_at": N_("First contact"),
    "expected_close": N_("Expected to close"),
    "note": N_("Note"),
    "tags": N_("Tags"),
}


@cli_command(
    N_("Show where people disagree."),
    N_(
        "After a merge a field may have two values, or a deal two paths. One is shown and counted, the other is kept "
        "until somebody chooses."
    ),
)
@file_argument
@json_option
def command(file: Path, *, as_json: bool) -> None:
    """List the disagreements."""
    from funnel_desk.queries.conflicts import conflicts

    with reading(file) as desk:
        found = desk.read(conflicts)
        zone = desk.workspace.time_zone
    if as_json:
        answer([_document(one) for one in found])
    elif not found:
        say(_("Nobody disagrees about anything."))
    else:
        say(ngettext("{n} disagreement", "{n} disagreements", len(found)))
        for one in found:
            _show(one, zone)


def _document(one: "Conflict") -> dict[str, object]:
    return {
        "id": one.id,
        "what": words_said(one.what),
        "field": one.field,
        "shown": _side(one.shown),
        "other": _side(one.other),
    }


def _side(side: "ConflictSide") -> dict[str, object]:
    return {"value": _plain(side), "author": side.author, "at": side.at}


def _plain(side: "ConflictSide") -> object:
    """A value for programs: amounts in major units, shares from 0 to 1; null where it was emptied."""
    value = side.value
    if side.kind == "money" and isinstance(value, int):
        return major(value, side.currency)
    if side.kind == "share" and isinstance(value, int):
        return value / CERTAIN
    if isinstance(value, tuple):
        return ", ".join(value)
    return _told(value, side) if isinstance(value, Words | str) else value


def _show(one: "Conflict", zone: str) -> None:
    say()
    say(f"{words_said(one.what)} · {_(FIELDS.get(one.field, one.field))}")
    rows = [
        (word, cut(_said(side, zone), WIDEST), side.author, shown_moment(side.at, zone))
        for word, side in ((_("shown"), one.shown), (_("other"), one.other))
    ]
    say(table(rows, indent=2))


def _said(side: "ConflictSide", zone: str) -> str:
    """A value for a person."""
    value = side.value
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _number(value, side)
    if isinstance(value, tuple):
        return ", ".join(value)
    if side.kind == "moment":
        return shown_moment(str(value), zone)
    return _told(value, side)


def _told(value: Words | str, side: "ConflictSide") -> str:
    return _("Lost: {reason}", reason=words_said(value)) if side.kind == "lost" else words_said(value)


def _number(value: int, side: "ConflictSide") -> str:
    if side.kind == "money":
        return shown_money(value, side.currency)
    return format_percent(value / CERTAIN) if side.kind == "share" else str(value)
