"""M1 to M13 twice: what the program says of a funnel, and what a plain count of the facts says."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.domain.cohort import Basis, Grouping
from funnel_desk.domain.funnel import Funnel as Said
from funnel_desk.domain.periods import Period
from funnel_desk.operations import deals
from funnel_desk.queries.calibration import calibration_report
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.funnel import funnel as ask_funnel
from tests.numbers import second, second_funnel
from tests.numbers.asking import document, text
from tests.numbers.histories import FEW, FIRST_DAY, HISTORIES, NOW, ZONES, Act, World, a_world, play
from tests.numbers.second_funnel import Funnel

BASES: tuple[Basis, ...] = ("created", "closed", "active")
GROUPINGS: tuple[Grouping, ...] = ("source", "product", "segment", "owner", "kind")
ORACLE = ("1,2,3,4,won", "1,2,3,lost", "1,3,4,won", "1,2,3,2,3", "1,lost", "1,2", "2,3,lost", "1,2,3,4,lost")
DAYS = st.integers(-2, 75)
PERIODS = st.tuples(DAYS, DAYS, st.integers(0, 5))
CLOSE = 1e-9


def period_of(told: tuple[int, int, int]) -> tuple[str | None, str | None]:
    """The first and the last day, either of which may be open."""
    one, other = (second.days_before(FIRST_DAY.isoformat(), -day) for day in sorted(told[:2]))
    return (None if told[2] in {0, 1} else one), (None if told[2] in {0, 2} else other)


def value_of(share: Any) -> Fraction | None:  # noqa: ANN401 - a rate of the program
    return Fraction(share.part, share.base) if share is not None and share.base else None


def the_same(said: Said, own: Funnel) -> None:
    """Every number of the program is the one counted plainly."""
    assert (said.deals, said.unknown_path, said.won_then_lost) == (own.deals, own.unknown_path, own.won_then_lost)
    assert {"won": said.won, "lost": said.lost, "open": said.open, "handed_over": said.handed_over} == {
        key: own.outcomes[key] for key in ("won", "lost", "open", "handed_over")
    }
    assert {one.currency: one.minor for one in said.won_value} == own.won_value
    assert (said.win_rate.part, said.win_rate.base) == (own.outcomes["won"], own.outcomes["won"] + own.outcomes["lost"])
    assert (said.won_of_all.part, said.won_of_all.base) == (own.outcomes["won"], own.deals)
    assert said.negative == own.negative
    near(said.days_to_win.median, own.days_to_win)
    assert [counts(one) for one in said.stages] == [own_counts(one) for one in own.stages]
    for place, (stage, mine) in enumerate(zip(said.stages, own.stages, strict=True)):
        near(stage.days.median, mine.median_days)
        near(stage.days.mean, mine.mean_days)
        assert value_of(stage.cumulative) == (
            Fraction(mine.reached, own.stages[0].reached) if own.stages[0].reached else None
        )
        if stage.conversion is not None:
            base = mine.reached
            assert value_of(stage.conversion) == (Fraction(own.stages[place + 1].reached, base) if base else None)
        if stage.resolved is not None:
            assert (stage.resolved.part, stage.resolved.base) == (mine.beyond, mine.decided)


def near(said: float | None, own: Fraction | None, apart: float = CLOSE) -> None:
    assert (said is None) == (own is None)
    if said is not None and own is not None:
        assert said == pytest.approx(float(own), abs=apart)


def counts(stage: Any) -> dict[str, Any]:  # noqa: ANN401 - figures of the program
    ended = {"advanced": stage.advanced, "back": stage.moved_back, "lost": stage.lost, "over": stage.handed_over}
    return {key: getattr(stage, key) for key in _COUNTED} | {
        "ended": ended,
        "value": {one.currency: one.minor for one in stage.value},
    }


def own_counts(stage: second_funnel.Stage) -> dict[str, Any]:
    ended = {key: stage.ended[key] for key in ("advanced", "back", "lost")} | {"over": stage.ended["handed_over"]}
    return {key: getattr(stage, key) for key in _COUNTED} | {"ended": ended, "value": dict(stage.value)}


_COUNTED = ("entered", "at_start", "touched", "reached", "strict", "now", "lost_here", "without_value")


def check(world: World, pipeline: str, basis: Basis, first: str | None, last: str | None, by: Grouping) -> Said:
    """Both counts of one question, whole and by group; gives the program's."""
    facts, key = world.facts, world.pipelines[pipeline]
    said = world.desk.read(ask_funnel, Scope(key, basis, Period(first, last), by), now=NOW)
    found = second_funnel.in_scope(facts, key, basis, first, last)
    begin = first if basis == "active" else None
    the_same(said.funnel, second_funnel.funnel(facts, key, found, begin))
    groups = {second_funnel.group_of(one, by) for one in found}
    assert set(said.groups) == groups
    for group in groups:
        mine = [one for one in found if second_funnel.group_of(one, by) == group]
        the_same(said.groups[group], second_funnel.funnel(facts, key, mine, begin))
    return said.funnel


