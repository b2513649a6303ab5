"""M1 to M13, counted a second way: the funnel of one pipeline on a basis and over a period."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import sqrt

from tests.numbers.second import Course, Facts, Places, courses, mean, median

FIRST, LAST = "0000", "9999"


@dataclass
class Stage:
    """M1 to M8, M11 and M12 of one stage."""

    entered: int = 0
    touched: int = 0
    reached: int = 0
    strict: int = 0
    now: int = 0
    at_start: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    lost_here: int = 0
    beyond: int = 0
    decided: int = 0
    closed: int = 0
    won: int = 0
    value: Counter[str] = field(default_factory=Counter)
    without_value: int = 0
    median_days: Fraction | None = None
    mean_days: Fraction | None = None


@dataclass
class Funnel:
    """The totals and the stages."""

    stages: list[Stage]
    outcomes: Counter[str]
    unknown_path: int
    won_then_lost: int
    won_value: Counter[str]
    days_to_win: Fraction | None
    negative: int
    deals: int


def in_scope(facts: Facts, pipeline: str, basis: str, first: str | None, last: str | None) -> list[Course]:
    """The courses that a report counts; on the basis "active" as they were when the period was over."""
    low, high = first or FIRST, last or LAST
    found = [one for one in courses(facts, last if basis == "active" else None) if one.pipeline == pipeline]
    if basis == "created":
        return [one for one in found if low <= facts.day(one.arrived) <= high]
    if basis == "closed":
        return [one for one in found if one.closed_at and low <= facts.day(one.closed_at) <= high]
    return [one for one in found if any(not end or facts.day(end) >= low for _start, end in one.open_spans)]


def group_of(course: Course, by: str) -> str:
    """The value by which a deal is grouped."""
    return str(course.deal[by])


def funnel(facts: Facts, pipeline: str, found: Sequence[Course], first: str | None = None) -> Funnel:
    """The numbers of these courses. ``first`` is the first day of an active period: what ended before is no news."""
    places = Places(facts)
    if first:
        found = [_what_reaches_into(facts, one, first) for one in found]
    known = [one for one in found if one.path_known]
    stages = [_stage(facts, place, found, known, first or FIRST) for place in range(len(places.living[pipeline]))]
    won = [one for one in found if one.outcome == "won"]
    spans = [facts.days(first_contact(facts, one), one.won_at or "") for one in won]
    value: Counter[str] = Counter()
    for one in won:
        if one.deal["value"] is not None:
            value[one.deal["currency"] or facts.currency] += one.deal["value"]
    return Funnel(
        stages,
        Counter(one.outcome for one in found),
        len(found) - len(known),
        sum(one.won_then_lost for one in found),
        value,
        median(span for span in spans if span >= 0),
        sum(span < 0 for span in spans),
        len(found),
    )


def _what_reaches_into(facts: Facts, course: Course, first: str) -> Course:
    """A course with the stays of the period only: on the basis "active" what counts is what happened in it."""
    return replace(course, visits=[one for one in course.visits if not one.left or facts.day(one.left) >= first])


def first_contact(facts: Facts, course: Course) -> str:
    """The deal's field, else its first activity, else its creation."""
    done = [row["at"] for row in facts["activity"] if row["deal_id"] == course.deal["id"] and row["at"]]
    return str(course.deal["first_contact_at"] or (min(done) if done else course.deal["created_at"]))


def _stage(facts: Facts, place: int, found: Sequence[Course], known: Sequence[Course], first: str) -> Stage:
    stage = Stage()
    spent: list[Fraction] = []
    for one in found:
        here = [visit for visit in one.visits if visit.place == place]
        begun = [visit for visit in here if facts.day(visit.entered) >= first]
        stage.entered += len(begun)
        stage.at_start += len(here) - len(begun)
        stage.touched += bool(here)
        stage.ended.update(visit.ended for visit in here if visit.ended)
        stage.now += sum(not visit.ended for visit in here)
        done = [facts.days(visit.entered, visit.left) for visit in here if visit.left is not None]
        if done and one.path_known:
            spent.append(sum(done, Fraction()))
    for one in known:
        stage.strict += set(range(place + 1)) <= {visit.place for visit in one.visits}
        stage.lost_here += one.outcome == "lost" and one.visits[-1].place == place
        if one.furthest < place:
            continue
        stage.reached += 1
        stage.beyond += one.furthest > place
        stage.decided += one.furthest > place or one.outcome in {"won", "lost"}
        stage.closed += one.outcome in {"won", "lost"}
        stage.won += one.outcome == "won"
        if one.deal["value"] is None:
            stage.without_value += 1
        else:
            stage.value[one.deal["currency"] or facts.currency] += one.deal["value"]
    stage.median_days, stage.mean_days = median(spent), mean(spent)
    return stage


def wilson(part: int, base: int) -> tuple[float, float] | None:
    """The 95 % interval of a share."""
    if not base:
        return None
    z, p = 1.959963984540054, part / base
    middle, wide = p + z * z / (2 * base), z * sqrt(p * (1 - p) / base + z * z / (4 * base * base))
    low, high = ((middle + sign * wide) / (1 + z * z / base) for sign in (-1, 1))
    return low, high
