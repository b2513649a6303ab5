"""Many deals at once: each act is one batch, and one undo takes it back.

Where a rule stands in the way of some (an exit rule, a lost deal), those stay as they are and are told by name and
reason, and all others go: one deal in two hundred should not stop the rest.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import Stage
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.situation import Situation
from funnel_desk.domain.workspace import Workspace
from funnel_desk.i18n import N_
from funnel_desk.operations.deals import IsLost, NoTitle, lost_event, moved_event, reason_named
from funnel_desk.operations.desk import operation
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.journal import Batch

T = TypeVar("T")
_TOLD_EVERY = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A deal that stayed as it was, and why."""

    deal_id: str
    title: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class Bulk:
    """How many deals were changed, and which were held back."""

    done: int
    held: tuple[Held, ...] = ()


@operation(N_("Change {n} deals"))
def edit_deals(
    batch: Batch,
    ids: Collection[str],
    fields: Mapping[str, object],
    *,
    own: Mapping[str, str] | None = None,
    progress: Progress = NO_PROGRESS,
) -> Bulk:
    """Set fields of many deals to the same values; a value brings its currency along. Raises NoTitle.

    ``own`` are own fields by name; an empty text takes the value away.
    """
    if "title" in fields and not str(fields["title"]).strip():
        raise NoTitle
    currency = batch.find(Workspace)[0].currency

    def change(deal: Deal) -> Deal:
        after = replace(deal, **fields)  # type: ignore[arg-type]  # the names of Deal's own fields
        if own:
            custom = {name: text for name, text in {**after.custom, **own}.items() if text or name not in own}
            after = replace(after, custom=custom)
        return after if after.value is None or after.currency else replace(after, currency=currency)

    return _change(batch, ids, change, progress)


@operation(N_("Tag {n} deals"))
def tag_deals(
    batch: Batch,
    ids: Collection[str],
    *,
    add: Collection[str] = (),
    remove: Collection[str] = (),
    progress: Progress = NO_PROGRESS,
) -> Bulk:
    """Add tags to many deals and take others away; the order of the rest stays."""

    def change(deal: Deal) -> Deal:
        kept = [tag for tag in deal.tags if tag not in remove]
        return replace(deal, tags=(*kept, *(tag for tag in add if tag not in kept)))

    return _change(batch, ids, change, progress)


@operation(N_("Move {n} deals to “{stage}”"))
def move_deals(
    batch: Batch,
    ids: Collection[str],
    stage_id: str,
    *,
    because: str = "",
    on: Moment | None = None,
    progress: Progress = NO_PROGRESS,
) -> Bulk:
    """Move many deals to a stage. Lost ones, those of other pipelines and those that an exit rule holds stay."""
    target = batch.get(Stage, stage_id)
    batch.relabel(stage=target.name)
    return _append(batch, ids, lambda here: moved_event(batch, here, target, because, on)[0], progress)


@operation(N_("Lose {n} deals"))
def lose_deals(
    batch: Batch,
    ids: Collection[str],
    *,
    reason: str,
    note: str = "",
    on: Moment | None = None,
    progress: Progress = NO_PROGRESS,
) -> Bulk:
    """Close many deals as lost where they stand; those that are lost already stay."""
    known = reason_named(batch, reason)

    def lose(here: Situation) -> StageEvent:
        if here.present.outcome == "lost":
            raise IsLost(deal=here.deal.title)
        return lost_event(batch, here, known, reason, note=note, on=on)

    return _append(batch, ids, lose, progress)


@operation(N_("Delete {n} deals"))
def delete_deals(batch: Batch, ids: Collection[str], *, progress: Progress = NO_PROGRESS) -> Bulk:
    """Delete many deals with their history; undo brings all of it back."""
    deals = batch.find_among(Deal, "id", ids)
    batch.delete_all(_told(deals, len(deals), progress))
    batch.relabel(n=len(deals))
    return Bulk(len(deals))


@operation(N_("Plan for {n} deals"))
def plan_for_deals(
    batch: Batch,
    ids: Collection[str],
    kind: str,
    planned_for: Moment,
    *,
    text: str = "",
    progress: Progress = NO_PROGRESS,
) -> Bulk:
    """Plan the same next action for many deals, on one day; lost ones stay without."""
    held: list[Held] = []
    planned: list[Activity] = []
    for here in _told(batch.situations(ids), len(ids), progress):
        if here.present.outcome == "lost":
            held.append(Held(here.deal.id, here.deal.title, IsLost(deal=here.deal.title)))
            continue
        deal = here.deal
        planned.append(
            Activity(batch.new_id(), kind, deal_id=deal.id, company_id=deal.company_id, contact_id=deal.contact_id,
                     planned_for=planned_for, text=text)
        )  # fmt: skip
    return _kept(batch, planned, held)


def _change(batch: Batch, ids: Collection[str], change: Callable[[Deal], Deal], progress: Progress) -> Bulk:
    done = 0
    for deal in _told(batch.find_among(Deal, "id", ids), len(ids), progress):
        after = change(deal)
        if after != deal:
            batch.save(deal, after)
            done += 1
    batch.relabel(n=done)
    return Bulk(done)


def _append(batch: Batch, ids: Collection[str], event: Callable[[Situation], StageEvent], progress: Progress) -> Bulk:
    held: list[Held] = []
    events: list[StageEvent] = []
    for here in _told(batch.situations(ids), len(ids), progress):
        try:
            events.append(event(here))
        except Refusal as why:
            held.append(Held(here.deal.id, here.deal.title, why))
    return _kept(batch, events, held)


def _kept(batch: Batch, rows: Collection[StageEvent | Activity], held: Collection[Held]) -> Bulk:
    """Write what goes. Where nothing does, the first reason is the answer."""
    if held and not rows:
        raise next(iter(held)).why
    batch.add_all(rows)
    batch.relabel(n=len(rows))
    return Bulk(len(rows), tuple(held))


def _told(rows: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    for place, row in enumerate(rows):
        if not place % _TOLD_EVERY:
            progress.report(place, total)
        yield row
