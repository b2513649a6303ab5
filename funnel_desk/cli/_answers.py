"""How commands answer: one JSON document for a program, aligned lines for a person, sentences on standard error."""

import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

import click

from funnel_desk.domain.money import major
from funnel_desk.i18n import format_moment, format_money

RATE_PLACES = Decimal("0.0001")
WIDE = {"W", "F"}
GAP = "  "
# A name out of somebody's file must not colour, clear or rename the terminal.
NO_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if chr(code) != "\n"}
ELLIPSIS = "…"
NARROWEST, WIDEST, ENDLESS = 60, 100, 1000


def answer(document: object) -> None:
    """One JSON document on standard output, in the order of the contract, readable as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def say(text: str = "") -> None:
    """A line (or several) for a person, on standard output."""
    click.echo(text.translate(NO_CONTROLS))


def tell(sentence: str) -> None:
    """A sentence beside the answer, on standard error: a warning, or why nothing was done."""
    click.echo(sentence.translate(NO_CONTROLS), err=True)


def amount(minor: int | None, currency: str) -> str | None:
    """Money in JSON: major units as text ("1054.00"), to stand beside its currency; null where there is none."""
    return None if minor is None else major(minor, currency)


def rate(value: float | Decimal | None) -> float | None:
    """A rate in JSON: from 0 to 1 with four decimals; null where its base is 0."""
    if value is None:
        return None
    return float(Decimal(str(value)).quantize(RATE_PLACES, ROUND_HALF_EVEN))


def shown_money(minor: int | None, currency: str) -> str:
    """Money for a person; nothing where there is none."""
    return "" if minor is None else format_money(minor, currency)


def shown_moment(moment: str | None, zone: str) -> str:
    """A day or an instant for a person; nothing where there is none."""
    return "" if moment is None else format_moment(moment, zone)


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), indent: int = 0) -> str:
    """Cells in aligned columns, those whose place is in ``right`` to the right; no line ends in blanks."""
    lines = [[" ".join(cell.split()) for cell in row] for row in rows]
    if not lines:
        return ""
    widths = [max(width_of(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        (
            " " * indent
            + GAP.join(
                _padded(cell, width, to_the_right=place in right)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
                if width
            )
        ).rstrip()
        for line in lines
    )


def cut(text: str, width: int) -> str:
    """A text in one line of at most so many places."""
    line = " ".join(text.split())
    if width_of(line) <= width:
        return line
    while line and width_of(line) > width - 1:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def wrapped(text: str, indent: int) -> str:
    """A text to be read, in lines that are not too long for the eye."""
    width, gap = min(screen_width(), WIDEST), " " * indent
    lines = [textwrap.wrap(one, width, initial_indent=gap, subsequent_indent=gap) for one in text.splitlines()]
    return "\n".join(line for paragraph in lines for line in paragraph)


def screen_width() -> int:
    """How many places a line has: those of the terminal; in a file or a pipe, as many as it needs."""
    return max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else ENDLESS


def width_of(text: str) -> int:
    """How many places a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in WIDE else 1 for char in text
    )


def _padded(cell: str, width: int, *, to_the_right: bool) -> str:
    gap = " " * (width - width_of(cell))
    return gap + cell if to_the_right else cell + gap
