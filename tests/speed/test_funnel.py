"""The funnel of a hundred thousand deals with four hundred thousand stays, beside the same sums in plain SQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time

import pytest
from sqlalchemy import Connection, create_engine, insert

from funnel_desk.domain.words import Words
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.funnel import funnel
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

DEALS = 100_000
SECONDS = 3.0
PLACES = 7
START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = "2026-11-22T10:00:00Z"
DEEPEST = "SELECT deal_id, max(position) AS far FROM stay JOIN stage ON stage.id = stage_id GROUP BY deal_id"
BY_HAND = (
    f"SELECT far, count(*), sum(value) FROM ({DEEPEST}) JOIN deal ON deal.id = deal_id GROUP BY far",
    "SELECT stage_id, ended, count(*), count(DISTINCT deal_id) FROM stay GROUP BY stage_id, ended",
    'SELECT deal_id, stage_id, sum(julianday("left") - julianday(entered)) FROM stay GROUP BY deal_id, stage_id',
)

Rows = list[dict[str, object]]


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    tables.METADATA.create_all(engine)
    with engine.begin() as open_connection:
        _fill(open_connection)
        yield open_connection
    engine.dispose()


@pytest.mark.speed
def test_the_funnel_of_a_hundred_thousand_deals(connection: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    began = process_time()
    report = funnel(Reader(connection), Scope("p"), now=NOW)
    took = process_time() - began
    began = process_time()
    for statement in BY_HAND:
        connection.exec_driver_sql(statement).all()
    by_hand = process_time() - began
    with capsys.disabled():
        print(f"\nfunnel of {DEALS} deals: {took:.2f} s, {took / by_hand:.1f} times plain SQL")  # noqa: T201
    assert report.funnel.deals == DEALS
    assert took < SECONDS


def _fill(connection: Connection) -> None:
    chance = Random(7)  # noqa: S311 - figures, no secret
    deals: Rows = []
    stays: Rows = []
    passages: Rows = []
    states: Rows = []
    for nth in range(DEALS):
        _add(f"d{nth:08}", chance, deals, stays, passages, states)
    connection.execute(insert(tables.workspace), {"id": "w", "currency": "EUR", "time_zone": "Europe/Minsk"})
    words = {
        name: Words("", "")
        for name in ("direction", "typical_client", "source", "audience", "product", "price", "place", "promotion")
    }
    connection.execute(
        insert(tables.pipeline),
        {"id": "p", "name": Words("Big", ""), "playbook_key": "", "position": 0, "archived": False, **words},
    )
    common = {"pipeline_id": "p", "probability": 0, "exit_rule": "none", "archived": False}
    for place in range(PLACES):
        side = "won" if place == PLACES - 1 else "before"
        own = {"id": f"s{place}", "key": f"s{place}", "name": Words(f"{place}", ""), "position": place, "side": side}
        connection.execute(insert(tables.stage), {**common, **own})
    for table, rows in (
        (tables.deal, deals),
        (tables.stay, stays),
        (tables.passage, passages),
        (tables.deal_state, states),
    ):
        connection.execute(insert(table), rows)


def _add(name: str, chance: Random, deals: Rows, stays: Rows, passages: Rows, states: Rows) -> None:
    last = chance.randint(1, PLACES)
    day = chance.random() * 700
    times = [day]
    for _ in range(last):
        times.append(times[-1] + chance.random() * 20)
    moments = [(START + timedelta(days=time)).strftime("%Y-%m-%dT%H:%M:%SZ") for time in times]
    won, lost = last == PLACES, last < PLACES and chance.random() < 0.5
    outcome = "won" if won else "lost" if lost else "open"
    for place in range(last):
        going = place == last - 1 and not lost
        ended = "" if going else "lost" if place == last - 1 else "moved"
        stays.append(
            {"deal_id": name, "place": place, "pipeline_id": "p", "stage_id": f"s{place}", "entry_id": name,
             "entered": moments[place], "left": None if going else moments[place + 1], "ended": ended}
        )  # fmt: skip
    closed = moments[last - 1] if won else moments[last] if lost else None
    stands = {"deal_id": name, "pipeline_id": "p", "stage_id": f"s{last - 1}", "outcome": outcome, "closed_at": closed,
              "won_at": closed if won else None, "path_known": True, "reason_id": None, "reason": ""}  # fmt: skip
    passages.append({**stands, "arrived": moments[0], "won_then_lost": False})
    states.append(
        {**stands, "row_key": len(states) + 1, "entry_id": name, "entered": moments[0], "probability": 0,
         "first_contact": moments[0], "last_touch": moments[0], "next_kind": "", "search": ""}
    )  # fmt: skip
    texts = ("title", "external_id", "source", "product", "segment", "kind", "owner", "note", "follows")
    empty = dict.fromkeys(texts, "")
    deals.append(
        {"id": name, "pipeline_id": "p", "stage_id": "s0", "created_at": moments[0], "value": chance.randint(0, 10**7),
         "currency": "EUR", "tags": (), "custom": {}, **empty}
    )  # fmt: skip
