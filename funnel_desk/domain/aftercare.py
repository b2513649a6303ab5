"""After the sale, and while other departments are at work: satisfaction, claims, and who is waited for."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment

MARKS = ("below", "met", "exceeded")
CLAIM_KINDS = ("product", "delivery", "service", "documents", "other")


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
