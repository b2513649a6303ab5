"""Several people who exchange files: whatever the order, all end with the same facts and send the same bytes.

Their clocks are years apart, files are copied and old backups restored, and merges are withdrawn and brought back.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b, sha256
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.domain.problems import Refusal
from funnel_desk.operations import deals, disagreements
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.sharing import merge_file, share, try_merge
from funnel_desk.queries.conflicts import Conflict, conflicts
from funnel_desk.queries.merges import merges
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage import check
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import StillUsed
from funnel_desk.storage.merging import AlreadyWithdrawn
from funnel_desk.storage.undo import NothingLeft
from funnel_desk.storage.withdrawal import withdrawn
from tests.desks import BOB, a_desk
from tests.properties import facts
from tests.properties.agreement import assert_as_the_journal_says
from tests.properties.world import create

Contents = dict[str, list[tuple[object, ...]]]
ACTS = ("new", "edit", "edit", "move", "move", "lose", "delete", "undo", "merge", "merge", "settle", "withdraw",
        "copy", "keep", "restore", "fact", "fact", "back")  # fmt: skip
EXAMPLES = settings().max_examples
ARITY = {"delete": 2, "undo": 2, "withdraw": 2, "copy": 2, "restore": 2, "keep": 1}
act = st.tuples(st.sampled_from(ACTS), st.integers(0, 4), st.integers(0, 4), st.integers(0, 3))
histories = st.lists(act, min_size=6, max_size=24)


class People:
    """A folder of files, one a person, all copies of one start."""

    def __init__(self, folder: Path, count: int, years: list[int]) -> None:
        self.folder, self.count, self.years = folder, count, years
        self._numbers = iter(range(1_000_000))
        create(self.file(0), self.new_id)
        with self.desk(0) as first:
            first.run(deals.new_deal, title="Gate", company="Alfa")
            first.run(deals.new_deal, title="Yard")
        for who in range(1, count):
            shutil.copyfile(self.file(0), self.file(who))
        self.records: list[list[str]] = [[] for _ in range(count)]
        self.kept: list[Path | None] = [None] * count

    def file(self, who: int) -> Path:
        return self.folder / f"{who}.funnel"

    def new_id(self) -> str:
        return blake2b(str(next(self._numbers)).encode(), digest_size=8).hexdigest()

    @contextmanager
    def desk(self, who: int, path: Path | None = None) -> Iterator[Desk]:
        name = "ABCDE"[who]
        now = f"{2026 + self.years[who]}-03-0{1 + who}T10:00:00Z"
        desk = Desk(path or self.file(who), Author(name, name), clock=lambda: now, new_id=self.new_id)
        try:
            yield desk
        finally:
            desk.close()

    def do(self, what: str, who: int, which: int, how: int) -> None:
        """One act of one person; ``which`` deal, act or other person, and ``how`` of some ways."""
        getattr(self, f"_{what}")(*(who % self.count, which, how)[: ARITY.get(what, 3)])

    def _with_deal(self, who: int, which: int, work: Callable[[Desk, str], object]) -> None:
        with self.desk(who) as desk:
            ids = [row[0] for row in desk.read(lambda read: read.sql("SELECT id FROM deal ORDER BY id"))]
            if ids:
                with suppress(Refusal):
                    work(desk, ids[which % len(ids)])

    def _new(self, who: int, which: int, how: int) -> None:
        with self.desk(who) as desk:
            desk.run(deals.new_deal, title=f"Deal {which}", company=("", "Alfa", "Beta", "")[how])

    def _edit(self, who: int, which: int, how: int) -> None:
        values = {"value": 100 * who, "currency": "EUR"}, {"note": "ABCDE"[who]}, {"company": "Beta"}, {"tags": ("a",)}
        fields: dict[str, Any] = values[how]
        self._with_deal(who, which, lambda desk, deal: desk.run(deals.edit_deal, deal, **fields))

    def _move(self, who: int, which: int, how: int) -> None:
        self._with_deal(who, which, lambda desk, deal: desk.run(deals.move_deal, deal, f"sales-{how}"))

    def _lose(self, who: int, which: int, how: int) -> None:
        self._with_deal(who, which, lambda desk, deal: desk.run(deals.lose_deal, deal, reason="ab"[how % 2]))

    def _delete(self, who: int, which: int) -> None:
        self._with_deal(who, which, lambda desk, deal: desk.run(deals.delete_deal, deal))

    def _fact(self, who: int, which: int, how: int) -> None:
        kind = 5 * which + how
        self._with_deal(who, which, lambda desk, deal: desk.run(facts.add_fact, deal, kind, "ABCDE"[who]))
        with self.desk(who) as desk, suppress(Refusal):
            desk.run(facts.edit_fact if how % 2 else facts.delete_fact, kind + how, which, *("x",) * (how % 2))

    def _back(self, who: int, which: int, how: int) -> None:
        with self.desk(who) as desk, suppress(Refusal):
            acts = [one.batch for one in desk.history() if one.kind == "act" and one.author_id == "ABCDE"[who]]
            if acts:
                desk.go_back(acts[(which + how) % len(acts)])

    def _undo(self, who: int, which: int) -> None:
        with self.desk(who) as desk, suppress(Refusal):
            acts = [entry.batch for entry in desk.history() if entry.kind != "new"]
            desk.undo(acts[which % len(acts)])

    def _merge(self, who: int, which: int, how: int) -> None:
        other = which % self.count
        if other == who:
            return
        source = self.sent(other) if how % 2 else self.file(other)
        with self.desk(who) as desk:
            would = try_merge(desk, source)
            found = merge_file(desk, source)
            assert (would.new_changes, would.created, would.conflicts) == (
                found.new_changes, found.created, found.conflicts,
            )  # fmt: skip
            if found.record:
                self.records[who].append(found.record)
            assert merge_file(desk, source).record is None

    def _settle(self, who: int, which: int, how: int) -> None:
        with self.desk(who) as desk:
            found = desk.read(conflicts)
            if found:
                one = found[which % len(found)]
                before = contents(desk)
                try:
                    batch = self._choose(desk, one, other=bool(how % 2))
                except (NothingLeft, StillUsed):  # what others stand on
                    return
                assert one.id not in {other.id for other in desk.read(conflicts)}
                if how > 1:
                    desk.undo(batch)
                    assert one.id in {other.id for other in desk.read(conflicts)}
                    assert contents(desk) == before

    def _choose(self, desk: Desk, one: Conflict, *, other: bool) -> str | None:
        if one.field == "deleted" and not other:
            return disagreements.keep(desk, one.id, "Gate").batch
        return desk.run_named(disagreements.settle, one.id, other=other)[1]

    def _withdraw(self, who: int, which: int) -> None:
        if self.records[who]:
            with self.desk(who) as desk, suppress(Refusal):
                desk.undo(self.records[who][which % len(self.records[who])])

    def _copy(self, who: int, which: int) -> None:
        shutil.copyfile(self.file(which % self.count), self.folder / "copy")
        shutil.copyfile(self.folder / "copy", self.file(who))
        self.records[who].clear()

    def _keep(self, who: int) -> None:
        self.kept[who] = Path(shutil.copyfile(self.file(who), self.folder / f"{who}.kept"))

    def _restore(self, who: int, which: int) -> None:
        kept = self.kept[which % self.count]
        if kept is not None:
            shutil.copyfile(kept, self.file(who))
            self.records[who].clear()

    def sent(self, who: int, path: Path | None = None) -> Path:
        """What a person sends."""
        out = self.folder / f"{who}.funnelshare"
        with self.desk(who, path) as desk:
            share(desk, out)
        return out


def contents(desk: Desk) -> Contents:
    return desk.read(lambda read: check.contents(read.connection))


def agree(people: People, orders: int) -> None:
    """Every person takes what the others sent, in every order: one state, and one file to send on."""
    sent = [shutil.copyfile(people.sent(who), people.folder / f"{who}.sent") for who in range(people.count)]
    states: list[Contents] = []
    bytes_sent: set[str] = set()
    for who in range(people.count):
        others = [other for other in range(people.count) if other != who]
        for number, order in enumerate(permutations(others)):
            if number >= orders:
                break
            copy = Path(shutil.copyfile(people.file(who), people.folder / "ordered.funnel"))
            with people.desk(who, copy) as desk:
                for other in (*order, who):  # its own file brings back what was withdrawn
                    merge_file(desk, sent[other])
                assert desk.read(lambda read: withdrawn(read.connection)) == []
                states.append(contents(desk))
                out = people.folder / "ordered.funnelshare"
                share(desk, out)
                bytes_sent.add(sha256(out.read_bytes()).hexdigest())
    assert all(state == states[0] for state in states)
    assert len(bytes_sent) == 1
    assert_as_the_journal_says(people.folder / "ordered.funnel")


@given(histories, st.integers(2, 4), st.lists(st.integers(-10, 10), min_size=5, max_size=5))
@settings(max_examples=max(5, EXAMPLES // 5))
def test_every_order_ends_alike(history: list[tuple[str, int, int, int]], count: int, years: list[int]) -> None:
    _play(history, count, years, orders=6)


@given(histories, st.lists(st.integers(-10, 10), min_size=5, max_size=5))
@settings(max_examples=max(2, EXAMPLES // 15))
def test_five_people(history: list[tuple[str, int, int, int]], years: list[int]) -> None:
    _play(history, 5, years, orders=2)


def _play(history: list[tuple[str, int, int, int]], count: int, years: list[int], orders: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="exchange-"))
    try:
        people = People(folder, count, years)
        for what in history:
            people.do(*what)
        agree(people, orders)
    finally:
        shutil.rmtree(folder)


def test_two_workspaces_of_their_own_become_one(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    ann = a_desk(tmp_path, "startup", zone="Europe/Minsk", currency="EUR")
    bob = a_desk(tmp_path / "b", "apartment-doors", zone="America/New_York", currency="USD", author=BOB)
    ann.run(deals.new_deal, title="Gate")
    bob.run(deals.new_deal, title="Door")
    before = ann.read(pipelines)
    for one, other in ((ann, bob), (bob, ann)):
        found = merge_file(one, other.path)
        assert (found.deals, found.conflicts, found.deleted) == (1, 0, 0)
    facts = [desk.read(lambda read: check.contents(read.connection, projections=False)) for desk in (ann, bob)]
    assert facts[0] == facts[1]
    assert (ann.workspace.currency, ann.workspace.time_zone) == ("EUR", "Europe/Minsk")
    assert (bob.workspace.currency, bob.workspace.time_zone) == ("USD", "America/New_York")
    assert len(ann.read(pipelines)) == len(before) + 1
    for desk in (ann, bob):
        share(desk, desk.path.with_name("sent"))
        assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []
        desk.close()
    assert (tmp_path / "sent").read_bytes() == (tmp_path / "b" / "sent").read_bytes()


def test_a_move_of_two_people_is_one_disagreement(tmp_path: Path) -> None:
    people = People(tmp_path, 3, [0, -5, 5])
    people.do("move", 0, 0, 1)
    people.do("move", 1, 0, 2)
    people.do("move", 2, 0, 1)  # the same as the first
    for other in (1, 2):
        with people.desk(0) as desk:
            merge_file(desk, people.file(other))
    with people.desk(0) as desk:
        (found,) = desk.read(conflicts)
        assert found.field == "stage"
        assert {str(found.shown.value), str(found.other.value)} == {"sales-1", "sales-2"}
        stays = desk.read(lambda read: read.sql("SELECT count(*) FROM stay WHERE deal_id = ?", found.deal_id))
        assert stays[0][0] == 2
        chosen = found.other.value
        desk.run(disagreements.settle, found.id, other=True)
        assert desk.read(conflicts) == ()
        state = "SELECT name FROM deal_state JOIN stage ON stage.id = stage_id WHERE deal_id = ?"
        assert str(chosen) in desk.read(lambda read: read.sql(state, found.deal_id))[0][0]
        with pytest.raises(disagreements.NoDisagreement):
            desk.run(disagreements.settle, found.id, other=True)
        desk.undo()
        assert [one.id for one in desk.read(conflicts)] == [found.id]


def test_a_field_of_two_people(tmp_path: Path) -> None:
    people = People(tmp_path, 2, [0, 9])
    for who in (0, 1):
        people.do("edit", who, 0, 0)
        people.do("edit", who, 1, 3)  # equal values are no disagreement
    with people.desk(0) as desk:
        found = merge_file(desk, people.file(1))
        assert (found.conflicts, found.created, found.deleted) == (1, 0, 0)
        (one,) = desk.read(conflicts)
        assert (one.field, one.shown.kind, one.shown.currency) == ("value", "money", "EUR")
        assert sorted([one.shown.author, one.other.author]) == ["A", "B"]
        assert [(row.record, row.withdrawn) for row in desk.read(merges)] == [(found.record, False)]
        assert desk.undo(found.record).reverted == found.new_changes
        assert [(row.record, row.withdrawn) for row in desk.read(merges)] == [(found.record, True)]
        assert desk.read(conflicts) == ()
        with pytest.raises(AlreadyWithdrawn):
            desk.undo(found.record)
        assert try_merge(desk, people.file(1)).brought_back == 2
        assert merge_file(desk, people.file(1), again=False).record is None
        again = merge_file(desk, people.file(1))
        assert (again.new_changes, again.brought_back) == (found.new_changes, 2)
        assert [(row.record, row.withdrawn) for row in desk.read(merges)] == [(again.record, False)]
        desk.run(disagreements.settle, one.id, other=False)
        assert desk.read(conflicts) == ()
    with people.desk(1) as desk:
        merge_file(desk, people.file(0))
        assert desk.read(conflicts) == ()
