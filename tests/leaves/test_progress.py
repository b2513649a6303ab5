"""Work that nobody watches goes on to its end; work that somebody stops says so."""

import pytest

from funnel_desk.progress import NO_PROGRESS, Cancelled, Progress


class Impatient:
    """Stops at the third report."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int, str]] = []

    def report(self, done: int, total: int, what: str = "") -> None:
        self.heard.append((done, total, what))
        if len(self.heard) == 3:
            raise Cancelled


def work(progress: Progress) -> int:
    for done in range(5):
        progress.report(done, 5, "counting")
    return 5


def test_nobody_watches() -> None:
    assert work(NO_PROGRESS) == 5


def test_somebody_stops() -> None:
    watcher = Impatient()
    with pytest.raises(Cancelled):
        work(watcher)
    assert [done for done, _total, _what in watcher.heard] == [0, 1, 2]
