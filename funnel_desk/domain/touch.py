"""Keeping in touch: some deals want a word every so many days, also when no step is due."""

from funnel_desk.domain.checklist import NextAction
from funnel_desk.domain.moments import Moment, add_days, day_of
from funnel_desk.domain.words import Words

TOUCH_KIND = "call"
TOUCH_TITLE = Words("Keep in touch", "Напомнить о себе")
LONGEST = 3_650
"""The most days that may lie between two touches."""

_FAR = "9000"  # years so far off come from a slip of the pen; no day follows from them


def touch_action(touched: Moment, every: int | None, zone: str) -> NextAction | None:
    """The touch that is due ``every`` days after the last one (a moment); None where nobody asked for any."""
    if every is None or touched > _FAR:
        return None
    return NextAction(TOUCH_KIND, add_days(day_of(touched, zone), every), None, None, TOUCH_TITLE)


def is_touch(action: NextAction | None) -> bool:
    """Whether an action is such a touch: no step asks for it, and nobody planned it."""
    return action is not None and action.step_id is None and action.activity_id is None
