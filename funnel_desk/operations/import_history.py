"""Import of stage histories: which deal went where and when. Moves that are known already are not made again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.path import Node
from funnel_desk.domain.pipeline import LostReason, Stage
from funnel_desk.domain.situation import Situation
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.import_alignment import Ground, Point, lay_over, of_rows, points_of
from funnel_desk.operations.import_deal_paths import PipelineWay, way_of
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_matching import deals_by_uid
from funnel_desk.operations.import_stages import add_stages
from funnel_desk.operations.import_values import FOREIGN_ID, Additions, Fate, IncomingMove, Rejected, Tally
from funnel_desk.operations.reason_names import ReasonNames
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.journal import Batch

PORTION = 200
NO_ADDITIONS = Additions()

SEVERAL_MEANT = N_("The workspace has {count} deals that this may be.")
STEPS_STAND = N_("This lies before moves of the deal that have steps ticked since; its past is not rewritten.")
DISAGREEMENT = N_("People disagree about the path of this deal; choose first, then import.")


class _Told(NamedTuple):
    """All rows about one deal."""

    deal_id: str | None
    rows: list[IncomingMove]


class Decision(NamedTuple):
    """What has to be written for one deal."""

    fates: Mapping[Fate, int]
    adds: Sequence[Deal | StageEvent] = ()
    saves: Sequence[tuple[Deal, Deal] | tuple[StageEvent, StageEvent]] = ()
    deletes: Sequence[StageEvent] = ()
    rejected: Sequence[Rejected] = ()


@operation(N_("Import {count} stage moves from {file}"))
def import_history(
    batch: Batch,
    rows: Sequence[IncomingMove],
    *,
    file: str,
    pipeline_id: str,
    additions: Additions = NO_ADDITIONS,
    progress: Progress = NO_PROGRESS,
) -> Tally:
    """Take in the moves of deals. A deal that is not there is made, in the stage where its history begins."""
    add_stages(batch, additions)
    made = HistoryImport(batch, rows, pipeline_id=pipeline_id)
    for place, decision in enumerate(made.decide()):
        for event in decision.deletes:
            batch.delete(event)
        for before, after in decision.saves:
            batch.save(before, after)
        for added in decision.adds:
            batch.add(added)
        if place % PORTION == 0:
            progress.report(place, made.deals, N_("Writing moves"))
    tally = made.tally()
    batch.relabel(count=tally.created + tally.updated, file=file)
    return tally


def try_history(look: Look, rows: Sequence[IncomingMove], *, pipeline_id: str) -> Tally:
    """What an import of these rows would come to; writes nothing."""
    tried = HistoryImport(look, rows, pipeline_id=pipeline_id)
    for _decision in tried.decide():
        pass
    return tried.tally()


class HistoryImport:
    """One import of stage histories while it is being worked out."""

    def __init__(self, look: Look, rows: Sequence[IncomingMove], *, pipeline_id: str) -> None:
        self._look, self._pipeline_id = look, pipeline_id
        self._rulebook = look.rulebook()
        self._stages = self._rulebook.stages
        self._by_key = {(stage.pipeline_id, stage.key): stage for stage in self._stages.values()}
        self._ground = Ground(self._stages, look.zone)
        self._reasons = ReasonNames(look.find(LostReason))
        self._ways: dict[str, PipelineWay] = {}
        self._fates: dict[Fate, int] = {"created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
        self._rejected: list[Rejected] = []
        self._told = self._by_deal(rows)
        self.deals = len(self._told)

    def tally(self) -> Tally:
        """What it came to, counted in rows."""
        return Tally(
            self._fates["created"],
            self._fates["updated"],
            self._fates["unchanged"],
            tuple(sorted(self._rejected, key=lambda one: one.line)),
        )

    def decide(self) -> Iterator[Decision]:
        """What to write for each deal, in the order in which the table first names them."""
        rest = iter(self._told)
        while portion := list(islice(rest, PORTION)):
            ids = [told.deal_id for told in portion if told.deal_id is not None]
            here = {one.deal.id: one for one in self._look.situations(ids)} if ids else {}
            for told in portion:
                made = self._new(told) if told.deal_id is None else self._known(told, here[told.deal_id])
                for fate, count in made.fates.items():
                    self._fates[fate] += count
                self._rejected += made.rejected
                yield made

    # --- which deal --------------------------------------------------------------------------------------------------

    def _by_deal(self, rows: Sequence[IncomingMove]) -> list[_Told]:
        """The rows of each deal in the order of their moments, then of the file."""
        uids = deals_by_uid(self._look, [row.uid for row in rows if row.uid])
        names = json.dumps(sorted({row.deal for row in rows}))
        by_id, by_title = self._named(names, "external_id"), self._named(names, "title")
        groups: dict[tuple[str, str], _Told] = {}
        for row in rows:
            meant = [uids[row.uid]] if row.uid in uids else by_id.get(row.deal) or by_title.get(row.deal, [])
            if len(meant) > 1:
                self._reject([row], SEVERAL_MEANT, count=len(meant))
                continue
            key = ("id", meant[0]) if meant else ("uid", row.uid) if row.uid else ("name", row.deal)
            groups.setdefault(key, _Told(meant[0] if meant else None, [])).rows.append(row)
        for told in groups.values():
            told.rows.sort(key=lambda row: row.at)
        return list(groups.values())

    def _named(self, names: str, field: str) -> dict[str, list[str]]:
        statement = {
            "external_id": "SELECT external_id, id FROM deal WHERE external_id IN (SELECT value FROM json_each(?))",
            "title": "SELECT title, id FROM deal WHERE title IN (SELECT value FROM json_each(?))",
        }[field]
        found: dict[str, list[str]] = {}
        for name, deal_id in self._look.rows(statement, names):
            found.setdefault(name, []).append(deal_id)
        return found

    def _reject(self, rows: Sequence[IncomingMove], reason: str, **values: object) -> None:
        self._fates["rejected"] += len(rows)
        self._rejected += [Rejected(row.line, reason, values) for row in rows]

    # --- a deal that is made -----------------------------------------------------------------------------------------

    def _new(self, told: _Told) -> Decision:
        first = told.rows[0]
        pipeline_id = next((row.pipeline_id for row in told.rows if row.pipeline_id), self._pipeline_id)
        way = self._way(pipeline_id)
        points = of_rows(self._points(told.rows, way, pipeline_id), way.first, self._ground)
        created = points[0]
        exact = bool(first.uid)
        value = next((row for row in reversed(told.rows) if row.value is not None), None)
        deal = Deal(
            self._look.new_id(),
            self._stages[created.stage_id].pipeline_id,
            created.stage_id,
            created.at,
            first.deal,
            external_id="" if exact else first.deal,
            value=value.value if value else None,
            currency=value.currency if value else "",
            custom={FOREIGN_ID: first.uid} if exact else {},
        )
        events = self._events(deal, deal.id, created, points[1:])
        new = _rows_of(points)
        return Decision({"created": len(new), "unchanged": len(told.rows) - len(new)}, [deal, *events])

    # --- a deal that is here -----------------------------------------------------------------------------------------

    def _known(self, told: _Told, here: Situation) -> Decision:
        present = points_of(here.path.nodes)
        pipeline_id = here.path.nodes[-1].pipeline_id
        rows = self._points(told.rows, self._way(pipeline_id), pipeline_id)
        points = lay_over(present, rows, self._ground)
        created, wanted = points[0], points[1:]
        kept = 0
        while kept < min(len(wanted), len(present) - 1) and wanted[kept].node is present[kept + 1].node:
            kept += 1
        gone = [point.node for point in present[kept + 1 :] if point.node is not None]
        new = _rows_of(wanted[kept:])
        if gone and (refused := self._refused(here, gone)):
            rejected = [Rejected(line, refused, {}) for line in new]
            return Decision({"rejected": len(new), "unchanged": len(told.rows) - len(new)}, rejected=rejected)
        saves: list[tuple[Deal, Deal] | tuple[StageEvent, StageEvent]] = [
            *self._recreated(here.deal, present[0], created),
            *self._mended(wanted[:kept]),
        ]
        deletes = self._look.find_among(StageEvent, "id", [gone[0].event_ids[0]]) if gone else []
        last = wanted[kept - 1] if kept else created
        events = self._events(here.deal, here.path.nodes[kept].event_ids[0], last, wanted[kept:])
        fates: dict[Fate, int] = {
            "created": len(new),
            "updated": len(saves),
            "unchanged": len(told.rows) - len(new) - len(saves),
        }
        return Decision(fates, events, saves, deletes)

    def _mended(self, points: Sequence[Point]) -> list[tuple[StageEvent, StageEvent]]:
        """Moves that are there already, where their rows know more of them."""
        told = {
            point.node.event_ids[0]: point
            for point in points
            if point.node is not None and point.twin is not None and _says_more(point.node, point, self._reasons)
        }
        if not told:
            return []
        events = self._look.find_among(StageEvent, "id", told)
        return [(event, _with_row(event, told[event.id], told[event.id].twin)) for event in events]

    def _recreated(self, deal: Deal, present: Point, created: Point) -> list[tuple[Deal, Deal]]:
        """The deal's creation, where the history knows it better."""
        if created.same(present):
            return []
        stage = self._stages[created.stage_id]
        return [(deal, replace(deal, pipeline_id=stage.pipeline_id, stage_id=stage.id, created_at=created.at))]

    def _refused(self, here: Situation, gone: Sequence[Node]) -> str:
        """Why these moves cannot be laid anew; empty where they can."""
        ids = {event_id for node in gone for event_id in node.event_ids}
        if here.path.forks or any(len(node.event_ids) > 1 for node in gone):
            return DISAGREEMENT
        touched = self._look.rows("SELECT entry_id FROM touched_step WHERE deal_id = ?", here.deal.id)
        return STEPS_STAND if any(entry_id in ids for (entry_id,) in touched) else ""

    # --- points and events -------------------------------------------------------------------------------------------

    def _way(self, pipeline_id: str) -> PipelineWay:
        way = self._ways.get(pipeline_id)
        if way is None:
            way = self._ways[pipeline_id] = way_of(self._rulebook, pipeline_id)
        return way

    def _points(self, rows: Sequence[IncomingMove], way: PipelineWay, pipeline_id: str) -> list[Point]:
        """Rows as points; what is told by name alone is meant in the pipeline where the deal is."""
        points: list[Point] = []
        for place, row in enumerate(rows):
            before = self._here(row.from_stage_id, row, pipeline_id)
            if place == 0 and before is not None and row.outcome is None and before.id != row.stage_id:
                points.append(Point(before.id, lost=False, at=row.at, row=row))
            if row.outcome == "lost":
                points.append(Point(before.id if before else "", lost=True, at=row.at, known=row.known, row=row))
                continue
            stage = self._here(row.stage_id, row, pipeline_id) or way.won
            points.append(Point(stage.id, lost=False, at=row.at, row=row))
        return points

    def _here(self, stage_id: str | None, row: IncomingMove, pipeline_id: str) -> Stage | None:
        stage = self._stages.get(stage_id or "")
        if stage is None or row.pipeline_id is not None or stage.pipeline_id == pipeline_id:
            return stage
        return self._by_key.get((pipeline_id, stage.key), stage)

    def _events(self, deal: Deal, previous: str, before: Point, points: Sequence[Point]) -> list[StageEvent]:
        """New events for these points, one after the other; a node that is laid anew keeps what it said."""
        events: list[StageEvent] = []
        value, currency = deal.value, deal.currency
        for point in points:
            stage = self._stages[point.stage_id]
            event = StageEvent(
                self._look.new_id(),
                deal.id,
                previous,
                "moved",
                stage.pipeline_id,
                stage.id,
                point.at,
                value,
                currency,
                path_known=point.known,
            )
            if point.lost:
                event = replace(event, kind="lost")
            elif before.lost:
                event = replace(event, kind="reopened")
            elif self._stages[before.stage_id].pipeline_id != stage.pipeline_id:
                event = replace(event, kind="handed_over")
            event = _with_said(event, point)
            value, currency = event.value, event.currency
            events.append(event)
            previous, before = event.id, point
        return events


