"""How many days of work a span has: Monday to Friday."""

from datetime import date

from funnel_desk.domain.moments import SATURDAY, WEEK


def working_days(first: str, last: str) -> int:
    """Mondays to Fridays from one day to another (``YYYY-MM-DD``), both included; 0 where the span is over."""
    return max(0, _until(date.fromisoformat(last).toordinal()) - _until(date.fromisoformat(first).toordinal() - 1))


def _until(ordinal: int) -> int:
    """The working days from a Monday long ago to a day, included: ordinal 1 is a Monday."""
    weeks, rest = divmod(ordinal, WEEK)
    return weeks * SATURDAY + min(rest, SATURDAY)
