"""Tags in one cell: apart by commas as people write them, or a JSON list where a tag has a comma itself."""

import json
from collections.abc import Sequence

from funnel_desk.exchange.meanings import tags_of


def tags_of_cell(cell: str) -> tuple[str, ...]:
    """The tags of a cell."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(tag, str) for tag in found):
            return tuple(found)
    return tags_of(cell)


def cell_of_tags(tags: Sequence[str]) -> str:
    """The cell from which `tags_of_cell` reads these tags."""
    plain = ", ".join(tags)
    if tags_of_cell(plain) == tuple(tags):
        return plain
    return json.dumps(list(tags), ensure_ascii=False)
