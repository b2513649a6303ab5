from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.operations.desk import Desk
from tests.desks import Clock, a_desk


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-02T09:00:00Z")


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """An empty workspace: suspect, prospect, qualified, committed, transacted (won), fulfilment (after the sale)."""
    made = a_desk(tmp_path, currency="USD", clock=clock)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Another empty workspace."""
    made = a_desk(tmp_path, currency="USD", clock=clock, name="other.funnel")
    yield made
    made.close()
