"""The playbooks that come with the program."""

import re
from itertools import pairwise

import pytest

from funnel_desk import resources
from funnel_desk.domain.playbook import Playbook, PlaybookStep, parse
from funnel_desk.domain.script import spans
from funnel_desk.domain.words import Words

FILES = resources.files("playbooks", ".toml")
SHIPPED = {file.stem: parse(file.read_text(encoding="utf-8"), file.name) for file in FILES}
STEPS = [(book.key, step) for book in SHIPPED.values() for step in book.steps()]

CYRILLIC = re.compile(r"[А-Яа-яЁё]")
LATIN = re.compile(r"[A-Za-z]")
PLACEHOLDER = re.compile(r"\{\w+\}")

each_book = pytest.mark.parametrize("book", SHIPPED.values(), ids=list(SHIPPED))
each_step = pytest.mark.parametrize(
    "step", [step for _, step in STEPS], ids=[f"{key}-{step.key}" for key, step in STEPS]
)


def words_of(book: Playbook) -> list[Words]:
    """Everything that a playbook says, but for its steps."""
    return [
        *(book.name, book.direction, book.typical_client, book.source),
        *(stage.name for stage in book.stages),
        *(reason.name for reason in book.lost_reasons),
        *(words for objection in book.objections for words in (objection.says, objection.answer)),
        *(step.role for step in book.steps() if step.role),
    ]


def words_of_step(step: PlaybookStep) -> list[Words]:
    """Everything that a step must say."""
    return [step.title, step.say, step.ask, step.done_when, step.result]


def assert_in_both_languages(words: Words) -> None:
    assert words.en.strip()
    assert not CYRILLIC.search(words.en)
    for line in words.ru.splitlines() or [""]:
        assert CYRILLIC.search(line)
        assert not LATIN.search(PLACEHOLDER.sub("", line))


def test_seven_funnels_are_there() -> None:
    assert SHIPPED.keys() >= {
        "startup", "security-systems", "apartment-doors", "conversion", "storage-media", "canonical-inbound",
        "canonical-outbound",
    }  # fmt: skip


@each_book
def test_a_file_is_named_by_its_key(book: Playbook) -> None:
    assert SHIPPED[book.key] is book


@each_book
def test_a_playbook_speaks_both_languages(book: Playbook) -> None:
    for words in words_of(book):
        assert_in_both_languages(words)


@each_book
def test_a_playbook_knows_why_deals_are_lost_and_what_to_answer(book: Playbook) -> None:
    keys = {reason.key for reason in book.lost_reasons}
    assert {"expensive", "no_budget", "no_answer", "competitor", "no_need", "timing", "not_a_fit"} <= keys
    assert len(book.objections) >= 5
    assert book.reviewed_on


@each_book
def test_shipped_stages_warn_but_never_block(book: Playbook) -> None:
    assert {stage.exit_rule for stage in book.stages} <= {"none", "warn"}
    assert any(stage.exit_rule == "warn" for stage in book.stages)


@each_book
def test_the_chance_grows_up_to_the_sale(book: Playbook) -> None:
    before = [stage.probability for stage in book.stages if stage.side == "before"]
    assert all(earlier < later for earlier, later in pairwise(before))
    assert all(0 < probability < 10_000 for probability in before)


@each_book
def test_each_working_stage_stalls_some_day_and_has_work(book: Playbook) -> None:
    for stage in book.stages:
        if stage.side == "before":
            assert stage.stalled_days
            assert stage.steps


def test_one_reason_is_called_the_same_everywhere() -> None:
    names: dict[str, Words] = {}
    for book in SHIPPED.values():
        for reason in book.lost_reasons:
            assert names.setdefault(reason.key, reason.name) == reason.name


@each_step
def test_a_step_says_everything_in_both_languages(step: PlaybookStep) -> None:
    for words in words_of_step(step):
        assert_in_both_languages(words)


