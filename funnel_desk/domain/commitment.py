"""What a client's word still hangs on: conditions, risks, and special terms asked for."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment

RISKS = ("no_decision_maker", "no_date", "competitor", "budget_freeze", "price_pressure", "other")
TERMS = ("discount", "payment", "delivery", "other")


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that has to come about before a commitment holds; ``due`` is the day by which, if one was said."""

    id: str
    deal_id: str
    text: str
    raised_at: Moment
    due: Moment | None = None
    met_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """A critical sign on a deal, one of ``RISKS``; most deals close with some of them present, so it warns only."""

    id: str
    deal_id: str
    kind: str
    raised_at: Moment
    text: str = ""
    settled_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class TermsRequest:
    """A client asks for a discount or for other special terms: one of ``TERMS``.

    ``discount`` is in basis points of the deal's value. ``decision`` is empty while open, else ``given`` or
    ``refused``; ``answer`` is what was asked for in return.
    """

    id: str
    deal_id: str
    kind: str
    at: Moment
    text: str = ""
    discount: int | None = None
    decision: str = ""
    decided_at: Moment | None = None
    answer: str = ""
