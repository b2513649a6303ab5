"""Companies and the people in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Company:
    """A company that buys or may buy.

    ``tasks`` and ``troubles`` are what it solves with the product and what arises; ``potential`` is what it could buy
    in a year (minor units of ``potential_currency``); ``touch_every`` is how many days after a talk the next is due.
    """

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
    tasks: str = ""
    troubles: str = ""
    potential: int | None = None
    potential_currency: str = ""
    touch_every: int | None = None


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
