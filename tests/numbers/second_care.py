"""M19, M21 and M23, counted a second way; of steps that come once."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tests.numbers.second import Course, Facts, Places, Row, courses, standing

CAREFUL = 80


@dataclass
class Hygiene:
    """M21: three counts of the open deals; and M19 deal by deal."""

    open: int
    without_action: int
    overdue: int
    stalled: set[str]


def hygiene(facts: Facts, today: str) -> Hygiene:
    """Of all open deals; only what people planned is an action here, so the file must have no steps."""
    assert not facts["step"]
    found = courses(facts)
    mine = Hygiene(0, 0, 0, set())
    places = Places(facts)
    for deal in facts["deal"]:
        course = standing(facts, deal, found)
        if course.outcome != "open":
            continue
        mine.open += 1
        acts = [row for row in facts["activity"] if row["deal_id"] == deal["id"]]
        plans = sorted(facts.day(row["planned_for"]) for row in acts if row["planned_for"] and not row["at"])
        mine.without_action += not plans
        mine.overdue += bool(plans) and plans[0] < today
        limit = places.living[course.pipeline][course.visits[-1].place]["stalled_days"]
        if limit is not None and _idle(facts, course, acts, today) > limit and not (plans and plans[-1] >= today):
            mine.stalled.add(str(deal["id"]))
    return mine


def _idle(facts: Facts, course: Course, acts: list[Row], today: str) -> int:
    """Days since the last contact or move."""
    touched = [facts.day(row["at"]) for row in acts if row["at"]] + [facts.day(course.moved_at)]
    return (date.fromisoformat(today) - date.fromisoformat(max(touched))).days


@dataclass
class Discipline:
    """M23."""

    done: int
    required: int
    deals: int
    careful: Counter[str]
    others: Counter[str]


def discipline(facts: Facts, pipeline: str) -> Discipline:
    """Required steps done before a stay was left forward, and how the careful deals and the others ended."""
    places, mine = Places(facts), Discipline(0, 0, 0, Counter(), Counter())
    for course in courses(facts):
        if course.pipeline != pipeline or not course.path_known:
            continue
        done = required = 0
        for visit in course.visits:
            if visit.ended != "advanced" or visit.left == visit.entered or visit.left is None:
                continue
            stage = places.living[pipeline][visit.place]["id"]
            asked = {step["id"] for step in facts["step"] if step["stage_id"] == stage and step["required"]}
            ticked = {
                row["step_id"]
                for row in facts["touched_step"]
                if row["entry_id"] in visit.entries
                and row["act"] == "done"
                and facts.later(row["at"], visit.left) == visit.left
            }
            done, required = done + len(asked & ticked), required + len(asked)
        if not required:
            continue
        mine.done, mine.required, mine.deals = mine.done + done, mine.required + required, mine.deals + 1
        (mine.careful if 100 * done >= CAREFUL * required else mine.others)[course.outcome] += 1
    return mine
