from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given

from funnel_desk.domain.cohort import CohortDeal, active_in
from funnel_desk.domain.funnel import Funnel, Measured, Spans, StageFigures, measure
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.money import Amount
from funnel_desk.domain.periods import Period
from funnel_desk.domain.pipeline import Side
from tests.domain.funnel_deals import NOW, SIDES, WITH_AFTER_SALE, WON_PLACE, ZONE, a_deal, some_deals, the_oracle


def funnel(deals: Sequence[CohortDeal], sides: Sequence[Side] = SIDES) -> Funnel:
    return measured(deals, sides).whole


def measured(deals: Sequence[CohortDeal], sides: Sequence[Side] = SIDES) -> Measured:
    return measure(deals, sides, zone=ZONE, now=NOW, currency="EUR")


# --- the oracle, cell by cell ------------------------------------


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("entered", [7, 7, 7, 3, 2]),
        ("touched", [7, 6, 6, 3, 2]),
        ("reached", [8, 7, 6, 3, 2]),
        ("strict", [7, 5, 4, 2, 1]),
        ("now", [0, 1, 1, 0, 2]),
        ("lost_here", [1, 0, 2, 1, 0]),
        ("advanced", [6, 6, 3, 2, 0]),
        ("moved_back", [0, 0, 1, 0, 0]),
        ("lost", [1, 0, 2, 1, 0]),
        ("conversion", [Rate(7, 8), Rate(6, 7), Rate(3, 6), Rate(2, 3), None]),
        ("resolved", [Rate(7, 8), Rate(6, 6), Rate(3, 5), Rate(2, 3), None]),
        ("cumulative", [Rate(8, 8), Rate(7, 8), Rate(6, 8), Rate(3, 8), Rate(2, 8)]),
    ],
)
def test_the_oracle(definition: str, expected: list[object]) -> None:
    assert [getattr(stage, definition) for stage in funnel(the_oracle()).stages] == expected


@pytest.mark.parametrize(
    ("definition", "percent"),
    [("conversion", [87.5, 85.7, 50.0, 66.7]), ("resolved", [87.5, 100.0, 60.0, 66.7])],
)
def test_the_oracle_in_percent(definition: str, percent: list[float]) -> None:
    rates = [getattr(stage, definition) for stage in funnel(the_oracle()).stages]
    assert [round(rate.value * 100, 1) for rate in rates if rate] == percent


def test_the_oracle_as_a_whole() -> None:
    whole = funnel(the_oracle())
    assert (whole.deals, whole.won, whole.lost, whole.open, whole.handed_over) == (8, 2, 4, 2, 0)
    assert whole.win_rate == Rate(2, 6)
    interval = whole.win_rate.interval
    assert interval is not None
    assert (round(interval.low, 3), round(interval.high, 3)) == (0.097, 0.700)
    assert whole.won_of_all == Rate(2, 8)


# --- one rule at a time ------------------------------------------


def test_no_deals_have_no_rates() -> None:
    whole = funnel([])
    assert whole.win_rate.value is None
    assert whole.days_to_win == Spans(None, None, 0)
    assert {rate.value for stage in whole.stages if (rate := stage.conversion)} == {None}
    assert {stage.cumulative.value for stage in whole.stages} == {None}
    assert whole.won_value == ()


def test_going_back_and_losing_keep_what_was_reached() -> None:
    whole = funnel([a_deal("1,2,3,4,1 open"), a_deal("1,4,2 lost")])
    assert [stage.reached for stage in whole.stages] == [2, 2, 2, 2, 0]
    assert [stage.now for stage in whole.stages] == [1, 0, 0, 0, 0]
    assert [stage.lost_here for stage in whole.stages] == [0, 1, 0, 0, 0]


def test_a_reopening_in_the_same_stage_is_a_stay_of_its_own() -> None:
    whole = funnel([a_deal("1,2,lost,2,3 open")])
    assert [stage.entered for stage in whole.stages] == [1, 2, 1, 0, 0]
    assert [stage.touched for stage in whole.stages] == [1, 1, 1, 0, 0]
    assert (whole.open, whole.lost) == (1, 0)
    assert [stage.lost for stage in whole.stages] == [0, 1, 0, 0, 0]
    assert [stage.lost_here for stage in whole.stages] == [0] * 5


def test_an_open_deal_has_not_failed() -> None:
    stages = funnel([a_deal("1,2 open"), a_deal("1,2 lost"), a_deal("1,2,3 open"), a_deal("1,2 handed_over")]).stages
    assert stages[1].conversion == Rate(1, 4)
    assert stages[1].resolved == Rate(1, 2)
    assert stages[2].resolved == Rate(0, 0)


def test_handed_over_is_neither_won_nor_lost() -> None:
    whole = funnel([a_deal("1,2 handed_over"), a_deal("1,5 handed_over"), a_deal("1,2 lost")])
    assert (whole.won, whole.lost, whole.open, whole.handed_over) == (1, 1, 0, 1)
    assert whole.win_rate == Rate(1, 2)
    assert [stage.now for stage in whole.stages] == [0] * 5


