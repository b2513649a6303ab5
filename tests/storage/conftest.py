"""Desks of several people with one common start."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.properties.agreement import assert_as_the_journal_says, assert_balance, assert_sound
from tests.properties.world import Place, create


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Callable[[int], list[Place]]]:
    """So many desks; at the end each says what its journal says."""
    opened: list[Place] = []

    def make(count: int) -> list[Place]:
        start = tmp_path / "start.funnel"
        numbers = iter(range(1000))
        create(start, lambda: f"start-{next(numbers):04d}")
        for number in range(count):
            path = tmp_path / f"{number}.funnel"
            shutil.copyfile(start, path)
            opened.append(Place(path, "ABCD"[number], hours_ahead=5 * number))
        return opened

    yield make
    for place in opened:
        assert_as_the_journal_says(place.path)
        assert_balance(place.path)
        assert_sound(place.desk)
        place.desk.close()
