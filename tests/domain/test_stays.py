from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.deal import Deal, EventKind, StageEvent, TouchedStep
from funnel_desk.domain.path import Choice, Path, Rank, fold_path
from funnel_desk.domain.pipeline import Side, Stage
from funnel_desk.domain.stays import (
    Passage,
    Stay,
    ending,
    living,
    passages_of,
    present_passage,
    sold_at,
    stage_order,
    stays_of,
    touches_of,
)
from funnel_desk.domain.words import Words

NO_RANK: dict[str, Rank] = {}


def stage(name: str, place: int, side: Side = "before", *, pipeline: str = "p", archived: bool = False) -> Stage:
    return Stage(name, pipeline, name, Words(name, name), place, side, archived=archived)


STAGES = {
    one.id: one
    for one in (
        *(stage(name, place) for place, name in enumerate("1234")),
        stage("won", 4, "won"),
        stage("care", 5, "after"),
        stage("again", 6, "after"),
        stage("q1", 0, pipeline="q"),
        stage("qwon", 1, "won", pipeline="q"),
    )
}
ORDER = stage_order(one for one in STAGES.values() if one.pipeline_id == "p")


def walked(*moves: str, known: bool = True) -> Path:
    """A deal that made these moves, one a day: a stage's name, or kind:stage."""
    first, *later = moves
    previous, events = "deal", []
    for place, told in enumerate(later, 2):
        word, _, name = told.rpartition(":")
        pipeline = "q" if name.startswith("q") else "p"
        kind: EventKind = {"lost": "lost", "over": "handed_over", "reopened": "reopened"}.get(word, "moved")  # type: ignore[assignment]
        at = f"2026-11-{place:02}"
        events.append(StageEvent(f"e{place}", "deal", previous, kind, pipeline, name, at, reason_id=word or None))
        previous = f"e{place}"
    if events and not known:
        events[-1] = replace(events[-1], path_known=False)
    return fold_path(Deal("deal", "p", first, "2026-11-01", "Doors"), events, NO_RANK)


def followed(
    *moves: str, known: bool = True, stages: Mapping[str, Stage] = STAGES
) -> tuple[list[Stay], dict[str, Passage]]:
    path = walked(*moves, known=known)
    stays = stays_of(path, stages)
    return stays, {passage.pipeline_id: passage for passage in passages_of(path, stays, stages)}


def told(stays: Sequence[Stay]) -> list[tuple[str, str]]:
    return [(stay.stage_id, stay.ended) for stay in stays]


def test_a_new_deal_stands_where_it_was_created() -> None:
    stays, passages = followed("1")
    assert stays == [Stay("deal", 0, "p", "1", "deal", "2026-11-01", None, "")]
    assert passages["p"] == Passage("deal", "p", "1", "2026-11-01", "open", None, None, True, False, None, "")


def test_a_loss_is_no_stage() -> None:
    stays, passages = followed("1", "2", "lost:2")
    assert told(stays) == [("1", "moved"), ("2", "lost")]
    assert (stays[1].entered, stays[1].left, stays[1].place) == ("2026-11-02", "2026-11-03", 1)
    lost = passages["p"]
    assert (lost.outcome, lost.stage_id, lost.closed_at, lost.won_at) == ("lost", "2", "2026-11-03", None)
    assert (lost.reason_id, lost.won_then_lost) == ("lost", False)


def test_a_deal_is_won_from_the_won_stage_on() -> None:
    for line in (("1", "won"), ("1", "won", "care"), ("1", "2", "care")):
        _, passages = followed(*line)
        won = passages["p"]
        assert (won.outcome, won.stage_id) == ("won", line[-1])
    assert followed("1", "won", "care", "again")[1]["p"].won_at == "2026-11-02"


def test_moving_back_takes_the_sale_back_and_winning_again_dates_it_anew() -> None:
    back = followed("1", "won", "3")[1]["p"]
    assert (back.outcome, back.closed_at, back.won_at, back.won_then_lost) == ("open", None, None, False)
    again = followed("1", "won", "3", "won")[1]["p"]
    assert (again.outcome, again.won_at, again.closed_at) == ("won", "2026-11-04", "2026-11-04")


def test_a_refund_is_lost_and_told_apart() -> None:
    refund = followed("1", "won", "care", "lost:care")[1]["p"]
    assert (refund.outcome, refund.won_then_lost, refund.won_at) == ("lost", True, None)
    assert refund.closed_at == "2026-11-04"
    assert not followed("1", "won", "2", "lost:2")[1]["p"].won_then_lost


