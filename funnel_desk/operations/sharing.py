"""Exchange between people: the journal in a file of its own, and another's journal united with ours."""

from dataclasses import dataclass
from pathlib import Path

from funnel_desk import __version__
from funnel_desk.domain.problems import Refusal, Trouble
from funnel_desk.i18n import N_
from funnel_desk.operations.backups import back_up_if_changed
from funnel_desk.operations.desk import Desk, fresh_id
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.coming import Colleague, ComingAct, coming
from funnel_desk.storage.foreign import WORKSPACE, NotForMerging, foreign_journal, kind_of
from funnel_desk.storage.merging import Merge, Merger, let_count, merge, new_in, rehearse
from funnel_desk.storage.share_file import write_share

READING, CHECKING, MERGING = N_("Reading the other file"), N_("Comparing the files"), N_("Merging")
STEPS = 3


class WouldReplaceWorkspace(Refusal):
    """A share file never takes the place of a workspace."""

    message = N_("{file} is a workspace. Give the new file another name, such as {name}.")


def is_for_merging(path: Path) -> bool:
    """Whether a file says that it is a share file or a workspace. Raises what kind_of raises."""
    try:
        kind_of(path)
    except NotForMerging:
        return False
    return True


def share(desk: Desk, out: Path, progress: Progress = NO_PROGRESS) -> dict[str, int]:
    """Write the journal to a file for somebody else; gives how many rows of each table. The workspace is only read.

    An older file of that name is replaced, a workspace never: raises WouldReplaceWorkspace and ShareNotWritten.
    """
    if _is_same(out, desk.path) or _is_workspace(out):
        raise WouldReplaceWorkspace(file=out, name=f"{out.stem}.funnelshare")
    return desk.read(lambda read: write_share(read.connection, out, __version__, progress))


def try_merge(desk: Desk, other: Path, *, again: bool = True, progress: Progress = NO_PROGRESS) -> Merge:
    """What merging another file would do; nothing is written. Raises what reading that file raises."""
    return _merge(desk, other, progress, again=again, dry=True)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What merging a file would do: in figures, by whom, and examples. ``withdrawn`` acts of it are withdrawn here."""

    merge: Merge
    colleagues: tuple[Colleague, ...]
    examples: tuple[ComingAct, ...]
    withdrawn: int


def look_into(desk: Desk, other: Path, *, progress: Progress = NO_PROGRESS) -> Outlook:
    """All that a person wants to know before merging; nothing is written. Raises what reading that file raises."""
    if _is_same(other, desk.path):
        return Outlook(Merge(), (), (), 0)
    progress.report(0, STEPS, READING)
    with foreign_journal(other) as foreign:
        progress.report(1, STEPS, CHECKING)
        new, hidden = desk.read(lambda read: new_in(read.connection, foreign))
        merger = Merger(desk.author, desk.clock(), other.name, fresh_id())
        progress.report(2, STEPS, MERGING)
        found = Merge()
        if new or hidden:
            found = desk.read(lambda read: rehearse(read.connection, foreign, read.zone, merger))
        return Outlook(found, *coming(foreign, {*new, *hidden}), len(hidden))


def bring_back_merge(desk: Desk, record: str) -> int:
    """Let count again what a withdrawn merge brought; gives how many changes. Raises NotWithdrawn."""
    zone = desk.workspace.time_zone
    return desk.run_apart(lambda connection: let_count(connection, record, zone))


def merge_file(desk: Desk, other: Path, *, again: bool = True, progress: Progress = NO_PROGRESS) -> Merge:
    """Unite a share file or another workspace with this one, whole or not at all, with a backup before.

    ``again`` brings back what of it was merged before and withdrawn since. ``desk.undo`` with the record of the merge
    withdraws it. Raises what reading the other file raises; then nothing is changed.
    """
    return _merge(desk, other, progress, again=again, dry=False)


def _merge(desk: Desk, other: Path, progress: Progress, *, again: bool, dry: bool) -> Merge:
    if _is_same(other, desk.path):
        return Merge()
    progress.report(0, STEPS, READING)
    with foreign_journal(other) as foreign:
        progress.report(1, STEPS, CHECKING)
        new, hidden = desk.read(lambda read: new_in(read.connection, foreign))
        if not new and not (hidden and again):
            return Merge()
        merger = Merger(desk.author, desk.clock(), other.name, fresh_id())
        progress.report(2, STEPS, MERGING)
        if dry:
            return desk.read(lambda read: rehearse(read.connection, foreign, read.zone, merger, again=again))
        back_up_if_changed(desk.path, desk.clock())
        zone = desk.workspace.time_zone
        return desk.run_apart(lambda connection: merge(connection, foreign, zone, merger, again=again))


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def _is_workspace(path: Path) -> bool:
    try:
        return kind_of(path) == WORKSPACE
    except Trouble:
        return False
