"""What each operation of Today is tried with."""

from collections.abc import Callable
from typing import Any

from funnel_desk.domain.deal import Deal
from funnel_desk.operations import rescheduling, snoozes
from funnel_desk.operations.desk import Desk, Operation

DAY = "2026-12-01"


def resting(desk: Desk, deal: Deal) -> str:
    desk.run(snoozes.snooze_deal, deal.id, DAY, "on holiday")
    return deal.id


SCENES: dict[str, Callable[[Desk, Deal], tuple[Operation[Any, Any], tuple[Any, ...], dict[str, Any]]]] = {
    "snooze_deal": lambda _, deal: (snoozes.snooze_deal, (deal.id, DAY, "on holiday"), {}),
    "snooze_deals": lambda _, deal: (snoozes.snooze_deals, ([deal.id], DAY, "on holiday"), {}),
    "wake_deal": lambda desk, deal: (snoozes.wake_deal, (resting(desk, deal),), {}),
    "wake_deals": lambda desk, deal: (snoozes.wake_deals, ([resting(desk, deal)],), {}),
    "put_off": lambda _, deal: (rescheduling.put_off, (deal.id, DAY), {}),
    "put_off_all": lambda _, deal: (rescheduling.put_off_all, ([deal.id], DAY), {}),
    "answer_touch": lambda _, deal: (rescheduling.answer_touch, (deal.id,), {"reached": False, "again": DAY}),
    "keep_in_touch": lambda _, deal: (rescheduling.keep_in_touch, (deal.id, 30), {}),
    "keep_in_touch_all": lambda _, deal: (rescheduling.keep_in_touch_all, ([deal.id], 30), {}),
}
