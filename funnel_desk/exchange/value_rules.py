"""What cells are to be read as: told by a person with `--value`, or known of the program whose export it is."""

from collections.abc import Mapping

from funnel_desk.exchange.table import Table
from funnel_desk.exchange.words import normalise


class ValueRules:
    """Per header, what its cells are to be read as. Cells are compared without case and punctuation.

    What is ``known`` comes after what was told, and nobody is told where it does nothing.
    """

    def __init__(
        self, told: Mapping[str, Mapping[str, str]], known: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self._told = told
        self._exact = {header: dict(told.get(header, {})) for header in {**(known or {}), **told}}
        self._loose = {
            header: {
                **{normalise(before): after for before, after in (known or {}).get(header, {}).items()},
                **{normalise(before): after for before, after in told.get(header, {}).items()},
            }
            for header in self._exact
        }

    def __contains__(self, header: str) -> bool:
        return header in self._exact

    def apply(self, header: str, cell: str) -> str:
        """The cell as it is to be read."""
        rules = self._exact.get(header)
        if rules is None:
            return cell
        found = rules.get(cell.strip())
        return self._loose[header].get(normalise(cell), cell) if found is None else found

    def unused(self, table: Table) -> list[tuple[str, str]]:
        """The rules that were told and that no cell of the table needs: (header, cell)."""
        return [
            (header, before)
            for header, rules in self._told.items()
            for before in rules
            if normalise(before) not in {normalise(cell) for cell in table.distinct(header)}
        ]
