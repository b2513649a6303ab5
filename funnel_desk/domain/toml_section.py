"""A table of a playbook's file, read key by key: every wrong value is a clear sentence with its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from funnel_desk.domain import playbook_problems as problems
from funnel_desk.domain.script import PLACEHOLDERS, has_open_bold, has_stray_brace, placeholders
from funnel_desk.domain.toml_lines import Path, line_at
from funnel_desk.domain.words import Words

LANGUAGES = ("en", "ru")
BASIS_POINTS = 10_000
LONGEST_SHOWN = 40
HUGE = 10**18

_KEY = re.compile(r"\w[\w-]*")


@dataclass(frozen=True, slots=True)
class Section:
    """One table: its path and content, and the lines of the file that it is in."""

    file: str
    lines: Mapping[Path, int]
    path: Path
    content: Mapping[str, object]

    def line(self, *keys: str | int) -> int:
        """The line of a key of this table, or of the table where the key is absent."""
        return line_at(self.lines, (*self.path, *keys))

    def where(self, *keys: str | int) -> str:
        """The place in words: ``stages[2].steps[1].title``, counted from one as people count."""
        name = ""
        for part in (*self.path, *keys):
            name += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
        return name.removeprefix(".") or self.file

    def trouble(
        self, kind: type[problems.PlaybookTrouble], *keys: str | int, **values: object
    ) -> problems.PlaybookTrouble:
        """A problem with this table or one of its keys."""
        return kind(file=self.file, line=self.line(*keys), where=self.where(*keys), **values)

    def only(self, *known: str) -> None:
        """Refuse keys that mean nothing here."""
        for key in self.content:
            if key not in known:
                guesses = get_close_matches(key, known, n=1)
                kind = problems.MistypedKey if guesses else problems.UnknownKey
                place = self.line(key)
                raise kind(
                    file=self.file,
                    line=place,
                    where=self.where(),
                    key=key,
                    guess="".join(guesses),
                    known=", ".join(known),
                )

    def has(self, key: str) -> bool:
        return key in self.content

    def need(self, key: str) -> object:
        """The value of a key that must be there."""
        if key not in self.content:
            raise self.trouble(problems.MissingKey, key=key)
        return self.content[key]

    def text(self, key: str) -> str:
        value = self.need(key)
        if not isinstance(value, str):
            raise self.trouble(problems.NotText, key, value=shown(value))
        return value.strip()

    def key(self, key: str = "key") -> str:
        """A name that other places refer to."""
        value = self.text(key)
        if not _KEY.fullmatch(value):
            raise self.trouble(problems.NotKey, key, value=shown(value))
        return value

    def choice(self, key: str, known: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in known:
            raise self.trouble(problems.UnknownChoice, key, value=shown(value), known=", ".join(known))
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.content.get(key, default)
        if not isinstance(value, bool):
            raise self.trouble(problems.NotFlag, key, value=shown(value))
        return value

    def whole(self, key: str, low: int, high: int) -> int:
        value = self.need(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.trouble(problems.NotWholeNumber, key, value=shown(value), low=low, high=high)
        return value

    def probability(self, key: str) -> int:
        """A share from 0 to 1, in basis points."""
        value = self.need(key)
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            points = Decimal(value) * BASIS_POINTS
            if points.is_finite() and 0 <= points <= BASIS_POINTS and points == int(points):
                return int(points)
        raise self.trouble(problems.NotProbability, key, value=shown(value))

    def day(self, key: str) -> str:
        """A day as ``YYYY-MM-DD``; a TOML date, quoted or not."""
        value = self.need(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, str):
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                pass
        raise self.trouble(problems.NotDay, key, value=shown(value))

    def section(self, key: str, *known: str) -> "Section":
        """A table inside this one, with its known keys."""
        value = self.need(key)
        if not isinstance(value, dict):
            raise self.trouble(problems.NotTable, key, value=shown(value), known=", ".join(known))
        inner = Section(self.file, self.lines, (*self.path, key), value)
        inner.only(*known)
        return inner

    def sections(self, key: str, *known: str) -> Iterator["Section"]:
        """The tables ``[[key]]``, in order; none where the key is absent."""
        values = self.content.get(key, [])
        if not isinstance(values, list):
            raise self.trouble(problems.NotList, key, value=shown(values))
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.trouble(problems.NotTable, key, index, value=shown(value), known=", ".join(known))
            inner = Section(self.file, self.lines, (*self.path, key, index), value)
            inner.only(*known)
            yield inner

    def words(self, key: str, *, optional: bool = False, script: bool = False) -> Words:
        """A text in both languages; one may be empty. Only a ``script`` may hold placeholders and bold."""
        if optional and not self.has(key):
            return Words("", "")
        both = self.section(key, *LANGUAGES)
        texts = [both.script_text(lang) if script else both.plain_text(lang) for lang in LANGUAGES]
        words = Words(*texts)
        if not words and not optional:
            raise self.trouble(problems.NoWords, key)
        return words

    def items(self, key: str, *, script: bool = False) -> Words:
        """A list in both languages, one item a line; empty where the key is absent."""
        if not self.has(key):
            return Words("", "")
        both = self.section(key, *LANGUAGES)
        lists = {lang: both.item_list(lang, script=script) for lang in LANGUAGES}
        counts = {lang: len(items) for lang, items in lists.items()}
        if all(counts.values()) and len(set(counts.values())) > 1:
            raise self.trouble(problems.UnevenItems, key, **counts)
        return Words(*("\n".join(lists[lang]) for lang in LANGUAGES))

    def item_list(self, lang: str, *, script: bool) -> list[str]:
        """The items of one language of this pair of lists."""
        values = self._language(lang)
        if not isinstance(values, list):
            raise self.trouble(problems.NotList, lang, value=shown(values))
        return [self._checked(value, lang, index, script=script, one_line=True) for index, value in enumerate(values)]

    def script_text(self, lang: str) -> str:
        """The script in one language of this pair."""
        return self._checked(self._language(lang), lang, script=True)

    def plain_text(self, lang: str) -> str:
        """The text in one language of this pair."""
        return self._checked(self._language(lang), lang, script=False)

    def _language(self, lang: str) -> object:
        if lang not in self.content:
            raise self.trouble(problems.MissingLanguage, lang=lang)
        return self.content[lang]

    def _checked(self, value: object, *keys: str | int, script: bool, one_line: bool = False) -> str:
        if not isinstance(value, str):
            raise self.trouble(problems.NotText, *keys, value=shown(value))
        text = value.strip()
        if one_line and len(text.splitlines()) > 1:
            raise self.trouble(problems.NotOneLine, *keys)
        if not script:
            if "{" in text or "}" in text:
                raise self.trouble(problems.MisplacedBrace, *keys)
            return text
        self._check_script(text, *keys)
        return text

    def _check_script(self, text: str, *keys: str | int) -> None:
        for name in sorted(placeholders(text) - PLACEHOLDERS):
            guesses = get_close_matches(name, PLACEHOLDERS, n=1)
            kind = problems.MistypedPlaceholder if guesses else problems.UnknownPlaceholder
            known = ", ".join(sorted(PLACEHOLDERS))
            raise self.trouble(kind, *keys, key=name, guess="".join(guesses), known=known)
        if has_stray_brace(text):
            raise self.trouble(problems.StrayBrace, *keys)
        if has_open_bold(text):
            raise self.trouble(problems.OpenBold, *keys)


def shown(value: object) -> str:
    """A value as a sentence can hold it: short, on one line."""
    match value:
        case bool():
            text = "true" if value else "false"
        case str():
            text = f"'{' '.join(value.split())}'"
        case int() if abs(value) >= HUGE:  # too long to be written in decimal digits, maybe
            text = hex(value)
        case list():
            text = "[…]"
        case dict():
            text = "{…}"
        case _:
            text = str(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
