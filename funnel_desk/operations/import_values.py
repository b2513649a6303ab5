"""What comes in from a table, read and understood, before anything is known of what is there already."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.i18n import N_

Match = Literal["external_id", "title+company", "email", "phone", "none"]
Outcome = Literal["open", "won", "lost"]
Only = Literal["", "new", "changes"]
"""Whether only what is new comes in, only changes of what is here, or both."""
Fate = Literal["created", "updated", "unchanged", "rejected"]

FOREIGN_ID = "_uid"
"""The own field that keeps the id which a deal had in the workspace it was exported from."""


class IncomingDeal(NamedTuple):
    """One row of a table of deals. What the row does not tell is empty: it wipes nothing and is not compared."""

    line: int
    fields: Mapping[str, object]
    """What it tells of the fields of ``Deal``, by name; ``custom`` holds what it tells of the user's own fields."""
    cells: tuple[str, ...]
    fallback_title: str
    uid: str = ""
    rev: str = ""
    company: str = ""
    contact: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    pipeline_id: str | None = None
    stage_id: str | None = None
    outcome: Outcome | None = None
    lost_stage_id: str | None = None
    closed_at: Moment | None = None
    reason_id: str | None = None
    reason: str = ""


class IncomingMove(NamedTuple):
    """One row of a stage history: where a deal went, or that it was won or lost, and when.

    ``known`` is false for a closing of which an exact export says that nobody knows the way to it.
    """

    line: int
    deal: str
    at: Moment
    uid: str = ""
    pipeline_id: str | None = None
    stage_id: str | None = None
    outcome: Literal["won", "lost"] | None = None
    from_stage_id: str | None = None
    value: int | None = None
    currency: str = ""
    probability: int | None = None
    reason_id: str | None = None
    reason: str = ""
    known: bool = True


class IncomingRow(NamedTuple):
    """One row of a table of companies, contacts, activities or steps: what it tells, by the names of the fields."""

    line: int
    values: Mapping[str, object]
    cells: tuple[str, ...]
    uid: str = ""
    rev: str = ""


class Additions(NamedTuple):
    """What an import makes before its deals: a pipeline, and stages of it or of another."""

    pipeline: Pipeline | None = None
    stages: tuple[Stage, ...] = ()


class Alike(NamedTuple):
    """Something new that may be there already under another name; ``other_id`` is empty if a row above tells of it."""

    line: int
    name: str
    other: str
    other_id: str = ""


class Terms(NamedTuple):
    """What a person decided of rows: which come in at all, and by their lines those that are something that is here."""

    only: Only = ""
    same: Mapping[int, str] = {}


BOTH = Terms()
NOT_HERE = N_("This is not here yet, and only changes were asked for.")


class Rejected(NamedTuple):
    """A row that cannot be taken: why, as a template and its values."""

    line: int
    reason: str
    values: Mapping[str, object]


class Verdict(NamedTuple):
    """What an import makes of one row."""

    line: int
    fate: Fate
    rejected: Rejected | None = None


class Tally(NamedTuple):
    """What an import came to. The lists of lines are of new deals whose moments had to be taken from elsewhere."""

    created: int
    updated: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    uncreated: tuple[int, ...] = ()
    """Lines without a creation day."""
    unclosed: tuple[int, ...] = ()
    """Lines of closed deals without a closing day."""
    alike: tuple[Alike, ...] = ()
    """What was made though something nearly alike is there: possible duplicates, for a person to look at."""
