"""A pipeline as a document: every stage, step and word of it, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.words import Words
from funnel_desk.exchange.action_words import items_of
from funnel_desk.exchange.import_problems import CannotWrite
from funnel_desk.exchange.regulation import regulation_pdf, write_regulation
from funnel_desk.exchange.regulation_words import stage_facts, step_facts, term_said, with_slots
from funnel_desk.i18n import PSEUDO, in_language
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.pipeline_content import PipelineContent, pipeline_content
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage.journal import NotThere
from tests.desks import ZONE, Clock, a_desk
from tests.exchange.pdf_text import pages_of, words_of

A4 = (595.28, 841.89)
TITLES = {"send": Words("Send a calculation", "Отправить расчёт")}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path, "security-systems", clock=Clock("2026-11-22T22:30:00Z"))
    yield made
    made.close()


@pytest.fixture
def content(desk: Desk) -> PipelineContent:
    return desk.read(pipeline_content, desk.read(pipelines)[0].pipeline.id)


def flat(text: str) -> str:
    """Text without its blanks and line ends, which a page sets anew."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_everything_is_in_it(content: PipelineContent, lang: str) -> None:
    with in_language(lang):
        shown = flat(words_of(regulation_pdf(content, ZONE)))
        for one in content.stages:
            assert flat(one.stage.name.of(lang)) in shown
            for step in one.steps:
                assert flat(step.title.of(lang)) in shown
                assert flat(step.result.of(lang)) in shown
                assert flat("".join(text for text, _ in with_slots(step.say))) in shown
                for item in (*items_of(step.ask), *items_of(step.done_when)):
                    words = item.replace("{", "\0").split("\0")[0].split()
                    assert words[0] in shown
        for objection in content.objections:
            assert flat(objection.answer.of(lang))[:20] in shown
        for reason in content.lost_reasons:
            assert flat(reason.name.of(lang)) in shown
        assert flat(content.pipeline.typical_client.of(lang)) in shown


def test_it_begins_with_the_way_of_a_deal_and_its_pages(content: PipelineContent) -> None:
    pages = pages_of(regulation_pdf(content, ZONE))
    first = [piece.text for piece in pages[0]]
    assert first[:2] == ["Security systems for a site", "How we sell: the stages, the steps and the words to say."]
    assert first[first.index("As of") + 1] == "23 November 2026", "the day of the last change, in Minsk"
    place = first.index("Care")
    assert first[place + 1 : place + 3] == ["2 steps", "won"]
    told = int(first[place + 3].removeprefix("page "))
    assert [piece.text for piece in pages[told - 1] if piece.size == 12 and piece.bold].count("Care") == 1


def test_what_fills_a_script_is_a_named_slot() -> None:
    say = Words("{contact}, this is {me}. **Did {last_offer} arrive?**", "")
    assert with_slots(say) == [
        ("[client’s name]", "slot"), (", this is ", "plain"), ("[your name]", "slot"), (". ", "plain"),
        ("Did ", "bold"), ("[the offer]", "slot"), (" arrive?", "bold"),
    ]  # fmt: skip


def a_step(**fields: object) -> Step:
    return replace(Step("s", "p", "st", "step", Words("Call", ""), "call", 0), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "on the day the stage begins"),
        ({"days": 1, "working": True}, "1 working day after the stage begins"),
        ({"days": 3}, "3 days after the stage begins"),
        ({"after": "previous", "days": 2}, "2 days after the step before"),
        ({"after": "previous"}, "on the day of the step before"),
        ({"after": "sale", "days": 30}, "30 days after the sale"),
        ({"after": "sale", "working": True}, "on the day of the sale, or the next working day"),
        ({"after": "step:send", "days": 1}, "1 day after “Send a calculation”"),
        ({"after": "step:send"}, "on the day of “Send a calculation”"),
        ({"after": "step:gone", "days": 1}, "1 day after “gone”"),
    ],
)
def test_terms_in_words(fields: dict[str, object], words: str) -> None:
    assert term_said(a_step(**fields), TITLES) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"every": 7, "until": "send"}, "every 7 days until “Send a calculation” is done"),
        ({"every": 1, "until": "send"}, "every day until “Send a calculation” is done"),
        ({"every": 2, "working": True}, "every 2 working days for as long as the deal is here"),
        ({"required": False}, "may be left out"),
        ({"role": Words("Administrator", "")}, "Administrator"),
    ],
)
def test_repeats_roles_and_what_may_be_left_out(fields: dict[str, object], words: str) -> None:
    assert step_facts(a_step(**fields), TITLES).split(" · ")[2:] == [words]


def test_what_holds_in_a_stage() -> None:
    offer = Stage("a", "p", "offer", Words("Offer", ""), 0, stalled_days=14, exit_rule="block")
    care = Stage("b", "p", "care", Words("Care", ""), 1, side="won")
    assert stage_facts(offer, care) == [
        ("Goal", "To bring the deal to “Care”."),
        ("It may be left", "When all required steps are done. The program lets nobody go on before that."),
        ("It stalls", "After 14 days without a touch."),
    ]
    assert stage_facts(care, None) == [("Goal", "The deal is won with this stage.")]


@pytest.mark.parametrize("lang", ["en", "ru", PSEUDO])
def test_everything_stands_on_the_page_and_no_step_is_cut_in_two(content: PipelineContent, lang: str) -> None:
    with in_language(lang):
        pages = pages_of(regulation_pdf(content, ZONE))
    for page in pages:
        for piece in page:
            assert 50 < piece.x < A4[0] - 45
            assert 25 < piece.y < A4[1] - 45


def test_a_bare_pipeline_and_one_of_strange_words(content: PipelineContent) -> None:
    bare = replace(content, stages=(), objections=(), lost_reasons=())
    assert len(pages_of(regulation_pdf(bare, ZONE))) == 1
    strange = Words("漢字 \x00\x1b[31m" + "W" * 400 + "\n😀 " * 90, "")
    stage = content.stages[0]
    steps = tuple(
        replace(step, title=strange, say=strange, ask=strange, done_when=strange, role=strange) for step in stage.steps
    )
    odd = replace(content, stages=(replace(stage, stage=replace(stage.stage, name=strange), steps=steps),))
    for page in pages_of(regulation_pdf(odd, ZONE)):
        assert all(25 < piece.y < A4[1] - 45 and piece.x < A4[0] - 45 for piece in page)


def test_written_to_a_file_the_same_each_time(desk: Desk, content: PipelineContent, tmp_path: Path) -> None:
    out = tmp_path / "rules.pdf"
    desk.read(write_regulation, content.pipeline.id, out, "ru")
    first = out.read_bytes()
    assert "Охранные системы для предприятий" in words_of(first)
    desk.read(write_regulation, content.pipeline.id, out, "ru")
    assert out.read_bytes() == first
    assert [place.name for place in tmp_path.iterdir() if place.suffix in {".pdf", ".new"}] == ["rules.pdf"]


def test_what_cannot_be_written(desk: Desk, content: PipelineContent, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        desk.read(write_regulation, content.pipeline.id, tmp_path / "no" / "rules.pdf", "en")
    with pytest.raises(NotThere):
        desk.read(write_regulation, "nobody", tmp_path / "rules.pdf", "en")
    assert not (tmp_path / "rules.pdf").exists()
