import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from funnel_desk import cli
from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.domain.words import Words
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.storage.acts import Author
from funnel_desk.storage.journal import Batch

ANNA = Author("anna", "Anna")
STAGES = {"lead": 600, "talk": 1_200, "offer": 2_000, "contract": 5_000, "won": 10_000}
PERIOD = ("--from", "2026-11-01", "--to", "2027-10-31")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A pipeline that says what the example says: 50, 60, 40 and 50 % go on."""
    path = tmp_path / "plan.funnel"

    def begin(batch: Batch) -> None:
        batch.add(Pipeline("doors", Words("Doors", "Двери")))
        for place, (key, probability) in enumerate(STAGES.items()):
            side = "won" if key == "won" else "before"
            batch.add(Stage(key, "doors", key, Words(key.capitalize(), ""), place, side, probability))  # type: ignore[arg-type]

    Desk.create(path, ANNA, currency="EUR", time_zone="Europe/Minsk", begin=begin)
    return path


@operation("Bring in")
def bring_in(batch: Batch, stage: str, value: int, product: str, probability: int | None) -> None:
    """An open deal in a stage, or one that was won in May 2025 nobody knows how."""
    deal = Deal(
        batch.new_id(), "doors", "lead" if stage == "won" else stage, "2025-05-01", "deal",
        value=value, currency="EUR", product=product, probability=probability,
    )  # fmt: skip
    batch.add(deal)
    if stage == "won":
        batch.add(
            StageEvent(batch.new_id(), deal.id, deal.id, "moved", "doors", "won", "2025-05-20", path_known=False)
        )  # fmt: skip


@contextmanager
def at_desk(file: Path) -> Iterator[Desk]:
    desk = Desk(file, ANNA)
    try:
        yield desk
    finally:
        desk.close()


@pytest.fixture
def won(file: Path) -> Path:
    """Five deals were won for 50,000 on the average; they tell nothing of the stages before."""
    with at_desk(file) as desk:
        for value, product in [(4_000_000, "steel"), (6_000_000, "steel"), (5_000_000, "")] * 2:
            desk.run(bring_in, "won", value, product, None)
    return file


def ask(capsys: pytest.CaptureFixture[str], *words: object) -> Any:  # noqa: ANN401 - JSON
    assert cli.main(["plan", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_example(won: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, won, "--goal", "1000000", *PERIOD) == {
        "currency": "EUR",
        "goal": "1000000.00",
        "won_so_far": "0.00",
        "expected_from_open": "0.00",
        "average_won": "50000.00",
        "wins_needed": 20,
        "stages": [
            {"key": "lead", "stage": "Lead", "needed": 334, "conversion": 0.5, "from": "playbook"},
            {"key": "talk", "stage": "Talk", "needed": 167, "conversion": 0.6, "from": "playbook"},
            {"key": "offer", "stage": "Offer", "needed": 100, "conversion": 0.4, "from": "playbook"},
            {"key": "contract", "stage": "Contract", "needed": 40, "conversion": 0.5, "from": "playbook"},
        ],
        "leads_needed": 334,
        "leads_after_open": 334,
        "groups": {},
    }


def test_net_of_what_is_won_and_open(won: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with at_desk(won) as desk:
        desk.run(bring_in, "lead", 40_000_000, "", 5_000)
        desk.run(bring_in, "lead", 25_000_000, "", 10_000)
    found = ask(capsys, won, "--goal", "1 300 000", "--from", "2025-05-20")
    assert (found["won_so_far"], found["expected_from_open"]) == ("300000.00", "450000.00")
    assert (found["wins_needed"], found["leads_needed"], found["leads_after_open"]) == (20, 334, 184)


def test_per_product(won: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, won, "--goal", "900000.00", "--per", "product", *PERIOD)
    assert {name: group["goal"] for name, group in found["groups"].items()} == {"": "300000.00", "steel": "600000.00"}
    assert found["groups"]["steel"]["wins_needed"] == 12
    assert found.keys() - found["groups"]["steel"].keys() == {"groups"}


def test_nothing_won_yet(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, file, "--goal", "1000000")
    assert (found["average_won"], found["wins_needed"], found["leads_needed"]) == (None, None, None)
    assert [stage["needed"] for stage in found["stages"]] == [None] * 4
    assert cli.main(["plan", str(file), "--goal", "1000000", "--lang", "en"]) == 0
    assert "Nothing is won in this currency yet" in capsys.readouterr().out


def test_the_goal_reached(won: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, won, "--goal", "300000")
    assert (found["won_so_far"], found["wins_needed"], found["leads_needed"]) == ("300000.00", 0, 0)


def test_for_a_person(won: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", str(won), "--goal", "1000000", *PERIOD, "--per", "product", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Doors · goal €1,000,000 · 1 Nov 2026 – 31 Oct 2027\n")
    for line in (
        "  An average won deal       €50,000\n",
        "  Lead      334  50%  as the playbook says\n",
        "  Leads needed: 334. Beside the open deals: 334.\n",
        "\nsteel\n",
        "\n6 closed deals came in without their paths and tell nothing of the stages.\n",
    ):
        assert line in shown


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--goal", "1,000"], 2),
        (["--goal", "-5"], 2),
        (["--goal", "1e9"], 2),
        (["--goal", "1.005"], 2),
        (["--goal", "9999999999999999999999"], 2),
        ([], 2),
        (["--goal", "1000", "--from", "2026-02-30"], 2),
        (["--goal", "1000", "--from", "2026-12-01", "--to", "2026-11-01"], 1),
        (["--goal", "1000", "--currency", "XQQ"], 1),
        (["--goal", "1000", "--pipeline", "Windows"], 1),
        (["--goal", "1000", "--per", "owner"], 2),
    ],
)
def test_one_sentence_where_it_cannot_be(
    file: Path, capsys: pytest.CaptureFixture[str], words: list[str], status: int
) -> None:
    assert cli.main(["plan", str(file), *words]) == status
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_by_pipeline_and_currency(won: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, won, "--goal", "500", "--currency", "jpy", "--pipeline", "двери")
    assert (found["currency"], found["goal"], found["wins_needed"]) == ("JPY", "500", None)
