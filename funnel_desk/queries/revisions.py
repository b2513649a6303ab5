"""How far the history of things has gone: which act touched them last, and when."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, text

from funnel_desk.storage.reader import Reader

CHUNK = 500


class Revision(NamedTuple):
    """``number`` grows with every act that touches a thing, in every copy of the file; ``at`` is when it was (UTC)."""

    number: int
    at: str


_CHANGED = text("""
SELECT change.root, max(batch.lamport), max(batch.at)
FROM change JOIN batch ON batch.key = change.batch WHERE change.root IN :roots GROUP BY change.root
UNION ALL
SELECT change.root, max(batch.lamport), max(batch.at)
FROM mark JOIN change ON change.key = mark.target JOIN batch ON batch.key = mark.batch
WHERE change.root IN :roots GROUP BY change.root
""").bindparams(bindparam("roots", expanding=True))


def revisions(read: Reader, roots: Sequence[str]) -> dict[str, Revision]:
    """The revisions of deals, pipelines, companies and contacts by their ids. Undoing counts, as any act does."""
    found: dict[str, Revision] = {}
    for start in range(0, len(roots), CHUNK):
        for root, number, at in read.rows(_CHANGED, {"roots": list(roots[start : start + CHUNK])}):
            known = found.get(root, Revision(0, ""))
            found[root] = Revision(max(known.number, number), max(known.at, at))
    return found
