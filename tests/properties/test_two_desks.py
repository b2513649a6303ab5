"""Two or three people, each with a file of their own: random histories, and what has to hold after every step."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.problems import Refusal
from funnel_desk.operations import activities, deals, duplicates, people, steps
from funnel_desk.operations.desk import Operation
from funnel_desk.storage.undo import FEW, NothingLeft
from tests.properties import facts, world
from tests.properties.agreement import (
    assert_as_the_journal_says,
    assert_balance,
    assert_fair_reversal,
    assert_sound,
    contents,
    differing,
)
from tests.properties.rebuild import Journal
from tests.properties.world import CARE, SALES, Place, create, settle

some = st.integers(0, 7)
few = st.sampled_from([0, FEW])  # looked at as sets, or one by one
companies = st.sampled_from(["", "Alfa", "Бета", "Gamma"])


class TwoDesks(RuleBasedStateMachine):
    """Each rule is one act of one person."""

    count = 2

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="desks-"))
        start = self.folder / "start.funnel"
        numbers = iter(range(1000))
        create(start, lambda: f"start-{next(numbers):04d}")
        self.places = []
        for number in range(self.count):
            path = self.folder / f"{number}.funnel"
            shutil.copyfile(start, path)
            self.places.append(Place(path, "ABC"[number], hours_ahead=(0, 5, -26_000)[number]))
        self.changed: set[int] = set()
        self.backup: tuple[Path, bool] | None = None

    def teardown(self) -> None:
        try:
            if not self.changed:  # else something failed already
                self.all_agree()
        finally:
            for place in self.places:
                place.desk.close()
            shutil.rmtree(self.folder)

    def all_agree(self) -> None:
        """After everybody has taken everything, all files say the same."""
        for place in self.places:
            place.bring_back()
        for _ in self.places:
            for place in self.places:
                for other in self.places:
                    if other is not place:
                        place.take(other)
        first = contents(self.places[0].desk)
        for place in self.places:
            assert_as_the_journal_says(place.path)
            assert_balance(place.path)
            assert_sound(place.desk)
            assert not differing(first, contents(place.desk))

    # --- acting ------------------------------------------------------------------------------------------------------

    def place(self, who: int) -> Place:
        self.changed.add(who % self.count)
        return self.places[who % self.count]

    def act(self, who: int, what: Operation[Any, Any], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        with suppress(Refusal):
            self.place(who).desk.run(what, *args, **kwargs)

    def ids(self, who: int, table: str) -> list[str]:
        place = self.places[who % self.count]
        return [row[0] for row in place.desk.read(lambda read: read.sql(f"SELECT id FROM {table} ORDER BY id"))]

    def pick(self, who: int, table: str, which: int) -> str | None:
        found = self.ids(who, table)
        return found[which % len(found)] if found else None

    def open_steps(self, who: int, deal: str) -> list[str]:
        row = self.places[who % self.count].desk.read(
            lambda read: read.sql("SELECT stage_id FROM deal_state WHERE deal_id = ?", deal)
        )
        return [f"{row[0][0]}-{number}" for number in range(2)]

    @initialize(who=some)
    def begin(self, who: int) -> None:
        self.act(who, deals.new_deal, title="First", company="Alfa")

    @rule(who=some, company=companies, contact=st.sampled_from(["", "Ann"]), stage=st.integers(0, 4))
    def create_deal(self, who: int, company: str, contact: str, stage: int) -> None:
        self.act(who, deals.new_deal, title="Deal", company=company, contact=contact, stage_id=f"{SALES}-{stage}")

    @rule(who=some, which=some, value=st.integers(0, 3), note=st.sampled_from(["", "x", "\x00y"]))
    def edit_deal(self, who: int, which: int, value: int, note: str) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.edit_deal, deal, value=value, note=note, tags=("a",) * value)

    @rule(who=some, which=some, company=companies)
    def edit_company_of_deal(self, who: int, which: int, company: str) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.edit_deal, deal, company=company)

    @rule(who=some, which=some, other=some)
    def merge_companies(self, who: int, which: int, other: int) -> None:
        kept, gone = self.pick(who, "company", which), self.pick(who, "company", other)
        if kept and gone:
            self.act(who, duplicates.merge_companies, kept, gone, {"name"})

    @rule(who=some, which=some, other=some)
    def merge_contacts(self, who: int, which: int, other: int) -> None:
        kept, gone = self.pick(who, "contact", which), self.pick(who, "contact", other)
        if kept and gone:
            self.act(who, duplicates.merge_contacts, kept, gone)

    @rule(who=some, which=some)
    def delete_company(self, who: int, which: int) -> None:
        if company := self.pick(who, "company", which):
            self.act(who, people.delete_company, company)

    @rule(who=some, which=some, stage=st.integers(0, 4))
    def move(self, who: int, which: int, stage: int) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.move_deal, deal, f"{SALES}-{stage}")

    @rule(who=some, which=some)
    def win(self, who: int, which: int) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.win_deal, deal)

    @rule(who=some, which=some, reason=st.sampled_from(["dear", "own words"]))
    def lose(self, who: int, which: int, reason: str) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.lose_deal, deal, reason=reason)

    @rule(who=some, which=some)
    def reopen(self, who: int, which: int) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.reopen_deal, deal)

    @rule(who=some, which=some, stage=st.sampled_from([f"{CARE}-0", f"{CARE}-1", f"{SALES}-0", f"{SALES}-3"]))
    def hand_over(self, who: int, which: int, stage: str) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.hand_over, deal, stage)

    @rule(who=some, which=some, step=st.integers(0, 1), how=st.sampled_from(["done", "no_answer", "skip", "untick"]))
    def touch_step(self, who: int, which: int, step: int, how: str) -> None:
        if deal := self.pick(who, "deal", which):
            step_id = self.open_steps(who, deal)[step]
            if how == "skip":
                self.act(who, steps.skip_step, deal, step_id)
            elif how == "untick":
                self.act(who, steps.untick_step, deal, step_id)
            else:
                self.act(who, steps.tick_step, deal, step_id, result=how)

    @rule(who=some, which=some, planned=st.booleans())
    def activity(self, who: int, which: int, planned: bool) -> None:
        if deal := self.pick(who, "deal", which):
            if planned:
                self.act(who, activities.plan_activity, deal, "call", "2026-04-01")
            else:
                self.act(who, activities.log_activity, deal, "call", minutes=5)

    @rule(who=some, which=some)
    def finish_activity(self, who: int, which: int) -> None:
        if activity := self.pick(who, "activity", which):
            self.act(who, activities.finish_activity, activity)

    @rule(who=some)
    def another_pipeline(self, who: int) -> None:
        self.act(who, world.another_pipeline)

    @rule(who=some, which=some, stage=some)
    def hand_over_anywhere(self, who: int, which: int, stage: int) -> None:
        deal, target = self.pick(who, "deal", which), self.pick(who, "stage", stage)
        if deal and target:
            self.act(who, deals.hand_over, deal, target)

    @rule(who=some, company=companies, stage=st.integers(1, 4))
    def bring_in(self, who: int, company: str, stage: int) -> None:
        self.act(who, world.bring_in, company, stage)

    @rule(who=some, value=st.integers(0, 3))
    def edit_all(self, who: int, value: int) -> None:
        self.act(who, world.edit_all, value)

    @rule(who=some, which=some, name=companies)
    def rename_company(self, who: int, which: int, name: str) -> None:
        if company := self.pick(who, "company", which):
            self.act(who, world.rename_company, company, name)

    @rule(who=some, which=some, kind=st.sampled_from([Activity, Company, Contact]))
    def delete_row(self, who: int, which: int, kind: type[Activity | Company | Contact]) -> None:
        if row := self.pick(who, kind.__name__.lower(), which):
            self.act(who, world.delete_row, kind, row)

    @rule(who=some, which=some)
    def archive(self, who: int, which: int) -> None:
        if stage := self.pick(who, "stage", which):
            self.act(who, world.archive, stage)

    @rule(who=some, zone=st.sampled_from(["Europe/Minsk", "Asia/Tokyo"]))
    def set_zone(self, who: int, zone: str) -> None:
        self.act(who, world.set_zone, zone)

    @rule(who=some, which=some, kind=st.integers(0, 40), text=st.sampled_from(["abc", "\x00x", "Ы"]))
    def add_fact(self, who: int, which: int, kind: int, text: str) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, facts.add_fact, deal, kind, text)

    @rule(who=some, which=some, kind=st.integers(0, 40), text=st.sampled_from(["", "new"]))
    def edit_fact(self, who: int, which: int, kind: int, text: str) -> None:
        self.act(who, facts.edit_fact, kind, which, text)

    @rule(who=some, which=some, kind=st.integers(0, 40))
    def delete_fact(self, who: int, which: int, kind: int) -> None:
        self.act(who, facts.delete_fact, kind, which)

    @rule(who=some, which=some)
    def delete_deal(self, who: int, which: int) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, deals.delete_deal, deal)

    @rule(who=some, which=some, pick=some)
    def choose(self, who: int, which: int, pick: int) -> None:
        if deal := self.pick(who, "deal", which):
            self.act(who, settle, deal, pick)

    # --- undoing -----------------------------------------------------------------------------------------------------

    def batches(self, who: int) -> list[str]:
        place = self.places[who % self.count]
        return [
            row[0]
            for row in place.desk.read(
                lambda read: read.sql(
                    "SELECT id FROM batch WHERE kind != 'new' AND key NOT IN (SELECT batch FROM withdrawn)"
                    " ORDER BY key DESC"
                )
            )
        ]

    @rule(who=some, which=st.integers(0, 30), few=few)
    def undo(self, who: int, which: int, few: int) -> None:
        if batches := self.batches(who):
            self.reverse(self.place(who), batches[which % len(batches)], few)

    @rule(who=some, which=st.integers(0, 30), few=few)
    def undo_and_redo(self, who: int, which: int, few: int) -> None:
        if batches := self.batches(who):
            place = self.place(who)
            before = contents(place.desk)
            undone = self.reverse(place, batches[which % len(batches)], few)
            if undone is not None:
                self.reverse(place, undone, FEW - few)
                assert not differing(before, contents(place.desk))

    def reverse(self, place: Place, batch: str, few: int) -> str | None:
        before, said = Journal(place.path), contents(place.desk)
        try:
            report = place.reverse(batch, few)
        except NothingLeft:
            assert contents(place.desk) == said
            return None
        assert_fair_reversal(before, Journal(place.path), batch, report)
        return report.batch

    @rule(who=some, which=st.integers(0, 12))
    def go_back(self, who: int, which: int) -> None:
        """To before one of the person's own acts, and forward again: as if nothing had been."""
        place = self.place(who)
        own = [one.batch for one in place.desk.history() if one.kind == "act" and one.author_id == place.name]
        if own:
            before = contents(place.desk)
            with suppress(NothingLeft):
                batch = place.desk.go_back(own[which % len(own)]).batch
                if which % 2:
                    place.desk.undo(batch)
                    assert not differing(before, contents(place.desk))

    @rule(who=some)
    def undo_newest(self, who: int) -> None:
        with suppress(Refusal):
            self.place(who).desk.undo()

    @rule(who=some)
    def redo(self, who: int) -> None:
        with suppress(Refusal):
            self.place(who).desk.redo()

    # --- exchanging --------------------------------------------------------------------------------------------------

    def other(self, who: int, whose: int) -> Place:
        """Somebody else."""
        self.changed.add((who + 1 + whose % (self.count - 1)) % self.count)
        return self.places[(who + 1 + whose % (self.count - 1)) % self.count]

    @rule(who=some, whose=some)
    def take(self, who: int, whose: int) -> None:
        self.place(who).take(self.other(who, whose))

    @rule(who=some, whose=some)
    def exchange(self, who: int, whose: int) -> None:
        one, other = self.place(who), self.other(who, whose)
        one.take(other)
        other.take(one)
        if not one.hides and not other.hides:
            assert not differing(contents(one.desk), contents(other.desk))

    @precondition(lambda self: any(place.merged for place in self.places))
    @rule(who=some)
    def withdraw(self, who: int) -> None:
        place = self.place(who)
        if place.merged:
            place.withdraw(place.merged.pop())

    @precondition(lambda self: any(place.hides for place in self.places))
    @rule(who=some)
    def bring_back(self, who: int) -> None:
        self.place(who).bring_back()

    @rule(who=some, whose=some)
    def go_on_with_a_copy(self, who: int, whose: int) -> None:
        other = self.other(who, whose)
        self.place(who).replace_by(other.path, hides=other.hides)

    @rule(who=some)
    def keep_a_backup(self, who: int) -> None:
        place = self.place(who)
        path = self.folder / "backup.funnel"
        shutil.copyfile(place.path, path)
        self.backup = path, place.hides

    @precondition(lambda self: self.backup is not None)
    @rule(who=some)
    def restore(self, who: int) -> None:
        assert self.backup is not None
        path, hides = self.backup
        self.place(who).replace_by(path, hides=hides)

    @rule(who=some)
    def restart(self, who: int) -> None:
        self.place(who).reopen()

    @invariant()
    def holds(self) -> None:
        for number in self.changed:
            place = self.places[number]
            assert_as_the_journal_says(place.path)
            assert_balance(place.path)
        self.changed.clear()


class ThreeDesks(TwoDesks):
    """The same with three people."""

    count = 3


_STEPS = settings(settings.default, stateful_step_count=40)
TestTwoDesks = TwoDesks.TestCase
TestTwoDesks.settings = _STEPS
TestThreeDesks = ThreeDesks.TestCase
TestThreeDesks.settings = settings(_STEPS, max_examples=max(10, _STEPS.max_examples // 3))
