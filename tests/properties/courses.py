"""The shown path of each deal, its stays and its outcomes, from the facts of `rebuild`: rules 8 to 16 and 24 to 27."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from tests.properties.rebuild import Journal, Rank

Facts = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Node:
    """Equal moves at one place, the least ranked first; that one gives the values."""

    events: tuple[Mapping[str, Any], ...]
    at: str  # effective

    @property
    def first(self) -> Mapping[str, Any]:
        return self.events[0]

    @property
    def ids(self) -> set[str]:
        return {event["id"] for event in self.events}


class Course:
    """What is shown of one deal."""

    def __init__(self, journal: Journal, facts: Facts, deal: Mapping[str, Any]) -> None:
        self.journal, self.deal, self.stages = journal, deal, facts["stage"]
        self.events = [event for event in facts["stage_event"].values() if event["deal_id"] == deal["id"]]
        self.choices = journal.choices(deal["id"])
        self.flagged: list[str] = []
        self.nodes = self.walk()

    def walk(self) -> list[Node]:
        root = Node(({**self.deal, "kind": "created", "at": self.deal["created_at"], "path_known": True},),
                    self.deal["created_at"])  # fmt: skip
        nodes, key = [root], self.deal["id"]
        while True:
            following = self.after(nodes[-1])
            shown = self.decide(key, following)
            if shown is None:
                return nodes
            nodes.append(shown)
            said = [key, *(shown.first[name] for name in ("kind", "pipeline_id", "stage_id", "reason_id", "reason"))]
            key = blake2b(json.dumps(said).encode("ascii"), digest_size=16).hexdigest()

    def after(self, node: Node) -> list[Node]:
        """What follows a node: equal moves are one."""
        following = [event for event in self.events if event["previous"] in node.ids]
        groups: dict[str, list[Mapping[str, Any]]] = {}
        for event in following:
            same = [event[name] for name in ("kind", "pipeline_id", "stage_id", "reason_id", "reason")]
            groups.setdefault(json.dumps(same), []).append(event)
        found = []
        for events in groups.values():
            ordered = tuple(sorted(events, key=self.rank))
            found.append(Node(ordered, max(node.at, ordered[0]["at"])))
        return found

    def decide(self, key: str, nodes: Sequence[Node]) -> Node | None:
        chosen, rejected = self.choices.get(key, (set(), set()))
        kept = [node for node in nodes if node.ids & chosen or not self.branch(node) <= rejected]
        if len(kept) > 1:
            self.flagged.append(key)
        picked = [node for node in kept if node.ids & chosen]
        if picked:
            return min(picked, key=lambda node: self.rank(node.first))
        return max(kept, key=lambda node: max(self.rank(event) for event in node.events), default=None)

    def branch(self, node: Node) -> set[str]:
        found = set(node.ids)
        while more := {event["id"] for event in self.events if event["previous"] in found} - found:
            found |= more
        return found

    def rank(self, event: Mapping[str, Any]) -> Rank:
        return self.journal.rank_of(event["id"])

    def counted(self, stage_id: str) -> str:
        """The living stage as which a stage counts (rule 26)."""
        stage = self.stages.get(stage_id)
        if stage is None or not stage["archived"]:
            return stage_id
        living = [
            one
            for one in self.stages.values()
            if not one["archived"] and (one["pipeline_id"], one["side"]) == (stage["pipeline_id"], stage["side"])
        ]
        place = stage["position"], stage_id
        earlier = [one for one in living if (one["position"], one["id"]) < place]
        if earlier:
            return str(max(earlier, key=lambda one: (one["position"], one["id"]))["id"])
        return str(min(living, key=lambda one: (one["position"], one["id"]))["id"]) if living else stage_id

    def stays(self) -> list[tuple[Any, ...]]:
        """The stays as rows: deal, place, pipeline, stage, entry, entered, left, how it ended."""
        found: list[list[Any]] = []
        for node in self.nodes:
            kind, where = node.first["kind"], (node.first["pipeline_id"], self.counted(node.first["stage_id"]))
            going = bool(found) and found[-1][6] is None
            if kind == "lost" and found and not going:
                continue
            if not going or (found[-1][2], found[-1][3]) != where:
                if going:
                    found[-1][6:] = [node.at, "moved" if found[-1][2] == where[0] else "handed_over"]
                found.append([self.deal["id"], len(found), *where, node.first["id"], node.at, None, ""])
            if kind == "lost":
                found[-1][6:] = [node.at, "lost"]
        return [tuple(stay) for stay in found]

    def outcomes(self) -> dict[str, str]:
        """What became of the deal in each pipeline it came through."""
        found: dict[str, str] = {}
        for _, _, pipeline, stage, _, _, _, ended in self.stays():
            sold = stage in self.stages and self.stages[stage]["side"] != "before"
            found[pipeline] = "won" if sold else "open"
            if ended == "lost":
                found[pipeline] = "lost"
            elif ended == "handed_over" and not sold:
                found[pipeline] = "handed_over"
        return found
