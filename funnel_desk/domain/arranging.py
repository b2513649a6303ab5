"""Things in an order of the user's own: moved before one another, and called by keys that nobody else has."""

import re
from collections.abc import Collection, Iterable, Sequence

from funnel_desk.domain.words import Words

_NO_KEY = re.compile(r"[^\w-]+")


def placed(ids: Sequence[str], moved: str, before: str | None) -> list[str]:
    """The ids with one of them put before another (None, or one that is not there: at the end)."""
    rest = [one for one in ids if one != moved]
    place = rest.index(before) if before in rest else len(rest)
    return [*rest[:place], moved, *rest[place:]]


def blocks(rows: Iterable[tuple[str, bool]]) -> list[list[str]]:
    """Ids in order, each living one with the archived ones that follow it: (id, archived).

    What was archived before the first living one goes with that.
    """
    found: list[list[str]] = []
    leading: list[str] = []
    for row, archived in rows:
        if not archived:
            found.append([*leading, row] if leading else [row])
            leading = []
        elif found:
            found[-1].append(row)
        else:
            leading.append(row)
    return [*found, leading] if leading else found


def free_key(words: Words, taken: Collection[str], fallback: str) -> str:
    """A key made of words that none of these is yet: "Offer sent" is ``offer-sent``, then ``offer-sent-2``."""
    stem = _NO_KEY.sub("-", words.of("en").strip().casefold()).strip("-_") or fallback
    known = {key.casefold() for key in taken}
    key, number = stem, 2
    while key in known:
        key, number = f"{stem}-{number}", number + 1
    return key
