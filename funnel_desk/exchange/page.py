"""Printed pages: A4, in the letters that come with the program and the colours of its light theme, the same everywhere.

Places and sizes are in millimetres from the top left corner of the page, sizes of letters in points.
"""

import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple, Self

from funnel_desk import resources
from funnel_desk.i18n import ENGLISH, PSEUDO, language

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 20.0, 16.0, 17.0, 18.0
"""Margins; the left one leaves room for a file's holes."""

NOTE, BODY, SAY, WORDS, HEADING, TITLE = 8.0, 9.0, 9.5, 10.5, 12.0, 16.0
"""Sizes of letters, in points."""

POINT = 25.4 / 72
LEADING = 1.45
BASELINE = 0.7  # of a line's height
HAIRLINE = 0.18
BOX, BOX_LINE = 3.1, 0.25
BAR = 0.9
FAMILY = "DejaVu"
LETTERS = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
ELLIPSIS = "…"
UNKNOWN = "□"  # stands for a letter that the font does not have

Look = Literal["plain", "bold", "slot"]
Run = tuple[str, Look]
Line = list[Run]
Align = Literal["left", "right", "center"]


class Inks(NamedTuple):
    """The colours on white paper, ``#rrggbb``."""

    text: str
    dim: str
    faint: str
    line: str
    accent: str
    accent_weak: str
    warn: str
    bad: str


def line_height(size: float) -> float:
    """The height of a line of letters of this size."""
    return size * POINT * LEADING


