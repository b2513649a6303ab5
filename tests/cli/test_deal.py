"""`deal`: shown, and moved on by exactly one act."""

from pathlib import Path

import pytest

from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.aftercare import raise_claim, wait_for
from funnel_desk.operations.commitment import flag_risk, request_terms, set_condition
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.obstacles import raise_obstacle
from funnel_desk.operations.qualification import answer_question
from funnel_desk.operations.stakeholders import add_stakeholder
from funnel_desk.queries.deal import deal_card
from funnel_desk.queries.deal_facts import Origin
from funnel_desk.queries.deals import deal_named
from funnel_desk.storage.journal import Batch
from tests.cli.conftest import ANNA, Ask

DAY = ("--on", "2026-11-20")


@operation("Let nobody go")
def block(batch: Batch, key: str) -> None:
    from dataclasses import replace

    (stage,) = batch.find(Stage, key=key)
    batch.save(stage, replace(stage, exit_rule="block"))


def test_the_shape(ask: Ask, file: Path) -> None:
    found = ask("deal", file, "X-1", "--json").document
    assert list(found) == [
        "id", "title", "stage_key", "outcome", "value", "currency", "next_action", "steps", "timeline",
        "questions", "obstacles", "people", "close_moved", "sales",
    ]  # fmt: skip
    assert (found["title"], found["stage_key"], found["outcome"]) == ("Yard", "details", "open")
    assert (found["value"], found["currency"]) == ("500.50", "USD")
    assert found["next_action"]["step_key"] == "write-down-interest"
    assert found["next_action"]["deal_id"] == found["id"]
    assert [step["step_key"] for step in found["steps"]] == [
        "write-down-interest", "find-details", "propose-visit", "run-demonstration",
    ]  # fmt: skip
    assert found["timeline"] == [
        {"at": "2026-11-18", "event": "created", "what": "Details", "kind": "", "direction": "", "minutes": None,
         "result": "", "text": ""},
    ]  # fmt: skip


def test_a_deal_is_told_by_id_external_id_or_title(ask: Ask, file: Path) -> None:
    found = ask("deal", file, "X-1", "--json").document
    assert ask("deal", file, "Yard", "--json").document == found
    assert ask("deal", file, found["id"], "--json").document == found


def test_a_title_of_two_deals_is_refused_with_their_ids(ask: Ask, file: Path) -> None:
    before = file.read_bytes()
    sentence = ask("deal", file, "Gate 4", "--lose", "expensive").sentence
    assert sentence.startswith("“Gate 4” is 2 deals. Tell which by its id: ")
    assert "(Завод Альфа, Details)" in sentence
    assert "(Beta Works, Details)" in sentence
    first = sentence.partition("id: ")[2].partition(" (")[0]
    assert ask("deal", file, first, "--json").document["title"] == "Gate 4"
    assert file.read_bytes() == before


@pytest.mark.parametrize("told", ["offer", "Offer", "OFFER", "Предложение", " предложение "])
def test_a_stage_is_told_by_key_or_name_in_any_language(ask: Ask, file: Path, told: str) -> None:
    answer = ask("deal", file, "X-1", "--move", told, "--json")
    assert answer.status == 0
    assert '"stage_key": "offer"' in answer.out


def test_a_warning_is_told_and_its_reason_kept(ask: Ask, file: Path) -> None:
    answer = ask("deal", file, "X-1", "--move", "offer", "--because", "he is in a hurry", *DAY, "--json")
    assert answer.status == 0
    assert answer.err == (
        "“Details” was left with required steps open: Write the interest down, Find out the details and the date, "
        "Propose a look at the site, Show it on site, collect doubts.\n"
    )
    newest = ask("deal", file, "X-1", "--json").document["timeline"][0]
    assert (newest["event"], newest["what"], newest["at"]) == ("moved", "Offer", "2026-11-20")
    assert newest["text"] == "he is in a hurry"


def test_a_stage_that_blocks_refuses(ask: Ask, file: Path) -> None:
    desk = Desk(file, ANNA)
    desk.run(block, "details")
    desk.close()
    before = file.read_bytes()
    assert "cannot be left yet. Still to do: Write the interest down" in ask(
        "deal", file, "X-1", "--move", "offer", "--because", "please"
    ).sentence  # fmt: skip
    assert file.read_bytes() == before


