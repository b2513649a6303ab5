"""Text that people typed or pasted, fit for other programs: letters, signs, blanks and line ends, nothing else."""

import unicodedata

CONTROLS = {"Cc", "Cs"}  # control characters, and halves of pairs that no encoding knows
TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of what follows, and with it the sense of a number or a name."""


def one_line(text: str) -> str:
    """The text in one line: blanks of every kind are single spaces, control characters are gone."""
    return " ".join(_visible(text).split())


def in_lines(text: str) -> str:
    """The text with its line ends and without control characters; no line ends in blanks."""
    unified = "\n".join(text.replace("\r\n", "\n").splitlines())  # every kind of line end
    return "\n".join(_visible(line).rstrip() for line in unified.split("\n")).strip("\n")


def _visible(text: str) -> str:
    return "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_shown(char))


def _is_shown(char: str) -> bool:
    return unicodedata.category(char) not in CONTROLS and char not in TURNERS