@settings(max_examples=FEW)
@given(HISTORIES, st.sampled_from(ZONES), PERIODS, st.sampled_from(GROUPINGS))
def test_any_history_is_counted_alike_twice(
    history: list[Act], zone: str, period: tuple[int, int, int], by: Grouping
) -> None:
    first, last = period_of(period)
    with a_world(zone) as world:
        play(world, history)
        for pipeline in world.pipelines:
            for basis in BASES:
                check(world, pipeline, basis, None, None, by)
                balanced(check(world, pipeline, basis, first, last, by))


def balanced(said: Said) -> None:
    """M8, stage by stage; and a deal is won, lost, open or handed over."""
    assert said.deals == said.won + said.lost + said.open + said.handed_over
    for stage in said.stages:
        ended = stage.advanced + stage.moved_back + stage.lost + stage.handed_over
        assert stage.at_start + stage.entered == ended + stage.now


@settings(max_examples=FEW)
@given(HISTORIES, st.sampled_from(ZONES))
def test_neighbouring_periods_hand_on_their_stock(history: list[Act], zone: str) -> None:
    """What stands in a stage when a period is over stands there when the next one begins (M8)."""
    cut = (FIRST_DAY.replace(day=31)).isoformat()
    after = second.days_before(cut, -1)
    with a_world(zone) as world:
        play(world, history)
        places = second.Places(world.facts)
        key = world.pipelines["main"]
        early = world.desk.read(ask_funnel, Scope(key, "active", Period(None, cut)), now=NOW).funnel
        late = world.desk.read(ask_funnel, Scope(key, "active", Period(after, None)), now=NOW).funnel
        before = places.won_place(key)
        assert [one.now for one in early.stages[:before]] == [one.at_start for one in late.stages[:before]]


@settings(max_examples=FEW)
@given(HISTORIES, st.sampled_from(GROUPINGS), st.sampled_from(BASES))
def test_groups_pool_to_the_whole(history: list[Act], by: Grouping, basis: Basis) -> None:
    with a_world() as world:
        play(world, history)
        said = world.desk.read(ask_funnel, Scope(world.pipelines["main"], basis, by=by), now=NOW)
        for key in ("deals", "won", "lost", "open", "handed_over", "unknown_path", "won_then_lost", "negative"):
            assert sum(getattr(group, key) for group in said.groups.values()) == getattr(said.funnel, key)
        for place, stage in enumerate(said.funnel.stages):
            parts = [group.stages[place] for group in said.groups.values()]
            for key in (*_COUNTED, "advanced", "moved_back", "lost", "handed_over"):
                assert sum(getattr(part, key) for part in parts) == getattr(stage, key)
            for rate in ("conversion", "resolved"):
                shares = [getattr(part, rate) for part in parts]
                whole = getattr(stage, rate)
                if whole is not None and parts:
                    assert sum(share.part for share in shares) == whole.part
                    assert sum(share.base for share in shares) == whole.base


@settings(max_examples=FEW)
@given(HISTORIES)
def test_probabilities_are_held_against_the_same_deals(history: list[Act]) -> None:
    """M11, and the history drawn toward what the stage says."""
    with a_world() as world:
        play(world, history)
        key, facts = world.pipelines["main"], world.facts
        said = world.desk.read(calibration_report, Scope(key))
        own = second_funnel.funnel(facts, key, second_funnel.in_scope(facts, key, "created", None, None))
        for stage, found, mine in zip(said.stages, said.calibration.stages, own.stages, strict=False):
            assert (found.history.part, found.history.base) == (mine.won, mine.closed)
            drawn = (mine.won + 5 * Fraction(stage.probability, 10_000)) / (mine.closed + 5)
            assert float(found.adjusted) == pytest.approx(float(drawn), abs=CLOSE)


def walk(world: World, path: str, source: str = "") -> None:
    """A deal that does one thing a day."""
    first, *rest = path.split(",")
    days = iter(second.days_before("2026-07-01", -day) for day in range(99))
    made = world.desk.run(
        deals.new_deal,
        title=path,
        pipeline_id=world.pipelines["main"],
        stage_id=world.stages[first],
        on=next(days),
        source=source,
    )
    for what in rest:
        if what == "lost":
            world.desk.run(deals.lose_deal, made.id, reason="expensive", on=next(days))
        else:
            world.desk.run(deals.move_deal, made.id, world.stages[what], on=next(days))


def as_told(part: int, base: int) -> float | None:
    """A share in JSON: four decimals, half to even."""
    return float(round(Fraction(part, base), 4)) if base else None


