"""Two records that look alike and are not."""

from dataclasses import dataclass
from typing import Literal

RecordKind = Literal["company", "contact"]


@dataclass(frozen=True, slots=True)
class NotDuplicate:
    """Somebody looked at two companies or contacts (by id; they may be gone) and said that they are two."""

    id: str
    kind: RecordKind
    first: str
    second: str