def test_reopening_begins_a_new_stay_in_the_same_stage_too() -> None:
    stays, passages = followed("1", "2", "lost:2", "reopened:2")
    assert told(stays) == [("1", "moved"), ("2", "lost"), ("2", "")]
    assert stays[2].entry_id == "e4"
    opened = passages["p"]
    assert (opened.outcome, opened.closed_at, opened.reason_id, opened.reason) == ("open", None, None, "")


def test_reopening_a_refund_wins_again_that_day() -> None:
    won = followed("1", "won", "lost:won", "reopened:won")[1]["p"]
    assert (won.outcome, won.won_at, won.won_then_lost) == ("won", "2026-11-04", False)


def test_a_plain_move_after_a_loss_reopens_and_a_second_loss_changes_nothing() -> None:
    assert told(followed("1", "lost:1", "2")[0]) == [("1", "lost"), ("2", "")]
    stays, passages = followed("1", "lost:1", "lost:1")
    assert told(stays) == [("1", "lost")]
    assert passages["p"].closed_at == "2026-11-02"


def test_a_loss_in_another_stage_first_moves_there() -> None:
    stays, passages = followed("1", "lost:3")
    assert told(stays) == [("1", "moved"), ("3", "lost")]
    assert (stays[1].entered, stays[1].left, passages["p"].stage_id) == ("2026-11-02", "2026-11-02", "3")


def test_moves_inside_one_stage_are_one_stay() -> None:
    stays, _ = followed("1", "2", "2", "reopened:2", "3")
    assert told(stays) == [("1", "moved"), ("2", "moved"), ("3", "")]
    assert stays[1].left == "2026-11-05"


def test_handing_over_an_unwon_deal_leaves_it_neither_won_nor_lost() -> None:
    stays, passages = followed("1", "2", "over:q1")
    assert told(stays) == [("1", "moved"), ("2", "handed_over"), ("q1", "")]
    old, new = passages["p"], passages["q"]
    assert (old.outcome, old.stage_id, old.closed_at) == ("handed_over", "2", "2026-11-03")
    assert (new.outcome, new.arrived) == ("open", "2026-11-03")
    assert present_passage(stays, passages.values()) is new


def test_a_won_deal_stays_won_where_it_was_won() -> None:
    _, passages = followed("1", "won", "over:q1")
    assert (passages["p"].outcome, passages["p"].won_at) == ("won", "2026-11-02")
    _, passages = followed("1", "won", "over:q1", "lost:q1")
    assert (passages["p"].outcome, passages["q"].outcome, passages["q"].won_then_lost) == ("won", "lost", False)


def test_the_sale_stays_made_in_the_pipeline_that_goes_on_with_it() -> None:
    for line, day in ((("1", "won", "over:q1"), "2026-11-02"), (("1", "won", "over:qwon"), "2026-11-03")):
        stays, passages = followed(*line)
        assert sold_at(present_passage(stays, passages.values()), passages.values()) == day
    stays, passages = followed("1", "over:q1")
    assert sold_at(passages["q"], passages.values()) is None


def test_a_lost_deal_that_is_handed_over_stays_lost_in_the_old_pipeline() -> None:
    stays, passages = followed("1", "lost:1", "over:q1")
    assert told(stays) == [("1", "lost"), ("q1", "")]
    assert (passages["p"].outcome, passages["q"].outcome) == ("lost", "open")


def test_coming_back_goes_on_with_the_first_passage_and_the_last_state_rules() -> None:
    stays, passages = followed("1", "over:q1", "over:2")
    assert told(stays) == [("1", "handed_over"), ("q1", "handed_over"), ("2", "")]
    assert (passages["p"].outcome, passages["p"].arrived, passages["p"].closed_at) == ("open", "2026-11-01", None)
    assert passages["q"].outcome == "handed_over"
    _, passages = followed("1", "won", "over:q1", "over:care")
    assert (passages["p"].outcome, passages["p"].won_at) == ("won", "2026-11-02")


@pytest.mark.parametrize(
    ("line", "known"),
    [(("1", "won"), False), (("1", "lost:1"), False), (("1", "3"), True), (("1", "over:q1"), True)],
)
def test_only_a_closed_deal_has_an_unknown_path(line: tuple[str, ...], known: bool) -> None:
    _, passages = followed(*line, known=False)
    assert passages["p"].path_known is known


def test_what_happens_later_makes_a_path_known_again() -> None:
    path = walked("1", "won", known=False)
    event = StageEvent("e9", "deal", "e2", "lost", "p", "won", "2026-11-09")
    imported = StageEvent("e2", "deal", "deal", "moved", "p", "won", "2026-11-02", path_known=False)
    lost = fold_path(Deal("deal", "p", "1", "2026-11-01", ""), [imported, event], NO_RANK)
    assert [one.path_known for one in passages_of(path, stays_of(path, STAGES), STAGES)] == [False]
    assert [one.path_known for one in passages_of(lost, stays_of(lost, STAGES), STAGES)] == [True]


