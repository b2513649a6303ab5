"""Moves of one deal that stand beside each other: after the same one, by content, whoever made it."""

from collections.abc import Mapping

Moves = Mapping[str, Mapping[str, object]]
"""The moves of one deal by id, each with the fields of its row."""


def places_of(moves: Moves) -> tuple[dict[str, int], dict[str, int]]:
    """The place after which each move stands, and what it says there, as numbers: equal ones have the same.

    Moves with the same content at the same place are one, however many people made them (rule 10).
    """
    numbers: dict[object, int] = {}
    places: dict[str, int] = {}
    nodes: dict[str, int] = {}
    for row in moves:
        chain = [row]
        while (before := str(moves[chain[-1]]["previous"])) in moves and before not in nodes and before not in chain:
            chain.append(before)
        for move in reversed(chain):
            previous = str(moves[move]["previous"])
            place = nodes.get(previous, numbers.setdefault(previous, len(numbers)))
            places[move] = place
            nodes[move] = numbers.setdefault((place, *_content(moves[move])), len(numbers))
    return places, nodes


def beside(moves: Moves, some: set[str], *, different: bool) -> dict[str, set[str]]:
    """The moves beside each of ``some``, these left out; if ``different``, only those that say something else."""
    places, nodes = places_of(moves)
    by_place: dict[int, list[str]] = {}
    for row, place in places.items():
        by_place.setdefault(place, []).append(row)
    return {
        row: {one for one in by_place[places[row]] if one not in some and not (different and nodes[one] == nodes[row])}
        for row in some
        if row in places
    }


def _content(move: Mapping[str, object]) -> tuple[object, ...]:
    return move["kind"], move["pipeline_id"], move["stage_id"], move.get("reason_id"), move.get("reason") or ""
