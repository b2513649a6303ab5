"""Very many names, looked through in one go: all of them folded in one text, a line each."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from funnel_desk.domain.search import folded, rank

MOST_LOOKED_AT = 4_000
"""So many lines are weighed at most; those that begin with what is looked for come first."""


class Named(NamedTuple):
    """Something with a name; ``also`` is what else it is found by (a phone number, an address)."""

    kind: str
    id: str
    name: str
    note: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Frozen rows, and their folded names in a text of lines; made by ``index_names``."""

    rows: tuple[Named, ...] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    _text: str = field(repr=False)
    _starts: tuple[int, ...] = field(repr=False)

    def find(self, wanted: str, most: int) -> list[tuple[int, Named]]:
        """The best so many rows that hold every word, with their rank: the best first, short names before long."""
        sought = folded(wanted)
        words = sought.split()
        if not words:
            return []
        found: dict[int, int] = {}
        rarest = min(words, key=self._text.count)
        for place in self._places(" ".join(words), rarest):
            if place in found:
                continue
            good = rank(self.lines[place], sought)
            if good is not None:
                found[place] = good
            if len(found) >= MOST_LOOKED_AT:
                break
        best = sorted(found, key=lambda place: (found[place], len(self.lines[place]), place))[:most]
        return [(found[place], self.rows[place]) for place in best]

    def _places(self, phrase: str, rarest: str) -> Iterator[int]:
        """Rows that begin with the whole, and then those that hold the rarest word anywhere."""
        for needle in (f"\n{phrase}", rarest):
            at = self._text.find(needle)
            while at >= 0:
                place = bisect_right(self._starts, at + (needle[0] == "\n")) - 1
                yield place
                end = self._starts[place] + len(self.lines[place])
                at = self._text.find(needle, end)


def index_names(rows: Iterable[Named]) -> NameIndex:
    """An index of these rows."""
    kept = tuple(rows)
    lines = tuple(_line(row) for row in kept)
    starts, at = [], 1
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return NameIndex(kept, lines, "\n" + "\n".join(lines), tuple(starts))


def _line(row: Named) -> str:
    return " ".join(folded(f"{row.name} {row.also}").split())