def _rows_of(points: Sequence[Point]) -> list[int]:
    """The lines of the rows that these points come from, each once."""
    return list(dict.fromkeys(point.row.line for point in points if point.row is not None))


def _says_more(node: Node, point: Point, reasons: ReasonNames) -> bool:
    """Whether the row of a node says something else of it than is known; what it does not say is no difference."""
    row = point.twin
    if row is None:
        return False
    reason = row.reason_id or row.reason
    present = node.reason_id or reasons.find(node.reason) or node.reason if node.kind == "lost" else node.because
    return (
        point.known != node.path_known
        or (row.value is not None and (row.value, row.currency) != (node.value, node.currency or row.currency))
        or row.probability not in {None, node.probability}
        or (bool(reason) and reason != present)
    )


def _with_said(event: StageEvent, point: Point) -> StageEvent:
    """The event with what the node it stands for, and its row, say of value, probability and reason."""
    node = point.node
    if node is not None:
        event = replace(
            event,
            value=node.value,
            currency=node.currency,
            probability=node.probability,
            reason_id=node.reason_id,
            reason=node.reason,
            because=node.because,
        )
    return _with_row(event, point, point.row or point.twin)


def _with_row(event: StageEvent, point: Point, row: IncomingMove | None) -> StageEvent:
    event = replace(event, path_known=point.known)
    if row is None:
        return event
    if row.value is not None:
        event = replace(event, value=row.value, currency=row.currency)
    if row.probability is not None:
        event = replace(event, probability=row.probability)
    if not (row.reason_id or row.reason):
        return event
    if event.kind == "lost":
        return replace(event, reason_id=row.reason_id, reason=row.reason)
    return replace(event, because=row.reason)
