from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.deal import Deal, EventKind, StageEvent
from funnel_desk.domain.path import Choice, Node, Path, Rank, choose, fold_path

DEAL = Deal("deal", "p", "1", "2026-11-01", "Doors", value=500, currency="EUR")


def move(name: str, previous: str, stage: str, at: str = "2026-11-02", kind: EventKind = "moved") -> StageEvent:
    return StageEvent(name, "deal", previous, kind, "p", stage, at)


def ranks(*names: str) -> dict[str, Rank]:
    """Lamport counters in the order of the names."""
    return {name: (place, "batch", 0) for place, name in enumerate(names, 1)}


def shown(path: Path) -> list[str]:
    return ["+".join(node.event_ids) for node in path.nodes]


def test_a_new_deal_has_its_creation_only() -> None:
    path = fold_path(DEAL, [], {})
    assert path.forks == ()
    assert path.nodes[0]._asdict() == {
        "event_ids": ("deal",), "kind": "created", "pipeline_id": "p", "stage_id": "1", "at": "2026-11-01",
        "raw_at": "2026-11-01", "value": 500, "currency": "EUR", "probability": None, "reason_id": None, "reason": "",
        "because": "", "path_known": True,
    }  # fmt: skip


def test_moves_follow_one_another_in_any_order_given() -> None:
    lost = replace(move("c", "b", "3", kind="lost"), reason_id="dear", path_known=False)
    hasty = replace(move("a", "deal", "2"), because="in a hurry", probability=700)
    path = fold_path(DEAL, [move("b", "a", "3"), lost, hasty], {})
    assert shown(path) == ["deal", "a", "b", "c"]
    assert (path.nodes[1].because, path.nodes[1].probability) == ("in a hurry", 700)
    assert (path.nodes[3].kind, path.nodes[3].reason_id, path.nodes[3].path_known) == ("lost", "dear", False)


def test_a_moment_is_never_before_the_one_before_and_the_raw_one_is_kept() -> None:
    late = "2026-11-09T10:00:00Z"
    path = fold_path(DEAL, [move("a", "deal", "2", late), move("b", "a", "3", "2026-11-05"), move("c", "b", "4")], {})
    assert [node.at for node in path.nodes] == ["2026-11-01", late, late, late]
    assert [node.raw_at for node in path.nodes[2:]] == ["2026-11-05", "2026-11-02"]


def test_a_move_that_follows_nothing_known_is_left_out() -> None:
    assert shown(fold_path(DEAL, [move("a", "gone", "2")], {})) == ["deal"]


def test_two_people_who_made_the_same_move_do_not_disagree() -> None:
    hers = replace(move("a", "deal", "2", "2026-11-04"), value=1)
    his = replace(move("b", "deal", "2", "2026-11-03"), value=2)
    path = fold_path(DEAL, [hers, his], ranks("a", "b"))
    assert (shown(path), path.forks) == (["deal", "a+b"], ())
    assert (path.nodes[1].at, path.nodes[1].value) == ("2026-11-04", 1)
    assert shown(fold_path(DEAL, [hers, his], ranks("b", "a"))) == ["deal", "b+a"]


def test_equal_moves_are_equal_by_what_came_before_too() -> None:
    events = [move("a", "deal", "2"), move("b", "deal", "2"), move("c", "a", "3"), move("d", "b", "3")]
    path = fold_path(DEAL, events, ranks("a", "b", "c", "d"))
    assert (shown(path), path.forks) == (["deal", "a+b", "c+d"], ())


@pytest.mark.parametrize(
    "other",
    [
        move("b", "deal", "3"),
        move("b", "deal", "2", kind="lost"),
        replace(move("b", "deal", "2"), reason_id="dear"),
        replace(move("b", "deal", "2"), reason="too dear"),
        replace(move("b", "deal", "2"), pipeline_id="q"),
    ],
)
def test_moves_that_differ_in_stage_kind_pipeline_or_reason_disagree(other: StageEvent) -> None:
    path = fold_path(DEAL, [move("a", "deal", "2"), other], ranks("a", "b"))
    assert shown(path) == ["deal", "b"]
    assert [(one.shown, one.flagged) for one in path.forks] == [(path.nodes[1], True)]