def test_the_oracle() -> None:
    with a_world() as world:
        for path in ORACLE:
            walk(world, path)
        key, facts = world.pipelines["main"], world.facts
        own = second_funnel.funnel(facts, key, second_funnel.in_scope(facts, key, "created", None, None))
        told = {name: [getattr(one, name) for one in own.stages[:5]] for name in ("entered", "touched", "reached")}
        assert told == {"entered": [7, 7, 7, 3, 2], "touched": [7, 6, 6, 3, 2], "reached": [8, 7, 6, 3, 2]}
        assert [one.strict for one in own.stages[:5]] == [7, 5, 4, 2, 1]
        assert [(one.beyond, one.decided) for one in own.stages[:4]] == [(7, 8), (6, 6), (3, 5), (2, 3)]
        assert [one.now for one in own.stages[:4]] == [0, 1, 1, 0]
        low, high = second_funnel.wilson(2, 6) or (0, 0)
        assert (round(low, 3), round(high, 3)) == (0.097, 0.700)
        low, high = second_funnel.wilson(4, 100) or (0, 0)
        assert (round(low, 3), round(high, 3)) == (0.016, 0.098)
        check(world, "main", "created", None, None, "source")
        as_the_command_line_says(document("funnel", world.desk.path), own)


def as_the_command_line_says(found: dict[str, Any], own: Funnel) -> None:
    """The JSON of `funnel`, number by number."""
    assert {key: found[key] for key in ("deals", "unknown_path")} == {
        "deals": own.deals,
        "unknown_path": own.unknown_path,
    }
    assert {key: found[key] for key in ("won", "lost", "open", "handed_over")} == {
        key: own.outcomes[key] for key in ("won", "lost", "open", "handed_over")
    }
    won, closed = own.outcomes["won"], own.outcomes["won"] + own.outcomes["lost"]
    ends = second_funnel.wilson(won, closed) or (None, None)
    assert found["win_rate"]["n"] == closed
    assert found["win_rate"]["value"] == as_told(won, closed)
    for said, end in zip((found["win_rate"]["low"], found["win_rate"]["high"]), ends, strict=True):
        assert said == (None if end is None else pytest.approx(end, abs=0.00006))
    money = {one["currency"]: one["amount"] for one in found["won_value"]}
    assert money == {code: f"{minor // 100}.{minor % 100:02}" for code, minor in own.won_value.items()}
    near(found["median_days_to_win"], own.days_to_win, 0.00501)
    for place, (stage, mine) in enumerate(zip(found["stages"], own.stages, strict=True)):
        for key in ("reached", "entered", "touched", "strict", "now", "lost_here"):
            assert stage[key] == getattr(mine, key), key
        near(stage["median_days"], mine.median_days, 0.00501)
        if place < len(own.stages) - 1 and stage["key"] in {"1", "2", "3", "4"}:
            assert stage["resolved"] == as_told(mine.beyond, mine.decided)
            assert stage["conversion"] == as_told(own.stages[place + 1].reached, mine.reached)


@settings(max_examples=FEW)
@given(HISTORIES, PERIODS, st.sampled_from(BASES))
def test_what_the_command_line_tells(history: list[Act], period: tuple[int, int, int], basis: Basis) -> None:
    first, last = period_of(period)
    with a_world() as world:
        play(world, history)
        key, facts = world.pipelines["main"], world.facts
        words = [*(("--from", first) if first else ()), *(("--to", last) if last else ())]
        found = document("funnel", world.desk.path, "--basis", basis, "--pipeline", "main", *words)
        mine = second_funnel.in_scope(facts, key, basis, first, last)
        own = second_funnel.funnel(facts, key, mine, first if basis == "active" else None)
        as_the_command_line_says(found, own)


@settings(max_examples=FEW)
@given(st.lists(st.sampled_from(ORACLE), min_size=1, max_size=3))
def test_of_three_deals_nothing_is_concluded(paths: list[str]) -> None:
    """No bottleneck and no difference is told of so few."""
    with a_world() as world:
        for nth, path in enumerate(paths):
            walk(world, path, ("web", "fair")[nth % 2])
        periods = (
            "--from",
            "2026-07-01",
            "--to",
            "2026-07-09",
            "--compare-from",
            "2026-06-01",
            "--compare-to",
            "2026-06-30",
        )
        assert document("funnel", world.desk.path, *periods)["bottleneck"] is None
        said = text("funnel", world.desk.path, "--by", "source", *periods)
        assert "oo early to say" in said


def test_a_day_after_an_evening_west_of_greenwich() -> None:
    """Half past nine in the evening of 3 July in New York is 4 July in UTC; a move of 4 July is later all the same."""
    with a_world("America/New_York") as world:
        made = world.desk.run(deals.new_deal, title="Gate", on="2026-07-04T01:30:00Z")
        world.desk.run(deals.move_deal, made.id, world.stages["2"], on="2026-07-04")
        stage = check(world, "main", "active", "2026-07-04", "2026-07-04", "source").stages[0]
        assert (stage.at_start, stage.entered, stage.advanced, stage.days.median) == (1, 0, 1, 1.0)
