"""Every control of every view and dialog says its name to a screen reader, shows the focus, and lets Tab go on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from funnel_desk.operations.demo import create_demo
from funnel_desk.ui.window import Window
from tests.ui.walk import dialogs, opened, scenes, settle

SIZE = (1280, 800)
_AROUND = 2  # px: a focus frame may lie around the control


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "north.funnel"
    create_demo(file)
    return file


def test_every_control_has_a_name_shows_its_focus_and_lets_tab_go_on(
    qapp: QApplication, demo: Path, tmp_path: Path
) -> None:
    eye = Eye()
    for window in opened(demo, "en", SIZE):
        for scene in scenes(window):
            eye.look(scene, window)
        for dialog in dialogs(window, tmp_path):
            dialog.open()
            settle(window)
            eye.look(type(dialog).__name__, dialog)
            eye.look_at_enter(dialog)
            dialog.close()
    assert not eye.faults, "".join(f"\n{fault}" for fault in eye.faults.values())


class Eye:
    """What is wrong with the controls that were looked at, each told once; a kind of control is focused once."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self._seen: set[str] = set()

    def look_at_enter(self, dialog: QDialog) -> None:
        """Enter does what the one primary button does; it cancels nothing."""
        buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
        primary = [one for one in buttons if one.property("role") == "primary"]
        if primary and not any(one.isDefault() for one in primary):
            name = type(dialog).__name__
            self.faults[f"{name} enter"] = f"{name}: Enter does not press {primary[0].text()!r}"

    def look(self, scene: str, top: QWidget) -> None:
        """Look at all controls of one screen that Tab can reach."""
        for control in reachable(top):
            where = described(control)
            if not name_of(control):
                self._tell(where, f"{scene}: no name: {where}")
            if catches_tab(control):
                self._tell(f"tab {where}", f"{scene}: Tab is caught: {where}")
            kind = f"{type(control).__mro__[0].__name__} {control.property('role')}"
            if kind not in self._seen and frames(control):
                self._seen.add(kind)
                if not shows_focus(control):
                    self._tell(kind, f"{scene}: the focus is not seen: {where}")

    def _tell(self, key: str, fault: str) -> None:
        self.faults.setdefault(key, fault)


def reachable(top: QWidget) -> Iterator[QWidget]:
    """The visible controls that Tab reaches."""
    for one in top.findChildren(QWidget):
        if isinstance(one.window(), QFileDialog) or not one.isVisibleTo(top) or not one.isEnabled():
            continue
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None:
            inside = one.parentWidget()
            if isinstance(inside, QComboBox) or one.objectName().startswith("qt_"):
                continue  # a part of another control, which has the name
            if type(one) in {QAbstractScrollArea, QWidget} or isinstance(one, QDialog | Window):
                continue
            yield one


def frames(control: QWidget) -> bool:
    """Whether its focus shows as a frame; lists show it by their current row."""
    return isinstance(control, QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit) and not isinstance(
        control, QAbstractItemView
    )


def catches_tab(control: QWidget) -> bool:
    """Whether Tab writes a tab there instead of leading on."""
    if isinstance(control, QPlainTextEdit | QTextEdit):
        return not control.isReadOnly() and not control.tabChangesFocus()
    return False


def name_of(control: QWidget) -> str:
    """What a screen reader calls it."""
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name).strip()


def shows_focus(control: QWidget) -> bool:
    """Whether it looks different with the focus."""
    held = QApplication.focusWidget()
    if held is control:
        control.clearFocus()
    QApplication.processEvents()
    before = picture(control)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if not control.hasFocus():
        return True
    after = picture(control)
    if held is not None and held.isVisible():
        held.setFocus()
    return before != after


def picture(control: QWidget) -> QImage:
    """The control with the ring around it."""
    parent = control.parentWidget()
    area = control.geometry().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    return (parent.grab(area) if parent is not None else control.grab()).toImage()


def described(control: QWidget) -> str:
    """Where to find it in the source."""
    around = control.parentWidget()
    places = [type(control).__name__, control.objectName(), str(control.property("role") or "")]
    while around is not None and not control.objectName() and len(places) < 6:
        places.append(around.objectName() or type(around).__name__)
        around = around.parentWidget()
    return " ".join(part for part in places if part)
