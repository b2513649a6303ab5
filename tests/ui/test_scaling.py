"""At 100, 150 and 200 per cent: nothing is cut off, and icons are drawn in the pixels of the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from funnel_desk.operations.demo import create_demo

SCRIPT = """
import json, sys
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from funnel_desk.ui import views
from funnel_desk.ui.view import listed
from tests.ui.on_screen import cut_off
from tests.ui.walk import opened, settle
app = QApplication([])
found = {}
for window in opened(sys.argv[1], "ru", (900, 600)):
    icon = window._look.icon("print", "dim").pixmap(QSize(16, 16), window.devicePixelRatio())
    found["icon"] = icon.width()
    found["faults"] = []
    for view in listed(views):
        window.go(view.key)
        settle(window)
        found["faults"] += [f"{view.key}: {fault}" for fault in cut_off(window, headers=True)]
    picture = window.grab()
    found["picture"] = [picture.width(), picture.height()]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "north.funnel"
    create_demo(file)
    return file


@pytest.mark.parametrize("factor", ["1", "1.5", "2"])
def test_every_view_at_a_scale(demo: Path, tmp_path: Path, factor: str) -> None:
    told = os.environ | {
        "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen", "FUNNEL_DESK_HOME": str(tmp_path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(demo)], env=told, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["faults"] == []
    assert found["icon"] == round(16 * float(factor))
    assert found["picture"] == [round(900 * float(factor)), round(600 * float(factor))]
