"""Deals for the funnel, written as one says them: ``a_deal("1,2,3 lost")``, a stay of one day in each stage."""

from datetime import date, timedelta

from hypothesis import strategies as st

from funnel_desk.domain.cohort import CohortDeal, Visit
from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.pipeline import Side

SIDES: tuple[Side, ...] = ("before", "before", "before", "before", "won")
WITH_AFTER_SALE: tuple[Side, ...] = (*SIDES, "after", "after")
WON_PLACE = 4
FIRST_DAY = date(2026, 7, 1)
NOW = "2026-08-01T12:00:00Z"
ZONE = "Europe/Minsk"

ORACLE = {
    "D1": "1,2,3,4 won",
    "D2": "1,2,3 lost",
    "D3": "1,3,4 won",
    "D4": "1,2,3,2,3 open",
    "D5": "1 lost",
    "D6": "1,2 open",
    "D7": "2,3 lost",
    "D8": "1,2,3,4 lost",
}


def a_deal(
    path: str,
    *,
    name: str = "",
    start: date = FIRST_DAY,
    stay_days: int = 1,
    group: str = "",
    value: int | None = None,
    currency: str = "EUR",
    first_contact: str | None = None,
    path_known: bool = True,
    reason: str = "",
) -> CohortDeal:
    """A deal that came through these stages (1 is the first, 5 the won one) and is now open, lost, won or handed_over.

    "won" goes on into stage 5; a "lost" in the middle is followed by a reopening: ``1,2,lost,2,3 open``.
    """
    steps, said = path.split(" ")
    stages = [*steps.split(","), "5"] if said == "won" and steps.split(",")[-1] < "5" else steps.split(",")
    visits: list[Visit] = []
    day = start
    for stage in stages:
        if stage == "lost":
            visits[-1] = visits[-1]._replace(ended="lost")
            continue
        entered, day = day, day + timedelta(days=stay_days)
        visits.append(Visit(int(stage) - 1, entered.isoformat(), day.isoformat(), "moved"))
    last = visits[-1]
    if said in {"open", "won"}:
        visits[-1] = last._replace(left=None, ended="")
    elif said == "lost":
        visits[-1] = last._replace(ended="lost")
    else:
        visits[-1] = last._replace(ended="handed_over")
    outcome = outcome_of(visits)
    sold = next((visit.entered for visit in visits if visit.place >= WON_PLACE), None)
    won_at = sold if outcome == "won" else None
    return CohortDeal(
        id=name or path,
        group=group,
        value=value,
        currency=currency if value is not None else "",
        outcome=outcome,
        arrived=visits[0].entered,
        first_contact=first_contact or visits[0].entered,
        closed_at=None if outcome == "open" else won_at or last.left,
        won_at=won_at,
        path_known=path_known,
        won_then_lost=outcome == "lost" and sold is not None,
        reason=reason,
        visits=visits,
    )


def outcome_of(visits: list[Visit]) -> Outcome:
    """What became of a deal with these visits."""
    if visits[-1].ended == "lost":
        return "lost"
    if visits[-1].place >= WON_PLACE:
        return "won"
    return "handed_over" if visits[-1].ended == "handed_over" else "open"


def the_oracle() -> list[CohortDeal]:
    """The eight deals of the definitions."""
    return [a_deal(path, name=name) for name, path in ORACLE.items()]


@st.composite
def some_deal(draw: st.DrawFn) -> CohortDeal:
    """A deal that wandered: forward, back, skipping, lost and reopened, won and beyond, of some group and currency."""
    last = draw(st.sampled_from(["open", "lost", "handed_over"]))
    stages: list[str] = [draw(st.sampled_from("1234"))]
    for _ in range(draw(st.integers(0, 7))):
        stage = draw(st.sampled_from([one for one in "1234567" if one != stages[-1]]))
        if draw(st.booleans()) and draw(st.booleans()):
            stages.append("lost")
        stages.append(stage)
    return a_deal(
        f"{','.join(stages)} {last}",
        start=FIRST_DAY + timedelta(days=draw(st.integers(0, 20))),
        stay_days=draw(st.integers(0, 4)),
        group=draw(st.sampled_from(["", "web", "fair"])),
        value=draw(st.none() | st.integers(-500, 100_000)),
        currency=draw(st.sampled_from(["EUR", "BYN"])),
        path_known=draw(st.booleans()) or last != "lost",
    )


some_deals = st.lists(some_deal(), max_size=25)
