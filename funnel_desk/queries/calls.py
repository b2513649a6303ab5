"""Whom to call on a day: only ids, so that a queue of many thousands is asked at once."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from funnel_desk.domain.moments import instant
from funnel_desk.storage.reader import Reader

_DUE = """
SELECT deal_id FROM deal_state
WHERE next_kind = 'call' AND next_due IS NOT NULL
  AND (length(next_due) = 10 AND next_due <= ? OR length(next_due) > 10 AND next_due < ?)
ORDER BY substr(next_due, 1, 10), length(next_due) = 10, next_due, deal_id
"""
_CHUNK = 500


def due_calls(read: Reader, on: str) -> tuple[str, ...]:
    """The deals whose next action is a call that is due by a day (``YYYY-MM-DD``), the latest first, then by time."""
    tomorrow = date.fromisoformat(on) + timedelta(days=1)
    midnight = instant(datetime.combine(tomorrow, time(), ZoneInfo(read.zone)))
    return tuple(row[0] for row in read.sql(_DUE, on, midnight))


def still_deals(read: Reader, deal_ids: Sequence[str]) -> tuple[str, ...]:
    """Those of the deals that are still there, in their order."""
    there: set[str] = set()
    for start in range(0, len(deal_ids), _CHUNK):
        ids = deal_ids[start : start + _CHUNK]
        marks = ", ".join("?" * len(ids))
        there.update(row[0] for row in read.sql(f"SELECT id FROM deal WHERE id IN ({marks})", *ids))
    return tuple(one for one in deal_ids if one in there)


def talks_done(read: Reader, activity_ids: Sequence[str]) -> dict[str, str]:
    """The results of the talks that are done (still), by the id of the activity."""
    found: dict[str, str] = {}
    for start in range(0, len(activity_ids), _CHUNK):
        ids = activity_ids[start : start + _CHUNK]
        marks = ", ".join("?" * len(ids))
        rows = read.sql(f"SELECT id, result FROM activity WHERE at IS NOT NULL AND id IN ({marks})", *ids)
        found.update((row[0], row[1]) for row in rows)
    return found
