"""The demo workspace: a believable half year, written through the operations that everybody uses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from funnel_desk.domain.moments import day_of, instant, parse_instant
from funnel_desk.domain.people import Company, Contact
from funnel_desk.i18n import N_
from funnel_desk.operations import activities, deals, steps
from funnel_desk.operations.demo_calendar import Calendar
from funnel_desk.operations.demo_cast import Buyer, Cast, load_cast
from funnel_desk.operations.demo_facts import Known, tell_facts
from funnel_desk.operations.demo_life import SPAN, Deed, DeedKind
from funnel_desk.operations.demo_story import tell
from funnel_desk.operations.desk import Desk, Operation, operation
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.operations.playbooks import shipped
from funnel_desk.operations.workspaces import zone_of_the_machine
from funnel_desk.queries.deals import DealFilter, deal_ids
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.queries.today import today as today_lists
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import Batch

SEED = 1969
LATELY = 9  # days for which the history shows every act by itself
WORK: dict[DeedKind, Operation[Any, Any]] = {
    "new": deals.new_deal,
    "tick": steps.tick_step,
    "skip": steps.skip_step,
    "move": deals.move_deal,
    "lose": deals.lose_deal,
    "reopen": deals.reopen_deal,
    "hand_over": deals.hand_over,
    "log": activities.log_activity,
    "plan": activities.plan_activity,
    "finish": activities.finish_activity,
    "edit": deals.edit_deal,
}
TIMED = {"log": "at", "finish": "at"}  # by which name an operation is told when it happened, where not by `on`
NOT_TIMED = {"plan", "edit"}


@dataclass(slots=True)
class _Stageplay:
    """What is known while the story is written down: ids by the story's own names, the clock, fresh ids."""

    rng: Random
    now: str
    stages: dict[tuple[str, str], str] = field(default_factory=dict)
    pipelines: dict[str, str] = field(default_factory=dict)
    deals: dict[int, str] = field(default_factory=dict)
    plans: dict[int, str] = field(default_factory=dict)

    def clock(self) -> str:
        return self.now

    def new_id(self) -> str:
        """A uuid7 of the story's time; the same in every demo of the same day."""
        stamp = int(parse_instant(self.now).timestamp() * 1000)
        random = self.rng.getrandbits(74)
        return str(UUID(int=stamp << 80 | 7 << 76 | random >> 62 << 64 | 2 << 62 | random & (1 << 62) - 1))


def create_demo(path: Path, *, today: str | None = None, time_zone: str | None = None) -> None:
    """Make the demo workspace: the half year before a day (``YYYY-MM-DD``, the present one unless told).

    Equal for equal days and zones, down to the ids. Raises FileExists and FolderMissing.
    """
    zone = time_zone or zone_of_the_machine()
    day = today or day_of(instant(datetime.now(UTC)), zone)
    rng = Random(f"{SEED} {day}")  # noqa: S311 - a story, not a secret
    cast, playbooks, calendar = load_cast(), {one.key: one for one in shipped()}, Calendar(day, zone, rng)
    deeds = tell(cast, playbooks, calendar, rng)
    sellers = [Author(str(UUID(int=rng.getrandbits(128), version=4)), name) for name in cast.sellers]
    play = _Stageplay(rng, instant(calendar.end - timedelta(days=SPAN + 1)))
    lines = [playbooks[line.pipeline] for line in cast.lines]

    def begin(batch: Batch) -> None:
        for playbook in lines:
            add_pipeline(batch, playbook)
        _enter_buyers(batch, cast, rng)

    Desk.create(
        path, sellers[0], currency=cast.currency, time_zone=zone, begin=begin, clock=play.clock, new_id=play.new_id
    )
    desk = Desk(path, sellers[0], clock=play.clock, new_id=play.new_id)
    try:
        _learn_names(desk, play)
        lately = instant(calendar.end - timedelta(days=LATELY))
        for seller, records in _weeks([deed for deed in deeds if deed.at < lately]):
            desk.author, play.now = sellers[seller], records[-1].at
            desk.run(_enter_records, play, records)
        for deed in (deed for deed in deeds if deed.at >= lately):
            desk.author, play.now = sellers[deed.seller], deed.at
            _keep(play, deed, desk.run(WORK[deed.kind], *_subject(play, deed), **_values(play, deed)))
        desk.author, play.now = sellers[0], instant(calendar.end)
        desk.run(tell_facts, _known(desk, day), day, cast.currency, rng)
    finally:
        desk.close()


