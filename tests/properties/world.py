"""A small world of desks: one start, copied; ids and clocks that are the same in every run."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Connection

from funnel_desk.domain.deal import StageEvent
from funnel_desk.domain.path import choose
from funnel_desk.domain.pipeline import LostReason, Pipeline, Side, Stage, Step
from funnel_desk.domain.words import Words
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.reader import Readers
from funnel_desk.storage.unite import Union, unite
from funnel_desk.storage.withdrawal import bring_back, withdraw, withdrawn

ZONE = "Europe/Minsk"
SIDES: tuple[Side, ...] = ("before", "before", "before", "won", "after")
SALES, CARE = "sales", "care"


class Place:
    """One desk: its file, its author, its clock. Ids come in no order, as those of several machines do."""

    def __init__(self, path: Path, name: str, hours_ahead: int = 0) -> None:
        self.path, self.name, self._ahead = path, name, hours_ahead
        self._count = 0
        self._minutes = 0
        self.merged: list[tuple[str, ...]] = []
        self.hides = False
        self.desk = self.open()

    def open(self) -> Desk:
        """Open the file, as a start of the program does."""
        return Desk(self.path, Author(self.name, self.name), clock=self.clock, new_id=self.new_id)

    def reopen(self) -> None:
        """A restart."""
        self.desk.close()
        self.desk = self.open()

    def replace_by(self, other: Path, *, hides: bool) -> None:
        """Go on with a copy of another file."""
        self.desk.close()
        shutil.copyfile(other, self.path)
        self.merged.clear()
        self.hides = hides
        self.desk = self.open()

    def clock(self) -> str:
        """Some minutes later each time; the desks' clocks differ by hours."""
        self._minutes += 7
        hours, minutes = divmod(self._minutes + 60 * self._ahead, 60)
        days, hours = divmod(hours, 24)
        return f"2026-03-{1 + days % 28:02d}T{hours:02d}:{minutes:02d}:00Z"

    def new_id(self) -> str:
        """An id that nobody else makes."""
        self._count += 1
        return blake2b(f"{self.name} {self._count}".encode(), digest_size=8).hexdigest()

    def take(self, other: "Place") -> Union:
        """Unite the other file into this one."""
        readers = Readers(other.path)
        with readers.session() as theirs, self.write() as ours:
            union = unite(ours, theirs.connection, ZONE)
        readers.close()
        if union.batches:
            self.merged.append(union.batches)
        return union

    def write(self) -> AbstractContextManager[Connection]:
        """The writing connection, in a transaction."""
        return self.desk._write().transaction()

    def withdraw(self, batches: tuple[str, ...]) -> None:
        """Take a merge back, here only."""
        with self.write() as connection:
            withdraw(connection, batches, ZONE)
        self.hides = True

    def bring_back(self) -> None:
        """Bring back all that was withdrawn."""
        with self.write() as connection:
            bring_back(connection, withdrawn(connection), ZONE)
        self.hides = False


def create(path: Path, new_id: Callable[[], str]) -> None:
    """A workspace with a pipeline of five stages, one after the sale, and a smaller one to hand over to."""
    Desk.create(
        path, Author("start", "start"), currency="EUR", time_zone=ZONE, begin=fill,
        clock=lambda: "2026-03-01T00:00:00Z", new_id=new_id,
    )  # fmt: skip


def fill(batch: Batch) -> None:
    for position, key in enumerate((SALES, CARE)):
        batch.add(Pipeline(key, Words(key, key), position=position))
        for place, side in enumerate(SIDES if key == SALES else SIDES[2:4]):
            stage = f"{key}-{place}"
            batch.add(Stage(stage, key, stage, Words(stage, stage), place, side, 1000 * place, stalled_days=9))
            for step in range(2):
                batch.add(
                    Step(f"{stage}-{step}", key, stage, f"{stage}-{step}", Words("s", "s"), "call", step, days=step)
                )
    batch.add(LostReason("dear", "dear", Words("Dear", "Дорого")))


@operation("Choose")
def settle(batch: Batch, deal_id: str, pick: int) -> None:
    """Choose one of the branches at a flagged fork of a deal."""
    forks = [fork for fork in batch.situation(deal_id).path.forks if fork.flagged]
    if forks:
        fork = forks[pick % len(forks)]
        nodes = [node for node in (fork.shown, *fork.others) if node is not None]
        chosen = nodes[pick % len(nodes)]
        batch.choose(deal_id, fork.key, choose(fork, chosen, batch.find(StageEvent, deal_id=deal_id)))
