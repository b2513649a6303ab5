"""What if more deals went on from a stage? Wins are proportional to the share that goes on at every step."""

from dataclasses import dataclass

from funnel_desk.domain.funnel import Funnel
from funnel_desk.domain.money import Amount


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Wins as they are and as they would be, and what the further ones would be worth at the average won value."""

    wins: int
    wins_then: float
    more_value: tuple[Amount, ...]


def more_going_on(funnel: Funnel, place: int, won_place: int, points: int) -> WhatIf | None:
    """The wins if so many more of a hundred decided deals went on from the stage at ``place``.

    None where nothing can be said: from the won stage on, of fewer than five decided deals, or where none went on.
    """
    share = funnel.stages[place].resolved if place < won_place else None
    if share is None or share.too_few or not share.part:
        return None
    won = funnel.stages[won_place]
    growth = min(share.part / share.base + points / 100, 1.0) * share.base / share.part - 1
    more = tuple(Amount(round(amount.minor * growth), amount.currency) for amount in won.value)
    return WhatIf(won.reached, won.reached * (1 + growth), more)
