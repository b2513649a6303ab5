"""What is nearly called the same: told as possible duplicates, never taken for one another."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from funnel_desk.domain.likeness import company_likeness, person_likeness

LEAST: Final = 90.0
"""Of a hundred: how alike two names have to be."""
_FEW_LETTERS = 4


class Likeness:
    """The names that are known, in blocks of those that share their first letters; asked about new ones."""

    def __init__(self, names: Iterable[str], words: Callable[[str], str]) -> None:
        self._words = words
        self._same: dict[str, str] = {}
        self._blocks: dict[str, dict[str, str]] = {}
        for name in names:
            self.know(name)

    def know(self, name: str) -> None:
        """One more name."""
        key = self._words(name)
        if key:
            self._same.setdefault(key, name)
            for block in _blocks(key):
                self._blocks.setdefault(block, {}).setdefault(key, name)

    def find(self, name: str) -> str | None:
        """A known name that is nearly this one; None where there is none. The name itself is known from then on."""
        key = self._words(name)
        found = self._same.get(key) if key else None
        if found is None and len(key) >= _FEW_LETTERS:
            found = self._nearly(key)
        self.know(name)
        return found

    def _nearly(self, key: str) -> str | None:
        from rapidfuzz import fuzz, process  # a compiled library that the start of the program does not wait for

        for block in _blocks(key):
            known = self._blocks.get(block, {})
            best = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=LEAST)
            if best is not None and _digits(best[0]) == _digits(key):
                return known[best[0]]
        return None


def _digits(key: str) -> list[str]:
    """Numbers tell names apart: "Shop 1" is not nearly "Shop 2"."""
    return re.findall(r"\d+", key)


def _blocks(key: str) -> set[str]:
    """Names are compared only where their first or their last letters are the same."""
    return {f"^{key[:3]}", f"{key[-3:]}$"}


company_words = company_likeness
person_words = person_likeness