# The oracle: one fixture, many answers.
DEALS = {
    "D1": ("1", "2", "3", "4", "won"),
    "D2": ("1", "2", "3", "lost:3"),
    "D3": ("1", "3", "4", "won"),
    "D4": ("1", "2", "3", "2", "3"),
    "D5": ("1", "lost:1"),
    "D6": ("1", "2"),
    "D7": ("2", "3", "lost:3"),
    "D8": ("1", "2", "3", "4", "lost:4"),
}
FUNNEL = ("1", "2", "3", "4", "won")


def test_the_oracles_stays_are_counted_as_the_definitions_say() -> None:
    stays = {deal: followed(*line)[0] for deal, line in DEALS.items()}
    passages = {deal: followed(*line)[1]["p"] for deal, line in DEALS.items()}
    through = {deal: [stay.stage_id for stay in those] for deal, those in stays.items()}
    furthest = {deal: max(ORDER[name] for name in names) for deal, names in through.items()}
    entered = Counter(name for names in through.values() for name in names)
    touched = Counter(name for names in through.values() for name in set(names))
    assert [entered[name] for name in FUNNEL] == [7, 7, 7, 3, 2]
    assert [touched[name] for name in FUNNEL] == [7, 6, 6, 3, 2]
    assert [sum(far >= place for far in furthest.values()) for place in range(5)] == [8, 7, 6, 3, 2]
    assert [sum({*FUNNEL[: place + 1]} <= {*names} for names in through.values()) for place in range(5)] == [
        7,
        5,
        4,
        2,
        1,
    ]
    open_at = [passage.stage_id for passage in passages.values() if passage.outcome == "open"]
    assert [open_at.count(name) for name in FUNNEL] == [0, 1, 1, 0, 0]
    assert Counter(passage.outcome for passage in passages.values()) == {"won": 2, "lost": 4, "open": 2}


def test_how_a_stay_ended_follows_from_the_order_of_the_stages() -> None:
    stays, _ = followed("1", "2", "3", "2", "lost:2", "reopened:2", "over:q1")
    ended = [ending(stay, after, ORDER) for stay, after in zip(stays, [*stays[1:], None], strict=True)]
    assert ended == ["advanced", "advanced", "back", "lost", "handed_over", ""]
    turned = {name: -place for name, place in ORDER.items()}
    assert ending(stays[0], stays[1], turned) == "back"
    with pytest.raises(ValueError, match="one after it"):
        ending(stays[0], None, ORDER)


def test_stages_are_ordered_by_the_sale_first() -> None:
    mixed = [stage("care", 0, "after"), stage("won", 1, "won"), stage("b", 3), stage("a", 2)]
    assert stage_order(mixed) == {"a": 0, "b": 1, "won": 2, "care": 3}


def archived(*names: str) -> dict[str, Stage]:
    return STAGES | {name: replace(STAGES[name], archived=True) for name in names}


def test_an_archived_stage_counts_as_a_living_one_on_its_side() -> None:
    assert living(STAGES["3"], STAGES).id == "3"
    stages = archived("2", "3", "care")
    assert living(stages["3"], stages).id == living(stages["2"], stages).id == "1"
    assert living(stages["care"], stages).id == "again"
    stages = archived("1", "2", "care", "again")
    assert living(stages["1"], stages).id == "3"
    assert living(stages["care"], stages).id == "care"


def test_stays_that_count_as_one_stage_are_one_and_steps_belong_to_it() -> None:
    stays, _ = followed("1", "2", "3", "4", stages=archived("3"))
    assert told(stays) == [("1", "moved"), ("2", "moved"), ("4", "")]
    ticked = TouchedStep("t", "deal", "e3", "ask", "done", "2026-11-03")
    assert touches_of(walked("1", "2", "3", "4"), stays, [ticked]) == [replace(ticked, entry_id="e2")]


