"""Cold calls of a period, and how many of them ended as a lead."""

from funnel_desk.domain.cold_calls import ColdCall, cold_call_rate
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import day_of, is_day
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.domain.results import DONE, SMALLER_STEP
from funnel_desk.storage.reader import Reader

_CALLS = """
WITH first AS (
    SELECT stage.id, stage.position FROM stage
    WHERE stage.side = 'before' AND NOT stage.archived AND (? IS NULL OR stage.pipeline_id = ?)
      AND NOT EXISTS (SELECT 1 FROM stage AS other WHERE other.pipeline_id = stage.pipeline_id
                      AND other.side = 'before' AND NOT other.archived AND other.position < stage.position)
)
SELECT stay.deal_id, stay.place, stay.entered, stay.left, activity.at, activity.result, COALESCE(step.on_demand, 0),
       stay.ended = 'handed_over' OR (stay.ended = 'moved' AND next.position > first.position)
FROM activity
JOIN stay ON stay.deal_id = activity.deal_id
JOIN first ON first.id = stay.stage_id
LEFT JOIN step ON step.id = activity.step_id
LEFT JOIN stay AS later ON later.deal_id = stay.deal_id AND later.place = stay.place + 1
LEFT JOIN stage AS next ON next.id = later.stage_id
WHERE activity.kind = 'call' AND activity.direction = 'out' AND activity.at IS NOT NULL
  AND substr(activity.at, 1, 10) >= date(substr(stay.entered, 1, 10), '-1 day')
  AND (stay.left IS NULL OR substr(activity.at, 1, 10) <= date(substr(stay.left, 1, 10), '+1 day'))
"""


def cold_calls(read: Reader, period: Period = ALWAYS, pipeline_id: str | None = None) -> Rate:
    """How many of the cold calls of a period (days in the workspace's zone) ended as a lead; of one pipeline or all.

    The plan takes this rate to say how many calls a goal needs: `domain.cold_calls.calls_needed`.
    """
    rows = read.sql(_CALLS, pipeline_id, pipeline_id)
    found = [
        ColdCall(f"{deal} {place}", at, result == SMALLER_STEP or bool(on_demand and result == DONE), bool(went_on))
        for deal, place, entered, left, at, result, on_demand, went_on in rows
        if _not_after(entered, at, read.zone) and (left is None or _not_after(at, left, read.zone))
    ]
    return cold_call_rate(found, read.zone, period)


def _not_after(earlier: str, later: str, zone: str) -> bool:
    """Whether one moment is not after another, by their days where one of them is known to the day only."""
    if is_day(earlier) or is_day(later):
        return day_of(earlier, zone) <= day_of(later, zone)
    return earlier <= later
