"""The words that tables use for columns, stages, outcomes and kinds: `resources/import_words.toml`, made comparable."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from funnel_desk import resources

_HUMP = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])")
_NOT_WORD = re.compile(r"[\W_]+")


def normalise(name: str) -> str:
    """A name as it is compared: words in small letters, one space between, ё as е, no punctuation, no camelCase."""
    parted = _HUMP.sub(" ", unicodedata.normalize("NFKC", name))
    return _NOT_WORD.sub(" ", parted.casefold().replace("ё", "е")).strip()


@dataclass(frozen=True, slots=True)
class ImportWords:
    """The word lists. Names are normalised; `fields[what][name]`: the fields it may mean with their ranks (0 best)."""

    fields: Mapping[str, Mapping[str, Mapping[str, int]]]
    if_known: Mapping[str, Mapping[str, Mapping[str, int]]]
    """Like `fields`, for names that count only when the cells are known words."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    every_name: frozenset[str]
    """All names of columns, of any kind of table."""
    meanings: Mapping[str, Mapping[str, str]]
    """Per kind of cell (stages, outcomes, flags, kinds, directions, activity_kinds): normalised word to meaning."""


@cache
def import_words() -> ImportWords:
    """The word lists that come with the program."""
    return parse_words(tomllib.loads(resources.read_text("import_words.toml")))


def parse_words(data: Mapping[str, Any]) -> ImportWords:
    """The word lists of a parsed TOML document."""
    prefixes = data["prefixes"]
    kinds = ("stages", "outcomes", "flags", "kinds", "directions", "activity_kinds")
    fields = {what: _by_name(names) for what, names in data["fields"].items()}
    if_known = {what: _by_name(names) for what, names in data["if_known"].items()}
    return ImportWords(
        fields=fields,
        if_known=if_known,
        before=tuple(f"{normalise(word)} " for word in prefixes["before"]),
        after=tuple(f" {normalise(word)}" for word in prefixes["after"]),
        every_name=frozenset(name for names in (*fields.values(), *if_known.values()) for name in names),
        meanings={kind: _by_word(data[kind]) for kind in kinds},
    )


def _by_name(fields: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    """Each normalised name with the fields it may mean and how likely. A field's own key comes first."""
    found: dict[str, dict[str, int]] = {}
    for field, names in fields.items():
        for rank, name in enumerate([field, *names]):
            found.setdefault(normalise(name), {}).setdefault(field, rank)
    return found


def _by_word(meanings: Mapping[str, list[str]]) -> dict[str, str]:
    return {normalise(word): meaning for meaning, words in meanings.items() for word in [*words, meaning]}
