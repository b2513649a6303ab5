"""A small world of desks: one start, copied; ids and clocks that are the same in every run."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Connection

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.path import choose
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import LostReason, Pipeline, Side, Stage, Step
from funnel_desk.domain.words import Words
from funnel_desk.domain.workspace import Workspace
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.reader import Readers
from funnel_desk.storage.undo import Reversal, reverse
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
        return f"{2026 + days // 336}-03-{1 + days % 28:02d}T{hours:02d}:{minutes:02d}:00Z"

    def new_id(self) -> str:
        """An id that nobody else makes."""
        self._count += 1
        return blake2b(f"{self.name} {self._count}".encode(), digest_size=8).hexdigest()

    def reverse(self, batch: str | None, few: int) -> Reversal:
        """Undo or redo a batch, as sets from more than so ``few`` changes on."""
        assert batch is not None
        kind, label, arguments = self.desk._kind(batch)
        act = self.desk._act(label, kind="redo" if kind == "undo" else "undo", arguments=arguments)
        with self.write() as connection:
            return reverse(connection, batch, act, few=few)

    def take(self, other: "Place") -> Union:
        """Unite the other file into this one."""
        readers = Readers(other.path)
        with readers.session() as theirs, self.write() as ours:
            union = unite(ours, theirs.connection, self.desk.workspace.time_zone)
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
            withdraw(connection, batches, self.desk.workspace.time_zone)
        self.hides = True

    def bring_back(self) -> None:
        """Bring back all that was withdrawn."""
        with self.write() as connection:
            bring_back(connection, withdrawn(connection), self.desk.workspace.time_zone)
        self.hides = False


def create(path: Path, new_id: Callable[[], str]) -> None:
    """A workspace with a pipeline of five stages, one after the sale, and a smaller one to hand over to."""
    Desk.create(
        path, Author("start", "start"), currency="EUR", time_zone=ZONE, begin=fill,
        clock=lambda: "2026-03-01T00:00:00Z", new_id=new_id,
    )  # fmt: skip


def fill(batch: Batch) -> None:
    for position, key in enumerate((SALES, CARE)):
        add_stages(batch, key, position, SIDES if key == SALES else SIDES[2:4])
    batch.add(LostReason("dear", "dear", Words("Dear", "Дорого")))


def add_stages(batch: Batch, key: str, position: int, sides: tuple[Side, ...]) -> None:
    batch.add(Pipeline(key, Words(key, key), position=position))
    for place, side in enumerate(sides):
        stage = f"{key}-{place}"
        batch.add(Stage(stage, key, stage, Words(stage, stage), place, side, 1000 * place, stalled_days=9))
        for step in range(2):
            name = f"{stage}-{step}"
            batch.add(Step(name, key, stage, name, Words(name, name), "call", step, days=step))


@operation("Another pipeline")
def another_pipeline(batch: Batch) -> None:
    """A pipeline that may be undone while deals are in it."""
    add_stages(batch, batch.new_id(), 2, SIDES[2:4])


@operation("Import")
def bring_in(batch: Batch, company: str, stage: int) -> None:
    """Some deals with a move each, all of one new company."""
    owner = Company(batch.new_id(), company)
    batch.add(owner)
    for number in range(3):
        deal = Deal(batch.new_id(), SALES, f"{SALES}-0", "2026-02-01", f"In {number}", company_id=owner.id)
        batch.add(deal)
        if number < stage:
            where = f"{SALES}-{stage}"
            batch.add(StageEvent(batch.new_id(), deal.id, deal.id, "moved", SALES, where, "2026-02-05"))


@operation("Edit all")
def edit_all(batch: Batch, value: int) -> None:
    """One field of every deal, as a second import does."""
    for deal in batch.find(Deal):
        batch.save(deal, replace(deal, value=value))


@operation("Rename")
def rename_company(batch: Batch, company_id: str, name: str) -> None:
    company = batch.get(Company, company_id)
    batch.save(company, replace(company, name=name))


@operation("Delete")
def delete_row(batch: Batch, kind: type[Activity | Company | Contact], row_id: str) -> None:
    batch.delete(batch.get(kind, row_id))


@operation("Delete a touch")
def delete_touch(batch: Batch, row_id: str) -> None:
    batch.delete(batch.get(TouchedStep, row_id))


@operation("Archive")
def archive(batch: Batch, stage_id: str) -> None:
    """Archive a stage or take it out again."""
    stage = batch.get(Stage, stage_id)
    if stage.side != "won":
        batch.save(stage, replace(stage, archived=not stage.archived))


@operation("Time zone")
def set_zone(batch: Batch, zone: str) -> None:
    here = batch.find(Workspace)[0]
    batch.save(here, replace(here, time_zone=zone))


@operation("Choose")
def settle(batch: Batch, deal_id: str, pick: int) -> None:
    """Choose one of the branches at a flagged fork of a deal."""
    forks = [fork for fork in batch.situation(deal_id).path.forks if fork.flagged]
    if forks:
        fork = forks[pick % len(forks)]
        nodes = [node for node in (fork.shown, *fork.others) if node is not None]
        chosen = nodes[pick % len(nodes)]
        batch.choose(deal_id, fork.key, choose(fork, chosen, batch.find(StageEvent, deal_id=deal_id)))
