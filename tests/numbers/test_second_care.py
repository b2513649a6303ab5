"""M19, M21 and M23 twice: is the pipeline kept in order, and is the regulation kept?"""

from hypothesis import given, settings, strategies as st

from funnel_desk.queries.discipline import discipline
from funnel_desk.queries.hygiene import hygiene_report
from funnel_desk.queries.today import today
from tests.numbers import second_care
from tests.numbers.histories import FEW, HISTORIES, TODAY, ZONES, Act, a_world, play


@settings(max_examples=FEW)
@given(HISTORIES, st.sampled_from(ZONES))
def test_hygiene_and_what_stalls(history: list[Act], zone: str) -> None:
    with a_world(zone, with_steps=False) as world:
        play(world, history)
        own, said = second_care.hygiene(world.facts, TODAY), world.desk.read(hygiene_report, today=TODAY)
        assert (said.without_action.part, said.without_action.base) == (own.without_action, own.open)
        assert (said.overdue.part, said.overdue.base) == (own.overdue, own.open - own.without_action)
        assert (said.stalled.part, said.stalled.base) == (len(own.stalled), own.open)
        lists = world.desk.read(today, TODAY)
        assert {item.deal_id for item in lists.stalled} == own.stalled
        assert len(lists.no_next_action) == own.without_action
        assert len(lists.overdue) >= own.overdue


@settings(max_examples=FEW)
@given(HISTORIES)
def test_discipline(history: list[Act]) -> None:
    with a_world() as world:
        play(world, history)
        key = world.pipelines["main"]
        own, said = second_care.discipline(world.facts, key), world.desk.read(discipline, key)
        assert (said.done.part, said.done.base, said.deals) == (own.done, own.required, own.deals)
        for rate, mine in ((said.careful, own.careful), (said.others, own.others)):
            assert (rate.part, rate.base) == (mine["won"], mine["won"] + mine["lost"])
