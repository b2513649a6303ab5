"""Parts of printed documents: headings, facts with their labels, words beside a bar, lists side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Literal, NamedTuple

from funnel_desk.exchange.flow import Block, paragraph
from funnel_desk.exchange.page import BODY, BOX, HEADING, LEFT, NOTE, RIGHT, SAY, WIDTH, Line, Pages, Run, line_height

END = WIDTH - RIGHT
LABEL = 36.0
BAR_GAP = 4.0
DASH = "–"
DASH_GAP, BOX_GAP = 3.5, 2.0
FACT_GAP = 0.4

Mark = Literal["", "dash", "box"]


class Cell(NamedTuple):
    """One line in a column, so far from its left side, with what stands before it."""

    line: Line
    indent: float = 0.0
    mark: Mark = ""


def kept(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, the last of which stays with what follows."""
    return [*blocks[:-1], replace(blocks[-1], keep=True)] if blocks else []


def together(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that stay on one page, if they fit on one."""
    every = list(blocks)
    return [*(replace(block, keep=True) for block in every[:-1]), *every[-1:]]


def wrapped(
    pages: Pages, text: str, left: float = LEFT, *, size: float = BODY, ink: str = "", gap: float = 0.0
) -> list[Block]:
    """A text from here to the right margin."""
    return paragraph(pages, left, pages.wrapped([(text, "plain")], END - left, size), size, ink=ink, gap=gap)


def heading(pages: Pages, title: str, *, gap: float) -> Block:
    """The heading of a chapter."""

    def draw(top: float) -> None:
        pages.bookmark(title)
        shown = pages.cut(title, END - LEFT, HEADING, bold=True)
        pages.text(LEFT, top, shown, HEADING, bold=True, ink=pages.inks.accent)

    return Block(line_height(HEADING) + 1.0, draw, gap=gap, keep=True)


def labelled(pages: Pages, facts: Iterable[tuple[str, str]], left: float = LEFT, *, gap: float = 0.0) -> list[Block]:
    """Labels, and beside each what belongs to it."""
    found: list[Block] = []
    for label, words in facts:
        lines = pages.wrapped([(words, "plain")], END - left - LABEL)
        blocks = paragraph(pages, left + LABEL, lines, gap=FACT_GAP if found else gap)
        found += [replace(blocks[0], draw=_with_label(pages, label, left, blocks[0])), *blocks[1:]]
    return found


def beside_bar(pages: Pages, runs: Sequence[Run], left: float, *, gap: float = 0.0) -> list[Block]:
    """Words to say, with an upright bar at their left."""
    lines = pages.wrapped(runs, END - left - BAR_GAP, SAY)
    blocks = paragraph(pages, left + BAR_GAP, lines, SAY, gap=gap)
    return [replace(block, draw=_with_bar(pages, left, block)) for block in blocks]


def listed(pages: Pages, items: Iterable[Line], width: float, mark: Mark) -> list[Cell]:
    """Items with their mark, wrapped to a column of this width."""
    indent = {"": 0.0, "dash": DASH_GAP, "box": BOX + BOX_GAP}[mark]
    return [
        Cell(line, indent, "" if nth else mark)
        for item in items
        for nth, line in enumerate(pages.wrapped(item, width - indent))
    ]


def side_by_side(
    pages: Pages, columns: Sequence[tuple[float, Sequence[Cell]]], *, gap: float = 0.0, size: float = BODY
) -> list[Block]:
    """Columns by their left sides, line by line; the first two and the last two lines stay together."""
    lefts = [left for left, _ in columns]
    rows = list(zip_longest(*(cells for _, cells in columns)))
    last = len(rows) - 1
    return [
        Block(
            line_height(size),
            _row(pages, lefts, cells, size),
            gap=0.0 if place else gap,
            keep=place < last and place in {0, last - 1},
        )
        for place, cells in enumerate(rows)
    ]


def column_titles(pages: Pages, titles: Sequence[tuple[float, str]], *, gap: float) -> Block:
    """What the columns below are."""

    def draw(top: float) -> None:
        for left, title in titles:
            pages.text(left, top, title, NOTE, bold=True, ink=pages.inks.dim)

    return Block(line_height(NOTE) + 0.4, draw, gap=gap, keep=True)


def _with_label(pages: Pages, label: str, left: float, block: Block) -> Callable[[float], None]:
    def draw(top: float) -> None:
        pages.text(left, top, pages.cut(label, LABEL - 2), BODY, ink=pages.inks.dim)
        block.draw(top)

    return draw


def _with_bar(pages: Pages, left: float, block: Block) -> Callable[[float], None]:
    def draw(top: float) -> None:
        pages.bar(left, top, block.height)
        block.draw(top)

    return draw


def _row(pages: Pages, lefts: Sequence[float], cells: Sequence[Cell | None], size: float) -> Callable[[float], None]:
    def draw(top: float) -> None:
        for left, cell in zip(lefts, cells, strict=True):
            if cell is None:
                continue
            if cell.mark == "box":
                pages.box(left, top, size)
            elif cell.mark == "dash":
                pages.text(left, top, DASH, size, ink=pages.inks.dim)
            pages.runs(left + cell.indent, top, cell.line, size)

    return draw
