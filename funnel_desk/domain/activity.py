"""What was done, or is planned, with a client."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment


@dataclass(frozen=True, slots=True)
class Activity:
    """A talk, a letter, a visit: done (``at``) or planned (``planned_for``, a day or an instant). ``minutes`` spent."""

    id: str
    kind: str
    deal_id: str | None = None
    company_id: str | None = None
    contact_id: str | None = None
    step_id: str | None = None
    direction: str = "out"
    at: Moment | None = None
    planned_for: Moment | None = None
    minutes: int | None = None
    result: str = ""
    text: str = ""