def test_steps_of_a_branch_that_is_not_shown_stay_out() -> None:
    events = [
        StageEvent(name, "deal", "deal", "moved", "p", to, "2026-11-02")
        for name, to in (("a", "2"), ("b", "2"), ("c", "3"))
    ]
    path = fold_path(
        Deal("deal", "p", "1", "2026-11-01", ""),
        events,
        {"a": (1, "x", 0), "b": (2, "x", 0), "c": (3, "x", 0)},
        {"deal": Choice(frozenset({"a"}), frozenset({"c"}))},
    )
    stays = stays_of(path, STAGES)
    touches = [TouchedStep(entry, "deal", entry, "ask", "done", "2026-11-03") for entry in ("deal", "a", "b", "c")]
    assert [(touch.id, touch.entry_id) for touch in touches_of(path, stays, touches)] == [
        ("deal", "deal"),
        ("a", "a"),
        ("b", "a"),
    ]
    assert touches_of(path, stays, []) == []


KINDS: list[EventKind] = ["moved", "moved", "moved", "lost", "reopened", "handed_over"]


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[StageEvent], dict[str, Rank]]:
    """Any tree of moves, sensible or not, with ranks in no order."""
    events: list[StageEvent] = []
    for place in range(draw(st.integers(0, 12))):
        previous = draw(st.sampled_from(["deal", *(event.id for event in events)]))
        to = STAGES[draw(st.sampled_from(list(STAGES)))]
        at = f"2026-11-0{draw(st.integers(1, 9))}"
        kind = draw(st.sampled_from(KINDS))
        events.append(StageEvent(f"e{place}", "deal", previous, kind, to.pipeline_id, to.id, at))
    order = draw(st.permutations([event.id for event in events]))
    return events, {name: (place, "batch", 0) for place, name in enumerate(order)}


@given(trees(), st.sets(st.sampled_from(["2", "3", "care"])))
def test_stays_balance_whatever_happened(tree: tuple[list[StageEvent], dict[str, Rank]], gone: set[str]) -> None:
    stages = archived(*gone)
    path = fold_path(Deal("deal", "p", "1", "2026-11-03", ""), tree[0], tree[1])
    stays = stays_of(path, stages)
    passages = {one.pipeline_id: one for one in passages_of(path, stays, stages)}
    for pipeline in ("p", "q"):
        order = stage_order(one for one in stages.values() if one.pipeline_id == pipeline)
        ended = Counter(
            ending(stay, after, order)
            for stay, after in zip(stays, [*stays[1:], None], strict=True)
            if stay.pipeline_id == pipeline
        )
        begun = sum(stay.pipeline_id == pipeline for stay in stays)
        assert begun == sum(ended[how] for how in ("advanced", "back", "lost", "handed_over", ""))
        assert ended[""] == (pipeline == stays[-1].pipeline_id and passages[pipeline].outcome in {"open", "won"})
    _stays_follow_one_another(stays, stages)
    _periods_balance(stays)
    _passages_agree(stays, passages, stages)


def _stays_follow_one_another(stays: Sequence[Stay], stages: Mapping[str, Stage]) -> None:
    assert [stay.place for stay in stays] == list(range(len(stays)))
    assert len({stay.entry_id for stay in stays}) == len(stays)
    assert not any(stages[stay.stage_id].archived for stay in stays)
    for stay, after in pairwise(stays):
        assert stay.left is not None
        assert stay.entered <= stay.left <= after.entered
        assert stay.left == after.entered or stay.ended == "lost"
        assert stay.ended == "lost" or stay.stage_id != after.stage_id
        assert (stay.ended == "handed_over") == (stay.ended != "lost" and stay.pipeline_id != after.pipeline_id)


def _periods_balance(stays: Sequence[Stay]) -> None:
    """Stock at the start + begun = ended + stock at the end, for any period."""
    days = sorted({stay.entered for stay in stays})
    for start, end in pairwise(days):
        stock = {day: sum(one.entered < day and (one.left or "9") >= day for one in stays) for day in (start, end)}
        begun = sum(start <= stay.entered < end for stay in stays)
        ended = sum(stay.left is not None and start <= stay.left < end for stay in stays)
        assert stock[start] + begun == ended + stock[end]


def _passages_agree(stays: Sequence[Stay], passages: Mapping[str, Passage], stages: Mapping[str, Stage]) -> None:
    assert set(passages) == {stay.pipeline_id for stay in stays}
    for passage in passages.values():
        own = [stay for stay in stays if stay.pipeline_id == passage.pipeline_id]
        assert (passage.arrived, passage.stage_id) == (own[0].entered, own[-1].stage_id)
        sold = stages[own[-1].stage_id].side != "before"
        expected = "lost" if own[-1].ended == "lost" else "won" if sold else own[-1].ended or "open"
        assert passage.outcome == expected
        assert (passage.closed_at is None) == (passage.outcome == "open")
        assert passage.won_at == (passage.closed_at if passage.outcome == "won" else None)
        assert passage.won_then_lost == (passage.outcome == "lost" and sold)
