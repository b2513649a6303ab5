"""Where each value of a TOML text stands, which the standard library's parser does not tell.

The text is one that ``tomllib`` has already accepted, so the scan below only has to find its way, not to judge.
"""

import re
import tomllib
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> Mapping[Path, int]:
    """The line (from 1) on which each key, table and array item begins, by its path: ``("stages", 0, "key")``."""
    scan = _Scan(text)
    scan.document()
    return scan.lines


def line_at(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a value, or of the nearest thing around it where the value itself is absent."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scan:
    """One walk through a text. ``here`` is the position, ``arrays`` how many tables each array of tables has so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.here = 0
        self.lines: dict[Path, int] = {}
        self.arrays: dict[Path, int] = {}
        self._line, self._counted = 1, 0

    def document(self) -> None:
        table: Path = ()
        self._blank()
        while self.here < len(self.text):
            if self.text[self.here] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._blank()

    def _header(self) -> Path:
        """A line ``[a.b]`` or ``[[a.b]]``; returns the path of the table that it opens."""
        line = self._here_line()
        brackets = 2 if self.text.startswith("[[", self.here) else 1
        self.here += brackets
        path = self._inside(self._key())
        self.here += brackets
        if brackets == 2:  # noqa: PLR2004 - a table of an array
            self.lines.setdefault(path, line)
            self.arrays[path] = self.arrays.get(path, 0) + 1
            path = (*path, self.arrays[path] - 1)
        self._mark(path, line)
        return path

    def _inside(self, keys: tuple[str, ...]) -> Path:
        """The path that the keys of a header mean: inside the newest table of every array on the way."""
        path: Path = ()
        for index, key in enumerate(keys):
            path = (*path, key)
            if path in self.arrays and index < len(keys) - 1:
                path = (*path, self.arrays[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        """``a.b = value``."""
        line = self._here_line()
        path = (*table, *self._key())
        self._mark(path, line)
        self.here += 1  # the sign of equality
        self._gap()
        self._value(path)

    def _key(self) -> tuple[str, ...]:
        """A key, dotted or not; stops behind it, and behind the blanks that follow."""
        parts: list[str] = []
        while True:
            self._gap()
            match = _STRING.match(self.text, self.here) or _BARE_KEY.match(self.text, self.here)
            if match is None:  # tomllib has accepted the text, so there is nothing to find here
                return tuple(parts)
            self.here = match.end()
            quoted = match[0][0] in "\"'"
            parts.append(tomllib.loads(f"k = {match[0]}")["k"] if quoted else match[0])
            self._gap()
            if not self.text.startswith(".", self.here):
                return tuple(parts)
            self.here += 1

    def _value(self, path: Path) -> None:
        match self.text[self.here : self.here + 1]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        self.here += 1
        self._blank()
        index = 0
        while self.here < len(self.text) and self.text[self.here] != "]":
            item = (*path, index)
            self._mark(item, self._here_line())
            self._value(item)
            self._separator()
            index += 1
        self.here += 1

    def _inline_table(self, path: Path) -> None:
        self.here += 1
        self._blank()
        while self.here < len(self.text) and self.text[self.here] != "}":
            self._pair(path)
            self._separator()
        self.here += 1

    def _separator(self) -> None:
        self._blank()
        if self.text.startswith(",", self.here):
            self.here += 1
            self._blank()

    def _mark(self, path: Path, line: int) -> None:
        """Note a line for a path, and for the tables that a dotted key or header makes on the way."""
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _gap(self) -> None:
        while self.text.startswith((" ", "\t"), self.here):
            self.here += 1

    def _blank(self) -> None:
        self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.here)
        if match is not None:
            self.here = match.end()

    def _here_line(self) -> int:
        self._line += self.text.count("\n", self._counted, self.here)
        self._counted = self.here
        return self._line
