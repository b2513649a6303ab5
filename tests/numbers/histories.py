"""Random histories, done on a real desk by the real operations; what the trade refuses is left out."""

import shutil
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

from hypothesis import settings, strategies as st

from funnel_desk.domain.pipeline import LostReason, Pipeline, Side, Stage, Step
from funnel_desk.domain.problems import Problem
from funnel_desk.domain.words import Words
from funnel_desk.operations import activities, deals, stage_order, stages, steps
from funnel_desk.operations.desk import Desk
from funnel_desk.storage.acts import Author
from tests.numbers.second import Facts, read_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from funnel_desk.storage.journal import Batch

NOW, TODAY = "2026-08-01T12:00:00Z", "2026-08-01"
FIRST_DAY = date(2026, 5, 20)
ZONES = ("Europe/Minsk", "America/New_York", "Pacific/Auckland")
MAIN: tuple[tuple[str, Side, int], ...] = (
    *(("1", "before", 500), ("2", "before", 2000), ("3", "before", 5000), ("4", "before", 8000)),
    *(("won", "won", 10_000), ("6", "after", 10_000), ("7", "after", 10_000)),
)
OTHER: tuple[tuple[str, Side, int], ...] = (("a", "before", 3000), ("b", "won", 10_000), ("c", "after", 10_000))
ANNA = Author("anna", "Anna")
FEW = max(8, settings().max_examples // 3)

Act = tuple[int, int, int, int, int]
"""What is done, to which deal, where to, on which day and at what time of it."""

HISTORIES = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 9), st.integers(0, 11), st.integers(0, 70), st.integers(0, 30)),
    min_size=3,
    max_size=45,
)


@dataclass
class World:
    """A desk on two pipelines, and the deals made on it; ``stages`` are ids by name."""

    desk: Desk
    stages: dict[str, str]
    pipelines: dict[str, str]
    deals: list[str] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        """The facts of its file."""
        return read_facts(self.desk.path)


