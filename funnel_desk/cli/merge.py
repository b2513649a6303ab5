"""`merge`: what somebody else did, taken in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, say, tell
from funnel_desk.cli._desks import reading, writing
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.cli._progress import ProgressLine, progress
from funnel_desk.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from funnel_desk.storage.merging import Merge


@cli_command(
    N_("Take in what somebody else did."),
    N_(
        "OTHER is a file made by `share`, or another workspace; it is only read. Either all of it is taken or nothing. "
        "Where two people disagree both values are kept: `conflicts` lists them. The same file again changes nothing."
    ),
    N_("`undo FILE RECORD` takes a merge back, here only; merging the file again brings back what it brought."),
)
@file_argument
@click.argument("other", metavar="OTHER", type=click.Path(path_type=Path, readable=False))
@click.option("--dry-run", is_flag=True, help=N_("Only tell what would come in; write nothing."))
@json_option
def command(file: Path, other: Path, *, dry_run: bool, as_json: bool) -> None:
    """Merge or try, and tell what came of it."""
    from funnel_desk.operations.sharing import merge_file, try_merge

    watcher = progress()
    try:
        with reading(file) if dry_run else writing(file) as desk:
            found = (try_merge if dry_run else merge_file)(desk, other, progress=watcher)
    finally:
        if isinstance(watcher, ProgressLine):
            watcher.close()
    if as_json:
        answer(document(found))
    else:
        _show(found, file, dry_run=dry_run)
    if found.brought_back and not dry_run:
        tell(_("This was merged before and taken back since; it counts again."))


def document(found: "Merge") -> dict[str, object]:
    """What came of a merge, for programs."""
    return {
        "new_changes": found.new_changes,
        "created": found.created,
        "changed": found.changed,
        "deleted": found.deleted,
        "conflicts": found.conflicts,
        "record": found.record,
    }


def in_words(found: "Merge") -> str:
    """What came of a merge in one line: "+14 deals, 37 edits, 2 disagreements, 1 deletion"."""
    others = found.created - found.deals
    parts = [
        (found.deals, ngettext("+{n} deal", "+{n} deals", found.deals)),
        (max(0, others), ngettext("+{n} other record", "+{n} other records", max(0, others))),
        (found.changed, ngettext("{n} edit", "{n} edits", found.changed)),
        (found.conflicts, ngettext("{n} disagreement", "{n} disagreements", found.conflicts)),
        (found.deleted, ngettext("{n} deletion", "{n} deletions", found.deleted)),
    ]
    return ", ".join(words for count, words in parts if count)


def _show(found: "Merge", file: Path, *, dry_run: bool) -> None:
    if not found.new_changes:
        say(_("There is nothing new in it."))
        return
    say(in_words(found))
    if found.conflicts:
        say(_("“funnel-desk conflicts {file}” lists where you disagree.", file=file))
    if dry_run:
        say(_("Nothing was written."))
    else:
        say(_("“funnel-desk undo {file} {record}” takes it back.", file=file, record=found.record))
