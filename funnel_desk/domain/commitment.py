"""What a client's word still hangs on: conditions, risks, and special terms asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel_desk.domain.moments import Moment
from funnel_desk.i18n import N_

RISKS = ("no_decision_maker", "no_date", "competitor", "budget_freeze", "price_pressure", "other")
TERMS = ("discount", "payment", "delivery", "other")
DECISIONS = ("given", "refused")
RISK_NAMES: Mapping[str, str] = {
    "no_decision_maker": N_("nobody who decides has been met"),
    "no_date": N_("no day is agreed"),
    "competitor": N_("a competitor is talking to them"),
    "budget_freeze": N_("their money may be frozen"),
    "price_pressure": N_("they press on the price"),
    "other": N_("another risk"),
}
TERMS_NAMES: Mapping[str, str] = {
    "discount": N_("discount"),
    "payment": N_("terms of payment"),
    "delivery": N_("terms of delivery"),
    "other": N_("special terms"),
}
DECISION_NAMES: Mapping[str, str] = {"given": N_("given"), "refused": N_("refused")}


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
