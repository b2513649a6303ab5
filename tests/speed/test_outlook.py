"""The forecast and the plan of a hundred thousand deals, beside the same figures in plain SQL."""

from collections.abc import Iterator
from time import process_time

import pytest
from sqlalchemy import Connection, create_engine

from funnel_desk.domain.periods import Period
from funnel_desk.domain.standings import checks, paces, resolved_rates
from funnel_desk.queries.cohort import stages_in_order
from funnel_desk.queries.outlook import Wish, outlook
from funnel_desk.queries.plan_desk import plan_desk
from funnel_desk.queries.standings import days_to_win, stage_loads, standings
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader
from tests.speed.test_funnel import DEALS, NOW, _fill

RATIO = 1.5
OUTLOOK, PLAN = 2.5, 3.0
QUARTER = Period("2026-10-01", "2026-12-31")
BY_HAND = (
    # how far deals came, and what became of them: conversions, calibration, win rate and average
    (
        "SELECT deal.currency, passage.outcome, path_known, far, count(*), sum(value), count(value) FROM passage"
        " JOIN deal ON deal.id = passage.deal_id JOIN (SELECT deal_id, max(position) AS far FROM stay"
        " JOIN stage ON stage.id = stage_id GROUP BY deal_id) AS furthest ON furthest.deal_id = passage.deal_id"
        " GROUP BY 1, 2, 3, 4"
    ),
    # days to win
    (
        "SELECT avg(julianday(passage.won_at) - julianday(first_contact)) FROM passage"
        " JOIN deal_state ON deal_state.deal_id = passage.deal_id WHERE passage.outcome = 'won'"
    ),
    # what stands in each stage, and how long deals stay there
    (
        'SELECT stay.stage_id, sum("left" IS NULL), count(DISTINCT CASE WHEN "left" IS NOT NULL THEN stay.deal_id END),'
        ' sum(julianday("left") - julianday(entered)) FROM stay JOIN passage ON passage.deal_id = stay.deal_id'
        " GROUP BY stay.stage_id"
    ),
)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    tables.METADATA.create_all(engine)
    with engine.begin() as open_connection:
        _fill(open_connection)
        yield open_connection
    engine.dispose()


def counted(read: Reader) -> None:
    """All that calibration, pace, conversions and filling need."""
    order = stages_in_order(read, "p")
    found = standings(read, "p", order)
    said = [stage.probability for stage in order.stages[: order.won_place]]
    assert resolved_rates(found, order.won_place)
    assert checks(found, said).stages
    assert paces(found, days_to_win(read, "p"), read.currency)
    assert stage_loads(read, "p", order)


@pytest.mark.speed
def test_counting_costs_what_the_file_needs(connection: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    times = []
    for _nth in range(3):
        began = process_time()
        counted(Reader(connection))
        took = process_time() - began
        began = process_time()
        for statement in BY_HAND:
            connection.exec_driver_sql(statement).all()
        times.append((took / (process_time() - began), took))
    ratio, took = min(times)
    with capsys.disabled():
        print(f"\nstandings of {DEALS} deals: {took:.2f} s, {ratio:.2f} times plain SQL")  # noqa: T201
    assert ratio < RATIO


@pytest.mark.speed
def test_the_whole_view_of_a_hundred_thousand_deals(connection: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    read = Reader(connection)
    began = process_time()
    found = outlook(read, Wish(QUARTER, "p", 10**9), now=NOW)
    look = process_time() - began
    began = process_time()
    found.for_goal(2 * 10**9)
    another = process_time() - began
    began = process_time()
    desk = plan_desk(read, "p", QUARTER, now=NOW)
    plan = process_time() - began
    with capsys.disabled():
        n = found.forecast.main.forecast.n
        print(f"\n{n} open deals: outlook {look:.2f} s, another goal {another:.4f} s, plan {plan:.2f} s")  # noqa: T201
    assert desk.ground.plan(10**9).plan.goal == 10**9
    assert another < 0.05
    assert plan < PLAN
