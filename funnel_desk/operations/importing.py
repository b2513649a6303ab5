"""Import of deals: rows that were read and understood become deals, in one batch.

What becomes of a row is decided row by row (`DealImport.decide`) by a look at the file that writes nothing, so that the
same code tries an import and does it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import LostReason
from funnel_desk.domain.situation import Situation
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.import_deal_paths import (
    PipelineWay,
    closing_node,
    corrected,
    events_of,
    first_steps,
    next_steps,
    tells_more,
    way_of,
)
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_matching import KnownDeals, State
from funnel_desk.operations.import_people import People
from funnel_desk.operations.import_revisions import Revisions, Then
from funnel_desk.operations.import_stages import add_stages
from funnel_desk.operations.import_twins import DealTwins
from funnel_desk.operations.import_values import (
    BOTH,
    FOREIGN_ID,
    NOT_HERE,
    Additions,
    Alike,
    Fate,
    IncomingDeal,
    Match,
    Rejected,
    Tally,
    Terms,
)
from funnel_desk.operations.reason_names import ReasonNames
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.journal import Batch

PORTION = 500
NO_ADDITIONS = Additions()
MOMENTS = frozenset({"created_at", "first_contact_at"})

SAME_KEY = N_("Line {line} is about the same deal and says something else.")
SEVERAL_MEANT = N_("The workspace has {count} deals that this may be.")
NO_SUCH_STAGE = N_('The deal is in another pipeline, which has no stage "{stage}".')


class Decision(NamedTuple):
    """What has to be written for one row."""

    fate: Fate
    adds: Sequence[Company | Contact | Deal | StageEvent] = ()
    saves: Sequence[tuple[Deal, Deal] | tuple[Contact, Contact] | tuple[StageEvent, StageEvent]] = ()
    rejected: Rejected | None = None
    since: int | None = None
    """The key of the newest batch that the row knows of, where others changed the deal after it."""


UNCHANGED = Decision("unchanged")


@operation(N_("Import {count} deals from {file}"))
def import_deals(
    batch: Batch,
    rows: Sequence[IncomingDeal],
    *,
    file: str,
    pipeline_id: str,
    match: Match = "external_id",
    additions: Additions = NO_ADDITIONS,
    terms: Terms = BOTH,
    progress: Progress = NO_PROGRESS,
) -> Tally:
    """Take in rows of a table: new deals, and changes of those that are here. One batch, undone as one.

    ``additions`` are made first. Raises Cancelled when the person does not want it any more.
    """
    add_stages(batch, additions)
    made = DealImport(batch, rows, pipeline_id=pipeline_id, match=match, terms=terms)
    for place, decision in enumerate(made.decide()):
        for added in decision.adds:
            batch.add(added)
        for before, after in decision.saves:
            batch.save(before, after, decision.since if isinstance(after, Deal) else None)
        if place % PORTION == 0:
            progress.report(place, len(rows), N_("Writing deals"))
    tally = made.tally()
    batch.relabel(count=tally.created + tally.updated, file=file)
    return tally


def try_deals(
    look: Look,
    rows: Sequence[IncomingDeal],
    *,
    pipeline_id: str,
    match: Match = "external_id",
    terms: Terms = BOTH,
    watch: Callable[[int, Decision], None] | None = None,
) -> Tally:
    """What an import of these rows would come to; writes nothing. ``watch`` is told what becomes of each line."""
    tried = DealImport(look, rows, pipeline_id=pipeline_id, match=match, terms=terms)
    for row, decision in zip(rows, tried.decide(), strict=True):
        if watch is not None:
            watch(row.line, decision)
    return tried.tally()


class DealImport:
    """One import of deals while it is being worked out."""

    def __init__(
        self, look: Look, rows: Sequence[IncomingDeal], *, pipeline_id: str, match: Match, terms: Terms = BOTH
    ) -> None:
        self._look, self._rows, self._pipeline_id = look, rows, pipeline_id
        self._known = KnownDeals(look, rows, match, terms.same)
        self._terms = terms
        self._twins: DealTwins | None = None
        self._alike: list[Alike] = []
        self._people = People(look)
        self._revisions = Revisions(look, rows)
        self._rulebook = look.rulebook()
        self._stages = self._rulebook.stages
        self._by_key = {(stage.pipeline_id, stage.key): stage for stage in self._stages.values()}
        self._ways: dict[str, PipelineWay] = {}
        self._reasons = ReasonNames(look.find(LostReason))
        self._currency = str(look.rows("SELECT currency FROM workspace ORDER BY row_key LIMIT 1")[0][0])
        self._today = day_of(look.now, look.zone)
        self._seen: dict[object, IncomingDeal] = {}
        self._fates: dict[Fate, int] = {"created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
        self._rejected: list[Rejected] = []
        self._uncreated: list[int] = []
        self._unclosed: list[int] = []

    def tally(self) -> Tally:
        """What it came to."""
        return Tally(
            self._fates["created"],
            self._fates["updated"],
            self._fates["unchanged"],
            tuple(self._rejected),
            tuple(self._uncreated),
            tuple(self._unclosed),
            tuple(self._alike),
        )

    def decide(self) -> Iterator[Decision]:
        """What to write for each row, in the order of the rows."""
        rest = iter(self._rows)
        while portion := list(islice(rest, PORTION)):
            meant = [self._known.matches(row) for row in portion]
            ids = [ids[0] for ids in meant if len(ids) == 1]
            deals = {deal.id: deal for deal in self._look.find_among(Deal, "id", ids)} if ids else {}
            states = self._known.states(ids) if ids else {}
            steps = self._moving(portion, meant, deals, states)
            for row, candidates in zip(portion, meant, strict=True):
                decision = self._decide(row, candidates, deals, states, steps)
                self._fates[decision.fate] += 1
                if decision.rejected is not None:
                    self._rejected.append(decision.rejected)
                yield decision

    def _decide(
        self,
        row: IncomingDeal,
        candidates: Sequence[str],
        deals: Mapping[str, Deal],
        states: Mapping[str, State],
        situations: Mapping[str, Situation],
    ) -> Decision:
        if len(candidates) > 1:
            return _rejected(row, SEVERAL_MEANT, count=len(candidates))
        key = candidates[0] if candidates else self._known.key(row)
        if key is not None:
            earlier = self._seen.setdefault(key, row)
            if earlier is not row:
                return UNCHANGED if earlier.cells == row.cells else _rejected(row, SAME_KEY, line=earlier.line)
        if not candidates:
            return self._absent(row)
        if self._terms.only == "new":
            return UNCHANGED
        deal = deals[candidates[0]]
        moved = self._in_pipeline(row, states[deal.id])
        if moved is None:
            return _rejected(row, NO_SUCH_STAGE, stage=self._stages[row.stage_id or row.lost_stage_id or ""].name)
        return self._change(moved, deal, states[deal.id], situations.get(deal.id))

    def _absent(self, row: IncomingDeal) -> Decision:
        """What becomes of a row whose deal is not here: it is a new one, or others deleted it meanwhile."""
        gone = self._revisions.gone(row)
        if gone is not None:
            return self._keep(row, *gone)
        return _rejected(row, NOT_HERE) if self._terms.only == "changes" else self._create(row)

    # --- a new deal --------------------------------------------------------------------------------------------------

    def _create(self, row: IncomingDeal) -> Decision:
        fields = dict(row.fields)
        told = fields.pop("created_at", None) or fields.get("first_contact_at") or row.closed_at
        if "created_at" not in row.fields:
            self._uncreated.append(row.line)
        created = str(told or self._today)
        if row.closed_at is None and row.outcome in {"won", "lost"}:
            self._unclosed.append(row.line)
        if row.uid:
            fields["custom"] = {**_mapping(fields.get("custom")), FOREIGN_ID: row.uid}
        pipeline_id = row.pipeline_id or self._pipeline_id
        way = self._way(pipeline_id)
        company = self._people.company(row.company) if row.company else None
        title = str(fields.pop("title", "")) or row.fallback_title
        deal = Deal(
            self._look.new_id(),
            pipeline_id,
            way.first.id,
            created,
            title,
            company_id=company,
            contact_id=self._contact(row, company),
            **fields,  # type: ignore[arg-type]  # the names of Deal's own fields
        )
        events: list[StageEvent] = []
        if row.outcome is not None:
            steps = first_steps(row, way, self._stages, created, row.closed_at or created)
            events = events_of(deal, deal.id, steps, self._look.new_id)
        self._look_for_twin(row, deal)
        made, mended = self._people.take()
        return Decision("created", [*made, deal, *events], mended)

    def _look_for_twin(self, row: IncomingDeal, deal: Deal) -> None:
        """Whether a deal that is here may be this one; it is only told."""
        if row.uid or "title" not in row.fields:
            return
        self._twins = self._twins or DealTwins(self._look)
        found = self._twins.find(deal.title, row.company, deal.external_id)
        if found is not None:
            self._alike.append(Alike(row.line, deal.title, found.title, found.deal_id))

    def _way(self, pipeline_id: str) -> PipelineWay:
        way = self._ways.get(pipeline_id)
        if way is None:
            way = self._ways[pipeline_id] = way_of(self._rulebook, pipeline_id)
        return way

    def _contact(self, row: IncomingDeal, company_id: str | None, present: str | None = None) -> str | None:
        if not (row.contact or row.contact_email or row.contact_phone):
            return present
        return self._people.contact(row.contact, row.contact_email, row.contact_phone, company_id, present)

    # --- a deal that is here already ---------------------------------------------------------------------------------

    def _moving(
        self,
        portion: Sequence[IncomingDeal],
        meant: Sequence[Sequence[str]],
        deals: Mapping[str, Deal],
        states: Mapping[str, State],
    ) -> dict[str, Situation]:
        """The situations of those deals whose row says something else of their path than the file does."""
        wanted = []
        for row, candidates in zip(portion, meant, strict=True):
            if len(candidates) == 1 and candidates[0] in deals:
                state = states[candidates[0]]
                moved = self._in_pipeline(row, state)
                if moved is not None and self._differs(moved, state):
                    wanted.append(state.deal_id)
        return {here.deal.id: here for here in self._look.situations(wanted)} if wanted else {}

    def _in_pipeline(self, row: IncomingDeal, state: State) -> IncomingDeal | None:
        """The row with its stages in the pipeline where the deal is, unless it tells another; None if it has none."""
        if row.pipeline_id is not None or (row.stage_id is None and row.lost_stage_id is None):
            return row
        ids: list[str | None] = []
        for stage_id in (row.stage_id, row.lost_stage_id):
            stage = self._stages.get(stage_id or "")
            if stage is not None and stage.pipeline_id != state.pipeline_id:
                stage = self._by_key.get((state.pipeline_id, stage.key))
                if stage is None:
                    return None
            ids.append(stage.id if stage else None)
        return row if ids == [row.stage_id, row.lost_stage_id] else row._replace(stage_id=ids[0], lost_stage_id=ids[1])

    def _differs(self, row: IncomingDeal, state: State) -> bool:
        """Whether the row may say something else of the deal's path than is known."""
        if row.outcome is None and row.stage_id is None and row.pipeline_id in {None, state.pipeline_id}:
            return False
        if next_steps(row, state, self._way(row.pipeline_id or state.pipeline_id), self._stages, self._look.now):
            return True
        if row.outcome not in {"won", "lost"}:
            return False
        told, stood = row.reason_id or row.reason, row.lost_stage_id or row.stage_id
        return (
            (row.closed_at is not None and row.closed_at != state.closed_at)
            or (bool(told) and told not in {state.reason_id, state.reason})
            or (row.outcome == "lost" and stood is not None and (stood != state.stage_id or not state.path_known))
        )

    def _change(self, row: IncomingDeal, deal: Deal, state: State, here: Situation | None) -> Decision:
        then = self._revisions.before(row, deal)
        row = self._revisions.with_present_names(row, then.deal if then else deal)
        after = self._fields(row, deal, then.deal if then else None)
        saves: list[tuple[Deal, Deal] | tuple[Contact, Contact] | tuple[StageEvent, StageEvent]] = []
        adds: list[Company | Contact | Deal | StageEvent] = []
        if here is not None and then is not None and then.moved_on(here.path):
            if not then.still_stands(row, self._stages):
                adds += self._moved_then(row, after, then, here)
        elif here is not None and not (then is not None and then.still_stands(row, self._stages)):
            steps = next_steps(
                row, state, self._way(row.pipeline_id or state.pipeline_id), self._stages, self._look.now
            )
            adds += events_of(after, here.last_event, steps, self._look.new_id, here.probability)
            if state.outcome == row.outcome and (node := closing_node(here)) is not None:
                events = self._look.find_among(StageEvent, "id", node.event_ids[:1])
                mended_events = [(one, corrected(one, node, row, self._look.zone, self._reasons)) for one in events]
                saves += [pair for pair in mended_events if pair[0] != pair[1]]
        made, mended = self._people.take()
        adds[:0] = made
        saves += mended
        if after != deal:
            saves.append((deal, after))
        since = self._revisions.since(row, deal)
        return Decision("updated", adds, saves, since=since) if adds or saves else UNCHANGED

    def _moved_then(self, row: IncomingDeal, deal: Deal, then: Then, here: Situation) -> list[StageEvent]:
        """What the row says of the path, said where the deal stood when it was exported: others moved it elsewhere."""
        state = then.state(self._stages)
        steps = next_steps(row, state, self._way(row.pipeline_id or state.pipeline_id), self._stages, self._look.now)
        return events_of(deal, then.path.nodes[-1].event_ids[0], steps, self._look.new_id, here.probability)

    def _keep(self, row: IncomingDeal, then: Deal, since: int) -> Decision:
        """What becomes of a deal that others deleted: kept, where the row edits it."""
        nobody = row._replace(company="", contact="", contact_email="", contact_phone="")
        after = self._fields(nobody, then, then)
        return UNCHANGED if after == then else Decision("updated", saves=[(then, after)], since=since)

    def _fields(self, row: IncomingDeal, deal: Deal, then: Deal | None) -> Deal:
        """The deal as the row has it; what the row says as it was when it was exported stays as it is now."""
        told = dict(row.fields)
        if row.line in self._terms.same:
            told.pop("title", None)  # it was told to be this one, whatever it is called in the table
        company = self._people.company(row.company, deal.company_id) if row.company else deal.company_id
        told["company_id"] = company
        told["contact_id"] = self._contact(row, company, deal.contact_id)
        if "custom" in told:
            own = _mapping(told["custom"])
            seen = then.custom if then else {}
            own = {name: value for name, value in own.items() if then is None or seen.get(name) != value}
            told["custom"] = {**deal.custom, **own}
        new = {
            name: value
            for name, value in told.items()
            if self._is_new(name, getattr(deal, name), value)
            and (then is None or self._is_new(name, getattr(then, name), value))
        }
        return replace(deal, **new) if new else deal  # type: ignore[arg-type]  # the names of Deal's own fields

    def _is_new(self, name: str, present: object, told: object) -> bool:
        if name in MOMENTS:
            return tells_more(str(present) if present else None, str(told), self._look.zone)
        if name == "currency":
            return (present or self._currency) != told
        return present != told


def _rejected(row: IncomingDeal, reason: str, **values: object) -> Decision:
    return Decision("rejected", rejected=Rejected(row.line, reason, values))


def _mapping(value: object) -> dict[str, str]:
    return dict(value) if isinstance(value, Mapping) else {}