def test_no_warning_where_all_is_done(ask: Ask, file: Path) -> None:
    for step in ("write-down-interest", "find-details", "propose-visit", "run-demonstration"):
        assert ask("deal", file, "X-1", "--done", step, *DAY).status == 0
    answer = ask("deal", file, "X-1", "--move", "offer", *DAY)
    assert (answer.status, answer.err) == (0, "")


def test_done_with_a_result(ask: Ask, file: Path) -> None:
    found = ask(
        "deal", file, "X-1", "--done", "Find out the details and the date", "--result", "No answer", *DAY, "--json"
    ).document
    step = found["steps"][1]
    assert (step["status"], step["result"], step["due"]) == ("open", "no_answer", "2026-11-23")
    found = ask("deal", file, "X-1", "--done", "find-details", "--because", "Wants two gates", *DAY, "--json").document
    step = found["steps"][1]
    assert (step["status"], step["result"], step["done_at"]) == ("done", "done", "2026-11-20")
    assert found["timeline"][0]["text"] == "Wants two gates"
    assert "is already done" in ask("deal", file, "X-1", "--done", "find-details").sentence


def test_an_own_word_is_a_result(ask: Ask, file: Path) -> None:
    found = ask("deal", file, "X-1", "--done", "find-details", "--result", "met by chance", "--json").document
    assert found["steps"][1]["result"] == "met by chance"


@pytest.mark.parametrize("reason", ["expensive", "Дорого", "the moon was wrong"])
def test_lost_for_a_known_reason_or_an_own_one(ask: Ask, file: Path, reason: str) -> None:
    found = ask("deal", file, "X-1", "--lose", reason, "--because", "so they said", "--json").document
    assert found["outcome"] == "lost"
    assert found["next_action"] is None
    assert found["timeline"][0]["event"] == "lost"
    assert found["timeline"][0]["text"] == "so they said"


def test_a_known_reason_is_known_by_its_name(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--lose", "expensive")
    english = ask("deal", file, "X-1", "--json").document["timeline"][0]["what"]
    russian = ask("deal", file, "X-1", "--json", "--lang", "ru").document["timeline"][0]["what"]
    assert english != russian
    ask("deal", file, "X-1", "--reopen")
    ask("deal", file, "X-1", "--lose", russian)
    assert ask("deal", file, "X-1", "--json").document["timeline"][0]["what"] == english


def test_reopened(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--lose", "timing", "--on", "2026-11-19")
    found = ask("deal", file, "X-1", "--reopen", "--because", "they called", *DAY, "--json").document
    assert (found["outcome"], found["stage_key"]) == ("open", "details")
    assert found["timeline"][0] | {"text": "they called", "event": "reopened"} == found["timeline"][0]
    assert found["next_action"]["due"] == "2026-11-20"


def test_won(ask: Ask, file: Path) -> None:
    found = ask("deal", file, "X-1", "--move", "care", *DAY, "--json")
    assert found.status == 0
    assert '"outcome": "won"' in found.out
    assert ask("history", file, "--limit", "1", "--json").document[0]["label"] == "Win “Yard”"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "There is no deal “nothing”."),
        (["yard"], "There is no deal “yard”."),  # the exact title, or none
        (["X-1", "--move", "production"], "There is no stage “production” in the pipeline “Security systems"),
        (["X-1", "--move", ""], "There is no stage “”"),
        (["X-1", "--move", "details"], "“Yard” is in the stage “Details” already."),
        (["X-1", "--done", "ask-received"], "There is no step “ask-received” in the stage “Details”"),
        (["X-1", "--lose", "  "], "Say why “Yard” is lost"),
        (["X-1", "--reopen"], "“Yard” is not lost"),
    ],
)
def test_what_is_refused_changes_nothing(ask: Ask, file: Path, words: list[str], said: str) -> None:
    before = file.read_bytes()
    answer = ask("deal", file, *words)
    assert answer.sentence.startswith(said)
    assert answer.out == ""
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