def test_an_unknown_path_counts_in_totals_but_not_from_stage_to_stage() -> None:
    deals = [
        a_deal("1,5 open", path_known=False, value=100),
        a_deal("1 lost", path_known=False, reason="expensive"),
        a_deal("1,2 lost", value=7),
    ]
    whole = funnel(deals)
    assert (whole.deals, whole.won, whole.lost, whole.unknown_path) == (3, 1, 2, 2)
    assert whole.win_rate == Rate(1, 3)
    assert whole.won_value == (Amount(100, "EUR"),)
    assert whole.days_to_win.n == 1
    assert [stage.reached for stage in whole.stages] == [1, 1, 0, 0, 0]
    assert [stage.strict for stage in whole.stages] == [1, 1, 0, 0, 0]
    assert [stage.lost_here for stage in whole.stages] == [0, 1, 0, 0, 0]
    assert [stage.days.n for stage in whole.stages] == [1, 1, 0, 0, 0]
    assert [stage.entered for stage in whole.stages] == [3, 1, 0, 0, 1]
    assert whole.stages[4].now == 1
    assert whole.stages[0].value == (Amount(7, "EUR"),)


def test_won_then_lost_is_told_apart() -> None:
    whole = funnel([a_deal("1,5 lost"), a_deal("1 lost")])
    assert (whole.won, whole.lost, whole.won_then_lost) == (0, 2, 1)
    assert whole.stages[4].reached == 1


def test_after_the_sale() -> None:
    whole = funnel([a_deal("1,5,6 open"), a_deal("1,5,7 open"), a_deal("1,5 open"), a_deal("1 open")], WITH_AFTER_SALE)
    assert whole.won == 3
    assert [stage.reached for stage in whole.stages] == [4, 3, 3, 3, 3, 2, 1]
    assert whole.stages[3].conversion == Rate(3, 3)
    assert whole.stages[4].conversion is None
    assert whole.stages[5].conversion == Rate(1, 2)
    assert whole.stages[6].conversion is None
    assert [stage.now for stage in whole.stages] == [1, 0, 0, 0, 1, 1, 1]


def test_time_in_a_stage_adds_up_the_finished_stays_of_a_deal() -> None:
    stage = funnel([a_deal("1,2,1,2 open", stay_days=2), a_deal("1 lost", stay_days=10), a_deal("1 open")]).stages[0]
    assert stage.days == Spans(median=7.0, mean=7.0, n=2)
    assert stage.going_days == Spans(median=31.0, mean=31.0, n=1)


def test_time_to_win_leaves_out_the_negative() -> None:
    whole = funnel(
        [
            a_deal("1,5 open", stay_days=4),
            a_deal("1,5 open", stay_days=8, first_contact="2026-06-29"),
            a_deal("1,5 open", first_contact="2026-07-20"),
            a_deal("1 lost", stay_days=100),
        ]
    )
    assert whole.days_to_win == Spans(median=7.0, mean=7.0, n=2)
    assert whole.negative == 1


def test_young_deals_are_still_maturing() -> None:
    deals = [a_deal("1,5 open", stay_days=10), a_deal("1 open"), a_deal("1 open", start=date(2026, 7, 25))]
    assert funnel(deals).maturing == 1
    assert measure(deals, SIDES, zone=ZONE, now=NOW, usual_days_to_win=60.0).whole.maturing == 2


def test_currencies_are_never_added() -> None:
    deals = [
        a_deal("1,5 open", value=100, currency="BYN"),
        a_deal("1,5 open", value=200, currency="EUR"),
        a_deal("1,2 open", value=50, currency="EUR"),
        a_deal("1,5 open"),
    ]
    whole = funnel(deals)
    assert whole.won_value == (Amount(200, "EUR"), Amount(100, "BYN"))
    assert whole.won_without_value == 1
    assert whole.stages[1].value == (Amount(250, "EUR"), Amount(100, "BYN"))
    assert whole.stages[1].without_value == 1


def test_reasons_of_the_losses_most_frequent_first() -> None:
    deals = [a_deal("1,2 lost", reason=reason) for reason in ("no answer", "expensive", "expensive")]
    assert funnel(deals).stages[1].lost_reasons == (("expensive", 2), ("no answer", 1))


# --- in a period -------------------------------------------------


def in_july(path: str, **told: object) -> CohortDeal | None:
    bounds = Period("2026-07-10", "2026-07-20").bounds(ZONE)
    return active_in(a_deal(path, **told), bounds, WON_PLACE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "start", "stay_days", "outcome"),
    [
        ("1 lost", date(2026, 7, 1), 5, None),  # lost before it
        ("1 lost", date(2026, 7, 21), 5, None),  # created after it
        ("1,2 lost", date(2026, 7, 1), 6, "lost"),
        ("1,2 lost", date(2026, 7, 1), 12, "open"),  # lost after it
        ("1,2,5 open", date(2026, 7, 1), 7, "won"),
        ("1,2,5 open", date(2026, 7, 1), 15, "open"),  # won after it
        ("1,5,6 open", date(2026, 7, 1), 2, None),  # won before it, never open in it
        ("1,5 lost", date(2026, 7, 9), 3, "lost"),
        ("1,2 handed_over", date(2026, 7, 9), 3, "handed_over"),
        ("1,5 handed_over", date(2026, 7, 9), 3, "won"),
        ("1,lost,2 open", date(2026, 7, 1), 12, "open"),
    ],
)
def test_what_happened_in_a_period(path: str, start: date, stay_days: int, outcome: str | None) -> None:
    deal = in_july(path, start=start, stay_days=stay_days)
    assert (deal.outcome if deal else None) == outcome


