"""What was typed into a cell of the list, kept as a change of its deal; and what may be meant by it."""

from collections.abc import Sequence

from funnel_desk.domain.own_field import OwnField
from funnel_desk.operations.deals import NoTitle, edit_deal
from funnel_desk.queries.deal_values import known_values
from funnel_desk.queries.deals import OWN, DealRow
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.models.paged import Column
from funnel_desk.ui.views.deals.typed_cells import COMPLETED, typed


class CellKeeping:
    """Knows the own fields of now: `own` is set by whoever reads them."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self.own: Sequence[OwnField] = ()

    def keep(self, row: DealRow, column: Column[DealRow], text: str) -> bool:
        """Whether the deal was changed. Raises Refusal where the text cannot be read."""
        key, currency = column.key, row.currency or self._bridge.desk.workspace.currency
        fields = typed(key, text, column.title, currency, self._own(key))
        if key == "title" and not fields["title"]:
            raise NoTitle
        if key.startswith(OWN):
            custom = dict(row.custom) | {key[len(OWN) :]: str(fields[key])}
            fields = {"custom": {name: told for name, told in custom.items() if told}}
        return self._bridge.run(edit_deal, row.deal_id, **fields) is not None  # type: ignore[arg-type]  # by name

    def known(self, key: str) -> list[str]:
        """Values that may be meant in a column: the choices of an own field, or what stands in other deals."""
        own = self._own(key)
        if own is not None:
            return list(own.choices)
        return list(self._bridge.ask(known_values, COMPLETED[key])) if key in COMPLETED else []

    def _own(self, key: str) -> OwnField | None:
        return next((one for one in self.own if OWN + one.name == key), None)
