"""How one deal of the demo workspace lives: what somebody did with it, when and with which words.

It goes through the stages of its pipeline as the checklist asks for it; some deals are lost, forgotten, reopened, sent
back or handed over. Chances are in per cent.
"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Literal, NamedTuple, TypeVar

from funnel_desk.domain.moments import add_days, instant
from funnel_desk.domain.playbook import STEP_PREFIX, Playbook, PlaybookStage, PlaybookStep
from funnel_desk.operations.demo_calendar import Calendar, last_working
from funnel_desk.operations.demo_cast import Buyer, Cast, Line

_T = TypeVar("_T")

SPAN = 182  # days that the story covers
PATIENCE = 45  # days after which a forgotten deal is closed as lost
KINDS = {"new": 12, "repeat": 3, "cross_sell": 1, "up_sell": 1, "change_sale": 1}
MINUTES = {"call": (4, 25), "email": (5, 15), "message": (2, 6), "document": (15, 50), "task": (5, 40)}
LONG_MINUTES = (40, 130)
NOTED_AS = {"meeting": "visit", "demo": "visit", "document": "task"}
DELAYS = {0: 16, 1: 3, 2: 1}  # working days after a step was due, with weights
PAUSES = {0: 6, 1: 6, 2: 4, 3: 3, 6: 2, 9: 1}  # days before a deal moves on, with weights
PLANNED_FROM = 3  # days of pause for which something is planned
ROUNDED = 50  # amounts are whole multiples of so much

DeedKind = Literal["new", "tick", "skip", "move", "lose", "reopen", "hand_over", "log", "plan", "finish", "edit"]
Fate = Literal["on", "back", "lost", "forgotten", "handed_over"]


class Deed(NamedTuple):
    """One thing that a seller did with a deal (by its number in the story), with the values of the operation.

    ``stage`` is the key of the playbook and of the stage, where the operation needs one.
    """

    at: str
    seller: int
    deal: int
    kind: DeedKind
    values: Mapping[str, object]
    stage: tuple[str, str] | None = None


@dataclass(slots=True)
class _Stay:
    """A stay in a stage while it is told: when it began, and the day on which each step was done, or else due."""

    playbook: Playbook
    place: int
    entered: datetime
    days: dict[str, str] = field(default_factory=dict)

    @property
    def stage(self) -> PlaybookStage:
        return self.playbook.stages[self.place]

    @property
    def name(self) -> tuple[str, str]:
        return self.playbook.key, self.stage.key

    @property
    def is_last(self) -> bool:
        return self.place == len(self.playbook.stages) - 1


class Life:
    """One deal from its creation on. ``is_waiting``: the story ended while somebody was still working on it."""

    def __init__(
        self,
        cast: Cast,
        playbooks: Mapping[str, Playbook],
        calendar: Calendar,
        rng: Random,
        number: int,
        line: Line,
        titles: Mapping[str, list[str]],
    ) -> None:
        self._cast, self._playbooks, self._calendar, self._rng = cast, playbooks, calendar, rng
        self._number, self._line = number, line
        self._seller = rng.randrange(len(cast.sellers))
        self._buyer: Buyer = rng.choice([buyer for buyer in line.buyers if titles[buyer.lang]])
        self._title = titles[self._buyer.lang].pop()
        self._went_back = self._second_chance = False
        self._sold = ""
        self.is_waiting = False

    def deeds(self) -> Iterator[Deed]:
        """What was done, up to the end of the story."""
        end = instant(self._calendar.end)
        for deed in self._tell():
            if deed.at > end:
                self.is_waiting = not self._sold
                return
            yield deed

    def plan(self, day: str) -> Deed:
        """What was planned on the last evening of the story, for a day or an instant."""
        return self._deed(self._calendar.last_evening(), "plan", {**self._idea(), "planned_for": day})

    def _tell(self) -> Iterator[Deed]:
        began = self._calendar.on(last_working(self._calendar.today - timedelta(days=1 + self._rng.randrange(SPAN))))
        stay: _Stay | None = _Stay(self._playbooks[self._line.pipeline], 0, began)
        yield self._deed(began, "new", self._beginning(began), (self._line.pipeline, ""))
        while stay is not None:
            fate = self._fate(stay)
            here = yield from self._work(stay, fate)
            stay = yield from self._leave(stay, here, fate)

    # --- one stay ----------------------------------------------------------------------------------------------------

    def _fate(self, stay: _Stay) -> Fate:
        """How the stay will end."""
        if stay.playbook.key == "startup" and stay.place == 0 and self._chance(6):
            return "handed_over"
        if stay.stage.side != "before" or self._second_chance:
            return "on"
        if self._rng.random() >= self._line.goes_on.get(stay.stage.key, 1.0):
            return "forgotten" if self._chance(30) else "lost"
        return "back" if stay.place and not self._went_back and self._chance(6) else "on"

    def _work(self, stay: _Stay, fate: Fate) -> Generator[Deed, None, datetime]:
        """Go through the checklist as it falls due, or through a part of it; gives the moment of the last work."""
        steps = stay.stage.steps
        here = stay.entered
        for place, step in enumerate(steps if fate == "on" else steps[: self._rng.randrange(len(steps) + 1)]):
            due = stay.days[step.key] = self._due(stay, place, step)
            if step.required or self._chance(45):
                here = self._calendar.on(add_days(due, self._one_of(DELAYS), working=True), after=here)
                here = yield from self._do(step, here)
            elif stay.is_last or self._chance(85):
                here = self._calendar.on(due, after=here)
                yield self._deed(here, "skip", {"step": step.key})
            else:
                continue
            stay.days[step.key] = here.date().isoformat()
        return here

    def _do(self, step: PlaybookStep, here: datetime) -> Generator[Deed, None, datetime]:
        if step.kind == "call" and self._chance(20):
            yield self._deed(here, "tick", {"step": step.key, "result": "no_answer", "minutes": 1})
            here = self._calendar.on(add_days(here.date().isoformat(), 1, working=True), after=here)
        note = self._note(NOTED_AS.get(step.kind, step.kind)) if self._chance(70) else ""
        minutes = self._rng.randint(*MINUTES.get(step.kind, LONG_MINUTES))
        yield self._deed(here, "tick", {"step": step.key, "note": note, "minutes": minutes})
        if self._chance(15):
            here = self._calendar.later(here)
            values = {"activity": self._rng.choice(("email", "call", "message")), "text": self._note("in")}
            yield self._deed(here, "log", {**values, "direction": "in"})
        return here

    def _leave(self, stay: _Stay, here: datetime, fate: Fate) -> Generator[Deed, None, _Stay | None]:
        """End a stay; gives the next one."""
        match fate:
            case "lost":
                return (yield from self._lose(stay, self._calendar.plus(here, self._rng.randint(2, 9)), ""))
            case "forgotten":
                return (yield from self._lose(stay, self._calendar.plus(here, PATIENCE), "no_answer"))
            case "handed_over":
                here = self._calendar.later(here)
                following = _Stay(self._playbooks["security-systems"], 0, here)
                yield self._deed(here, "hand_over", {}, following.name)
                return following
            case "back":
                self._went_back = True
                here = self._calendar.plus(here, 1)
                return (yield from self._move(stay, stay.place - 1, here))
            case "on":
                return None if stay.is_last else (yield from self._advance(stay, here))

    def _lose(self, stay: _Stay, here: datetime, why: str) -> Generator[Deed, None, _Stay | None]:
        known = {reason.key for reason in stay.playbook.lost_reasons}
        reason = why or self._one_of({key: weight for key, weight in self._cast.lost.items() if key in known})
        note = self._rng.choice(self._cast.lost_notes[self._buyer.lang][reason])
        yield self._deed(here, "lose", {"reason": reason, "note": note})
        if not self._chance(14):
            return None
        here = self._calendar.plus(here, self._rng.randint(15, 40))
        self._second_chance = True
        yield self._deed(here, "reopen", {"because": self._note("again")})
        return _Stay(stay.playbook, stay.place, here)

    def _advance(self, stay: _Stay, here: datetime) -> Generator[Deed, None, _Stay | None]:
        """Move on after a pause; for a longer one something is planned, now and then."""
        stages = stay.playbook.stages
        pause = self._one_of(PAUSES)
        on = self._calendar.plus(here, pause) if pause else self._calendar.later(here)
        if pause >= PLANNED_FROM and self._chance(60):
            here = self._calendar.later(here)
            yield self._deed(here, "plan", {**self._idea(), "planned_for": on.date().isoformat()})
            yield self._deed(on, "finish", {"note": self._note("call"), "minutes": self._rng.randint(4, 20)})
            on = self._calendar.later(on)
        if stay.place == 1 and self._chance(20):
            yield self._deed(on, "edit", {"value": self._value()})
            on += timedelta(minutes=3)
        skips = stages[min(stay.place + 2, len(stages) - 1)].side == "before" and self._chance(5)
        return (yield from self._move(stay, stay.place + (2 if skips else 1), on))

    def _move(self, stay: _Stay, place: int, here: datetime) -> Generator[Deed, None, _Stay]:
        following = _Stay(stay.playbook, place, here)
        if following.stage.side != "before" and not self._sold:
            self._sold = here.date().isoformat()
        because = self._note("left") if self._chance(30) else ""
        yield self._deed(here, "move", {"because": because}, following.name)
        return following

    def _due(self, stay: _Stay, place: int, step: PlaybookStep) -> str:
        """The day on which the checklist asks for a step."""
        entered, after = stay.entered.date().isoformat(), step.term.after
        start = entered
        if after == "previous" and place:
            start = stay.days[stay.stage.steps[place - 1].key]
        elif after == "sale":
            start = self._sold or entered
        elif after.startswith(STEP_PREFIX):
            start = stay.days.get(after.removeprefix(STEP_PREFIX), entered)
        return add_days(start, step.term.days, working=step.term.working)

    # --- what is said ------------------------------------------------------------------------------------------------

    def _beginning(self, began: datetime) -> dict[str, object]:
        """The fields of the new deal."""
        line = self._line
        close = began + timedelta(days=round(line.cycle * self._rng.uniform(0.6, 1.5)))
        return {
            "title": self._title,
            "company": self._buyer.name,
            "contact": self._rng.choices(self._buyer.people, range(len(self._buyer.people), 0, -1))[0][0],
            "value": None if self._chance(8) else self._value(),
            "currency": self._cast.currency,
            "source": self._one_of(line.sources),
            "product": self._rng.choice(line.products),
            "segment": self._buyer.segment,
            "kind": self._one_of(KINDS),
            "owner": self._cast.sellers[self._seller],
            "expected_close": None if self._chance(15) else close.date().isoformat(),
        }

    def _value(self) -> int:
        """An amount in minor units: small ones are more usual than large ones."""
        low, high = self._line.values
        major: float = low * (high / low) ** self._rng.betavariate(2, 3)
        return round(major / ROUNDED) * ROUNDED * 100

    def _idea(self) -> dict[str, object]:
        plans = self._cast.plans[self._buyer.lang]
        kind = self._rng.choice([kind for kind in plans for _ in plans[kind]])
        return {"activity": kind, "text": self._rng.choice(plans[kind])}

    def _note(self, about: str) -> str:
        return self._rng.choice(self._cast.notes[self._buyer.lang][about])

    def _one_of(self, weighted: Mapping[_T, int]) -> _T:
        return self._rng.choices(list(weighted), list(weighted.values()))[0]

    def _chance(self, percent: int) -> bool:
        return self._rng.random() * 100 < percent

    def _deed(
        self, at: datetime, kind: DeedKind, values: Mapping[str, object], stage: tuple[str, str] | None = None
    ) -> Deed:
        return Deed(instant(at), self._seller, self._number, kind, values, stage)
