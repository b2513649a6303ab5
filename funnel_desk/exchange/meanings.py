"""What cells say about a deal in the words of people and of other programs."""

import re
from typing import Literal, TypeVar

from funnel_desk.domain.moments import Moment
from funnel_desk.exchange.words import import_words, normalise

Known = Literal["open", "won", "lost"]
_T = TypeVar("_T", bound=str)

_FUNNEL_CODE = re.compile(r"^c\d+ (?=\w)")


def outcome_of_stage(cell: str) -> Literal["won", "lost"] | None:
    """The outcome that a stage's name means ("Closed Won", "Не реализовано", "C2:LOSE"); None for any other stage."""
    found = import_words().meanings["stages"].get(_FUNNEL_CODE.sub("", normalise(cell)))
    return _one_of(found, ("won", "lost"))


def outcome_of(cell: str) -> Known | None:
    """The outcome of a cell in an outcome column, None when it means none of the three."""
    found = import_words().meanings["outcomes"].get(normalise(cell)) or outcome_of_stage(cell)
    return _one_of(found, ("open", "won", "lost"))


def flag_of(cell: str) -> bool | None:
    """Yes or no, in the usual ways of writing it."""
    found = import_words().meanings["flags"].get(normalise(cell))
    return None if found is None else found == "yes"


def outcome_of_flags(*, is_won: bool | None, is_closed: bool | None) -> Known | None:
    """The outcome that two flag columns mean together; None when they do not tell."""
    if is_won:
        return "won"
    if is_closed is None:
        return None  # "not won" alone may be open or lost
    if not is_closed:
        return "open"
    return "lost" if is_won is False else None


def kind_of(cell: str) -> str | None:
    """The kind of deal (new, repeat, cross_sell, up_sell, change_sale)."""
    return import_words().meanings["kinds"].get(normalise(cell))


def direction_of(cell: str) -> Literal["in", "out"] | None:
    """The direction of a call or letter."""
    return _one_of(import_words().meanings["directions"].get(normalise(cell)), ("in", "out"))


def activity_kind_of(cell: str) -> str | None:
    """The kind of an activity (call, email, …)."""
    return import_words().meanings["activity_kinds"].get(normalise(cell))


def tags_of(cell: str) -> tuple[str, ...]:
    """The tags of a cell: apart by commas, semicolons, bars or line ends; each once, in their order."""
    return tuple(dict.fromkeys(tag for part in re.split(r"[,;|\r\n]+", cell) if (tag := part.strip())))


def closing(outcome: Known, closed_at: Moment | None, expected: str | None) -> tuple[Moment | None, Moment | None]:
    """(closed at, expected close): what stands in the closing column of an open deal is its expected close."""
    if outcome == "open":
        return None, expected or closed_at
    return closed_at, expected


def _one_of(found: str | None, allowed: tuple[_T, ...]) -> _T | None:
    return next((word for word in allowed if word == found), None)
