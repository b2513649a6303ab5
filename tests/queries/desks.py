"""A desk with one pipeline of stages 1 to 4, won and two after it, and deals that walk through it day by day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from funnel_desk.domain.pipeline import LostReason, Pipeline, Stage
from funnel_desk.domain.words import Words
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import Batch

STAGES = ("1", "2", "3", "4", "won", "6", "7")
NOW = "2026-08-01T12:00:00Z"
ZONE = "Europe/Minsk"
FIRST_DAY = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class Bench:
    """A desk in a temporary folder; ``stages`` are the ids of the stages by their name."""

    desk: Desk
    pipeline_id: str
    stages: dict[str, str]
    other_stage: str

    def walk(self, path: str, *, start: date = FIRST_DAY, at: str = "", source: str = "") -> str:
        """A deal that is created in the first stage of the path and does one thing a day; gives its id.

        The path names stages; ``lost``, ``over`` (to another pipeline) and ``again N`` are what else may happen. ``at``
        is the time of day of each thing, as ``T10:00:00Z``; without it only the day is known.
        """
        days = (f"{start + timedelta(days=day)}{at}" for day in count())
        first, *rest = path.split(",")
        created = self.desk.run(
            deals.new_deal,
            title=path,
            pipeline_id=self.pipeline_id,
            stage_id=self.stages[first],
            on=next(days),
            source=source,
        )
        for what in rest:
            self._do(created.id, what, next(days))
        return created.id

    def _do(self, deal_id: str, what: str, day: str) -> None:
        if what == "lost":
            self.desk.run(deals.lose_deal, deal_id, reason="expensive", on=day)
        elif what == "over":
            self.desk.run(deals.hand_over, deal_id, self.other_stage, on=day)
        elif what.startswith("again"):
            self.desk.run(deals.reopen_deal, deal_id, stage_id=self.stages[what.removeprefix("again ")], on=day)
        else:
            self.desk.run(deals.move_deal, deal_id, self.stages[what], on=day)

    def change(self, name: str, **fields: object) -> None:
        """Change a stage: its position, or whether it is archived."""
        self.desk.run(_change_stage, self.stages[name], fields)


@operation("Change stage")
def _change_stage(batch: Batch, stage_id: str, fields: dict[str, object]) -> None:
    before = batch.get(Stage, stage_id)
    batch.save(before, replace(before, **fields))  # type: ignore[arg-type]


def open_bench(folder: Path) -> Iterator[Bench]:
    """The bench; the file is closed afterwards."""
    sides = ("before", "before", "before", "before", "won", "after", "after")
    ids: dict[str, str] = {}

    def begin(batch: Batch) -> None:
        for key, names in (("main", STAGES), ("other", ("a", "b"))):
            pipeline = Pipeline(batch.new_id(), Words(key, key), position=len(ids))
            batch.add(pipeline)
            ids[key] = pipeline.id
            for position, name in enumerate(names):
                side = sides[position] if key == "main" else ("before", "won")[position]
                stage = Stage(batch.new_id(), pipeline.id, name, Words(name, name), position, side)  # type: ignore[arg-type]
                batch.add(stage)
                ids[name] = stage.id
        batch.add(LostReason(batch.new_id(), "expensive", Words("Expensive", "Дорого")))

    path = folder / "bench.funnel"
    author = Author("anna", "Anna")
    Desk.create(path, author, currency="EUR", time_zone=ZONE, begin=begin, clock=lambda: NOW)
    desk = Desk(path, author, clock=lambda: NOW)
    try:
        yield Bench(desk, ids["main"], {name: ids[name] for name in STAGES}, ids["a"])
    finally:
        desk.close()