@operation(N_("Records of a week: {count}"))
def _enter_records(batch: Batch, play: _Stageplay, records: Sequence[Deed]) -> None:
    """Enter what was done in a week as one act."""
    batch.relabel(count=len(records))
    for deed in records:
        _keep(play, deed, WORK[deed.kind](batch, *_subject(play, deed), **_values(play, deed)))
    batch.relabel(count=len(records))


def _weeks(deeds: Iterable[Deed]) -> Iterator[tuple[int, list[Deed]]]:
    """The deeds of each seller week by week."""

    def of_week(deed: Deed) -> tuple[tuple[int, int], int]:
        year, week, _ = parse_instant(deed.at).isocalendar()
        return (year, week), deed.seller

    for (_week, seller), records in groupby(sorted(deeds, key=of_week), of_week):
        yield seller, list(records)


def _known(desk: Desk, day: str) -> Known:
    """Of which deals more is told."""
    open_ones, won = (desk.read(deal_ids, DealFilter(outcomes=(outcome,))) for outcome in ("open", "won"))
    return Known(
        sorted(open_ones),
        sorted(won, reverse=True),
        sorted({item.deal_id for item in desk.read(today_lists, day).stalled}),
    )


def _learn_names(desk: Desk, play: _Stageplay) -> None:
    for row in desk.read(pipelines):
        play.pipelines[row.pipeline.playbook_key] = row.pipeline.id
        play.stages |= {(row.pipeline.playbook_key, line.stage.key): line.stage.id for line in row.stages}


def _subject(play: _Stageplay, deed: Deed) -> tuple[str, ...]:
    """What the operation is about: nothing yet, a deal, or what was planned for it; and the step or stage."""
    if deed.kind == "new":
        return ()
    if deed.kind == "finish":
        return (play.plans[deed.deal],)
    further = [str(deed.values[name]) for name in ("step", "activity", "planned_for") if name in deed.values]
    return (play.deals[deed.deal], *([play.stages[deed.stage]] if deed.stage else further))


def _values(play: _Stageplay, deed: Deed) -> dict[str, object]:
    told = {name: value for name, value in deed.values.items() if name not in {"step", "activity", "planned_for"}}
    if deed.kind not in NOT_TIMED:
        told[TIMED.get(deed.kind, "on")] = deed.at
    if deed.kind == "new" and deed.stage:
        told["pipeline_id"] = play.pipelines[deed.stage[0]]
    return told


def _keep(play: _Stageplay, deed: Deed, made: Any) -> None:  # noqa: ANN401 - whatever the operation gave
    if deed.kind == "new":
        play.deals[deed.deal] = made.id
    elif deed.kind == "plan":
        play.plans[deed.deal] = made.id


def _enter_buyers(batch: Batch, cast: Cast, rng: Random) -> None:
    """The companies with their people, as they stand in the notebook."""
    for buyer in (buyer for line in cast.lines for buyer in line.buyers):
        company = Company(
            batch.new_id(),
            buyer.name,
            site=f"{_address(buyer)}.example",
            industry=buyer.industry,
            segment=buyer.segment,
            size=buyer.size,
            price_sensitivity=rng.choice(("low", "medium", "medium", "high")),
        )
        batch.add(company)
        batch.add_all(_people(batch, buyer, company, rng))


def _people(batch: Batch, buyer: Buyer, company: Company, rng: Random) -> Iterator[Contact]:
    for place, (name, role) in enumerate(buyer.people):
        digits = rng.randrange(1000, 10_000)
        yield Contact(
            batch.new_id(),
            name,
            company.id,
            email=f"{'office' if place == 0 else 'second'}@{company.site}",
            phone=f"+000 00 555 {digits // 100} {digits % 100:02}",
            role=role,
        )


def _address(buyer: Buyer) -> str:
    """A name for the web, in the letters that it knows."""
    plain = "".join(char for char in buyer.name.casefold() if char.isascii() and char.isalnum())
    return plain or f"site-{sum(map(ord, buyer.name)) % 9000 + 1000}"
