"""The board of a pipeline: a column a stage, a card a deal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from funnel_desk.queries.deals import DealFilter
from funnel_desk.ui.view import Parts


class Board(QFrame):
    """`chosen` tells the id of the deal under the cursor ("" for none), `opened` one that was entered.

    It is shown beside the table of deals, under the same filter: `show_filter` tells which, each time anything changed.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._filter = DealFilter()

    def show_filter(self, chosen: DealFilter) -> None:
        """Show the deals of a filter."""
        self._filter = chosen
