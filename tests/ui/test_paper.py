"""Printing from the menu: each document is written apart from the window, told, and shown; the calendar updates."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.ui import paper
from funnel_desk.ui.commands import Commands
from funnel_desk.ui.paper import Paper
from funnel_desk.ui.views.today.both import DayAndWeek
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window


class Desk:
    """The window, its menu, and what was asked and shown."""

    def __init__(self, window: Window, ask: list[tuple[str, Path]], shown: list[Path], commands: Commands) -> None:
        self.window, self.asked, self.shown, self.commands = window, ask, shown, commands
        assert window._parts is not None
        self.parts = window._parts

    def wait(self) -> None:
        until = time.monotonic() + 20
        while self.parts.jobs._running and time.monotonic() < until:
            QTest.qWait(5)
        QTest.qWait(1)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", 12)) as window:
        asked: list[tuple[str, Path]] = []
        shown: list[Path] = []

        def ask_save(_window: object, place: Path, title: str, _kinds: str, _suffix: str, then: object) -> None:
            asked.append((title, place))
            assert callable(then)
            then(str(place))

        monkeypatch.setattr(paper, "ask_save", ask_save)
        around = QObject(window)
        commands = Commands(window._look, window, None)
        assert window._parts is not None
        Paper(window, commands, window._parts, around, shown.append)
        QTest.qWait(1)
        yield Desk(window, asked, shown, commands)
        commands.discard()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("key", ["print_day", "print_week", "print_pipeline"])
def test_a_document_is_written_and_shown(desk: Desk, key: str) -> None:
    told: list[str] = []
    desk.parts.bridge.told.connect(lambda sentence, _batch: told.append(sentence))
    desk.commands.action(key).trigger()
    desk.wait()
    ((_title, place),) = desk.asked
    assert place.suffix == ".pdf"
    assert place.read_bytes().startswith(b"%PDF")
    assert desk.shown == [place]
    assert told == [f"Written: {place.name}"]


def test_the_week_that_is_shown_is_the_one_that_is_printed(desk: Desk) -> None:
    page = desk.window.page()
    assert isinstance(page, DayAndWeek)
    page.show_part("week")
    QTest.qWait(1)
    next(one for one in page.actions() if one.objectName() == "action.week.before").trigger()
    desk.commands.action("print_week").trigger()
    desk.wait()
    assert desk.asked[0][1].name == "Week of 16 Nov.pdf"


def test_of_several_pipelines_one_is_chosen(desk: Desk) -> None:
    desk.parts.bridge.run(add_pipeline, playbook_named("startup"))
    names = [row.pipeline.name.of("en") for row in desk.parts.bridge.ask(pipelines)]
    desk.commands.action("print_pipeline").trigger()
    (menu,) = desk.window.findChildren(QMenu, "paper.pipelines")
    assert [action.text() for action in menu.actions()] == names
    menu.actions()[1].trigger()
    menu.close()
    desk.wait()
    assert desk.shown[0].name == f"{names[1]}.pdf"


def test_the_calendar_is_written_with_the_same_names_each_time(desk: Desk) -> None:
    done = desk.parts.bridge.run(new_deal, title="Gate")
    assert done is not None
    desk.parts.bridge.run(plan_activity, done.value.id, "call", "2026-12-01", text="ask")
    desk.commands.action("calendar").trigger()
    desk.wait()
    place = desk.asked[0][1]
    first = place.read_text(encoding="utf-8")
    desk.parts.bridge.run(plan_activity, done.value.id, "call", "2026-12-03", text="ask again")
    desk.commands.action("calendar").trigger()
    desk.wait()
    second = place.read_text(encoding="utf-8")

    def names(text: str) -> set[str]:
        return {line for line in text.splitlines() if line.startswith("UID:")}

    assert names(first) < names(second)
    assert desk.shown == []


def test_the_workspace_is_never_written_over(desk: Desk) -> None:
    told: list[str] = []
    desk.parts.bridge.troubled.connect(told.append)
    path = desk.parts.bridge.desk.path
    before = path.read_bytes()
    desk.window.findChildren(Paper)[0].write_day(path)
    desk.wait()
    assert told
    assert path.read_bytes() == before


def test_without_a_pipeline_that_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    desk.parts.bridge.refused.connect(told.append)
    monkeypatch.setattr("funnel_desk.queries.pipelines.pipelines", lambda _read: [])
    desk.commands.action("print_pipeline").trigger()
    assert told == ["There is no pipeline yet. Choose a playbook first."]
