"""The facts of a workspace file, and what became of each deal: computed plainly, apart from the program.

Nothing here comes from the program's own arithmetic: the file is read with sqlite3, the events of a deal are followed
by their ``previous``, and every number is counted the slow way from the definitions. Money is integers, shares are
fractions, moments are texts (a day, or an instant in UTC).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]
TABLES = ("workspace", "pipeline", "stage", "step", "deal", "stage_event", "touched_step", "activity", "company")
DAY = 10
SIDES = ("before", "won", "after")


@dataclass(frozen=True)
class Facts:
    """The tables of a file by name, each row by its columns; ``zone`` cuts the days, ``currency`` is the main one."""

    tables: Mapping[str, Sequence[Row]]
    zone: str
    currency: str

    def __getitem__(self, table: str) -> Sequence[Row]:
        return self.tables[table]

    def day(self, moment: str) -> str:
        """The day of a moment where the workspace is at home."""
        return day_of(moment, self.zone)

    def days(self, start: str, end: str) -> Fraction:
        """Days between: exact from instant to instant, whole ones where only the day of either is known."""
        if len(start) > DAY and len(end) > DAY:
            return Fraction(int((clock(end) - clock(start)).total_seconds()), 86_400)
        return Fraction((date.fromisoformat(self.day(end)) - date.fromisoformat(self.day(start))).days)

    def later(self, one: str, other: str) -> str:
        """The later of two moments, by their days and then by what is written."""
        return max(one, other, key=lambda moment: (self.day(moment), moment))


def clock(moment: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(moment).astimezone(UTC)


def day_of(moment: str, zone: str) -> str:
    """The day of a moment in a zone."""
    return moment if len(moment) == DAY else clock(moment).astimezone(ZoneInfo(zone)).date().isoformat()


def days_before(day: str, days: int) -> str:
    """The day so many days before another."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def read_facts(path: Path) -> Facts:
    """All facts that the numbers need."""
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    file.row_factory = sqlite3.Row
    try:
        tables = {
            name: [dict(row) for row in file.execute(f"SELECT * FROM {name}")]
            for name in (*TABLES, "contact", "snooze")
        }
    finally:
        file.close()
    own = tables["workspace"][0]
    return Facts(tables, own["time_zone"], own["currency"])


@dataclass
class Visit:
    """A stay by the place of the stage in which it counts; ``ended`` is how, empty while it goes on."""

    pipeline: str
    place: int
    stage: str
    entry: str
    entered: str
    left: str | None = None
    ended: str = ""
    entries: list[str] = field(default_factory=list)


@dataclass
class Course:
    """What became of a deal in one pipeline."""

    deal: Row
    pipeline: str
    arrived: str
    outcome: str = "open"
    closed_at: str | None = None
    won_at: str | None = None
    moved_at: str = ""
    path_known: bool = True
    won_then_lost: bool = False
    visits: list[Visit] = field(default_factory=list)
    open_spans: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def furthest(self) -> int:
        """The furthest place ever."""
        return max(visit.place for visit in self.visits)


class Places:
    """Where each stage stands in the present order; an archived one counts as its neighbour on its side."""

    def __init__(self, facts: Facts) -> None:
        self.living: dict[str, list[Row]] = {}
        self.place: dict[str, int] = {}
        self.side = {stage["id"]: stage["side"] for stage in facts["stage"]}
        self.pipeline = {stage["id"]: stage["pipeline_id"] for stage in facts["stage"]}
        for pipeline in facts["pipeline"]:
            rows = [stage for stage in facts["stage"] if stage["pipeline_id"] == pipeline["id"]]
            rows.sort(key=lambda stage: (SIDES.index(stage["side"]), stage["position"], stage["id"]))
            side_lives = {stage["side"] for stage in rows if not stage["archived"]}
            # Where nothing lives on a side, its stages count as themselves: nothing else could stand for them.
            living = [stage for stage in rows if not stage["archived"] or stage["side"] not in side_lives]
            self.living[pipeline["id"]] = living
            for at, stage in enumerate(rows):
                side = [one for one in living if one["side"] == stage["side"]]
                earlier = [one for one in rows[: at + 1] if one in side]
                later = [one for one in rows[at:] if one in side]
                self.place[stage["id"]] = living.index(earlier[-1] if earlier else later[0])

    def won_place(self, pipeline: str) -> int:
        """The place of the won stage."""
        return next(at for at, stage in enumerate(self.living[pipeline]) if stage["side"] == "won")


def events_of(deal: Row, events: Iterable[Row]) -> list[Row]:
    """The events of a deal, each after the one that it names; a fork is none of this."""
    after: dict[str, list[Row]] = {}
    for event in events:
        after.setdefault(event["previous"], []).append(event)
    path, here = [], deal["id"]
    while here in after:
        (event,) = after[here]
        path.append(event)
        here = event["id"]
    return path