class Pages:
    """The pages of one document, for a ``with``: the files of the letters stay open as long.

    ``made_on`` (a day) is when the document says it was made: never the clock's now.
    """

    def __init__(self, title: str, made_on: str) -> None:
        from fpdf import FPDF
        from fpdf.fonts import TTFFont

        pdf = FPDF(unit="mm", format="A4")
        pdf.set_auto_page_break(auto=False)
        pdf.set_title(title)
        pdf.set_producer("Funnel Desk")
        pdf.set_lang(ENGLISH if language() == PSEUDO else language())
        pdf.set_creation_date(datetime.fromisoformat(made_on).replace(tzinfo=UTC))
        for bold, name in LETTERS.items():
            pdf.add_font(FAMILY, style="B" if bold else "", fname=letters_folder() / name)
        self._pdf = pdf
        self._widths: dict[tuple[str, bool], float] = {}
        fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
        self._files = [font.ttfont for font in fonts]
        self._known = frozenset.intersection(*(frozenset(font.cmap) for font in fonts))
        theme = tomllib.loads(resources.read_text("themes", "light.toml"))
        self.inks = Inks(*(theme[name] for name in Inks._fields))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def begin(self) -> None:
        """Begin a page."""
        self._pdf.add_page()

    def content(self) -> bytes:
        """The finished file."""
        return bytes(self._pdf.output())

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        ink: str = "",
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """One line of text, the top of the line at ``y``; aligned right or centred, it ends or has its middle at x."""
        shown = self.printable(text)
        if not shown:
            return
        wide = self.width_of(shown, size, bold=bold)
        start = x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        self._pdf.set_font(FAMILY, "B" if bold else "", size)
        self._pdf.set_text_color(ink or self.inks.text)
        self._pdf.text(start, y + line_height(size) * BASELINE, shown)

    def runs(self, x: float, y: float, line: Line, size: float = BODY, *, ink: str = "") -> None:
        """One line of runs: bold ones bold, slots in the accent's colour."""
        for text, look in line:
            self.text(x, y, text, size, ink=self.inks.accent if look == "slot" else ink, bold=look == "bold")
            x += self.width_of(text, size, bold=look == "bold")

    def bookmark(self, name: str, level: int = 0) -> None:
        """Name this place in the outline that programs show beside the pages."""
        self._pdf.start_section(self.printable(name), level, strict=False)

    def bar(self, x: float, y: float, height: float) -> None:
        """An upright bar beside words, of a weak accent."""
        self._pdf.set_fill_color(self.inks.accent_weak)
        self._pdf.rect(x, y, BAR, height, style="F")

    def rule(self, y: float, left: float = LEFT, right: float = WIDTH - RIGHT) -> None:
        """A hairline."""
        self._pdf.set_draw_color(self.inks.line)
        self._pdf.set_line_width(HAIRLINE)
        self._pdf.line(left, y, right, y)

    def box(self, x: float, y: float, size: float = BODY) -> None:
        """A box to be ticked, before a line of text whose top is at ``y``."""
        self._pdf.set_draw_color(self.inks.dim)
        self._pdf.set_line_width(BOX_LINE)
        top = y + (line_height(size) - BOX) / 2
        self._pdf.rect(x, top, BOX, BOX, round_corners=True, corner_radius=0.5)

    def printable(self, text: str) -> str:
        """The text with a box for each letter that the font lacks; marks without a width of their own are gone."""
        if all(ord(char) in self._known for char in text) and not any(map(_is_silent, text)):
            return text
        return "".join(
            char if ord(char) in self._known else "" if unicodedata.combining(char) else UNKNOWN
            for char in text
            if not _is_silent(char)
        )

    def width_of(self, text: str, size: float = BODY, *, bold: bool = False) -> float:
        """How wide a line of text is."""
        key = (text, bold)
        if key not in self._widths:
            self._pdf.set_font(FAMILY, "B" if bold else "", 1)
            self._widths[key] = self._pdf.get_string_width(self.printable(text))
        return self._widths[key] * size

    def cut(self, text: str, width: float, size: float = BODY, *, bold: bool = False) -> str:
        """The text, shortened with an ellipsis where it is wider than that."""
        if self.width_of(text, size, bold=bold) <= width:
            return text
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.width_of(text[:middle].rstrip() + ELLIPSIS, size, bold=bold) <= width:
                fits = middle
            else:
                too_long = middle
        return text[:fits].rstrip() + ELLIPSIS

    def wrapped(self, runs: Sequence[Run], width: float, size: float = BODY, most: int = 0) -> list[Line]:
        """Runs in lines no wider than that; at most so many, if told, the last one cut."""
        lines: list[Line] = []
        for paragraph in _paragraphs(runs):
            lines += self._wrapped(paragraph, width, size)
        if most and len(lines) > most:
            kept = lines[: most - 1]
            rest, look = "".join(text for text, _ in lines[most - 1]), lines[most - 1][-1][1]
            bold = look == "bold"
            return [*kept, [(self.cut(f"{rest} {ELLIPSIS * 3}", width, size, bold=bold).rstrip("…") + ELLIPSIS, look)]]
        return lines

    def _wrapped(self, runs: Sequence[Run], width: float, size: float) -> list[Line]:
        lines: list[Line] = []
        here, blank = 0.0, self.width_of(" ", size)
        for word in _words(runs):
            for part in self._narrow(word, width, size):
                wide = self._width_of_line(part, size)
                if lines and here + blank + wide <= width:
                    lines[-1] = _joined(lines[-1], part)
                    here += blank + wide
                else:
                    lines.append(list(part))
                    here = wide
        return lines

    def _narrow(self, word: Line, width: float, size: float) -> list[Line]:
        """A word in parts that fit a line each: nearly always the word itself."""
        if self._width_of_line(word, size) <= width:
            return [word]
        parts: list[Line] = [[]]
        here = 0.0
        for text, look in word:
            for char in text:
                wide = self.width_of(char, size, bold=look == "bold")
                if here + wide > width and parts[-1]:
                    parts.append([])
                    here = 0.0
                _append(parts[-1], char, look)
                here += wide
        return parts

    def _width_of_line(self, line: Line, size: float) -> float:
        return sum(self.width_of(text, size, bold=look == "bold") for text, look in line)


def letters_folder() -> Path:
    """Where the letters lie: the drawing library brings them, and is not imported for that."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


def _is_silent(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} or 0xFE00 <= ord(char) <= 0xFE0F  # noqa: PLR2004 - variants


def _paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs apart at their line ends; empty lines are left out."""
    found: list[list[Run]] = [[]]
    for text, look in runs:
        for nth, part in enumerate(text.split("\n")):
            if nth:
                found.append([])
            if part:
                found[-1].append((part, look))
    return [paragraph for paragraph in found if paragraph]


def _words(runs: Sequence[Run]) -> list[Line]:
    """Runs apart at their blanks; a word may consist of several runs."""
    words: list[Line] = [[]]
    for text, look in runs:
        for nth, part in enumerate(text.split(" ")):
            if nth:
                words.append([])
            if part:
                words[-1].append((part, look))
    return [word for word in words if word]


def _joined(line: Line, word: Line) -> Line:
    """A line with one more word; the blank between is bold where both of its sides are."""
    joined = list(line)
    first = word[0][1]
    _append(joined, " ", first if first == joined[-1][1] else "plain")
    for text, look in word:
        _append(joined, text, look)
    return joined


def _append(line: Line, text: str, look: Look) -> None:
    if line and line[-1][1] == look:
        text = line.pop()[0] + text
    line.append((text, look))
