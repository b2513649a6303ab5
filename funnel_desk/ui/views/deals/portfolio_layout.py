"""Where each deal of a portfolio stands: a column a stage, a row a band of age; too many in a cell are one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QRectF

from funnel_desk.domain.pipeline import Stage
from funnel_desk.queries.portfolio import BANDS, Cell, Portfolio, PortfolioDeal

LEFT, LEAST_COLUMN, PADDING, GAP = 128.0, 92.0, 8.0, 4.0
LEAST_BAND, MOST_BAND, MANY_BAND = 48.0, 168.0, 62.0
SMALLEST = 11.0
LARGEST: Sequence[tuple[int, float]] = ((60, 34.0), (200, 25.0), (1_000_000, 18.0))
"""The more deals are shown, the smaller is the greatest of them, px."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What can be chosen: a deal, or a cell of too many (then there is no deal). ``key`` knows it again."""

    key: tuple[str, ...]
    place: QRectF
    stage: Stage
    band: int
    cell: Cell
    deal: PortfolioDeal | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The marks from top left to bottom right; columns as (left, stage), bands as (top, height); the whole size."""

    marks: tuple[Mark, ...]
    columns: tuple[tuple[float, Stage], ...]
    column_width: float
    bands: tuple[tuple[float, float], ...]
    width: float
    height: float


def lay_out(found: Portfolio, width: float) -> Layout:
    """The marks of a portfolio in a width; columns never become narrower than they can be read."""
    count = max(1, len(found.stages))
    column = max(LEAST_COLUMN, (width - LEFT) / count)
    shown = sum(len(cell.deals) for cell in found.cells.values())
    largest = next(side for count, side in LARGEST if shown <= count)
    most = max((deal.value or 0 for cell in found.cells.values() for deal in cell.deals), default=0)
    marks: list[Mark] = []
    bands: list[tuple[float, float]] = []
    top = 0.0
    for band in range(len(BANDS) + 1):
        height = LEAST_BAND
        for place, stage in enumerate(found.stages):
            cell = found.cells.get((stage.id, band))
            if cell is None or not cell.count:
                continue
            left = LEFT + place * column
            packed = _packed(cell.deals, left + PADDING, top + PADDING, column - 2 * PADDING, (most, largest))
            need = max((area.bottom() for area in packed), default=top) + PADDING - top
            if len(cell.deals) < cell.count or need > MOST_BAND:
                area = QRectF(left + GAP, top + GAP, column - 2 * GAP, MANY_BAND - 2 * GAP)
                marks.append(Mark(("cell", stage.id, str(band)), area, stage, band, cell, None))
                need = MANY_BAND
            else:
                marks += [
                    Mark(("deal", deal.deal_id), area, stage, band, cell, deal)
                    for deal, area in zip(cell.deals, packed, strict=True)
                ]
            height = max(height, need)
        bands.append((top, height))
        top += height
    columns = tuple((LEFT + place * column, stage) for place, stage in enumerate(found.stages))
    return Layout(tuple(marks), columns, column, tuple(bands), LEFT + count * column, top)


def nearest(marks: Sequence[Mark], here: Mark, step: tuple[int, int]) -> Mark | None:
    """The nearest mark in a direction (right, down); None where there is none."""
    right, down = step
    best: tuple[float, Mark] | None = None
    at = here.place.topLeft()  # what stands in a line has one top
    for mark in marks:
        there = mark.place.topLeft()
        along = (there.x() - at.x()) * right + (there.y() - at.y()) * down
        aside = abs((there.x() - at.x()) * down) + abs((there.y() - at.y()) * right)
        if mark.key == here.key or along <= 1:
            continue
        far = along + 3 * aside
        if best is None or far < best[0]:
            best = (far, mark)
    return best[1] if best else None


def _packed(
    deals: Sequence[PortfolioDeal], left: float, top: float, width: float, scale: tuple[int, float]
) -> list[QRectF]:
    """Areas from left to right in lines, each as large as the value of its deal; ``scale``: the most, and its side."""
    most, largest = scale
    areas: list[QRectF] = []
    x, y, line = left, top, 0.0
    for deal in deals:
        side = SMALLEST + (largest - SMALLEST) * sqrt(max(0, deal.value or 0) / most) if most else SMALLEST
        if x > left and x + side > left + width:
            x, y, line = left, y + line + GAP, 0.0
        areas.append(QRectF(x, y, side, side))
        x, line = x + side + GAP, max(line, side)
    return areas