def courses(facts: Facts, until: str | None = None) -> list[Course]:
    """What became of every deal in every pipeline it went through, as it was when the day ``until`` was over."""
    places = Places(facts)
    by_deal: dict[str, list[Row]] = {}
    for event in facts["stage_event"]:
        by_deal.setdefault(event["deal_id"], []).append(event)
    found: list[Course] = []
    for deal in sorted(facts["deal"], key=lambda row: str(row["id"])):
        if until is None or facts.day(deal["created_at"]) <= until:
            found += _courses_of(facts, places, deal, events_of(deal, by_deal.get(deal["id"], [])), until)
    return found


def _courses_of(facts: Facts, places: Places, deal: Row, events: list[Row], until: str | None) -> list[Course]:
    walk = _Walk(places, deal)
    walk.come(deal["pipeline_id"], deal["stage_id"], deal["id"])
    for event in events:
        at = facts.later(walk.now, event["at"])
        if until is not None and facts.day(at) > until:
            break
        walk.now = at
        walk.follow(event)
    for event in events:
        if not event["path_known"] and event["pipeline_id"] in walk.courses:
            walk.courses[event["pipeline_id"]].path_known = False  # of no moment of it is anything known
    return list(walk.courses.values())


class _Walk:
    """A deal on its way; ``now`` never goes back."""

    def __init__(self, places: Places, deal: Row) -> None:
        self.places, self.deal, self.now = places, deal, str(deal["created_at"])
        self.courses: dict[str, Course] = {}

    def come(self, pipeline: str, stage: str, entry: str) -> None:
        """A stay begins: before the sale the deal is open, from the won stage on it is won."""
        self.here = course = self.courses.setdefault(pipeline, Course(self.deal, pipeline, self.now))
        course.visits.append(Visit(pipeline, self.places.place[stage], stage, entry, self.now, entries=[entry]))
        course.moved_at = self.now
        if self.places.side[stage] == "before":
            course.outcome, course.closed_at, course.won_at = "open", None, None
            if not course.open_spans or course.open_spans[-1][1] is not None:
                course.open_spans.append((self.now, None))
        elif course.outcome != "won":
            course.outcome, course.closed_at, course.won_at = "won", self.now, self.now
        if course.outcome == "won":
            self.no_longer_open()

    def leave(self, how: str) -> None:
        """The present stay ends."""
        self.here.visits[-1].left, self.here.visits[-1].ended = self.now, how

    def no_longer_open(self) -> None:
        """The deal was open until now."""
        if self.here.open_spans and self.here.open_spans[-1][1] is None:
            self.here.open_spans[-1] = (self.here.open_spans[-1][0], self.now)

    def follow(self, event: Row) -> None:
        """What an event does to the deal."""
        here, place, stood = self.here, self.places.place[event["stage_id"]], self.here.visits[-1].place
        if event["kind"] == "moved" and place == stood:
            here.moved_at = self.now
            here.visits[-1].entries.append(event["id"])
            return
        if event["kind"] == "moved":
            self.leave("advanced" if place > stood else "back")
        elif event["kind"] == "handed_over":
            self.leave("handed_over")
            self.no_longer_open()
            if here.outcome == "open":
                here.outcome, here.closed_at = "handed_over", self.now
        elif event["kind"] == "lost":
            if place != stood:  # the stage of the loss was told later, as of a deal that came in lost
                self.leave("advanced" if place > stood else "back")
                self.come(event["pipeline_id"], event["stage_id"], event["id"])
            self.leave("lost")
            self.no_longer_open()
            here.won_then_lost = here.outcome == "won"
            here.outcome, here.closed_at, here.won_at = "lost", self.now, None
            return
        here.won_then_lost = False
        self.come(event["pipeline_id"], event["stage_id"], event["id"])


def standing(facts: Facts, deal: Row, found: Sequence[Course]) -> Course:
    """The course in which a deal stands at present: that of its last event."""
    mine = [course for course in found if course.deal["id"] == deal["id"]]
    events = events_of(deal, [event for event in facts["stage_event"] if event["deal_id"] == deal["id"]])
    pipeline = events[-1]["pipeline_id"] if events else deal["pipeline_id"]
    return next(course for course in mine if course.pipeline == pipeline)


def median(values: Iterable[Fraction]) -> Fraction | None:
    """The middle one, or the mean of the two in the middle."""
    rows = sorted(values)
    half = len(rows) // 2
    if not rows:
        return None
    return rows[half] if len(rows) % 2 else (rows[half - 1] + rows[half]) / 2


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The mean; none of nothing."""
    return sum(values, Fraction()) / len(values) if values else None
