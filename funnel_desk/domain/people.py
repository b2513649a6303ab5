"""Companies and the people in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """A company that buys or may buy."""

    id: str
    name: str
    site: str = ""
    industry: str = ""
    usage: str = ""
    segment: str = ""
    size: str = ""
    price_sensitivity: str = ""
    owner: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to talk to; ``role`` is the part played in the decision."""

    id: str
    name: str
    company_id: str | None = None
    email: str = ""
    phone: str = ""
    messenger: str = ""
    role: str = ""
    attitude: str = ""
    note: str = ""
