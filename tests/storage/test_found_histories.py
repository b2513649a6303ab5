"""Histories that random ones found and that once went wrong, each as the shortest story that shows it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from funnel_desk.operations import deals, steps
from funnel_desk.storage.undo import NothingLeft
from tests.properties.agreement import (
    assert_as_the_journal_says,
    assert_balance,
    assert_sound,
    contents,
    differing,
)
from tests.properties.world import SALES, Place, create

TwoPlaces = tuple[Place, Place]


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Callable[[int], list[Place]]]:
    """So many desks with one common start."""
    opened: list[Place] = []

    def make(count: int) -> list[Place]:
        start = tmp_path / "start.funnel"
        numbers = iter(range(1000))
        create(start, lambda: f"start-{next(numbers):04d}")
        for number in range(count):
            path = tmp_path / f"{number}.funnel"
            shutil.copyfile(start, path)
            opened.append(Place(path, "ABC"[number], hours_ahead=5 * number))
        return opened

    yield make
    for place in opened:
        assert_as_the_journal_says(place.path)
        assert_balance(place.path)
        assert_sound(place.desk)
        place.desk.close()


def undo_and_redo(place: Place, batch: str | None = None) -> None:
    """Undo, then redo by undoing the undo: all is as it was."""
    before = contents(place.desk)
    undone = place.desk.undo(batch)
    place.desk.undo(undone.batch)
    assert not differing(before, contents(place.desk))


def test_what_others_need_stays_when_the_redo_that_brought_it_is_undone(places: Callable[[int], list[Place]]) -> None:
    (a,) = places(1)
    deal, batch = a.desk.run_named(deals.new_deal, title="Deal", contact="Ann")
    redone = a.desk.undo(a.desk.undo(batch).batch)
    a.desk.run(steps.tick_step, deal.id, f"{SALES}-0-0")
    with pytest.raises(NothingLeft):
        a.desk.undo(redone.batch)


def test_a_company_that_somebody_else_names_is_there_when_its_creation_comes_back(
    places: Callable[[int], list[Place]],
) -> None:
    a, b = places(2)
    _, batch = a.desk.run_named(deals.new_deal, title="Deal", company="Alfa")
    b.take(a)
    b.desk.run(deals.new_deal, title="Another", company="Alfa")
    undone = a.desk.undo(batch)
    a.take(b)
    assert [row[0] for row in contents(a.desk)["company"]] != []
    a.desk.undo(undone.batch)


def test_a_delete_does_not_come_back_to_what_is_not_there(places: Callable[[int], list[Place]]) -> None:
    (a,) = places(1)
    deal, batch = a.desk.run_named(deals.new_deal, title="Deal")
    _, deleted = a.desk.run_named(deals.delete_deal, deal.id)
    undone = a.desk.undo(deleted)
    a.desk.undo(batch)
    with pytest.raises(NothingLeft, match="what it belongs to is not there"):
        a.desk.undo(undone.batch)
