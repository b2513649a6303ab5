from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from funnel_desk import settings
from funnel_desk.app import Session
from funnel_desk.ui.bugs import write_report
from funnel_desk.ui.first_window import FirstWindow, ask_first_window
from funnel_desk.ui.memory import Memory
from tests.ui.test_window import press


def test_the_first_start_makes_a_workspace_of_ones_own(qapp: QApplication) -> None:
    session = Session(qapp, "en")
    session.begin(None, None)
    made = settings.data_folder() / "My deals.funnel"
    assert not made.exists()  # nothing is made before the few questions are answered
    press(session.window, "first_run.start")
    assert made.is_file()
    assert settings.load().last_file == str(made)
    session.window.close()
    again = Session(qapp, "en")
    again.begin(None, None)
    assert made.name in again.window.windowTitle()
    again.window.close()


def test_the_demo_is_thrown_away_and_not_remembered(qapp: QApplication, tmp_path: Path) -> None:
    session = Session(qapp, "en")
    session.begin(None, tmp_path)
    assert "Demo.funnel" in session.window.windowTitle()
    assert settings.load().last_file is None
    session._choose_language("ru")
    assert settings.load().last_file is None
    session.window.close()


def test_a_missing_file_is_told_in_a_dialog_and_the_window_stays(qapp: QApplication, tmp_path: Path) -> None:
    session = Session(qapp, "en")
    session.begin(tmp_path / "gone.funnel", None)
    boxes = [child for child in session.window.children() if child.objectName() == "trouble"]
    assert len(boxes) == 1
    assert session.window.isVisible()
    session.window.close()


def test_a_second_start_hands_its_file_to_the_first(qapp: QApplication, qtbot: QtBot) -> None:
    assert not ask_first_window("/somewhere/a.funnel")
    first = FirstWindow()
    heard: list[str] = []
    first.asked.connect(heard.append)
    assert ask_first_window("/somewhere/Мои сделки.funnel")
    assert ask_first_window("")
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["/somewhere/Мои сделки.funnel", ""]


def test_a_report_about_a_bug_holds_no_names() -> None:
    client = "Irina Sokolova"
    with pytest.raises(ValueError, match=client) as caught:
        int(client)
    place = write_report(caught.type, caught.tb)
    assert place is not None
    text = place.read_text(encoding="utf-8")
    assert "int(client)" in text
    assert "ValueError" in text
    assert client not in text


def test_the_windows_place_is_kept_and_a_full_disk_costs_no_more_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory({})
    memory.put("split.today", "abc")
    memory.save()
    assert Memory(settings.load().window).get("split.today") == "abc"

    def full(_edit: object) -> None:
        raise OSError

    monkeypatch.setattr(settings, "change", full)
    memory.save()