@each_step
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_script_is_short_and_holds_one_key_question(step: PlaybookStep, lang: str) -> None:
    say = step.say.of(lang)
    sentences = re.findall(r"[.!?…]+[*”»]*(?=\s|$)", say)
    assert 2 <= len(sentences) <= 6
    assert 120 <= len(say) <= 450
    questions = [text for text, style in spans(say, lang=lang) if style == "bold"]
    assert len(questions) == 1
    assert questions[0].endswith("?")


@each_step
def test_a_step_asks_and_tells_when_it_is_done(step: PlaybookStep) -> None:
    assert 2 <= len(step.ask.en.splitlines()) == len(step.ask.ru.splitlines()) <= 4
    assert 1 <= len(step.done_when.en.splitlines()) == len(step.done_when.ru.splitlines()) <= 3
    assert all(line.endswith("?") for line in [*step.ask.en.splitlines(), *step.ask.ru.splitlines()])


@each_step
def test_titles_and_results_fit_their_places(step: PlaybookStep) -> None:
    assert max(len(step.title.en), len(step.title.ru)) <= 50
    assert max(len(step.result.en), len(step.result.ru)) <= 26


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_two_steps_say_the_same(lang: str) -> None:
    assert len({step.say.of(lang) for _, step in STEPS}) == len(STEPS)
    sentences = [part for _, step in STEPS for part in re.split(r"(?<=[.!?])\**\s+", step.say.of(lang))]
    repeated = {part for part in sentences if sentences.count(part) > 1}
    assert not {part for part in repeated if len(PLACEHOLDER.sub("", part)) > 30}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_steps_of_one_funnel_are_told_apart_by_title(lang: str) -> None:
    for book in SHIPPED.values():
        titles = [step.title.of(lang) for step in book.steps()]
        assert len(set(titles)) == len(titles)


def test_the_start_up_has_five_stages_and_the_work_after() -> None:
    book = SHIPPED["startup"]
    assert [(stage.key, stage.side) for stage in book.stages] == [
        ("suspect", "before"),
        ("prospect", "before"),
        ("qualified", "before"),
        ("committed", "before"),
        ("transacted", "won"),
        ("fulfilment", "after"),
    ]
    assert [stage.probability for stage in book.stages] == [500, 1500, 4000, 8000, 10_000, 10_000]


def test_the_start_up_qualifies_by_five_questions() -> None:
    stage = next(stage for stage in SHIPPED["startup"].stages if stage.key == "qualified")
    required = [step.key for step in stage.steps if step.required]
    assert required == ["need", "sees-value", "budget", "decision-maker", "timetable"]
    assert stage.exit_rule == "warn"


def test_security_systems_go_through_eighteen_steps_in_six_stages() -> None:
    book = SHIPPED["security-systems"]
    assert [(stage.key, len(stage.steps)) for stage in book.stages] == [
        ("details", 4),
        ("offer", 3),
        ("objections", 2),
        ("contract", 5),
        ("payment", 2),
        ("care", 2),
    ]
    assert [stage.key for stage in book.stages if stage.won] == ["care"]
    steps = list(book.steps())
    assert steps[0].role.en == "Administrator"
    reminder = steps[15]
    assert reminder.repeat is not None
    assert (reminder.repeat.every, reminder.repeat.until) == (7, "")
    assert (steps[17].term.after, steps[17].term.days) == ("sale", 30)


def test_doors_are_paid_before_they_are_made_and_won_when_all_is_well() -> None:
    book = SHIPPED["apartment-doors"]
    keys = [stage.key for stage in book.stages]
    assert keys == ["interest", "request", "invoice", "obstacles", "payment", "production", "satisfaction", "won"]
    assert book.stages[-1].won
    assert not book.stages[-1].steps
    assert all(1 <= len(stage.steps) <= 3 for stage in book.stages[:-1])
    repeats = {step.key: step.repeat for step in book.steps() if step.repeat}
    assert [(repeat.every, repeat.until) for repeat in repeats.values()] == [(7, "payment-received")]
