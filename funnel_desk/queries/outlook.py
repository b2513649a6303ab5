"""The outlook of a period: what is won, what open deals may bring, and whether to believe it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sqlalchemy import select

from funnel_desk.domain.chances import AS_USUAL, Scenario, common_shock
from funnel_desk.domain.forecast import MONTH_LENGTH
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.money import Amount
from funnel_desk.domain.own_figures import Rate
from funnel_desk.domain.periods import Period
from funnel_desk.domain.standings import checks, paces
from funnel_desk.domain.velocity import Velocity
from funnel_desk.queries.calibration import CalibrationReport
from funnel_desk.queries.cohort import stages_in_order
from funnel_desk.queries.forecast import ForecastReport, forecast_report
from funnel_desk.queries.own_figures import exchange, rates
from funnel_desk.queries.slipped import SlippedDeal, slipped_deals
from funnel_desk.queries.standings import days_to_win, standings
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.tables import company, deal, deal_state

CRISIS: tuple[Scenario, ...] = common_shock(2_000, Fraction(1, 2))
"""In one case of five the odds of every deal are halved."""

OVERDUE, UNDATED = "overdue", "undated"
"""Where open deals stand that have no month to come."""

# A deal that was won in several pipelines counts once, on the day it was first won.
_WON = """
    SELECT coalesce(nullif(deal.currency, ''), ?), deal.value, min(passage.won_at)
      FROM passage
      JOIN deal ON deal.id = passage.deal_id
     WHERE passage.outcome = 'won' AND deal.value IS NOT NULL AND (passage.pipeline_id = ? OR ? = '')
     GROUP BY deal.id
"""
_FOREIGN = "SELECT DISTINCT currency FROM deal WHERE currency NOT IN ('', ?) ORDER BY currency"
_OPEN = "SELECT count(*) FROM deal_state WHERE outcome = 'open' AND (pipeline_id = ? OR ? = '')"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: of one pipeline or of all (""), a goal in minor units of the main currency, if any."""

    period: Period
    pipeline_id: str = ""
    goal: int | None = None
    crisis: bool = False


@dataclass(frozen=True, slots=True)
class MovingDeal:
    """A deal that moves the range, as a person knows it; value in minor units, probability in basis points."""

    deal_id: str
    title: str
    company: str
    value: int | None
    currency: str
    probability: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the forecast tells of a period.

    ``won`` is what was won in it, in minor units by currency; the range of ``forecast`` holds the goal less that.
    ``later`` open deals should close after it. Calibration and velocity belong to one pipeline. ``foreign`` are the
    further currencies of the file, ``rates`` those that the user gave, by currency, the latest day first.
    """

    wish: Wish
    today: str
    currency: str
    deals: int
    won: Mapping[str, int]
    later: int
    forecast: ForecastReport
    movers: Mapping[str, MovingDeal] = field(default_factory=dict)
    calibration: CalibrationReport | None = None
    velocity: tuple[Velocity, ...] = ()
    slipped: tuple[SlippedDeal, ...] = ()
    foreign: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()

    def for_goal(self, goal: int | None) -> "Outlook":
        """The same with another goal, without a look at the file."""
        missing = None if goal is None else goal - self.won.get(self.currency, 0)
        forecast = replace(self.forecast, main=self.forecast.main.for_goal(missing))
        return replace(self, wish=replace(self.wish, goal=goal), forecast=forecast)

    @property
    def only_won(self) -> tuple[str, ...]:
        """The currencies in which something was won, and no open deal is expected."""
        expected = {one.forecast.currency for one in (self.forecast.main, *self.forecast.others)}
        return tuple(sorted(currency for currency, won in self.won.items() if won and currency not in expected))


def outlook(read: Reader, wish: Wish, *, now: Moment) -> Outlook:
    """Everything at once, of one state of the file."""
    today, pipeline = day_of(now, read.zone), wish.pipeline_id
    won = _won(read, wish)
    forecast = forecast_report(
        read,
        today=today,
        until=wish.period.last,
        goal=None if wish.goal is None else wish.goal - won.get(read.currency, 0),
        pipeline_id=pipeline or None,
        shock=CRISIS if wish.crisis else AS_USUAL,
    )
    known = sum(one.forecast.n for one in (forecast.main, *forecast.others))
    calibration, velocity = _checked(read, pipeline) if pipeline else (None, ())
    return Outlook(
        wish=wish,
        today=today,
        currency=read.currency,
        deals=number_of_deals(read),
        won=won,
        later=read.sql(_OPEN, pipeline, pipeline)[0][0] - known,
        forecast=forecast,
        movers=_moving(read, forecast),
        calibration=calibration,
        velocity=velocity,
        slipped=slipped_deals(read, pipeline),
        foreign=tuple(row[0] for row in read.sql(_FOREIGN, read.currency)),
        rates=rates(read),
    )


def number_of_deals(read: Reader) -> int:
    """How many deals there are: quickly, for whoever wants to know whether a report will take long."""
    return int(read.sql("SELECT count(*) FROM deal_state")[0][0])


def expected_deals(read: Reader, wish: Wish, currency: str, place: str, *, today: str) -> list[str]:
    """The ids of the open deals behind one line of the forecast: a month (``YYYY-MM``), OVERDUE or UNDATED."""
    close, mine = deal.c.expected_close, deal.c.currency.in_(exchange(read).known(currency))
    where = {OVERDUE: close < today, UNDATED: close.is_(None)}.get(
        place, (close >= today) & close.startswith(place[:MONTH_LENGTH])
    )
    statement = (
        select(deal.c.id)
        .join_from(deal_state, deal, deal.c.id == deal_state.c.deal_id)
        .where(deal_state.c.outcome == "open", where, mine)
    )
    if wish.pipeline_id:
        statement = statement.where(deal_state.c.pipeline_id == wish.pipeline_id)
    if wish.period.last is not None and place != UNDATED:
        statement = statement.where(close <= wish.period.last)
    return [row[0] for row in read.rows(statement)]


def _checked(read: Reader, pipeline_id: str) -> tuple[CalibrationReport, tuple[Velocity, ...]]:
    """M11 and M14 of one pipeline, counted at once."""
    order = stages_in_order(read, pipeline_id)
    counted, stages = standings(read, pipeline_id, order), order.stages[: order.won_place]
    found = CalibrationReport(stages, checks(counted, [stage.probability for stage in stages]))
    return found, paces(counted, days_to_win(read, pipeline_id), read.currency)


def _won(read: Reader, wish: Wish) -> Mapping[str, int]:
    bounds, known = wish.period.bounds(read.zone), exchange(read)
    sums: Counter[str] = Counter()
    for currency, value, won_at in read.sql(_WON, read.currency, wish.pipeline_id, wish.pipeline_id):
        if bounds.holds(won_at):
            amount = known.in_main(value, currency, day_of(won_at, read.zone)) if known else Amount(value, currency)
            sums[amount.currency] += amount.minor
    return sums


def _moving(read: Reader, report: ForecastReport) -> Mapping[str, MovingDeal]:
    ids = [mover.deal_id for one in (report.main, *report.others) for mover in one.range.movers]
    rows = read.rows(
        select(deal.c.id, deal.c.title, company.c.name, deal.c.value, deal.c.currency, deal_state.c.probability)
        .join_from(deal_state, deal, deal.c.id == deal_state.c.deal_id)
        .outerjoin(company, company.c.id == deal.c.company_id)
        .where(deal.c.id.in_(ids))
    )
    return {
        row.id: MovingDeal(row.id, row.title, row.name or "", row.value, row.currency or read.currency, row.probability)
        for row in rows
    }
