"""A told history over a path, as pure values."""

import pytest

from funnel_desk.domain.path import Node
from funnel_desk.domain.pipeline import Side, Stage
from funnel_desk.domain.words import Words
from funnel_desk.operations.import_alignment import Ground, Point, lay_over, of_rows, points_of
from funnel_desk.operations.import_values import IncomingMove

SIDES: dict[str, Side] = {"1": "before", "2": "before", "3": "before", "4": "before", "W": "won", "A": "after"}
STAGES = {key: Stage(key, "pipe", key, Words(key, key), place, side) for place, (key, side) in enumerate(SIDES.items())}
GROUND = Ground(STAGES, "Europe/Minsk")


def at(day: str) -> str:
    """Day 3 of the month; ``3h15`` is an instant of it."""
    number, _, hour = day.partition("h")
    return f"2026-01-{int(number):02}" + (f"T{hour}:00:00Z" if hour else "")


def a_path(text: str) -> list[Point]:
    """``1@1 2@3 lost@5?``: a creation, a move, a loss; a question mark where nobody knows the way."""
    nodes: list[Node] = []
    stood = ""
    for word in text.split():
        stage, _, day = word.rstrip("?").partition("@")
        stood = stood if stage == "lost" else stage
        kind = "lost" if stage == "lost" else "moved" if nodes else "created"
        known = not word.endswith("?")
        moment = at(day)
        nodes.append(Node((word,), kind, "pipe", stood, moment, moment, None, "", None, None, "", "", known))  # type: ignore[arg-type]
    return points_of(nodes)


def told(text: str) -> list[Point]:
    """Rows, in the same way."""
    points = []
    for line, word in enumerate(text.split(), 2):
        stage, _, day = word.partition("@")
        lost = stage == "lost"
        row = IncomingMove(line, "D", at(day), stage_id=None if stage in {"lost", "won"} else stage)
        points.append(Point("" if lost else "W" if stage == "won" else stage, lost, at(day), row=row))
    return points


def shown(points: list[Point]) -> str:
    """The path that comes of it: rows that are new with a plus."""
    words = []
    for point in points:
        day = point.at[8:10].lstrip("0") + (f"h{point.at[11:13]}" if len(point.at) > 10 else "")
        name = f"lost {point.stage_id}" if point.lost else point.stage_id
        words.append(f"{'+' if point.row else ''}{name}@{day}{'' if point.known else '?'}")
    return ", ".join(words)


@pytest.mark.parametrize(
    ("present", "rows", "becomes"),
    [
        ("1@1 2@3", "1@1 2@3", "1@1, 2@3"),
        ("1@1 2@3", "1@2", "1@1, 2@3"),
        ("1@1 2@3", "3@5", "1@1, 2@3, +3@5"),
        ("1@1 3@5", "2@3", "1@1, +2@3, 3@5"),
        ("1@1 2@3", "2@2", "1@1, +2@2"),
        ("1@1 2@3", "2@3h10 3@4h10", "1@1, 2@3, +3@4h10"),
        ("1@1h10 2@3h10", "1@1 2@3 lost@3", "1@1h10, 2@3h10, +lost 2@3"),
        # On one day only the order tells, and a row that repeats the one before it tells nothing.
        ("2@1 1@1 2@1", "2@1 2@1 1@1 2@1", "2@1, 1@1, 2@1"),
        ("2@1 1@1 2@1", "1@1 2@1", "2@1, 1@1, 2@1"),
        ("1@1 3@1 2@1", "1@1 1@1 3@1 3@1", "1@1, 3@1, 2@1"),
        ("1@1 2@1", "1@1 1@1 1@1 3@1 3@1", "1@1, +3@1, 2@1"),
        ("3@1 1@1 2@2", "3@1 1@1 1@2", "3@1, 1@1, 2@2"),
        ("1@1 2@1", "3@1 1@1 1@2", "+3@1, +1@1, 2@2"),
        # A deal of which an import of deals had to guess the way.
        ("1@1 3@1", "1@1 2@2 3@4", "1@1, +2@2, +3@4"),
        ("1@1 3@1", "3@1h10", "1@1, 3@1"),
        ("1@1 3@1", "1@1 2@2", "1@1, +2@2, 3@2"),
        ("1@1 3@1 lost@5", "1@1 2@2 lost@4", "1@1, +2@2, +lost 2@4"),
        ("1@1 3@1 lost@5", "1@1 2@2", "1@1, +2@2, lost 3@5"),
        ("1@1 W@5?", "1@1 2@2 3@4", "1@1, +2@2, +3@4, W@5"),
        ("1@1 W@5?", "1@1 2@2 won@5", "1@1, +2@2, +W@5"),
        ("1@1 W@5?", "won@6", "1@1, W@5?"),
        ("1@1 W@5?", "1@1 won@5", "1@1, W@5"),
        ("1@1 lost@5?", "2@1 lost@5", "+2@1, +lost 2@5"),
        ("1@1 lost@5?", "1@1 2@2", "1@1, +2@2, lost 2@5"),
        ("1@9", "2@1 3@2", "+2@1, +3@2"),
        ("1@9", "lost@1", "1@9, +lost 1@1?"),
        # Lost and taken up again.
        ("1@1 2@2 lost@3", "2@4", "1@1, 2@2, lost 2@3, +2@4"),
        ("1@1 2@2 lost@3", "lost@4", "1@1, 2@2, lost 2@3"),
    ],
)
def test_a_history_over_a_path(present: str, rows: str, becomes: str) -> None:
    assert shown(lay_over(a_path(present), told(rows), GROUND)) == becomes


@pytest.mark.parametrize(
    ("rows", "becomes"),
    [
        ("2@1 3@2 lost@3", "+2@1, +3@2, +lost 3@3"),
        ("1@1 1@2 2@3 2@4", "+1@1, +2@3"),
        ("won@1", "1@1, +W@1?"),
        ("won@1 lost@2", "1@1, +W@1?, +lost W@2?"),
        ("W@1", "+W@1"),
        ("lost@1 2@2 won@3", "1@1, +lost 1@1?, +2@2, +W@3"),
        ("1@1 won@2 A@3 2@4 won@5", "+1@1, +W@2, +A@3, +2@4, +W@5"),
    ],
)
def test_a_path_of_rows_alone(rows: str, becomes: str) -> None:
    assert shown(of_rows(told(rows), STAGES["1"], GROUND)) == becomes
