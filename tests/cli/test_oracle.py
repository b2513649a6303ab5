"""The fixture of many answers, walked through with `deal` and asked of `funnel`: eight deals, four stages, and won.

D1 1,2,3,4 won | D2 1,2,3 lost | D3 1,3,4 won (skips 2) | D4 1,2,3,2,3 open (goes back, returns)
D5 1 lost      | D6 1,2 open   | D7 2,3 lost (created in 2) | D8 1,2,3,4 lost
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.pipelines import pipelines
from tests.cli.conftest import ANNA, Ask

PATHS = {
    "D1": "1 2 3 4 won",
    "D2": "1 2 3 lost",
    "D3": "1 3 4 won",
    "D4": "1 2 3 2 3",
    "D5": "1 lost",
    "D6": "1 2",
    "D7": "2 3 lost",
    "D8": "1 2 3 4 lost",
}
FIRST_DAY = date(2026, 11, 1)
STAGE = '[[stages]]\nkey = "{key}"\nname = {{ en = "Stage {key}", ru = "Этап {key}" }}\nprobability = {share}\n{more}\n'
PLAYBOOK = 'key = "oracle"\nname = { en = "Oracle", ru = "Оракул" }\n' + "".join(
    STAGE.format(key=key, share=place / 5, more="won = true" if key == "won" else "")
    for place, key in enumerate(("1", "2", "3", "4", "won"), start=1)
)


@pytest.fixture
def walked(ask: Ask, tmp_path: Path) -> Path:
    """A workspace in which all eight have walked their paths, one stage a day."""
    (tmp_path / "oracle.toml").write_text(PLAYBOOK, encoding="utf-8")
    file = tmp_path / "oracle.funnel"
    assert ask("new", file, "--playbook", tmp_path / "oracle.toml", "--time-zone", "Europe/Minsk").status == 0
    desk = Desk(file, ANNA)
    stages = {line.stage.key: line.stage.id for line in desk.read(pipelines)[0].stages}
    for name, path in PATHS.items():
        desk.run(new_deal, title=name, stage_id=stages[path.split()[0]], on=FIRST_DAY.isoformat())
    desk.close()
    for name, path in PATHS.items():
        for days, where in enumerate(path.split()[1:], start=1):
            on = (FIRST_DAY + timedelta(days=days)).isoformat()
            act = ("--lose", "no reason") if where == "lost" else ("--move", where)
            answer = ask("deal", file, name, *act, "--on", on)
            assert (answer.status, answer.err) == (0, "")
    return file


def column(found: Any, name: str) -> list[Any]:  # noqa: ANN401
    return [stage[name] for stage in found["stages"]]


def test_every_cell(ask: Ask, walked: Path) -> None:
    found = ask("funnel", walked, "--json").document
    assert column(found, "key") == ["1", "2", "3", "4", "won"]
    assert column(found, "entered") == [7, 7, 7, 3, 2]
    assert column(found, "touched") == [7, 6, 6, 3, 2]
    assert column(found, "reached") == [8, 7, 6, 3, 2]
    assert column(found, "strict") == [7, 5, 4, 2, 1]
    assert column(found, "now") == [0, 1, 1, 0, 2]
    assert column(found, "lost_here") == [1, 0, 2, 1, 0]
    assert column(found, "conversion") == [0.875, 0.8571, 0.5, 0.6667, None]
    assert column(found, "resolved") == [0.875, 1.0, 0.6, 0.6667, None]
    assert column(found, "cumulative") == [1.0, 0.875, 0.75, 0.375, 0.25]
    assert (found["deals"], found["won"], found["lost"], found["open"], found["handed_over"]) == (8, 2, 4, 2, 0)
    assert found["win_rate"] == {"value": 0.3333, "low": 0.0968, "high": 0.7, "n": 6}
    assert found["unknown_path"] == 0
    assert found["deals_since"] == "2026-11-01"
    assert found["stage_history_since"] == "2026-11-02"


def test_undone_to_the_last_move_it_is_what_it_was(ask: Ask, walked: Path) -> None:
    before = ask("funnel", walked, "--json").document
    ask("deal", walked, "D6", "--move", "won", "--on", "2026-11-09")
    assert ask("funnel", walked, "--json").document != before
    ask("undo", walked)
    assert ask("funnel", walked, "--json").document == before
    assert ask("check", walked, "--rebuild", "--json").document["ok"]


def test_where_they_stand(ask: Ask, walked: Path) -> None:
    for name, path in PATHS.items():
        found = ask("deal", walked, name, "--json").document
        *_, before, last = ("", *path.split())
        assert found["outcome"] == {"won": "won", "lost": "lost"}.get(last, "open")
        assert found["stage_key"] == (before if last == "lost" else last)
        assert len(found["timeline"]) == len(path.split())
    (pipeline,) = ask("pipeline", walked, "list", "--json").document
    assert column(pipeline, "deals") == [0, 1, 1, 0, 2]
