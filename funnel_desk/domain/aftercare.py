"""After the sale, and while other departments are at work: satisfaction, claims, and who is waited for."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel_desk.domain.moments import Moment
from funnel_desk.i18n import N_

MARKS = ("below", "met", "exceeded")
CLAIM_KINDS = ("product", "delivery", "service", "documents", "other")
MARK_NAMES: Mapping[str, str] = {
    "below": N_("less than expected"),
    "met": N_("as expected"),
    "exceeded": N_("more than expected"),
}
CLAIM_NAMES: Mapping[str, str] = {
    "product": N_("product"),
    "delivery": N_("delivery"),
    "service": N_("service"),
    "documents": N_("papers"),
    "other": N_("something else"),
}


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What the client said of the purchase: expectations ``below``, ``met`` or ``exceeded``, and in what words."""

    id: str
    deal_id: str
    mark: str
    at: Moment
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A complaint after the sale, from the day it was raised to the day it was settled, and how."""

    id: str
    deal_id: str
    text: str
    raised_at: Moment
    kind: str = "other"
    settled_at: Moment | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A deal waits on somebody else: who (a department, a carrier), for what, since when, until when it is promised."""

    id: str
    deal_id: str
    on_whom: str
    since: Moment
    text: str = ""
    expected_on: str | None = None
    ended_at: Moment | None = None
