from funnel_desk.domain.hygiene import CaredFor, Hygiene, hygiene
from funnel_desk.domain.intervals import Rate

TODAY, ZONE = "2026-11-22", "Europe/Minsk"


def cared_for(
    due: str | None = None,
    *,
    kind: str = "call",
    touched: str = TODAY,
    limit: int | None = 14,
    planned: str | None = None,
) -> CaredFor:
    return CaredFor(kind, due, touched, limit, planned)


def of(*deals: CaredFor) -> Hygiene:
    return hygiene(deals, today=TODAY, zone=ZONE)


def test_three_shares() -> None:
    found = of(
        cared_for("2026-11-21"),
        cared_for("2026-11-21T22:00:00Z"),  # the 22nd in Minsk
        cared_for("2026-11-30"),
        cared_for(None),
        cared_for(kind="", touched="2026-11-01"),
    )
    assert found == Hygiene(Rate(1, 5), Rate(1, 4), Rate(1, 5))


def test_a_plan_keeps_a_deal_from_stalling() -> None:
    old = "2026-01-01"
    assert of(cared_for(TODAY, touched=old, planned=TODAY)).stalled == Rate(0, 1)
    assert of(cared_for(TODAY, touched=old, limit=None)).stalled == Rate(0, 1)
    assert of(cared_for(TODAY, touched=old)).stalled == Rate(1, 1)


def test_nothing_open() -> None:
    assert of() == Hygiene(Rate(0, 0), Rate(0, 0), Rate(0, 0))
