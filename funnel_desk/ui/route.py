"""Ways through the program: whoever wants to show another view says so here, and the window goes there."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal


class Route(QObject):
    """`wanted` tells a view's key and what to show in it (a deal's id, a filter, nothing)."""

    wanted = Signal(str, object)

    def go(self, view: str, destination: object = None) -> None:
        """Show a view, and in it this."""
        self.wanted.emit(view, destination)


class NewDeal:
    """The destination of somebody who wants to enter a new deal."""


class CloseAsLost:
    """The destination of somebody who wants to say why a deal is lost."""

    def __init__(self, deal_id: str) -> None:
        self.deal_id = deal_id


class ShowRecord:
    """The destination of somebody who wants to see a company or a contact: go to "customers" with it."""

    def __init__(self, kind: str, record_id: str) -> None:
        """``kind`` is "company" or "contact"."""
        self.kind, self.record_id = kind, record_id


class PastOf:
    """The destination of somebody who wants the whole past of a deal, company, contact or pipeline (its id)."""

    def __init__(self, root: str, name: str) -> None:
        self.root, self.name = root, name


class ShowDisagreements:
    """The destination of somebody who wants to settle what people disagree about, of one deal first (or "")."""

    def __init__(self, deal_id: str = "") -> None:
        self.deal_id = deal_id


class ShowMerge:
    """The destination of somebody who wants to see a merge, by its record."""

    def __init__(self, record: str) -> None:
        self.record = record


class StartCalls:
    """The destination of somebody who wants to call: go to "call" with the deals, one after the other.

    `first` is the deal to begin with (else the first), `step_id` what that call is about; `back` the view to return to.
    """

    def __init__(self, deal_ids: Sequence[str], first: str = "", step_id: str = "", back: str = "today") -> None:
        self.deal_ids, self.first, self.step_id, self.back = tuple(deal_ids), first, step_id, back


class ShowStep:
    """The destination of somebody who wants to read or improve the words of a step: go to "playbooks" with it."""

    def __init__(self, pipeline_id: str, step_id: str) -> None:
        self.pipeline_id, self.step_id = pipeline_id, step_id


class ShowActs:
    """The destination of somebody who wants to see the acts of one kind in the history ("import", "merged" …)."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
