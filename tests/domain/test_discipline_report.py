from dataclasses import replace

from hypothesis import given, strategies as st

from funnel_desk.domain.deal import Outcome, StepAct, TouchedStep
from funnel_desk.domain.discipline_report import (
    DealDiscipline,
    Discipline,
    LeftStay,
    discipline_report,
    stays_discipline,
)
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.words import Words

ZONE = "Europe/Minsk"
LEFT = "2026-11-10T12:00:00Z"


def a_step(name: str) -> Step:
    return Step(name, "p", "s", name, Words(name, name), "call", 0)


STEPS = [a_step("ask"), a_step("show"), replace(a_step("remind"), every=7), replace(a_step("gift"), required=False)]


def touched(step: str, at: str, act: StepAct = "done") -> TouchedStep:
    return TouchedStep(f"{step}{at}{act}", "d", "e", step, act, at)


def left(*touches: TouchedStep, at: str = LEFT) -> DealDiscipline:
    return stays_discipline("won", [LeftStay(at, STEPS, touches)], ZONE)


def test_required_steps_done_before_leaving() -> None:
    assert left(touched("ask", "2026-11-09T10:00:00Z")) == DealDiscipline("won", 1, 2)
    assert left(touched("remind", LEFT), touched("gift", LEFT)) == DealDiscipline("won", 0, 2)


def test_too_late_and_skipped_is_not_done() -> None:
    assert left(touched("ask", "2026-11-10T12:00:01Z"), touched("show", LEFT, "skipped")).done == 0


def test_where_only_the_day_is_known_the_day_counts() -> None:
    assert left(touched("ask", "2026-11-10"), touched("show", "2026-11-11")).done == 1
    assert left(touched("ask", "2026-11-10T20:59:59Z"), at="2026-11-10").done == 1
    assert left(touched("ask", "2026-11-10T21:00:00Z"), at="2026-11-10").done == 0


def test_an_archived_step_is_required_of_those_who_touched_it() -> None:
    archived = [replace(STEPS[0], archived=True)]
    assert stays_discipline("won", [LeftStay(LEFT, archived, [])], ZONE).required == 0
    assert stays_discipline("won", [LeftStay(LEFT, archived, [touched("ask", LEFT)])], ZONE).done == 1


def test_stays_add_up() -> None:
    stays = [LeftStay(LEFT, STEPS, [touched("ask", LEFT)]), LeftStay(LEFT, STEPS[:1], [touched("ask", LEFT)])]
    assert stays_discipline("lost", stays, ZONE) == DealDiscipline("lost", 2, 3)


def test_careful_deals_beside_the_others() -> None:
    deals = [
        *[DealDiscipline("won", 4, 5)] * 30,
        *[DealDiscipline("lost", 5, 5)] * 10,
        *[DealDiscipline("won", 3, 4)] * 10,
        *[DealDiscipline("lost", 0, 5)] * 30,
        DealDiscipline("open", 5, 5),
        DealDiscipline("won", 0, 0),
    ]
    found = discipline_report(deals)
    assert found == Discipline(Rate(120 + 50 + 30 + 5, 150 + 50 + 40 + 150 + 5), Rate(30, 40), Rate(10, 40), 81)
    assert found.comparison.verdict == "better"


@given(
    st.lists(
        st.builds(
            lambda outcome, done, more: DealDiscipline(outcome, done, done + more),
            st.sampled_from(["won", "lost", "open", "handed_over"]),
            st.integers(0, 9),
            st.integers(0, 9),
        )
    )
)
def test_careful_and_others_are_all_that_closed(deals: list[DealDiscipline]) -> None:
    asked = [deal for deal in deals if deal.required]
    closed: list[Outcome] = [deal.outcome for deal in asked if deal.outcome in ("won", "lost")]
    found = discipline_report(deals)
    assert found.deals == len(asked)
    assert found.careful.base + found.others.base == len(closed)
    assert found.careful.part + found.others.part == closed.count("won")
