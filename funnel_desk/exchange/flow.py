"""Blocks that follow each other down the page, and onto the next where one is full."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from funnel_desk.exchange.page import BODY, BOTTOM, HEIGHT, LEFT, NOTE, RIGHT, TOP, WIDTH, Line, Pages, line_height
from funnel_desk.i18n import _

ROOM = HEIGHT - TOP - BOTTOM
FOOT = HEIGHT - 12.0


@dataclass(frozen=True, slots=True)
class Block:
    """Something that is never cut in two. ``draw`` is told the top; ``gap`` is the room before it, but not on top.

    ``keep``: it stays on the page of the block after it, as a heading does. ``name``: what a list of contents calls it.
    """

    height: float
    draw: Callable[[float], None]
    gap: float = 0.0
    keep: bool = False
    name: str = ""


def height_of(blocks: Sequence[Block]) -> float:
    """The height of blocks one below the other."""
    return sum(block.height + (block.gap if place else 0.0) for place, block in enumerate(blocks))


def paragraph(
    pages: Pages, x: float, lines: Sequence[Line], size: float = BODY, *, ink: str = "", gap: float = 0.0
) -> list[Block]:
    """Lines of text, each a block; the first two and the last two stay together."""
    height = line_height(size)
    last = len(lines) - 1

    def block(place: int, line: Line) -> Block:
        return Block(
            height,
            lambda top: pages.runs(x, top, line, size, ink=ink),
            gap=0.0 if place else gap,
            keep=place < last and place in {0, last - 1},
        )

    return [block(place, line) for place, line in enumerate(lines)]


def lay_out(
    pages: Pages, blocks: Iterable[Block], foot: str, head: str = "", places: dict[str, int] | None = None
) -> int:
    """Draw the blocks on as many pages as they need; gives how many.

    ``foot`` is printed below each page beside its number, ``head`` on top of all but the first. ``places`` is told the
    page of each block that has a name, before anything is drawn.
    """
    sheets = _sheets(list(blocks), line_height(NOTE) * 2 if head else 0.0)
    if places is not None:
        places.update(
            {block.name: number for number, sheet in enumerate(sheets, start=1) for block in sheet if block.name}
        )
    for number, sheet in enumerate(sheets, start=1):
        pages.begin()
        top = TOP
        if head and number > 1:
            pages.text(LEFT, top, pages.cut(head, WIDTH - LEFT - RIGHT, NOTE), NOTE, ink=pages.inks.dim)
            top += line_height(NOTE) * 2
        for place, block in enumerate(sheet):
            top += block.gap if place else 0.0
            block.draw(top)
            top += block.height
        count = _("{page} of {pages}", page=number, pages=len(sheets)) if len(sheets) > 1 else ""
        room = WIDTH - LEFT - RIGHT - pages.width_of(count, NOTE) - 6
        pages.text(LEFT, FOOT, pages.cut(foot, room, NOTE), NOTE, ink=pages.inks.dim)
        pages.text(WIDTH - RIGHT, FOOT, count, NOTE, ink=pages.inks.dim, align="right")
    return len(sheets)


def _sheets(blocks: Sequence[Block], head: float) -> list[list[Block]]:
    """The blocks page by page. What is to be kept together goes to the next page together, if it fits on one."""
    sheets: list[list[Block]] = [[]]
    for group in _groups(blocks):
        room = ROOM - (head if len(sheets) > 1 else 0.0)
        if sheets[-1] and height_of([*sheets[-1], *group]) > room and height_of(group) <= ROOM - head:
            sheets.append(list(group))
            continue
        for block in group:
            room = ROOM - (head if len(sheets) > 1 else 0.0)
            if sheets[-1] and height_of([*sheets[-1], block]) > room:
                sheets.append([])
            sheets[-1].append(block)
    return sheets


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    kept = False
    for block in blocks:
        if kept:
            groups[-1].append(block)
        else:
            groups.append([block])
        kept = block.keep
    return groups
