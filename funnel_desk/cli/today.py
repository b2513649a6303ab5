"""`today`: what to do, with the words to say."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, cut, say, shown_money, table, wrapped
from funnel_desk.cli._desks import known_profile, reading, today_of
from funnel_desk.cli._grammar import Day, WrongUsage, cli_command, file_argument, json_option
from funnel_desk.cli._items import Item, kind_said, script, words_said
from funnel_desk.i18n import N_, _, format_day, format_days, format_time, language, ngettext

if TYPE_CHECKING:
    from funnel_desk.operations.desk import Desk
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
    N_(
        "A calendar holds what has a day, late and coming; importing it again updates what is there. The sheet for "
        "printing has boxes to tick."
    ),
)
@file_argument
@click.option("--on", metavar="DAY", type=Day(), help=N_("Another day than today, like 2026-11-22."))
@click.option("--ics", metavar="OUT", type=click.Path(path_type=Path), help=N_("Write a calendar file too."))
@click.option("--pdf", metavar="OUT", type=click.Path(path_type=Path), help=N_("Write a sheet for printing too."))
@json_option
def command(file: Path, on: str | None, ics: Path | None, pdf: Path | None, *, as_json: bool) -> None:
    """Read the four lists of the day, write what is to be written, and show them."""
    with reading(file) as desk:
        found, facts = desk.read(_ask, on or today_of(desk))
        zone = desk.workspace.time_zone
        written = _write(desk, found.on, ics, pdf)
    lists = {name: getattr(found, name) for name in HEADINGS}
    if as_json:
        answer({"on": found.on} | {name: _documents(items, facts) for name, items in lists.items()})
    else:
        say(_head(found))
        for name, items in lists.items():
            if items:
                say("\n" + _section(name, items, facts, zone))
        if written:
            say("\n" + "\n".join(_("Written: {file}", file=path) for path in written))


def _write(desk: "Desk", on: str, ics: Path | None, pdf: Path | None) -> list[Path]:
    """Write the calendar and the sheet as far as they are asked for, both or none; gives what was written."""
    asked = [path for path in (ics, pdf) if path is not None]
    if not asked:
        return []
    from funnel_desk.exchange.out_file import refuse_same_file, write_whole

    for place, path in enumerate(asked):
        refuse_same_file(path, desk.path)
        if path.resolve() in {other.resolve() for other in asked[:place]}:
            raise WrongUsage(N_("--ics and --pdf are the same file. Name two."))
    files: list[tuple[Path, bytes]] = []
    me = known_profile()
    if ics is not None:
        from funnel_desk.exchange.calendar import calendar_agenda, calendar_file

        files.append((ics, calendar_file(desk.read(calendar_agenda, on), on, desk.workspace.time_zone, me)))
    if pdf is not None:
        from funnel_desk.exchange.today_sheet import day_on_paper, today_pdf

        files.append((pdf, today_pdf(desk.read(day_on_paper, on), me, desk.path.name)))
    write_whole(*files)
    return asked


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
