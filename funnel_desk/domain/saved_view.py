"""A list of deals that is worth a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named view of the deals: the filter as texts by name, the columns in order, and what it is sorted by.

    ``sort`` lists columns, the first counting most; a leading ``-`` means the greatest first.
    """

    id: str
    name: str
    filter: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    position: int = 0