def test_values_and_moments_alone_are_no_disagreement() -> None:
    hers = replace(move("a", "deal", "2"), value=1, probability=1)
    his = replace(move("b", "deal", "2", "2026-12-01"), because="in a hurry")
    assert fold_path(DEAL, [hers, his], ranks("a", "b")).forks == ()


FORK = [move("a", "deal", "2"), move("a2", "a", "3"), move("b", "deal", "3"), move("b2", "b", "4")]


def test_the_forks_own_moves_decide_and_growth_elsewhere_flips_nothing() -> None:
    path = fold_path(DEAL, FORK, ranks("a", "b", "b2", "a2"))
    assert shown(path) == ["deal", "b", "b2"]
    assert [node.event_ids for node in path.forks[0].others] == [("a",)]


def test_a_choice_shows_its_branch_and_lowers_the_flag() -> None:
    fork = fold_path(DEAL, FORK, ranks("a", "a2", "b", "b2")).forks[0]
    choice = choose(fork, fork.others[0], FORK)
    assert choice == Choice(frozenset({"a"}), frozenset({"b", "b2"}))
    path = fold_path(DEAL, FORK, ranks("a", "a2", "b", "b2"), {fork.key: choice})
    assert shown(path) == ["deal", "a", "a2"]
    assert [(one.key, one.flagged) for one in path.forks] == [(fork.key, False)]


def test_a_rejected_branch_that_grew_unseen_brings_the_flag_back_only() -> None:
    choices = {"deal": Choice(frozenset({"a"}), frozenset({"b", "b2"}))}
    path = fold_path(DEAL, [*FORK, move("b3", "b2", "1")], ranks("a", "b"), choices)
    assert (shown(path), path.forks[0].flagged) == (["deal", "a", "a2"], True)


def test_a_deal_rests_at_the_fork_when_the_chosen_move_is_undone() -> None:
    choices = {"deal": Choice(frozenset({"a"}), frozenset({"b", "b2"}))}
    path = fold_path(DEAL, FORK[2:], {}, choices)
    assert shown(path) == ["deal"]
    assert (path.forks[0].shown, path.forks[0].flagged) == (None, False)
    assert [node.event_ids for node in path.forks[0].others] == [("b",)]


def test_a_grown_branch_is_shown_once_the_chosen_move_is_undone() -> None:
    choices = {"deal": Choice(frozenset({"a"}), frozenset({"b"}))}
    assert shown(fold_path(DEAL, FORK[2:], {}, choices)) == ["deal", "b", "b2"]


def test_a_third_branch_keeps_the_flag_and_the_choice_shows() -> None:
    choices = {"deal": Choice(frozenset({"a"}), frozenset({"b", "b2"}))}
    events = [*FORK, move("c", "deal", "4")]
    path = fold_path(DEAL, events, ranks("a", "b", "c"), choices)
    assert (shown(path), path.forks[0].flagged) == (["deal", "a", "a2"], True)
    assert shown(fold_path(DEAL, events[2:], ranks("b", "c"), choices)) == ["deal", "c"]


def test_a_fork_has_the_same_key_on_every_desk() -> None:
    here = [move("a", "deal", "2"), move("b", "a", "3"), move("c", "a", "4")]
    there = [move("x", "deal", "2", "2026-12-24"), move("y", "x", "3"), move("z", "x", "1")]
    keys = [fold_path(DEAL, events, ranks("a", "x", "b", "y", "c", "z")).forks[0].key for events in (here, there)]
    assert keys[0] == keys[1] != "deal"
    both = fold_path(DEAL, [*here, *there], ranks("a", "x", "b", "y", "c", "z"))
    assert (both.forks[0].key, shown(both)) == (keys[0], ["deal", "a+x", "z"])


KINDS: list[EventKind] = ["moved", "moved", "lost"]


