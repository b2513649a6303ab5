"""A deal, the events of its path and the steps touched on the way, as frozen values.

Money is an integer of minor units beside an ISO 4217 currency; probabilities are basis points (0..10000).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from funnel_desk.domain.moments import Moment

Outcome = Literal["open", "won", "lost", "handed_over"]
EventKind = Literal["moved", "lost", "reopened", "handed_over"]
StepAct = Literal["done", "skipped", "moved"]

OWN_PREFIX = "_"
DEAL_KINDS = ("new", "repeat", "cross_sell", "up_sell", "change_sale")


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal. Its row is also its creation event: ``pipeline_id``, ``stage_id`` and ``created_at`` say where it began.

    Where it stands now, whether it is won and its next action are derived, never stored here. ``probability`` is the
    deal's own, when it was set by hand; else the stage's holds. ``follows`` is the id of the sale that this one grew
    out of (it may be gone). ``touch_every`` is the number of days after the last touch at which the next one is due.
    """

    id: str
    pipeline_id: str
    stage_id: str
    created_at: Moment
    title: str
    external_id: str = ""
    company_id: str | None = None
    contact_id: str | None = None
    value: int | None = None
    currency: str = ""
    probability: int | None = None
    source: str = ""
    product: str = ""
    segment: str = ""
    kind: str = "new"
    owner: str = ""
    first_contact_at: Moment | None = None
    expected_close: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict)
    follows: str = ""
    touch_every: int | None = None

    @property
    def own_fields(self) -> dict[str, str]:
        """The fields that the user added; names that begin with an underscore are the program's own notes."""
        return {name: value for name, value in self.custom.items() if not name.startswith(OWN_PREFIX)}


@dataclass(frozen=True, slots=True)
class StageEvent:
    """One move of a deal: what came before it, where to, when, the value and probability then, and why.

    ``previous`` is the id of the event before, or the deal's own id for the first. ``stage_id`` is where the deal
    stands afterwards (for a loss: where it was lost). ``because`` keeps the reason for passing a stage's warning.
    ``path_known`` is false for a closed deal that came in without its history.
    """

    id: str
    deal_id: str
    previous: str
    kind: EventKind
    pipeline_id: str
    stage_id: str
    at: Moment
    value: int | None = None
    currency: str = ""
    probability: int | None = None
    reason_id: str | None = None
    reason: str = ""
    because: str = ""
    path_known: bool = True


@dataclass(frozen=True, slots=True)
class TouchedStep:
    """A step that somebody did, skipped or moved to another day, in the stay that ``entry_id`` began.

    ``at`` is when it was touched, ``due`` the new day (or instant) of a moved one; each repeat has a row of its own.
    """

    id: str
    deal_id: str
    entry_id: str
    step_id: str
    act: StepAct
    at: Moment
    due: Moment | None = None
    result: str = ""
    note: str = ""
    activity_id: str | None = None
