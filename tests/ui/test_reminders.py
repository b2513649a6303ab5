"""Reminders: each once, in time, caught up at the start; with a tray and without one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from funnel_desk import settings
from funnel_desk.app import open_window
from funnel_desk.operations.activities import finish_activity, move_activity, plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.ui.absence import away, closed, opened
from funnel_desk.ui.bell import Bell
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.jobs import Jobs
from funnel_desk.ui.look import Look
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.reminders import OFF, Reminders, choose_lead, lead
from funnel_desk.ui.route import Route
from funnel_desk.ui.view import Parts
from tests.desks import Clock, a_desk

Rung = list[tuple[str, str, str | None]]


class Watch:
    """Reminders on a desk whose clock a test turns."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app, self.clock = app, Clock("2026-11-02T09:00:00Z")
        self.desk = a_desk(folder, clock=self.clock)
        self.around = QObject()
        self.parts = Parts(Bridge(self.desk, self.around), Jobs(self.around), Look(app), Memory({}), Route(self.around))
        self.rung: Rung = []
        self.made: list[Reminders] = []

    def begin(self) -> Reminders:
        made = Reminders(self.parts, lambda *told: self.rung.append(told), self.around)
        self.made.append(made)
        return made

    def plan(self, due: str, text: str = "Ask") -> str:
        deal = self.desk.run(new_deal, title="Gate", company="Alfa")
        return self.desk.run(plan_activity, deal.id, "call", due, text=text).id

    def settle(self) -> None:
        while self.parts.jobs._running:
            self.app.processEvents()
        self.app.processEvents()

    def look(self, reminders: Reminders, now: str) -> list[str]:
        self.clock.now = now
        before = len(self.rung)
        reminders.look()
        self.settle()
        return [words for _title, words, _deal in self.rung[before:]]

    def close(self) -> None:
        for reminders in self.made:
            reminders.stop()
        self.parts.jobs.close()
        self.parts.bridge.close()
        self.desk.close()


@pytest.fixture
def watch(qapp: QApplication, tmp_path: Path) -> Iterator[Watch]:
    made = Watch(qapp, tmp_path)
    yield made
    made.close()


def test_each_thing_is_told_once_in_time(watch: Watch) -> None:
    reminders = watch.begin()
    call = watch.plan("2026-11-02T10:00:00Z")
    assert watch.look(reminders, "2026-11-02T09:49:59Z") == []
    assert 0 < reminders._timer.remainingTime() <= 1_100, "it waits for that very instant"
    assert watch.look(reminders, "2026-11-02T09:50:00Z") == ["13:00: Ask"]
    assert watch.rung[0][0] == "Alfa · Gate"
    assert watch.look(reminders, "2026-11-02T09:55:00Z") == []
    watch.desk.run(move_activity, call, "2026-11-02T11:00:00Z")
    assert watch.look(reminders, "2026-11-02T10:50:00Z") == ["14:00: Ask"], "another time is another reminder"
    watch.desk.run(move_activity, call, "2026-11-02T12:00:00Z")
    watch.desk.run(finish_activity, call)
    assert watch.look(reminders, "2026-11-02T12:00:00Z") == []


def test_many_at_once_are_counted(watch: Watch) -> None:
    reminders = watch.begin()
    for _number in range(4):
        watch.plan("2026-11-02T10:00:00Z")
    assert watch.look(reminders, "2026-11-02T10:00:00Z") == ["4 actions are due."]


def test_what_came_due_while_closed_is_caught_up_and_told_once(watch: Watch) -> None:
    for due in ("2026-11-01T10:00:00Z", "2026-11-02T06:00:00Z", "2026-11-02T08:59:00Z", "2026-10-01T08:00:00Z"):
        watch.plan(due)
    workspace = watch.desk.workspace.id
    closed(watch.parts.memory, workspace, "2026-10-31T16:00:00Z")
    opened(watch.parts.memory, workspace, watch.clock.now)
    reminders = watch.begin()
    watch.settle()
    assert [words for _t, words, _d in watch.rung] == ["3 came due while the program was closed."]
    assert watch.look(reminders, "2026-11-02T09:10:00Z") == []


def test_whoever_wants_none_gets_none(watch: Watch) -> None:
    choose_lead(watch.parts.memory, OFF)
    assert settings.load().window["reminders.lead"] == OFF
    reminders = watch.begin()
    watch.plan("2026-11-02T10:00:00Z")
    assert watch.look(reminders, "2026-11-02T10:00:00Z") == []
    choose_lead(watch.parts.memory, "60")
    assert watch.look(reminders, "2026-11-02T09:00:00Z") == ["13:00: Ask"]
    assert lead(Memory({"reminders.lead": "7"})) == "10"


def test_being_away_is_known_from_both_ends(watch: Watch) -> None:
    memory = Memory({"closed.a": "2026-11-01T09:00:00Z"})
    assert away(memory, "a") is None
    opened(memory, "a", "2026-11-02T09:00:00Z")
    gone = away(memory, "a")
    assert gone is not None
    assert (gone.closed, gone.started) == ("2026-11-01T09:00:00Z", "2026-11-02T09:00:00Z")
    for nonsense in ("", "yesterday", "2026-11-01", "2026-99-99T09:00:00Z"):
        closed(memory, "a", nonsense)
        assert away(memory, "a") is None


def test_without_a_tray_the_window_tells_it_and_with_one_the_tray(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    gone: list[str | None] = []
    window = QWidget()
    bell = Bell(window, told.append, gone.append)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    bell.ring("Gate", "10:00: Ask", "deal")
    assert told == ["Gate: 10:00: Ask"]
    shown: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _tray: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _tray, *words: shown.append(words[1]))
    bell.ring("Gate", "10:00: Ask", "deal")
    assert shown == ["10:00: Ask"]
    assert len(told) == 1
    tray = bell._tray
    assert tray is not None
    tray.messageClicked.emit()
    assert gone == ["deal"]
    bell.hush()
    window.deleteLater()


def test_the_menu_leads_to_the_lead_and_a_try(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    desk: Desk = a_desk(tmp_path)
    workspace = desk.workspace.id
    desk.close()
    window = open_window(desk.path)
    action = window.findChild(QAction, "action.reminders")
    assert action is not None
    action.trigger()
    choice, try_it = window.findChild(QComboBox, "reminders.lead"), window.findChild(QPushButton, "reminders.test")
    assert choice is not None
    assert try_it is not None
    choice.setCurrentIndex(choice.findData("30"))
    assert settings.load().window["reminders.lead"] == "30"
    try_it.click()
    assert "This is how a reminder looks." in window.messages.text()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert settings.load().window[f"closed.{workspace}"] > "2026"