def test_a_lost_deal_goes_nowhere(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--lose", "timing")
    assert ask("deal", file, "X-1", "--move", "offer").sentence == "“Yard” is lost. Reopen it first."
    assert "is over" in ask("deal", file, "X-1", "--done", "find-details").sentence


def test_each_act_is_one_batch_with_its_day(ask: Ask, file: Path) -> None:
    count = len(ask("history", file, "--json").document)
    ask("deal", file, "X-1", "--move", "offer", *DAY)
    ask("deal", file, "X-1", "--done", "send-calculation", *DAY)
    ask("deal", file, "X-1", "--lose", "expensive", *DAY)
    history = ask("history", file, "--json").document
    assert [entry["label"] for entry in history[: len(history) - count]] == [
        "Lose “Yard”", "Tick “Send a calculation for this site”", "Move “Yard” to “Offer”",
    ]  # fmt: skip
    assert {event["at"] for event in ask("deal", file, "X-1", "--json").document["timeline"]} == {
        "2026-11-18", "2026-11-20",
    }  # fmt: skip


def test_for_people(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--done", "write-down-interest", *DAY)
    english = ask("deal", file, "X-1", "--on", "2026-11-22").out
    assert english.startswith("Yard · Beta Works\nDetails · 4 days · open · $500.50 · 10%")
    assert "✓  task" in english
    russian = ask("deal", file, "X-1", "--on", "2026-11-22", "--lang", "ru").out
    assert "Детали · 4 дня" in russian
    assert ask("deal", file, "X-1", "--move", "offer").out.startswith("Yard · Beta Works\nOffer · ")


@operation("Know more of the deal")
def know(batch: Batch, deal_id: str) -> None:
    answer_question(batch, deal_id, "need", met=True, evidence="asked for it")
    raise_obstacle(batch, deal_id, "cables in the yard", kind="fit", answer="radio")
    add_stakeholder(batch, deal_id, "Pavel", "decides", attitude="for")
    set_condition(batch, deal_id, "the board agrees", due="2026-12-01")
    flag_risk(batch, deal_id, "competitor")
    request_terms(batch, deal_id, "discount", text="ten percent", discount=1000)
    wait_for(batch, deal_id, "Stores", text="cameras")
    raise_claim(batch, deal_id, "one is dark")


def test_what_is_known_is_shown_in_a_line_each(ask: Ask, file: Path) -> None:
    deal_id = ask("deal", file, "X-1", "--json").document["id"]
    desk = Desk(file, ANNA)
    desk.run(know, deal_id)
    desk.close()
    text = ask("deal", file, "X-1").out
    for line in (
        "cables in the yard: radio",
        "Pavel: decides, for us",
        "the board agrees",
        "1 of 5",
        "Stores, cameras",
    ):
        assert line in text
    found = ask("deal", file, "X-1", "--json").document
    assert found["questions"] == {"need": {"met": True, "evidence": "asked for it"}}
    assert [one["text"] for one in found["obstacles"]] == ["cables in the yard"]
    assert "In the way: cables in the yard" in text


def test_an_offer_before_the_need_is_known_is_told_and_never_blocked(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--move", "offer")
    found = ask("deal", file, "X-1", "--done", "send-calculation", "--because", "they were in a hurry")
    assert "before anybody knows what they need" in found.err
    assert "they were in a hurry" in ask("deal", file, "X-1").out


def origins(file: Path, title: str) -> set[Origin | None]:
    desk = Desk(file, ANNA, write=False)
    try:
        (deal,) = desk.read(deal_named, title)
        card = desk.read(deal_card, deal, "2026-11-30")
    finally:
        desk.close()
    assert card is not None
    return {entry.origin for entry in card.timeline}


def test_what_came_by_an_import_or_a_merge_says_so(ask: Ask, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "deals.csv"
    table.write_text("title,stage\nBarrier,details\n", encoding="utf-8")
    assert ask("import", file, table).status == 0
    (origin,) = origins(file, "Barrier")
    assert origin
    assert (origin.way, origin.file) == ("import", "deals.csv")
    shared = tmp_path / "anna.funnelshare"
    other = tmp_path / "bob.funnel"
    assert ask("share", file, shared).status == 0
    assert ask("new", other, "--playbook", "startup").status == 0
    assert ask("merge", other, shared).status == 0
    (origin,) = origins(other, "Barrier")
    assert origin
    assert origin.way == "merge"