def test_winning_again_is_what_counts() -> None:
    deal = in_july("1,5,2,5 open", start=date(2026, 7, 8), stay_days=3)
    assert deal is not None
    assert deal.won_at == deal.closed_at == "2026-07-17"


def test_a_sale_after_a_refund_is_a_sale_of_its_own() -> None:
    deal = in_july("1,5,lost,6 open", start=date(2026, 7, 8), stay_days=3)
    assert deal is not None
    assert deal.won_at == deal.closed_at == "2026-07-14"


def test_what_was_taken_back_before_the_loss_is_no_refund() -> None:
    unwon, refund = (in_july(path, start=date(2026, 7, 8), stay_days=3) for path in ("1,5,2 lost", "1,5 lost"))
    assert unwon is not None
    assert refund is not None
    assert (unwon.won_then_lost, refund.won_then_lost) == (False, True)


# --- what always holds -------------------------------------------


def ended(stage: StageFigures) -> int:
    return stage.advanced + stage.moved_back + stage.lost + stage.handed_over


@given(some_deals)
def test_every_deal_is_counted_once(deals: list[CohortDeal]) -> None:
    whole = funnel(deals, WITH_AFTER_SALE)
    assert whole.deals == len(deals) == whole.won + whole.lost + whole.open + whole.handed_over


@given(some_deals)
def test_what_begins_ends_or_goes_on(deals: list[CohortDeal]) -> None:
    for stage in funnel(deals, WITH_AFTER_SALE).stages:
        assert stage.entered == ended(stage) + stage.now
        assert stage.at_start == 0


@given(some_deals)
def test_the_balance_of_a_period(deals: list[CohortDeal]) -> None:
    bounds = Period("2026-07-10", "2026-07-20").bounds(ZONE)
    active = [cut for deal in deals if (cut := active_in(deal, bounds, WON_PLACE))]
    whole = measure(active, WITH_AFTER_SALE, zone=ZONE, now=NOW, bounds=bounds).whole
    assert whole.deals == whole.won + whole.lost + whole.open + whole.handed_over
    for stage in whole.stages:
        assert stage.at_start + stage.entered == ended(stage) + stage.now


@given(some_deals)
def test_an_endless_period_changes_nothing(deals: list[CohortDeal]) -> None:
    bounds = Period().bounds(ZONE)
    active = [cut for deal in deals if (cut := active_in(deal, bounds, WON_PLACE))]
    assert [deal.visits for deal in active] == [deal.visits for deal in deals]
    assert [deal.outcome for deal in active] == [deal.outcome for deal in deals]


@given(some_deals)
def test_ever_fewer_come_further(deals: list[CohortDeal]) -> None:
    stages = funnel(deals, WITH_AFTER_SALE).stages
    reached = [stage.reached for stage in stages]
    assert reached == sorted(reached, reverse=True)
    for stage in stages:
        assert stage.strict <= stage.reached
        assert stage.touched <= stage.entered
        for rate in (stage.conversion, stage.resolved, stage.cumulative):
            assert rate is None or 0 <= rate.part <= rate.base


@given(some_deals)
def test_groups_pool_to_the_whole(deals: list[CohortDeal]) -> None:
    result = measured(deals, WITH_AFTER_SALE)
    groups = list(result.groups.values())
    assert set(result.groups) == {deal.group for deal in deals}
    for name in (item.name for item in fields(Funnel) if item.type is int):
        assert getattr(result.whole, name) == sum(getattr(group, name) for group in groups)
    counts = [item.name for item in fields(StageFigures) if item.type is int]
    for place, stage in enumerate(result.whole.stages):
        for name in counts:
            assert getattr(stage, name) == sum(getattr(group.stages[place], name) for group in groups)
        pooled = {name: [getattr(group.stages[place], name) for group in groups] for name in ("conversion", "resolved")}
        for name, rates in pooled.items():
            rate = getattr(stage, name)
            assert rate is None or rate == Rate(sum(one.part for one in rates), sum(one.base for one in rates))
        assert stage.days.n == sum(group.stages[place].days.n for group in groups)


@given(some_deals)
def test_the_order_of_the_deals_does_not_matter(deals: list[CohortDeal]) -> None:
    def counted(result: Funnel) -> list[object]:
        return [(stage.reached, stage.days.median, stage.value, stage.lost_reasons) for stage in result.stages]

    assert counted(funnel(deals, WITH_AFTER_SALE)) == counted(funnel(deals[::-1], WITH_AFTER_SALE))
