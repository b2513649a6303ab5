"""The merges that were made into this file, newest first: local records, by which they can be taken back."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment
from funnel_desk.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge: who took in which file when, and what came. ``withdrawn``: nothing of it counts here any more.

    ``record`` is what ``Desk.undo`` takes.
    """

    record: str
    at: Moment
    author: str
    file: str
    new_changes: int
    created: int
    changed: int
    deleted: int
    deals: int
    conflicts: int
    withdrawn: bool


def merges(read: Reader) -> list[MergeRow]:
    """All merges. One whose acts all came back by a later merge of the same file is the later one's."""
    return [
        MergeRow(*(*row[:-1], bool(row[-1])))
        for row in read.sql(
            "SELECT id, at, author, file, new_changes, created, changed, deleted, deals, conflicts,"
            " NOT EXISTS (SELECT 1 FROM merged_batch WHERE record = merge_record.key"
            "  AND batch NOT IN (SELECT batch FROM withdrawn))"
            " FROM merge_record WHERE key IN (SELECT record FROM merged_batch) ORDER BY key DESC"
        )
    ]
