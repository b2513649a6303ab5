"""A file that somebody else holds is opened for looking only, says why, and may be tried again."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton

from funnel_desk.app import open_window
from funnel_desk.operations.deals import new_deal
from tests.ui.shop import make_shop, open_shop


def test_it_is_shown_says_why_and_opens_when_it_is_free(qapp: QApplication, tmp_path: Path) -> None:
    path = make_shop(tmp_path / "north.funnel", 3)
    holder = open_shop(path)
    window = open_window(path, lang="en")
    try:
        assert window.read_only.isVisible()
        assert "open in another window or program" in window.read_only._why.text()
        action = window.findChild(QAction, "action.new_deal")
        assert action is not None
        assert not action.isEnabled()
        assert "another window" in action.toolTip()
        assert window._parts is not None
        assert window._parts.bridge.run(new_deal, title="Gate") is None
        assert "another window" in window.messages.text()
        holder.close()
        again = window.findChild(QPushButton, "read_only.again")
        assert again is not None
        again.click()
        assert not window.read_only.isVisible()
        assert window._parts is not None
        assert window._parts.bridge.run(new_deal, title="Gate") is not None
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
