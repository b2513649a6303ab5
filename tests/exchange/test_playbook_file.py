"""A pipeline as a playbook file: what is read from it again is what the pipeline is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain import pipeline as domain
from funnel_desk.domain.pipeline import Pipeline, Stage, Step
from funnel_desk.domain.playbook import (
    STEP_KINDS,
    LostReason,
    Objection,
    Playbook,
    PlaybookStage,
    PlaybookStep,
    Repeat,
    Term,
    parse,
)
from funnel_desk.domain.words import Words
from funnel_desk.exchange.import_problems import CannotWrite
from funnel_desk.exchange.playbook_file import NotAPlaybook, key_of, playbook_text, write_playbook
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.operations.playbooks import playbook_in
from funnel_desk.queries.pipeline_content import PipelineContent, StageContent, pipeline_content
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage.journal import Batch
from tests.desks import a_desk, a_playbook

SHIPPED = [
    "startup", "security-systems", "apartment-doors", "storage-media", "conversion", "canonical-inbound",
    "canonical-outbound",
]  # fmt: skip

plain = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="{}"),
        st.sampled_from("\n\t\r\\\"'#=[]\x00\x1f\x7f\x85\u2028 «»漢😀"),
    ),
    max_size=40,
).map(str.strip)
one_line = plain.map(lambda text: " ".join(text.split()))
script = st.builds(
    lambda text, name, bold: f"{text} {{{name}}} **{bold}**".strip(),
    plain.map(lambda text: text.replace("*", "")),
    st.sampled_from(["contact", "company", "next_day"]),
    one_line.filter(lambda text: bool(text) and "*" not in text),
)
days = st.none() | st.integers(1, 3650)
maybe_words = st.builds(Words, plain, plain)


def words(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Words]:
    return st.builds(Words, texts, texts).filter(bool)


@st.composite
def items(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Words:
    count = draw(st.integers(0, 3))
    pairs = [(draw(texts), draw(texts)) for _ in range(count)]
    return Words("\n".join(en for en, _ in pairs), "\n".join(ru for _, ru in pairs))


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    before, after = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    chances = sorted(draw(st.lists(st.integers(0, 10_000), min_size=before, max_size=before)))
    counts = [draw(st.integers(0, 2)) for _ in range(before + 1 + after)]
    keys = [f"step-{number}" for number in range(sum(counts))]
    stages: list[PlaybookStage] = []
    used = 0
    for number, count in enumerate(counts):
        side: domain.Side = "before" if number < before else "won" if number == before else "after"
        own = keys[used : used + count]
        name = draw(one_line)
        soft, hard = draw(days), draw(days)
        stages.append(
            PlaybookStage(
                key=f"stage_{number}",
                name=Words(f"{name} {number}".strip(), f"этап {number}"),
                probability=chances[number] if side == "before" else 10_000,
                side=side,
                stalled_days=soft,
                hard_days=hard if hard is None or soft is None else max(soft, hard),
                exit_rule=draw(st.sampled_from(["none", "warn", "block"])),
                steps=tuple(draw(steps(key, keys[: keys.index(key)], side)) for key in own),
            )
        )
        used += count
    return Playbook(
        key="own", name=draw(words(plain)), stages=tuple(stages), direction=draw(maybe_words),
        typical_client=draw(maybe_words), source=draw(maybe_words), audience=draw(maybe_words),
        product=draw(maybe_words), price=draw(maybe_words), place=draw(maybe_words), promotion=draw(maybe_words),
        reviewed_on=draw(st.sampled_from(["", "2026-11-01"])),
        lost_reasons=tuple(LostReason(f"r{nth}", Words(f"reason {nth}", "")) for nth in range(draw(st.integers(0, 2)))),
        objections=tuple(
            Objection(f"o{nth}", draw(words(plain)), draw(words(plain))) for nth in range(draw(st.integers(0, 2)))
        ),
    )  # fmt: skip


@st.composite
def steps(draw: st.DrawFn, key: str, earlier: list[str], side: domain.Side) -> PlaybookStep:
    on_demand = draw(st.booleans())
    after = ["entry", "previous", *(f"step:{name}" for name in earlier), *(["sale"] if side != "before" else [])]
    return PlaybookStep(
        key=key,
        title=draw(words(plain)),
        kind=draw(st.sampled_from(STEP_KINDS)),
        term=Term(draw(st.sampled_from(after)), draw(st.integers(0, 3650)), draw(st.booleans())),
        repeat=draw(st.none() | st.builds(Repeat, st.integers(1, 366), st.sampled_from(["", *earlier]))),
        required=not on_demand and draw(st.booleans()),
        on_demand=on_demand,
        role=draw(maybe_words),
        say=draw(st.builds(Words, script | st.just(""), script | st.just(""))),
        ask=draw(items(one_line.map(lambda text: text.replace("*", "").strip()))),
        done_when=draw(items(one_line)),
        result=draw(maybe_words),
        sends=draw(st.sampled_from(["", "offer", "invoice"])),
    )


def content_of(playbook: Playbook) -> PipelineContent:
    """The pipeline that is made from a playbook, without a workspace."""

    def stage(number: int, one: PlaybookStage) -> StageContent:
        made = Stage(
            f"s{number}", "p", one.key, one.name, number, one.side, one.probability, one.stalled_days, one.exit_rule,
            hard_days=one.hard_days,
        )  # fmt: skip
        return StageContent(made, tuple(step(made, place, each) for place, each in enumerate(one.steps)))

    def step(of: Stage, place: int, one: PlaybookStep) -> Step:
        return Step(
            id=one.key, pipeline_id="p", stage_id=of.id, key=one.key, title=one.title, kind=one.kind, position=place,
            after=one.term.after, days=one.term.days, working=one.term.working,
            every=one.repeat.every if one.repeat else None, until=one.repeat.until if one.repeat else "",
            required=one.required, role=one.role, say=one.say, ask=one.ask, done_when=one.done_when,
            result=one.result, sends=one.sends, on_demand=one.on_demand,
        )  # fmt: skip

    return PipelineContent(
        Pipeline(
            "p",
            playbook.name,
            "",
            playbook.direction,
            playbook.typical_client,
            playbook.source,
            reviewed_on=playbook.reviewed_on or None,
            audience=playbook.audience,
            product=playbook.product,
            price=playbook.price,
            place=playbook.place,
            promotion=playbook.promotion,
        ),
        tuple(stage(number, one) for number, one in enumerate(playbook.stages)),
        tuple(domain.Objection(one.key, "p", one.key, one.says, one.answer) for one in playbook.objections),
        tuple(domain.LostReason(one.key, one.key, one.name) for one in playbook.lost_reasons),
        "2026-11-26T10:00:00Z",
    )


@given(playbook=playbooks())
def test_what_is_read_is_what_was_written(playbook: Playbook) -> None:
    assert parse(playbook_text(content_of(playbook), "own"), "own.toml") == playbook


@pytest.mark.parametrize("key", SHIPPED)
def test_shipped_playbooks_go_through_a_workspace_and_back(tmp_path: Path, key: str) -> None:
    shipped = a_playbook(key)
    desk = a_desk(tmp_path, key)
    (row,) = desk.read(pipelines)
    out = tmp_path / f"{key}.toml"
    write_playbook(desk.read(pipeline_content, row.pipeline.id), out)
    again = playbook_in(out)
    assert again == replace(shipped, reviewed_on="")
    other = desk.run(add_pipeline, again)
    assert other.name.en == f"{shipped.name.en} 2"
    desk.close()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("our-doors", "our-doors"),
        ("Our doors (new)", "our-doors-new"),
        ("Двери 2", "двери-2"),
        ("--__", "pipeline"),
        ("", "pipeline"),
    ],
)
def test_the_file_names_the_key(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path)
    yield made
    made.close()


def content(desk: Desk) -> PipelineContent:
    return desk.read(pipeline_content, desk.read(pipelines)[0].pipeline.id)


@operation(N_("Edit"))
def edit_stage(batch: Batch, /, key: str, **fields: object) -> None:
    (stage,) = batch.find(Stage, key=key)
    batch.save(stage, replace(stage, **fields))  # type: ignore[arg-type]


def test_what_was_changed_goes_out_as_it_is_now(desk: Desk, tmp_path: Path) -> None:
    desk.run(edit_stage, "prospect", name=Words("Hopeful", "Надежда"), probability=1250, stalled_days=None)
    write_playbook(content(desk), tmp_path / "own.toml")
    stage = next(one for one in playbook_in(tmp_path / "own.toml").stages if one.key == "prospect")
    assert (stage.name.en, stage.probability, stage.stalled_days) == ("Hopeful", 1250, None)


def test_what_is_archived_stays_behind(desk: Desk, tmp_path: Path) -> None:
    desk.run(edit_stage, "fulfilment", archived=True)
    write_playbook(content(desk), tmp_path / "own.toml")
    assert "fulfilment" not in [one.key for one in playbook_in(tmp_path / "own.toml").stages]


def test_what_no_playbook_may_hold_is_refused_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    desk.run(edit_stage, "qualified", probability=1)
    out = tmp_path / "own.toml"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(NotAPlaybook) as refusal:
        write_playbook(content(desk), out)
    assert "less than" in str(refusal.value)
    assert "own.toml, line" in str(refusal.value)
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "no" / "own.toml"):
        with pytest.raises(CannotWrite):
            write_playbook(content(desk), out)
