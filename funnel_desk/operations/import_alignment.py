"""A told history laid over the path that a deal has: what is there already, what is new, and where it belongs.

Pure: nodes of a path and rows of a table in, the path as it should be out.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from funnel_desk.domain.moments import Moment, day_of, is_day
from funnel_desk.domain.path import Node
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.import_values import IncomingMove


class Point(NamedTuple):
    """One step of a path: into a stage, or lost there. Either a node that is there, or a row that tells it.

    ``stage_id`` of a row that only says "lost" is where the deal stood before, if that is told; else empty. ``twin`` is
    the row that tells of a node.
    """

    stage_id: str
    lost: bool
    at: Moment
    known: bool = True
    node: Node | None = None
    row: IncomingMove | None = None
    twin: IncomingMove | None = None

    def same(self, other: "Point") -> bool:
        """Whether both say the same."""
        return self[:4] == other[:4]


class Ground(NamedTuple):
    """What the alignment has to know beside the deal."""

    stages: Mapping[str, Stage]
    zone: str

    def closed(self, point: Point) -> bool:
        """Whether a step closes a deal: a loss, or a stage from the sale on."""
        stage = self.stages.get(point.stage_id)
        return point.lost or (stage is not None and stage.side != "before")

    def tells_of(self, row: "Point", node: "Point") -> bool:
        """Whether a row says the moment of a node: when it was told to be, or when it counts, never before its past."""
        return self.same_moment(node.at, row.at) or (node.node is not None and self.same_moment(node.node.at, row.at))

    def same_moment(self, one: Moment, other: Moment) -> bool:
        """Whether two moments may be one: equal, or one is the day of the other."""
        if is_day(one) == is_day(other):
            return one == other
        return day_of(one, self.zone) == day_of(other, self.zone)


def points_of(nodes: Sequence[Node]) -> list[Point]:
    """The nodes of a path as points."""
    return [Point(node.stage_id, node.kind == "lost", node.raw_at, node.path_known, node) for node in nodes]


def lay_over(present: Sequence[Point], rows: Sequence[Point], ground: Ground) -> list[Point]:
    """The path of a deal with what a told history adds to it. ``rows`` are in the order of their moments.

    What an import of deals had to guess gives way: the move of an open deal into its stage on the day of its creation,
    and a closing to which nobody knew the way.
    """
    rows = _without_repeats(rows)
    guessed = present[1] if len(present) > 1 and _is_guess(present) else None
    points = _merged(present, rows, ground)
    adds_nothing = [point.node for point in points] == [point.node for point in present]
    if adds_nothing and not (guessed is not None and _knows_better(rows, guessed, ground)):
        return _with_ways(points, rows, ground)
    outcomes = {point.lost for point in rows if ground.closed(point)}
    certain = [point for point in present if point is not guessed and (point.known or point.lost not in outcomes)]
    first = rows[0]
    unsure = guessed is not None or len(present) == 1 or not all(point.known for point in present)
    if unsure and not ground.closed(first) and _knows_creation(first, present[0], ground):
        certain = certain[1:]
    points = _merged(certain, rows, ground)
    stands_there = guessed is present[-1]
    if guessed is not None and stands_there and all(point.stage_id != guessed.stage_id for point in points):
        points.append(guessed._replace(at=max(guessed.at, points[-1].at, rows[-1].at)))
    return _with_ways(points, rows, ground, anew=True, told=len(certain) == len(present) > 1)


def of_rows(rows: Sequence[Point], first: Stage, ground: Ground) -> list[Point]:
    """The path of a deal that a told history makes; one that begins with its end is created in the first stage."""
    rows = _without_repeats(rows)
    begins = rows[0]
    stood = begins.lost and begins.stage_id
    told = rows
    if begins.row is not None and begins.row.stage_id is None:
        rows = [Point(stood or first.id, lost=False, at=begins.at), *rows]
    return _with_ways(_merged([], rows, ground), told, ground, anew=True, told=bool(stood))


def _without_repeats(rows: Sequence[Point]) -> list[Point]:
    """The rows without those that tell at one moment what the row before tells; they would look like moves back."""
    return [row for place, row in enumerate(rows) if place == 0 or not row.same(rows[place - 1])]


def _is_guess(present: Sequence[Point]) -> bool:
    """Whether an import of deals put the deal where it is: moved in the very moment of its creation."""
    node = present[1].node
    return node is not None and node.kind == "moved" and present[1].at == present[0].at and present[1].known


def _knows_better(rows: Sequence[Point], guessed: Point, ground: Ground) -> bool:
    """Whether the rows tell of the guessed move, but at another time."""
    told = [row for row in rows if not row.lost and row.stage_id == guessed.stage_id]
    return bool(told) and not any(ground.same_moment(row.at, guessed.at) for row in told)


def _knows_creation(first: Point, created: Point, ground: Ground) -> bool:
    """Whether a history tells of an earlier creation than was guessed, or of another stage at that moment."""
    if ground.same_moment(first.at, created.at):
        return first.stage_id != created.stage_id
    return first.at < created.at


def _merged(present: Sequence[Point], rows: Sequence[Point], ground: Ground) -> list[Point]:
    """Both in one order, without what repeats where the deal stands already."""
    points: list[Point] = []
    told = False  # whether a row brought the deal where it is
    for point in _in_order(present, rows, ground):
        last = points[-1] if points else None
        repeats = last is not None and (last.lost if point.lost else not last.lost and last.stage_id == point.stage_id)
        if repeats and (point.row is not None or told):
            if last is not None and last.node is not None and ground.tells_of(point, last):
                points[-1] = last._replace(twin=last.twin or point.row)
            continue
        if point.lost and last is not None and not (point.stage_id and point.known):
            point = point._replace(stage_id=last.stage_id)  # noqa: PLW2901 - lost where it stood
        points.append(point)
        told = point.row is not None
    return points


def _in_order(present: Sequence[Point], rows: Sequence[Point], ground: Ground) -> Iterator[Point]:
    """Rows that are nodes hold both together; between two of those, moments decide."""
    anchors = [(-1, -1), *_anchors(present, rows, ground), (len(present), len(rows))]
    begun = False  # a path does not begin with its end: a deal that was closed before it was created is created first
    for (node_before, row_before), (node_after, row_after) in pairwise(anchors):
        nodes = list(present[node_before + 1 : node_after])
        for place in range(row_before + 1, row_after):
            row = rows[place]
            again = place > 0 and row[:2] == rows[place - 1][:2]  # still there: no move back of that moment's move
            while nodes and (
                (_precedes(nodes[0], row, ground) and not (again and nodes[0].at == row.at))
                or (not begun and ground.closed(row))
            ):
                begun = True
                yield nodes.pop(0)
            begun = True
            yield row
        begun = begun or bool(nodes) or node_after < len(present)
        yield from nodes
        if node_after < len(present):
            yield present[node_after]
            yield rows[row_after]


def _anchors(present: Sequence[Point], rows: Sequence[Point], ground: Ground) -> Iterator[tuple[int, int]]:
    """Which row tells of which node, as many as there can be in both orders; the earliest where that leaves a choice.

    Taking the first that fits would not do: of rows on one day, a repeated one may fit a later node, and keep the rows
    between from theirs.
    """
    most = [[0] * (len(rows) + 1) for _ in range(len(present) + 1)]
    alike = [[_is_told_by(node, row, ground) for row in rows] for node in present]
    if present and rows and ground.closed(rows[0]):
        alike[0][1:] = [False] * (len(rows) - 1)  # what was closed first was created before
    for at in reversed(range(len(present))):
        for place in reversed(range(len(rows))):
            both = 1 + most[at + 1][place + 1] if alike[at][place] else 0
            most[at][place] = max(both, most[at + 1][place], most[at][place + 1])
    at = place = 0
    while at < len(present) and place < len(rows):
        if alike[at][place] and most[at][place] == 1 + most[at + 1][place + 1]:
            yield at, place
            at, place = at + 1, place + 1
        elif most[at + 1][place] == most[at][place]:
            at += 1
        else:
            place += 1


def _is_told_by(node: Point, row: Point, ground: Ground) -> bool:
    alike = node.lost == row.lost and (row.lost or node.stage_id == row.stage_id)
    return alike and ground.tells_of(row, node)


def _precedes(node: Point, row: Point, ground: Ground) -> bool:
    if is_day(node.at) != is_day(row.at) and ground.same_moment(node.at, row.at):
        return ground.closed(row) or not ground.closed(node)
    return node.at <= row.at


def _with_ways(
    points: list[Point], rows: Sequence[Point], ground: Ground, *, anew: bool = False, told: bool = False
) -> list[Point]:
    """Each closing says whether the way to it is known: it is, once a row or a real move told of a stage before it.

    ``anew``: the path is laid anew, so that this also holds for closings of which no row tells.
    """
    working = min((row.at for row in rows if not ground.closed(row)), default=None)
    found: list[Point] = []
    for point in points:
        closes = ground.closed(point)
        teller = point.row or point.twin
        if closes and found and (teller is not None or anew):
            way = told or (working is not None and (teller is None or working <= teller.at))
            known = way and (teller is None or teller.known)
            point = point._replace(known=known or (point.node is not None and point.known))  # noqa: PLW2901
        found.append(point)
        if not closes:
            told = told or point.row is not None or (point.node is not None and point.node.kind != "created")
    return found
