"""Desks for tests: a real workspace in a folder, a clock that a test turns by hand, ids that count."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from funnel_desk import resources
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import Stage
from funnel_desk.domain.playbook import Playbook, parse
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage.acts import Author

ANN, BOB = Author("author-ann", "Ann"), Author("author-bob", "Bob")
ZONE = "Europe/Minsk"


@dataclass
class Clock:
    """Now, as a test says it."""

    now: Moment = "2026-11-02T09:00:00Z"

    def __call__(self) -> Moment:
        return self.now


@lru_cache
def a_playbook(key: str) -> Playbook:
    """A shipped playbook."""
    name = f"playbooks/{key}.toml"
    return parse(resources.read_text(name), name)


def a_desk(
    folder: Path,
    playbook: str = "startup",
    *,
    clock: Clock | None = None,
    author: Author = ANN,
    name: str = "desk.funnel",
    currency: str = "EUR",
    zone: str = ZONE,
) -> Desk:
    """A desk on a new workspace with one pipeline."""
    path, clock = folder / name, clock or Clock()
    Desk.create(
        path,
        author,
        currency=currency,
        time_zone=zone,
        clock=clock,
        begin=lambda batch: add_pipeline(batch, a_playbook(playbook)),
    )
    return Desk(path, author, clock=clock)


def stages(desk: Desk) -> dict[str, Stage]:
    """The stages of the first pipeline by key."""
    return {row.stage.key: row.stage for row in desk.read(pipelines)[0].stages}
