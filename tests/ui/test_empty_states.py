"""A view with nothing to show says in one sentence what belongs there, and has the one button that begins it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from funnel_desk.app import open_window
from funnel_desk.operations.desk import Desk
from funnel_desk.ui import views
from funnel_desk.ui.view import listed
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.window import Window
from tests.ui.test_window import ME, discard
from tests.ui.walk import settle

NOTHING_BEGINS = {"disagreements"}
"""What fills itself: no button of a view can begin it."""


@pytest.fixture(params=["no pipeline", "a pipeline"])
def window(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    file = tmp_path / "empty.funnel"
    if request.param == "a pipeline":
        from funnel_desk.operations.playbooks import playbook_named
        from funnel_desk.operations.workspaces import new_workspace

        new_workspace(file, ME, playbook_named("startup"), currency="EUR", time_zone="Europe/Minsk")
    else:
        Desk.create(file, ME, currency="EUR", time_zone="Europe/Minsk")
    shown = open_window(file)
    yield shown
    discard(shown)


@pytest.mark.parametrize("key", [view.key for view in listed(views)])
def test_an_empty_view_teaches(window: Window, key: str) -> None:
    window.go(key)
    settle(window)
    page = window.findChild(QWidget, f"view.{key}")
    assert page is not None
    for empty in page.findChildren(EmptyState):
        if not empty.isVisible():
            continue
        sentences = [one.text() for one in empty.findChildren(QLabel) if one.isVisible() and one.text()]
        buttons = [one.text() for one in empty.findChildren(QPushButton) if one.isVisible()]
        assert len(sentences) == 1
        assert sentences[0].endswith((".", "?", "!"))
        assert len(buttons) == (0 if key in NOTHING_BEGINS else 1), sentences