@st.composite
def trees(draw: st.DrawFn, stages: str = "123") -> tuple[list[StageEvent], dict[str, Rank]]:
    """Any tree of moves of the deal, with ranks in no order."""
    events: list[StageEvent] = []
    for place in range(draw(st.integers(0, 9))):
        previous = draw(st.sampled_from(["deal", *(event.id for event in events)]))
        kind = draw(st.sampled_from(KINDS))
        at = f"2026-11-0{draw(st.integers(1, 5))}"
        events.append(move(f"e{place}", previous, draw(st.sampled_from(stages)), at, kind=kind))
    return events, ranks(*draw(st.permutations([event.id for event in events])))


def naive(events: list[StageEvent], rank: dict[str, Rank]) -> list[frozenset[str]]:
    """The rule read again, from the contents of each event: who is equal to whom, and who wins."""
    by_id = {event.id: event for event in events}

    def content(name: str) -> tuple[object, ...]:
        if name == "deal":
            return ()
        event = by_id[name]
        return (*content(event.previous), (event.kind, event.pipeline_id, event.stage_id))

    line: list[frozenset[str]] = [frozenset({"deal"})]
    here: tuple[object, ...] = ()
    while after := [name for name in by_id if content(name)[:-1] == here]:
        here = content(max(after, key=lambda name: rank[name]))
        line.append(frozenset(name for name in by_id if content(name) == here))
    return line


@given(trees(), st.randoms(use_true_random=False))
def test_the_path_is_a_function_of_the_set_of_moves(
    tree: tuple[list[StageEvent], dict[str, Rank]], dice: Random
) -> None:
    events, rank = tree
    path = fold_path(DEAL, events, rank)
    assert [frozenset(node.event_ids) for node in path.nodes] == naive(events, rank)
    assert [node.at for node in path.nodes] == sorted(node.at for node in path.nodes)
    mixed = dice.sample(events, len(events))
    assert fold_path(DEAL, mixed, rank) == path
    assert fold_path(DEAL, mixed, rank, {"elsewhere": Choice(frozenset(), frozenset())}) == path


@given(trees(), st.data())
def test_growth_on_another_branch_changes_nothing_shown(
    tree: tuple[list[StageEvent], dict[str, Rank]], data: st.DataObject
) -> None:
    events, rank = tree
    path = fold_path(DEAL, events, rank)
    on_path = {name for node in path.nodes for name in node.event_ids}
    elsewhere = [event.id for event in events if event.id not in on_path]
    if not elsewhere:
        return
    grown = move("new", data.draw(st.sampled_from(elsewhere)), "3")
    assert fold_path(DEAL, [*events, grown], rank | {"new": (99, "batch", 0)}).nodes == path.nodes


@given(trees(), st.data())
def test_a_choice_holds_whatever_it_chose(tree: tuple[list[StageEvent], dict[str, Rank]], data: st.DataObject) -> None:
    events, rank = tree
    forks = fold_path(DEAL, events, rank).forks
    if not forks:
        return
    fork = data.draw(st.sampled_from(forks))
    nodes: list[Node] = [node for node in (fork.shown, *fork.others) if node is not None]
    chosen = data.draw(st.sampled_from(nodes))
    choice = choose(fork, chosen, events)
    path = fold_path(DEAL, events, rank, {fork.key: choice})
    settled = next(one for one in path.forks if one.key == fork.key)
    assert settled.shown == chosen
    assert not settled.flagged
    for event in [event for event in events if event.id in choice.rejected]:
        again = fold_path(DEAL, [*events, replace(event, id="new", previous=event.id)], rank, {fork.key: choice})
        regrown = next(one for one in again.forks if one.key == fork.key)
        assert (regrown.shown, regrown.flagged) == (chosen, True)
    undone = [event for event in events if event.id in choice.rejected or event.id in _before(fork.key, path)]
    rested = fold_path(DEAL, undone, rank, {fork.key: choice})
    assert (rested.forks[-1].shown, rested.forks[-1].flagged) == (None, False)
    assert rested.nodes == path.nodes[: len(rested.nodes)]


def _before(key: str, path: Path) -> set[str]:
    """The moves of the path up to a fork."""
    ids: set[str] = set()
    for place in range(len(path.nodes)):
        if any(fork.key == key and fork.shown == path.nodes[place] for fork in path.forks):
            return ids
        ids |= set(path.nodes[place].event_ids)
    return ids
