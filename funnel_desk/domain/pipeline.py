"""A pipeline, its stages in order and the steps of each stage: the user's own funnel, as frozen values."""

from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.words import Words

Side = Literal["before", "won", "after"]
ExitRule = Literal["none", "warn", "block"]

NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One funnel: what is sold (direction), to whom, and where the leads come from.

    ``audience``, ``product``, ``price``, ``place`` and ``promotion`` are its page of marketing (seed 001);
    ``reviewed_on`` is the day on which somebody last looked whether it is still true.
    """

    id: str
    name: Words
    playbook_key: str = ""
    direction: Words = NO_WORDS
    typical_client: Words = NO_WORDS
    source: Words = NO_WORDS
    position: int = 0
    archived: bool = False
    reviewed_on: str | None = None
    audience: Words = NO_WORDS
    product: Words = NO_WORDS
    price: Words = NO_WORDS
    place: Words = NO_WORDS
    promotion: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. ``side`` tells it from the sale: before it, the won stage itself, or work after the sale.

    ``probability`` is in basis points (0..10000), ``stalled_days`` the days without a touch after which a deal stalls,
    and ``hard_days`` those after which it can no longer wait.
    """

    id: str
    pipeline_id: str
    key: str
    name: Words
    position: int
    side: Side = "before"
    probability: int = 0
    stalled_days: int | None = None
    exit_rule: ExitRule = "none"
    archived: bool = False
    hard_days: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A simple, completed action of a stage, with its term and the words to say.

    The term: ``days`` (working days if ``working``) after ``after``: ``entry`` (into the stage), ``previous`` (the step
    before), ``sale``, or ``step:KEY``. ``every`` repeats it each so many days from the last touch, until the step with
    the key ``until`` is done, the stage is left or the deal is closed. ``ask`` and ``done_when`` hold one item a line.
    ``sends`` says what the client has once it is done: ``offer`` or ``invoice``; later scripts speak of it.
    ``on_demand`` is work that comes up now and then (a claim, special terms): it is listed and can be ticked, but it is
    due only on a day that somebody gave it, and nothing waits for it.
    """

    id: str
    pipeline_id: str
    stage_id: str
    key: str
    title: Words
    kind: str
    position: int
    after: str = "entry"
    days: int = 0
    working: bool = False
    every: int | None = None
    until: str = ""
    required: bool = True
    role: Words = NO_WORDS
    say: Words = NO_WORDS
    ask: Words = NO_WORDS
    done_when: Words = NO_WORDS
    result: Words = NO_WORDS
    sends: str = ""
    archived: bool = False
    on_demand: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """What clients of a pipeline say against it, and what to answer."""

    id: str
    pipeline_id: str
    key: str
    says: Words
    answer: Words
    position: int = 0
    archived: bool = False


@dataclass(frozen=True, slots=True)
class LostReason:
    """Why deals are lost: a word of the whole workspace, shared by its pipelines."""

    id: str
    key: str
    name: Words
    position: int = 0
    archived: bool = False
