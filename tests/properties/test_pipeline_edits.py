"""Whatever is done to a pipeline in whatever order: undone one by one, the file holds what it held before."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.domain.arranging import blocks, free_key, placed
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.domain.playbook import parse
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.exchange.playbook_file import playbook_text
from funnel_desk.operations import (
    change_marks,
    pipeline_answers as answers,
    pipeline_page as page,
    pipeline_steps as steps,
    stage_order,
    stages,
)
from funnel_desk.operations.deals import move_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.queries.pipeline_content import pipeline_content
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage import check
from funnel_desk.storage.situations import load
from tests.desks import a_desk

Act = tuple[str, int, int, str]
NAMES = st.sampled_from(["Offer", "Visit", "Позвонить", "Need?", "x"])
ACTS = ("add_stage", "edit_stage", "move_stage", "archive_stage", "restore_stage", "change_side", "add_step",
        "edit_step", "move_step", "archive_step", "restore_step", "edit_pipeline", "review", "objection",
        "move_objection", "archive_objection", "reason", "copy", "note", "move_deal")  # fmt: skip
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 99), NAMES), max_size=9)


def rows(desk: Desk, kind: type[Any]) -> list[Any]:
    return desk.read(lambda read: load(read.connection, kind))


def pick(desk: Desk, kind: type[Any], number: int) -> Any:  # noqa: ANN401 - a row of that kind
    there = rows(desk, kind)
    return there[number % len(there)]


def do(desk: Desk, deal: str, act: Act) -> None:
    what, one, other, name = act
    words = Words(name, "") if one % 2 else Words("", name)
    pipeline = rows(desk, Pipeline)[0].id
    stage: Callable[[int], Stage] = lambda number: pick(desk, Stage, number)  # noqa: E731 - short for this table
    step: Callable[[int], Step] = lambda number: pick(desk, Step, number)  # noqa: E731
    table: dict[str, Callable[[], object]] = {
        "add_stage": lambda: desk.run(stage_order.add_stage, pipeline, words, stage(one).id),
        "edit_stage": lambda: desk.run(stages.edit_stage, stage(one).id, name=words, stalled_days=other or None),
        "move_stage": lambda: desk.run(stage_order.move_stage, stage(one).id, stage(other).id),
        "archive_stage": lambda: desk.run(stage_order.archive_stage, stage(one).id, stage(other).id),
        "restore_stage": lambda: desk.run(stage_order.restore_stage, stage(one).id),
        "change_side": lambda: desk.run(stage_order.change_side, stage(one).id, "after" if other % 2 else "before"),
        "add_step": lambda: desk.run(steps.add_step, stage(one).id, words, "visit", step(other).id),
        "edit_step": lambda: desk.run(
            steps.edit_step, step(one).id, title=words, days=other, after=f"step:{step(other).key}"
        ),
        "move_step": lambda: desk.run(steps.move_step, step(one).id, step(other).id),
        "archive_step": lambda: desk.run(steps.archive_step, step(one).id),
        "restore_step": lambda: desk.run(steps.restore_step, step(one).id),
        "edit_pipeline": lambda: desk.run(page.edit_pipeline, pipeline, name=words, audience=words),
        "review": lambda: desk.run(page.review_pipeline, pipeline),
        "objection": lambda: desk.run(answers.add_objection, pipeline, words),
        "move_objection": lambda: desk.run(
            answers.move_objection, pick(desk, Objection, one).id, pick(desk, Objection, other).id
        ),
        "archive_objection": lambda: desk.run(answers.archive_objection, pick(desk, Objection, one).id),
        "reason": lambda: desk.run(answers.archive_lost_reason, pick(desk, LostReason, one).id),
        "copy": lambda: desk.run(page.copy_pipeline, pipeline),
        "note": lambda: desk.run(change_marks.note_change, pipeline, "2026-11-02", name, "script", stage(one).id),
        "move_deal": lambda: desk.run(move_deal, deal, stage(one).id),
    }
    table[what]()


@settings(max_examples=10, deadline=None)
@given(told=acts)
def test_random_edits_of_a_pipeline_are_undone_without_a_trace(told: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        desk = a_desk(Path(folder), "apartment-doors")
        deal = desk.run(new_deal, title="Gate").id
        beginning = contents(desk)
        done = 0
        for act in told:
            was = len(desk.history())
            try:
                do(desk, deal, act)
            except Refusal:
                assert len(desk.history()) == was  # what is refused leaves nothing behind
            done += len(desk.history()) - was
            assert_sound(desk)
        assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []
        for _ in range(done):
            desk.undo()
        assert contents(desk) == beginning
        desk.close()


@settings(max_examples=8, deadline=None)
@given(told=acts)
def test_an_edited_pipeline_goes_out_as_a_playbook_and_comes_back_equal(told: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        desk = a_desk(Path(folder), "apartment-doors")
        deal = desk.run(new_deal, title="Gate").id
        for act in told:
            if act[0] == "copy":
                continue
            try:
                do(desk, deal, act)
            except Refusal:
                continue
        first = desk.read(pipeline_content, desk.read(pipelines)[0].pipeline.id)
        chances = [one.stage.probability for one in first.stages]
        if chances != sorted(chances):
            return  # a playbook says so, in a sentence
        text = playbook_text(first, "own")
        made = desk.run(add_pipeline, parse(text, "own.toml"))
        second = desk.read(pipeline_content, made.id)
        said = playbook_text(second, "own")
        drop = (
            "name = ",
            "reviewed_on",
        )  # a second pipeline of one name gets a number; it was looked through by nobody
        assert [line for line in said.splitlines() if not line.startswith(drop)] == [
            line for line in text.splitlines() if not line.startswith(drop)
        ]
        desk.close()


def assert_sound(desk: Desk) -> None:
    """Positions tell the order, the sides come one after another, one stage wins."""
    living = [one for one in rows(desk, Stage) if not one.archived]
    for pipeline in rows(desk, Pipeline):
        mine = sorted((one for one in living if one.pipeline_id == pipeline.id), key=lambda one: one.position)
        assert [one.side for one in mine] == sorted((one.side for one in mine), key=["before", "won", "after"].index)
        assert sum(one.side == "won" for one in mine) == 1
        assert any(one.side == "before" for one in mine)


def contents(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    return desk.read(lambda read: check.contents(read.connection))


ids = st.lists(st.text("abcdef", min_size=1, max_size=2), unique=True, min_size=1)


@given(ids=ids, one=st.integers(0, 9), other=st.none() | st.integers(0, 9))
def test_what_is_moved_stands_right_before_the_other(ids: list[str], one: int, other: int | None) -> None:
    moved = ids[one % len(ids)]
    before = None if other is None else ids[other % len(ids)]
    found = placed(ids, moved, before)
    assert sorted(found) == sorted(ids)
    assert [row for row in found if row != moved] == [row for row in ids if row != moved]
    if before not in {None, moved}:
        assert found.index(moved) + 1 == found.index(str(before))


@given(rows=st.lists(st.booleans()))
def test_blocks_hold_everything_in_order_with_one_living_row_each(rows: list[bool]) -> None:
    named = [(str(number), archived) for number, archived in enumerate(rows)]
    found = blocks(named)
    assert [row for block in found for row in block] == [row for row, _ in named]
    if not all(rows):
        assert all(sum(not dict(named)[row] for row in block) == 1 for block in found)


def test_a_key_is_made_of_words_and_is_free() -> None:
    assert free_key(Words("Offer sent!", ""), ["a"], "stage") == "offer-sent"
    assert free_key(Words("Offer sent!", ""), ["OFFER-sent", "offer-sent-2"], "stage") == "offer-sent-3"
    assert free_key(Words("", "Счёт"), [], "stage") == "счёт"
    assert free_key(Words("?!", ""), [], "stage") == "stage"


def test_two_pipelines_are_not_mixed_up(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "apartment-doors")
    first = rows(desk, Pipeline)[0]
    here = rows(desk, Stage)[0]
    copy = desk.run(page.copy_pipeline, first.id)
    there = next(one for one in rows(desk, Stage) if one.pipeline_id == copy.id)
    with pytest.raises(stages.StageElsewhere):
        desk.run(stage_order.move_stage, here.id, there.id)
    with pytest.raises(stages.StageElsewhere):
        desk.run(change_marks.note_change, first.id, "2026-11-02", "A new offer", "script", there.id)
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []
    desk.close()
