"""`today`: what to do, with the words to say."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, cut, say, shown_money, table, wrapped
from funnel_desk.cli._desks import reading, today_of
from funnel_desk.cli._grammar import Day, cli_command, file_argument, json_option
from funnel_desk.cli._items import Item, kind_said, script, words_said
from funnel_desk.i18n import N_, _, format_day, format_days, format_time, language, ngettext

if TYPE_CHECKING:
    from funnel_desk.queries.scripts import ScriptFacts
    from funnel_desk.queries.today import Today, TodayItem
    from funnel_desk.storage.reader import Reader

HEADINGS = {
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "no_next_action": N_("Nothing planned"),
    "stalled": N_("Stalled"),
}
INSTANT = len("2026-11-22T")


@cli_command(
    N_("Show what to do today, with the words to say."),
    N_(
        "Four lists: what is overdue, what is due on the day, open deals for which nothing is planned, and deals that "
        "nobody has touched for longer than their stage allows."
    ),
)
@file_argument
@click.option("--on", metavar="DAY", type=Day(), help=N_("Another day than today, like 2026-11-22."))
@json_option
def command(file: Path, on: str | None, *, as_json: bool) -> None:
    """Read the four lists of the day and show them."""
    with reading(file) as desk:
        found, facts = desk.read(_ask, on or today_of(desk))
        zone = desk.workspace.time_zone
    lists = {name: getattr(found, name) for name in HEADINGS}
    if as_json:
        answer({"on": found.on} | {name: _documents(items, facts) for name, items in lists.items()})
    else:
        say(_head(found))
        for name, items in lists.items():
            if items:
                say("\n" + _section(name, items, facts, zone))


def _ask(read: "Reader", on: str) -> "tuple[Today, dict[str, ScriptFacts]]":
    from funnel_desk.queries.scripts import script_facts
    from funnel_desk.queries.today import today

    found = today(read, on)
    every = (*found.overdue, *found.today, *found.no_next_action, *found.stalled)
    return found, script_facts(read, list(dict.fromkeys(item.deal_id for item in every)), on)


def _documents(items: "Iterable[TodayItem]", facts: "dict[str, ScriptFacts]") -> list[dict[str, object]]:
    return [_item(item, facts).document() for item in items]


def _item(item: "TodayItem", facts: "dict[str, ScriptFacts]") -> Item:
    return Item(
        deal=item.deal,
        deal_id=item.deal_id,
        company=item.company,
        stage=item.stage.of(language()),
        stage_key=item.stage_key,
        step=words_said(item.title),
        step_key=item.step_key,
        kind=item.kind,
        due=item.due,
        script=script(item.say, facts[item.deal_id]),
    )


def _head(found: "Today") -> str:
    count = ngettext("{n} deal wants attention", "{n} deals want attention", found.count)
    return f"{format_day(found.on, 'weekday')} {found.on[:4]} · {count}"


def _section(name: str, items: "Sequence[TodayItem]", facts: "dict[str, ScriptFacts]", zone: str) -> str:
    rows = table([_cells(item, zone) for item in items], right=(5,), indent=2).splitlines()
    lines = [f"{_(HEADINGS[name])} ({len(items)})"]
    for item, row in zip(items, rows, strict=True):
        lines.append(row)
        words = "" if name == "stalled" else script(item.say, facts[item.deal_id])
        if words:
            lines.append(wrapped(words, indent=6))
    return "\n".join(lines)


def _cells(item: "TodayItem", zone: str) -> tuple[str, ...]:
    return (
        _when(item, zone),
        kind_said(item.kind) if item.kind else "",
        cut(words_said(item.title), 44),
        cut(" · ".join(part for part in (item.deal, item.company) if part), 52),
        cut(item.stage.of(language()), 20),
        shown_money(item.value, item.currency),
    )


def _when(item: "TodayItem", zone: str) -> str:
    if item.section == "overdue":
        return _("{days} late", days=format_days(item.days_late))
    if item.section == "stalled":
        return format_days(item.days_late)
    if item.due is not None and len(item.due) > INSTANT:
        return format_time(item.due, zone)
    return ""
