"""The portfolio: all open deals of a pipeline by stage, age, value and next action (seed 000)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import CTE, ColumnElement, Text, and_, case, cast, func, select

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.domain.exchange_rates import Rates
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.queries.deal_conditions import among, conditions, is_before
from funnel_desk.queries.own_figures import exchange
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

Lateness = Literal["ahead", "late", "none"]
"""The next action is ahead (today included), was due before today, or there is none."""

BANDS = (7, 30, 90, 180)
"""Ages in days since the deal was created, the last of each band; a fifth band is older."""

MOST_SHOWN = 60
"""A cell with more deals is told as a number."""

_state, _deal = tables.deal_state.c, tables.deal.c


@dataclass(frozen=True, slots=True)
class PortfolioDeal:
    """One open deal; ``value`` in minor units of the main currency, None where it has none or no rate is known."""

    deal_id: str
    title: str
    company: str
    value: int | None
    own_value: int | None
    currency: str
    age: int
    lateness: Lateness
    next_due: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The open deals of a stage and a band of age: how many, their value in the main currency, how many are late.

    ``without`` have no next action, ``unvalued`` no value in the main currency. ``deals`` are listed only where they
    are few, the most urgent first.
    """

    count: int
    value: int
    late: int
    without: int
    unvalued: int
    deals: tuple[PortfolioDeal, ...] = ()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Of ``pipelines`` the one shown: its stages in order and their cells by (stage's id, band)."""

    pipeline: Pipeline
    pipelines: tuple[Pipeline, ...]
    stages: tuple[Stage, ...]
    cells: Mapping[tuple[str, int], Cell]
    currency: str

    def total(self, stage_id: str) -> Cell:
        """What all cells of a stage come to."""
        found = [cell for (stage, _band), cell in self.cells.items() if stage == stage_id]
        return Cell(
            sum(cell.count for cell in found),
            sum(cell.value for cell in found),
            sum(cell.late for cell in found),
            sum(cell.without for cell in found),
            sum(cell.unvalued for cell in found),
        )


def portfolio(read: Reader, chosen: DealFilter, *, today: str) -> Portfolio | None:
    """The open deals of a filter, in its pipeline or else in the first one; None where there is no pipeline.

    A filter that asks for other than open deals finds none.
    """
    found = pipelines(read)
    shown = next((one for one in found if one.pipeline.id == chosen.pipeline_id), found[0] if found else None)
    if shown is None:
        return None
    stages = tuple(row.stage for row in shown.stages if row.stage.side == "before")
    cells: dict[tuple[str, int], Cell] = {}
    if not chosen.outcomes or "open" in chosen.outcomes:
        wanted = replace(chosen, pipeline_id=shown.pipeline.id, outcomes=("open",))
        cells = _cells(read, wanted, exchange(read), today)
    there = {stage for stage, _band in cells}
    rest = tuple(row.stage for row in shown.stages if row.stage.side != "before" and row.stage.id in there)
    return Portfolio(
        shown.pipeline, tuple(one.pipeline for one in found), stages + rest, cells, read.currency
    )  # fmt: skip


def portfolio_ids(read: Reader, chosen: DealFilter, stage_id: str, band: int, *, today: str) -> list[str]:
    """The ids of the deals of one cell."""
    wanted = replace(chosen, pipeline_id=None, stage_id=stage_id, outcomes=("open",))
    rows = read.rows(
        select(_state.deal_id)
        .select_from(tables.deal_state)
        .join(tables.deal, _deal.id == _state.deal_id)
        .where(*conditions(read, wanted), _band(today, read.zone) == band)
    )
    return [row[0] for row in rows]


def _cells(read: Reader, chosen: DealFilter, rates: Rates, today: str) -> dict[tuple[str, int], Cell]:
    late_now = and_(_state.next_due.is_not(None), is_before(_state.next_due, today, read.zone))
    lateness = case((_state.next_kind == "", "none"), (late_now, "late"), else_="ahead")
    base = (
        select(
            _state.deal_id, _state.stage_id, _state.next_due, _band(today, read.zone).label("band"),
            lateness.label("lateness"), _deal.created_at, _deal.value, _deal.currency,
        )
        .select_from(tables.deal_state)
        .join(tables.deal, _deal.id == _state.deal_id)
        .where(*conditions(read, chosen))
    ).cte("chosen_deals")  # fmt: skip
    column = base.c
    grouped = select(
        column.stage_id, column.band, column.lateness, column.currency, func.count(), func.count(column.value),
        func.coalesce(func.sum(column.value), 0),
    ).group_by(column.stage_id, column.band, column.lateness, column.currency)  # fmt: skip
    sums: dict[tuple[str, int], Cell] = {}
    for stage_id, band, late, currency, count, valued, value in read.rows(grouped):
        before = sums.get((stage_id, band), Cell(0, 0, 0, 0, 0))
        amount = rates.in_main(value, currency or read.currency, today)
        known = amount.currency == read.currency
        sums[stage_id, band] = Cell(
            before.count + count,
            before.value + (amount.minor if known else 0),
            before.late + (count if late == "late" else 0),
            before.without + (count if late == "none" else 0),
            before.unvalued + (count - valued if known else count),
        )
    few = [key for key, cell in sums.items() if cell.count <= MOST_SHOWN]
    listed = _listed(read, base, few, rates, today) if few else {}
    return {key: replace(cell, deals=tuple(listed.get(key, ()))) for key, cell in sums.items()}


def _listed(
    read: Reader, base: CTE, cells: Collection[tuple[str, int]], rates: Rates, today: str
) -> dict[tuple[str, int], list[PortfolioDeal]]:
    """The deals of these cells, the most urgent first."""
    column, company, contact = base.c, tables.company.c, tables.contact.c
    place = column.stage_id.concat("/").concat(cast(column.band, Text))
    rows = read.rows(
        select(
            column.stage_id, column.band, column.deal_id, _deal.title, func.coalesce(company.name, contact.name, ""),
            column.value, column.currency, column.created_at, column.lateness, column.next_due,
        )
        .select_from(base.join(tables.deal, _deal.id == column.deal_id)
                     .outerjoin(tables.contact, contact.id == _deal.contact_id)
                     .outerjoin(tables.company, company.id == func.coalesce(_deal.company_id, contact.company_id)))
        .where(among(place, [f"{stage}/{band}" for stage, band in cells]))
        .order_by(column.next_due.asc().nulls_last(), column.deal_id)
    )  # fmt: skip
    listed: dict[tuple[str, int], list[PortfolioDeal]] = defaultdict(list)
    for stage_id, band, deal_id, title, who, value, currency, created, late, due in rows:
        main = rates.in_main(value or 0, currency or read.currency, today)
        worth = main.minor if value is not None and main.currency == read.currency else None
        age = _days(created, today, read.zone)
        listed[stage_id, band].append(PortfolioDeal(deal_id, title, who, worth, value, currency, age, late, due))
    return listed


def _band(today: str, zone: str) -> ColumnElement[int]:
    """Into which band of ages a deal falls, by the days of the zone."""
    now = date.fromisoformat(today)
    return case(
        *(
            (~is_before(_deal.created_at, (now - timedelta(days=most)).isoformat(), zone), place)
            for place, most in enumerate(BANDS)
        ),
        else_=len(BANDS),
    )


def _days(created: str, today: str, zone: str) -> int:
    return max(0, (date.fromisoformat(today) - date.fromisoformat(day_of(created, zone))).days)