def moment(day: int, time: int) -> str:
    """A day, or for most times an instant of it: near midnight too."""
    on = FIRST_DAY + timedelta(days=day)
    if time < 10:
        return on.isoformat()
    at = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(minutes=71 * (time - 10))
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache
def _template(zone: str, with_steps: bool) -> tuple[Path, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    ids: dict[str, str] = {}
    pipelines: dict[str, str] = {}

    def begin(batch: "Batch") -> None:
        for place, (key, told) in enumerate((("main", MAIN), ("other", OTHER))):
            pipeline = Pipeline(batch.new_id(), Words(key, key), position=place)
            batch.add(pipeline)
            pipelines[key] = pipeline.id
            for position, (name, side, points) in enumerate(told):
                stage = Stage(batch.new_id(), pipeline.id, name, Words(name, name), position, side, points, 14)
                batch.add(stage)
                ids[name] = stage.id
        for nth, (name, required) in enumerate((("2", True), ("2", True), ("3", True), ("3", False), ("4", True))):
            key = f"step{nth}"
            if with_steps:
                words, on = Words(key, key), pipelines["main"]
                batch.add(Step(batch.new_id(), on, ids[name], key, words, "call", nth, days=nth, required=required))
        batch.add(LostReason(batch.new_id(), "expensive", Words("Expensive", "Дорого")))

    path = Path(mkdtemp()) / "template.funnel"
    Desk.create(path, ANNA, currency="EUR", time_zone=zone, begin=begin, clock=lambda: NOW)
    return path, tuple(ids.items()), tuple(pipelines.items())


@contextmanager
def a_world(zone: str = ZONES[0], *, with_steps: bool = True) -> "Iterator[World]":
    """A new world; its file goes afterwards."""
    template, ids, pipelines = _template(zone, with_steps)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "world.funnel"
        shutil.copy(template, path)
        desk = Desk(path, ANNA, clock=lambda: NOW)
        try:
            yield World(desk, dict(ids), dict(pipelines))
        finally:
            desk.close()


def play(world: World, history: list[Act]) -> None:
    """Do what can be done of a history."""
    for what, which, where, day, time in history:
        if not world.deals or what < 22:
            _create(world, which, where, day, time)
            continue
        act = _ACTS[(what * 7 + which) % len(_ACTS)]
        with suppress(Problem):
            act(world, world.deals[(which * 3 + where) % len(world.deals)], where, moment(day, time))


def _create(world: World, which: int, where: int, day: int, time: int) -> None:
    name = (*(key for key, _side, _points in MAIN), "1", "1", "2", "a", "3")[where]
    pipeline = world.pipelines["other" if name == "a" else "main"]
    told: dict[str, Any] = {
        "value": None if which == 0 else 100 * which * which + day,
        "currency": ("EUR", "EUR", "", "USD")[(which + where) % 4],
        "source": ("", "web", "fair")[which % 3],
        "product": ("p", "q")[where % 2],
        "segment": ("", "big")[day % 2],
        "owner": ("Ann", "Bob")[time % 2],
        "kind": ("new", "repeat", "cross_sell")[day % 3],
        "company": ("", "Acme", "Beta", "Crane")[day % 4],
        "contact": ("", "Vera", "Oleg")[time % 3],
        "probability": (None, None, 3700)[(day + time) % 3],
        "expected_close": None if time % 3 == 0 else (FIRST_DAY + timedelta(days=2 * day)).isoformat(),
        "first_contact_at": moment(max(0, day - which), time) if which % 4 == 1 else None,
    }
    made = world.desk.run(
        deals.new_deal,
        title=f"deal {len(world.deals)}",
        pipeline_id=pipeline,
        stage_id=world.stages[name],
        on=moment(day, time),
        **told,
    )
    world.deals.append(made.id)


def _stage(world: World, where: int) -> str:
    keys = [key for key, _side, _points in MAIN] + [key for key, _side, _points in OTHER]
    return world.stages[keys[where % len(keys)]]


def _move(world: World, deal: str, where: int, on: str) -> None:
    world.desk.run(deals.move_deal, deal, _stage(world, where), on=on)


def _onward(world: World, deal: str, _where: int, on: str) -> None:
    events = [row for row in world.facts["stage_event"] if row["deal_id"] == deal]
    here = events[-1]["stage_id"] if events else next(r["stage_id"] for r in world.facts["deal"] if r["id"] == deal)
    keys = list(world.stages)
    at = next(nth for nth, key in enumerate(keys) if world.stages[key] == here)
    world.desk.run(deals.move_deal, deal, world.stages[keys[min(at + 1, len(keys) - 1)]], on=on)


def _win(world: World, deal: str, _where: int, on: str) -> None:
    world.desk.run(deals.win_deal, deal, on=on)


def _lose(world: World, deal: str, where: int, on: str) -> None:
    world.desk.run(deals.lose_deal, deal, reason=("expensive", "no time")[where % 2], on=on)


def _reopen(world: World, deal: str, where: int, on: str) -> None:
    world.desk.run(deals.reopen_deal, deal, stage_id=_stage(world, where) if where % 2 else None, on=on)


def _hand_over(world: World, deal: str, where: int, on: str) -> None:
    world.desk.run(deals.hand_over, deal, world.stages[("a", "b", "c", "1", "2", "won", "6")[where % 7]], on=on)


def _undo(world: World, _deal: str, where: int, _on: str) -> None:
    past = [entry.batch for entry in world.desk.history()]
    world.desk.undo(past[where % len(past)] if where % 3 else None)
    living = {row["id"] for row in world.facts["deal"]}
    world.deals[:] = [one for one in world.deals if one in living]


def _edit(world: World, deal: str, where: int, on: str) -> None:
    told: dict[str, Any] = {
        "value": (None, 700 + where)[where % 2],
        "currency": ("USD", "EUR")[where % 2],
        "probability": (None, 900 * where)[where % 2],
        "expected_close": on[:10],
    }
    world.desk.run(deals.edit_deal, deal, **told)


def _archive(world: World, _deal: str, where: int, _on: str) -> None:
    world.desk.run(stage_order.archive_stage, _stage(world, where))


def _restore(world: World, _deal: str, where: int, _on: str) -> None:
    world.desk.run(stage_order.restore_stage, _stage(world, where))


def _chance(world: World, _deal: str, where: int, _on: str) -> None:
    world.desk.run(stages.set_stage_probability, _stage(world, where), 700 * where + 100)


def _touch(world: World, deal: str, where: int, on: str) -> None:
    rows = world.facts["step"]
    step = rows[where % len(rows)]["id"] if rows else ""
    if where % 4 == 0:
        world.desk.run(steps.skip_step, deal, step, on=on)
    else:
        world.desk.run(steps.tick_step, deal, step, on=on)


def _tick_all(world: World, deal: str, _where: int, on: str) -> None:
    for step in world.facts["step"]:
        with suppress(Problem):
            world.desk.run(steps.tick_step, deal, step["id"], on=on)


def _talk(world: World, deal: str, where: int, on: str) -> None:
    world.desk.run(activities.log_activity, deal, "call", minutes=7 * where, at=on)


def _plan(world: World, deal: str, _where: int, on: str) -> None:
    world.desk.run(activities.plan_activity, deal, "call", on)


_ACTS: tuple[Callable[[World, str, int, str], None], ...] = (
    *(_onward, _onward, _onward, _onward, _move, _move, _move, _win, _win, _lose, _lose, _lose),
    *(_reopen, _reopen, _hand_over, _hand_over, _undo, _edit, _archive, _restore, _chance),
    *(_touch, _touch, _tick_all, _talk, _plan),
)
