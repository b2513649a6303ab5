"""The command line under test: asked in the same process, with a workspace in which three deals stand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from funnel_desk import cli
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.operations.workspaces import new_workspace
from funnel_desk.storage.acts import Author


class Answer(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - whatever the command says
        """Its JSON; it said nothing else and did not complain."""
        assert self.status == 0, self.err
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """Why nothing was done, in one line and without a traceback."""
        assert self.status == 1
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.strip()


Ask = Callable[..., Answer]
ANNA = Author("anna", "Anna")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give the program words; gives what it answered."""

    def answer(*words: object) -> Answer:
        capsys.readouterr()
        status = cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workspace of security systems: two deals of one title, and one with an external id."""
    path = tmp_path / "north.funnel"
    new_workspace(path, ANNA, playbook_named("security-systems"), time_zone="Europe/Minsk")
    desk = Desk(path, ANNA)
    for company, contact, day in (("Завод Альфа", "Иван Петрович Лис", "2026-11-10"), ("Beta Works", "", "2026-11-11")):
        desk.run(new_deal, title="Gate 4", company=company, contact=contact, value=1_240_000, currency="EUR", on=day)
    desk.run(
        new_deal, title="Yard", company="Beta Works", external_id="X-1", value=50_050, currency="USD", on="2026-11-18"
    )
    desk.close()
    return path
