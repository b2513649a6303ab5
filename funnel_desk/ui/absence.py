"""When the program was away: the person's own memory, by workspace, never in the file itself."""

from typing import TYPE_CHECKING

from funnel_desk.domain.moments import DAY_LENGTH, Moment, parse_instant
from funnel_desk.ui.memory import Memory

if TYPE_CHECKING:  # SQLAlchemy comes with it
    from funnel_desk.queries.day_lists import Away

_CLOSED, _OPENED = "closed.", "opened."


def opened(memory: Memory, workspace_id: str, now: Moment) -> None:
    """A workspace is open from now on."""
    memory.put(f"{_OPENED}{workspace_id}", now)


def closed(memory: Memory, workspace_id: str, now: Moment) -> None:
    """A workspace is closed now."""
    memory.put(f"{_CLOSED}{workspace_id}", now)


def away(memory: Memory, workspace_id: str) -> "Away | None":
    """From when to when nobody had this workspace open here; None the first time, or where that is not known."""
    from funnel_desk.queries.day_lists import Away

    left, back = memory.get(f"{_CLOSED}{workspace_id}"), memory.get(f"{_OPENED}{workspace_id}")
    return Away(left, back) if _is_instant(left) and _is_instant(back) and left < back else None


def _is_instant(text: str) -> bool:
    try:
        return len(text) > DAY_LENGTH and parse_instant(text) is not None
    except ValueError:
        return False
