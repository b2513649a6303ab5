"""The path of a deal: its moves folded into one line, and the places where two people disagree about it.

Moves form a tree: each names the one before it. Equal moves after the same one are one node, whoever made them. Where
different moves follow one node, one branch is shown and counted; the others are kept beside it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Literal, NamedTuple

from funnel_desk.domain.deal import Deal, EventKind, StageEvent
from funnel_desk.domain.moments import Moment, later

NodeKind = Literal["created"] | EventKind
Rank = tuple[int, str, int]
"""The Lamport counter of the change that made an event, its batch and its place in the batch."""

KEY_BYTES = 16


class Node(NamedTuple):
    """A move as it counts: one event, or several equal ones, the least ranked first; that one gives all the values.

    ``at`` is the effective moment (never before the node before), ``raw_at`` the one that was written down.
    """

    event_ids: tuple[str, ...]
    kind: NodeKind
    pipeline_id: str
    stage_id: str
    at: Moment
    raw_at: Moment
    value: int | None
    currency: str
    probability: int | None
    reason_id: str | None
    reason: str
    because: str
    path_known: bool


class Choice(NamedTuple):
    """What somebody decided at a fork: the moves to show, and all the moves of the branches turned down."""

    chosen: frozenset[str]
    rejected: frozenset[str]


class Fork(NamedTuple):
    """A place on the path after which several moves are known.

    ``key`` names the place by its contents, alike on every desk; right after the creation it is the deal's id.
    ``shown`` is empty where all that follows was turned down: the deal rests there. ``flagged`` says that somebody
    still has to choose.
    """

    key: str
    shown: Node | None
    others: tuple[Node, ...]
    flagged: bool


class Path(NamedTuple):
    """What is shown and counted of a deal: its nodes from the creation on, and the forks met on the way."""

    nodes: tuple[Node, ...]
    forks: tuple[Fork, ...]


def fold_path(
    deal: Deal,
    events: Sequence[StageEvent],
    rank: Mapping[str, Rank],
    choices: Mapping[str, Choice] = {},
    zone: str = "UTC",
) -> Path:
    """The path of a deal out of all its present events, in any order.

    ``rank`` is asked only where events are merged or disagree; one that is not in it counts as the oldest. ``choices``
    are keyed by the forks they settle. An event that follows nothing known is left out. ``zone`` tells which day an
    instant is, where a move that has a time meets one that only has a day.
    """
    root = Node(
        (deal.id,), "created", deal.pipeline_id, deal.stage_id, deal.created_at, deal.created_at,
        deal.value, deal.currency, deal.probability, None, "", "", True,
    )  # fmt: skip
    if not events:
        return Path((root,), ())
    if not choices:
        # Hardly any deal has a fork: an import folds 100,000 of them, so the plain line has a short way.
        following = {event.previous: event for event in events}
        if len(following) == len(events):
            return Path(_line(root, following, zone), ())
    return _walk(root, _by_previous(events), rank, choices, zone)


def choose(fork: Fork, chosen: Node, events: Iterable[StageEvent]) -> Choice:
    """The choice that shows one of the fork's nodes and turns down every move of the others that is known now."""
    after = _by_previous(events)
    nodes = fork.others if fork.shown is None else (fork.shown, *fork.others)
    rejected = [_branch(node, after) for node in nodes if node.event_ids != chosen.event_ids]
    return Choice(frozenset(chosen.event_ids), frozenset().union(*rejected))


def _line(root: Node, following: Mapping[str, StageEvent], zone: str) -> tuple[Node, ...]:
    nodes = [root]
    here, at = root.event_ids[0], root.at
    while (event := following.get(here)) is not None:
        node = _node((event.id,), event, at, zone)
        nodes.append(node)
        here, at = event.id, node.at
    return tuple(nodes)


def _walk(
    root: Node,
    after: Mapping[str, Sequence[StageEvent]],
    rank: Mapping[str, Rank],
    choices: Mapping[str, Choice],
    zone: str,
) -> Path:
    nodes, forks = [root], []
    key = root.event_ids[0]
    while found := _nodes_after(nodes[-1], after, rank, zone):
        fork = _decide(key, found, choices.get(key), after, rank)
        if fork.others:
            forks.append(fork)
        if fork.shown is None:
            break
        nodes.append(fork.shown)
        key = _key(key, fork.shown)
    return Path(tuple(nodes), tuple(forks))


def _decide(
    key: str,
    nodes: Sequence[Node],
    choice: Choice | None,
    after: Mapping[str, Sequence[StageEvent]],
    rank: Mapping[str, Rank],
) -> Fork:
    standing, shown = list(nodes), None
    if choice is not None:
        shown = next((node for node in nodes if not choice.chosen.isdisjoint(node.event_ids)), None)
        # A branch that grew after it was turned down has a move that nobody has seen: it stands again.
        standing = [node for node in nodes if node is shown or not _branch(node, after) <= choice.rejected]
    if shown is None and standing:
        # The fork's own moves decide, never the tips of the branches: growth elsewhere must not flip what is shown.
        shown = max(standing, key=lambda node: _rank(rank, node.event_ids[-1]))
    others = tuple(node for node in nodes if node is not shown)
    return Fork(key, shown, others, flagged=len(standing) > 1)


def _nodes_after(
    node: Node, after: Mapping[str, Sequence[StageEvent]], rank: Mapping[str, Rank], zone: str
) -> list[Node]:
    equal: dict[tuple[object, ...], list[StageEvent]] = {}
    for event_id in node.event_ids:
        for event in after.get(event_id, ()):
            content = (event.kind, event.pipeline_id, event.stage_id, event.reason_id, event.reason)
            equal.setdefault(content, []).append(event)
    for events in equal.values():
        events.sort(key=lambda event: _rank(rank, event.id))
    nodes = [_node(tuple(event.id for event in events), events[0], node.at, zone) for events in equal.values()]
    return sorted(nodes, key=lambda one: _rank(rank, one.event_ids[0]))


def _node(event_ids: tuple[str, ...], event: StageEvent, before: Moment, zone: str) -> Node:
    at = event.at
    return Node(
        event_ids, event.kind, event.pipeline_id, event.stage_id, later(at, before, zone), at,
        event.value, event.currency, event.probability, event.reason_id, event.reason, event.because, event.path_known,
    )  # fmt: skip


def _rank(rank: Mapping[str, Rank], event_id: str) -> tuple[Rank, str]:
    return rank.get(event_id, (0, "", 0)), event_id


def _branch(node: Node, after: Mapping[str, Sequence[StageEvent]]) -> frozenset[str]:
    """The ids of all moves of a branch: those of its first node and everything that follows them."""
    found = list(node.event_ids)
    for event_id in found:  # grows while it is walked
        found.extend(event.id for event in after.get(event_id, ()))
    return frozenset(found)


def _by_previous(events: Iterable[StageEvent]) -> dict[str, list[StageEvent]]:
    after: dict[str, list[StageEvent]] = {}
    for event in events:
        after.setdefault(event.previous, []).append(event)
    return after


def _key(before: str, node: Node) -> str:
    """The key of the place after a node: a digest of the contents from the deal's id on, without ids of moves.

    JSON in ASCII tells apart any texts and reads the same under every Python.
    """
    content = (before, node.kind, node.pipeline_id, node.stage_id, node.reason_id, node.reason)
    return blake2b(json.dumps(content).encode("ascii"), digest_size=KEY_BYTES).hexdigest()
