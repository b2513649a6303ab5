"""Where the funnel leaks most, in words: only where it is beyond doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from funnel_desk.domain.comparison import newcombe
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_

SENTENCE = N_(
    "The bottleneck is “{stage}”: {went_on} of {n} deals go on from there to “{next_stage}” ({percent} %), "
    "a smaller share than from any other stage."
)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The stage from which the smallest share goes on, by its place in the order, and the share (M7).

    ``template`` and ``arguments`` say it; the names of stages among them are `Words`.
    """

    place: int
    resolved: Rate
    template: str
    arguments: Mapping[str, object]


def bottleneck(resolved: Sequence[Rate | None], names: Sequence[Words]) -> Bottleneck | None:
    """The bottleneck before the sale; None as long as there may be a worse one, or fewer than five deals tell.

    ``resolved`` is M7 of the stages in order, None from the won stage on; ``names`` are those of all stages.
    """
    before = resolved[: resolved.index(None)] if None in resolved else resolved
    steps = {place: rate for place, rate in enumerate(before) if rate is not None and rate.base}
    worst = min(steps, key=lambda place: (steps[place].value or 0.0, place), default=0)
    rate = steps.pop(worst, Rate(0, 0))
    if rate.too_few or not steps or any(newcombe(rate, other).high >= 0 for other in steps.values()):
        return None
    return Bottleneck(
        worst,
        rate,
        SENTENCE,
        {
            "stage": names[worst],
            "next_stage": names[worst + 1],
            "went_on": rate.part,
            "n": rate.base,
            "percent": round(100 * rate.part / rate.base),
        },
    )
