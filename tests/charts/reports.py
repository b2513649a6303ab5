"""Funnel reports as drawn from deals that were never in a file."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from funnel_desk.domain.cohort import CohortDeal, Visit
from funnel_desk.domain.funnel import measure
from funnel_desk.domain.periods import Period
from funnel_desk.domain.pipeline import Pipeline, Side, Stage
from funnel_desk.domain.words import Words
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.funnel import FunnelReport

ZONE = "Europe/Minsk"
TODAY = "2026-10-05"
QUARTER = Period("2026-07-01", "2026-09-30")

SECURITY = (
    Words("Details", "Детали"),
    Words("Offer", "Предложение"),
    Words("Objections", "Работа с возражениями"),
    Words("Contract", "Договор"),
    Words("Payment", "Оплата"),
    Words("Won", "Продажа"),
)


def a_report(
    deals: Sequence[CohortDeal],
    names: Sequence[Words] = SECURITY,
    *,
    after_sale: int = 0,
    period: Period = QUARTER,
    history_since: str | None = None,
) -> FunnelReport:
    """The report of these deals; the last of the named stages but ``after_sale`` ones is the won one."""
    won = len(names) - 1 - after_sale
    sides: list[Side] = ["before" if place < won else "won" if place == won else "after" for place in range(len(names))]
    stages = tuple(
        Stage(f"s{place}", "p", f"stage-{place}", name, place, side)
        for place, (name, side) in enumerate(zip(names, sides, strict=True))
    )
    measured = measure(deals, sides, zone=ZONE, now=f"{TODAY}T12:00:00Z", currency="EUR")
    return FunnelReport(
        pipeline=Pipeline("p", Words("Security systems", "Системы безопасности")),
        scope=Scope("p", "created", period),
        stages=stages,
        funnel=measured.whole,
        groups={},
        reasons={},
        currency="EUR",
        today=TODAY,
        deals_since="2026-07-01",
        history_since=history_since,
        assumed_moves=history_since is not None,
    )


def some_deals(
    counts: Sequence[int], *, open_at: Sequence[int] = (), currencies: Sequence[str] = ("EUR",), unknown: int = 0
) -> list[CohortDeal]:
    """So many deals that reached each stage; of those that came no further some are open, the others lost."""
    chance = Random(len(counts) + sum(counts))  # noqa: S311 - a picture, no secret
    deals: list[CohortDeal] = []
    last = len(counts) - 1
    for furthest, reached in enumerate(counts):
        stopped = reached - (counts[furthest + 1] if furthest < last else 0)
        still_open = open_at[furthest] if furthest < len(open_at) else 0
        for nth in range(stopped):
            going = nth < still_open or furthest == last
            deals.append(_deal(len(deals), furthest, chance, currencies, going=going, won=furthest == last))
    for nth in range(unknown):
        deals.append(
            _deal(len(deals), 0, chance, currencies, going=False, won=False)._replace(path_known=False, id=f"u{nth}")
        )
    return deals


def _deal(nth: int, furthest: int, chance: Random, currencies: Sequence[str], *, going: bool, won: bool) -> CohortDeal:
    day = date(2026, 7, 1) + timedelta(days=chance.randint(0, 60))
    start, visits = day, []
    for place in range(furthest + 1):
        entered, day = day, day + timedelta(days=chance.randint(1, 14))
        visits.append(Visit(place, entered.isoformat(), day.isoformat(), "moved"))
    final = visits[-1]
    visits[-1] = final._replace(left=None, ended="") if going else final._replace(ended="lost")
    won_at = final.entered if won else None
    return CohortDeal(
        id=str(nth),
        group="",
        value=chance.randint(200_000, 1_500_000),
        currency=chance.choice(currencies),
        outcome="won" if won else "open" if going else "lost",
        arrived=start.isoformat(),
        first_contact=start.isoformat(),
        closed_at=won_at or (None if going else visits[-1].left),
        won_at=won_at,
        path_known=True,
        won_then_lost=False,
        reason="" if going else "expensive",
        visits=visits,
    )
