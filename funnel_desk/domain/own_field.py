"""Fields that the user adds to what the program knows of a deal."""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "number", "day", "choice", "yes_no"]


@dataclass(frozen=True, slots=True)
class OwnField:
    """An own field of deals: the values stand in ``Deal.custom`` under ``name``. ``choices`` are those of a choice."""

    id: str
    name: str
    kind: FieldKind = "text"
    choices: tuple[str, ...] = ()
    position: int = 0
    archived: bool = False
