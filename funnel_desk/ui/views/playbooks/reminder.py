"""When a pipeline should be looked through again: quietly, after three months."""

from datetime import date

REMIND_AFTER = 92
"""Days, about three months."""


def is_due(since: str, today: str) -> bool:
    """Whether nobody has looked a pipeline through for three months; ``since`` is the last time, a day."""
    return bool(since) and (date.fromisoformat(today) - date.fromisoformat(since)).days > REMIND_AFTER
