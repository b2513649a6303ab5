"""A head of sales rewrites the way of selling while sixty deals are under way, and takes all of it back."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from funnel_desk.queries.pipeline_page import PipelinePage, pipeline_lines, pipeline_page
from funnel_desk.storage import check
from funnel_desk.ui.views.playbooks.page import PlaybooksPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_a_playbook_is_rewritten_under_live_deals_and_taken_back(qapp: QApplication, tmp_path: Path) -> None:
    path = make_shop(tmp_path / "shop.funnel", 60)
    with shop_window(qapp, path, view="playbooks") as window:
        bridge = window.page()._parts.bridge  # type: ignore[union-attr]
        before = bridge.desk.read(lambda read: check.contents(read.connection))
        acts = len(bridge.desk.history())
        _rewrite(window)
        assert bridge.desk.read(lambda read: check.differences(read.connection, read.zone)) == []
        assert _deals(window) == 60
        done = len(bridge.desk.history()) - acts
        assert done == 10
        for _ in range(done):
            bridge.undo()
        assert bridge.desk.read(lambda read: check.contents(read.connection)) == before
        assert bridge.desk.read(lambda read: check.findings(read.connection)) == []


def _rewrite(window: Window) -> None:
    """Ten acts by the keyboard alone: one more stage with a step and its words, a shorter term, another order."""
    outline = _page(window).detail.outline
    stages = [one for one in _kept(window).stages if not one.archived]
    outline.setFocus()
    outline.choose(f"stage:{stages[0].id}")
    QTest.keyClick(outline, Qt.Key.Key_Insert)  # 1: a stage after it
    _type(window, "playbooks.stage.name", "Visit the site")  # 2
    _type(window, "playbooks.stage.probability", "25")  # 3
    outline.setFocus()
    _page(window).detail.add("step")  # 4
    _type(window, "playbooks.step.title", "Walk round the fence")  # 5
    say = window.findChild(QPlainTextEdit, "playbooks.step.say")
    assert say is not None
    say.setFocus()
    QTest.keyClicks(say, "Show me the gate, {contact}. **What was stolen last?**")
    QTest.keyClick(say, Qt.Key.Key_Return, CTRL)  # 6
    note = window.findChild(QPushButton, "playbooks.note.keep")
    assert note is not None
    note.setFocus()
    QTest.keyClick(note, Qt.Key.Key_Space)  # 7: the change is noted
    made = next(one for one in _kept(window).stages if one.name.en == "Visit the site")
    outline.setFocus()
    outline.choose(f"stage:{made.id}")
    QTest.keyClick(outline, Qt.Key.Key_Down, ALT)  # 8: one further
    assert [one.name.en for one in _kept(window).stages][2] == "Visit the site"
    step = _kept(window).steps_of(stages[0].id)[1]
    outline.choose(f"step:{step.id}")
    _type(window, "playbooks.step.days", "2")  # 9
    outline.choose(f"stage:{stages[0].id}")
    deals = _kept(window).open_deals[stages[0].id]
    assert deals
    _page(window).detail.editor._fill_menu()
    _page(window).detail.editor._more.menu().actions()[0].trigger()  # 10: archived, its deals count in the next one
    after = _kept(window)
    assert next(one for one in after.stages if one.id == stages[0].id).archived
    assert after.open_deals.get(stages[0].id, 0) == 0


def _type(window: Window, name: str, text: str) -> None:
    field = window.findChild(QLineEdit, name)
    assert field is not None, name
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _page(window: Window) -> PlaybooksPage:
    return cast("PlaybooksPage", window.page())


def _kept(window: Window) -> PipelinePage:
    bridge = _page(window)._parts.bridge
    return bridge.ask(pipeline_page, bridge.ask(pipeline_lines)[0].pipeline.id)


def _deals(window: Window) -> int:
    return _kept(window).deals
