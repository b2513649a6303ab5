import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from funnel_desk import i18n
from funnel_desk.domain.problems import Trouble
from funnel_desk.progress import Progress
from funnel_desk.ui.jobs import Jobs
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.progress_strip import ProgressStrip


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def told(signal: object) -> list[tuple[object, ...]]:
    heard: list[tuple[object, ...]] = []
    signal.connect(lambda *values: heard.append(values))  # type: ignore[attr-defined]
    return heard


def test_work_is_done_elsewhere_and_told_here(jobs: Jobs, qtbot: QtBot) -> None:
    where: list[bool] = []
    results: list[tuple[str, bool]] = []

    def work(_progress: Progress) -> str:
        where.append(threading.current_thread() is threading.main_thread())
        return "done"

    jobs.read("Count", work, lambda text: results.append((text, threading.current_thread() is threading.main_thread())))
    qtbot.waitUntil(lambda: bool(results))
    assert where == [False]
    assert results == [("done", True)]


def test_the_thread_speaks_the_language_of_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    i18n.set_language("ru")
    spoken: list[str] = []
    jobs.read("", lambda _progress: i18n.language(), spoken.append)
    qtbot.waitUntil(lambda: bool(spoken))
    assert spoken == ["ru"]


def test_only_one_job_writes_at_a_time(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    done: list[str] = []

    def slow(_progress: Progress) -> str:
        gate.wait(5)
        return "first"

    assert jobs.write("Import", slow, done.append)
    assert jobs.writing
    assert not jobs.write("Import", slow, done.append)
    gate.set()
    qtbot.waitUntil(lambda: done == ["first"])
    assert not jobs.writing


def test_cancelled_work_stops_where_it_reports(jobs: Jobs, qtbot: QtBot) -> None:
    begun = threading.Event()
    stopped, ended, done = told(jobs.stopped), told(jobs.ended), list[int]()

    def endless(progress: Progress) -> int:
        number = 0
        while True:
            number += 1
            progress.report(number, 0)
            begun.set()

    jobs.write("Import", endless, done.append)
    begun.wait(5)
    jobs.cancel()
    qtbot.waitUntil(lambda: bool(stopped))
    assert (stopped, ended, done) == ([("Import",)], [(True,)], [])


def test_a_problem_in_a_job_is_handed_on(jobs: Jobs, qtbot: QtBot) -> None:
    failed = told(jobs.failed)

    def work(_progress: Progress) -> None:
        raise Trouble

    jobs.read("Export", work, lambda _nothing: None)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0][0], Trouble)


def test_nameless_work_is_not_shown(jobs: Jobs, qtbot: QtBot) -> None:
    began, done = told(jobs.began), list[int]()
    jobs.read("", lambda _progress: 1, done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert began == []


def test_closing_waits_and_nobody_hears_of_it(qapp: QApplication) -> None:
    jobs, done = Jobs(), list[int]()
    jobs.read("Count", lambda _progress: 1, done.append)
    jobs.close()
    qapp.processEvents()
    assert done == []


def test_short_work_shows_no_strip_and_long_work_does(qapp: QApplication, qtbot: QtBot) -> None:
    keep = Look(qapp, "light")
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.begin("Importing")
    strip.advance(3, 8800, "")
    strip.end()
    qtbot.wait(450)
    assert not strip.isVisible()
    strip.begin("Importing")
    qtbot.waitUntil(strip.isVisible, timeout=2000)
    asked: list[bool] = []
    strip.cancelled.connect(lambda: asked.append(True))
    strip._cancel.click()
    assert asked == [True]
    assert not strip._cancel.isEnabled()
    assert keep is not None


def test_what_is_asked_after_the_end_is_not_begun(jobs: Jobs, qtbot: QtBot) -> None:
    jobs.close()
    begun = told(jobs.began)
    jobs.read("Count", lambda _progress: 1, lambda _result: pytest.fail("nobody listens any more"))
    qtbot.wait(20)
    assert begun == []
    assert not jobs.writing
