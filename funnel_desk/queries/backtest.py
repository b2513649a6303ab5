"""The back-test of the forecast, from the moves that the file remembers."""

from collections import defaultdict
from dataclasses import dataclass

from funnel_desk.domain.backtest import BackTest, PastStay, back_test, month_beginnings
from funnel_desk.domain.chances import AS_USUAL, Scenario
from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.storage.reader import Reader

MONTHS = 24
"""So many month beginnings are looked back upon."""

# The move that ended a stay says how likely the deal was thought until then; where none does, the stage says it.
_STAYS = """
    SELECT stay.deal_id, deal.value, coalesce(nullif(deal.currency, ''), ?),
           coalesce(min(ended.probability), CASE WHEN stay.left IS NULL THEN deal_state.probability END,
                    stage.probability),
           stay.entered, stay.left, passage.outcome
      FROM stay
      JOIN stage ON stage.id = stay.stage_id AND stage.side = 'before'
      JOIN passage ON passage.deal_id = stay.deal_id AND passage.pipeline_id = stay.pipeline_id
      JOIN deal ON deal.id = stay.deal_id
      JOIN deal_state ON deal_state.deal_id = stay.deal_id
 LEFT JOIN stage_event AS ended ON ended.deal_id = stay.deal_id AND ended.at = stay.left AND stay.left IS NOT NULL
     WHERE passage.path_known AND (stay.pipeline_id = ? OR ? = '')
  GROUP BY stay.row_key
  ORDER BY stay.deal_id, stay.place
"""


@dataclass(frozen=True, slots=True)
class BackTestReport:
    """The back-test of each currency: the workspace's own first, the others by their code."""

    currencies: dict[str, BackTest]


def backtest_report(
    read: Reader, *, now: Moment, pipeline_id: str = "", seed: int = 0, shock: tuple[Scenario, ...] = AS_USUAL
) -> BackTestReport:
    """The forecasts of the last month beginnings and what came, of one pipeline or of all ("").

    Deals whose path is unknown are left out: nobody knows when they were open.
    """
    stays: dict[str, list[PastStay]] = defaultdict(list)
    fates: dict[str, Outcome] = {}
    for deal_id, value, currency, probability, entered, left, outcome in read.sql(
        _STAYS, read.currency, pipeline_id, pipeline_id
    ):
        stays[currency].append(PastStay(deal_id, value, probability, entered, left))
        fates[deal_id] = outcome
    today = day_of(now, read.zone)
    found: dict[str, BackTest] = {}
    for currency in sorted(stays, key=lambda code: (code != read.currency, code)):
        first = min(day_of(stay.entered, read.zone) for stay in stays[currency])
        days = month_beginnings(first, today, MONTHS)
        found[currency] = back_test(stays[currency], fates, days, zone=read.zone, seed=seed, shock=shock)
    return BackTestReport(found)
