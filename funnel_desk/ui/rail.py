"""The left rail: the program's menu, the views with what waits in them, and at the bottom the file."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.i18n import _, ngettext, translate
from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import draw_icon, draw_text, text_width
from funnel_desk.ui.view import View
from funnel_desk.ui.widgets.labels import label

WIDTH = 184
_ROW = 28
_TOP = 48


class Rail(QFrame):
    """`wanted` tells the key of the view that the person asks for."""

    wanted = Signal(str)

    def __init__(self, look: Look, views: Sequence[View], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "rail")
        self.setFixedWidth(WIDTH)
        self.head = MenuButton(look)
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 16)
        column.setSpacing(2)
        column.addWidget(self.head)
        column.addSpacing(2)
        for view in views:
            button = NavButton(look, view)
            button.clicked.connect(lambda _checked=False, key=view.key: self.wanted.emit(key))
            self._group.addButton(button)
            self._buttons[view.key] = button
            column.addWidget(button)
        column.addStretch(1)
        self._file = label("", "note")
        self._state = label("", "note", wrap=True)
        self._file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        below = QVBoxLayout()
        below.setContentsMargins(8, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._file)
        below.addWidget(self._state)
        column.addLayout(below)

    def show_keys(self, key: str, keys: str) -> None:
        """Say by which keys a view is reached."""
        self._buttons[key].setToolTip(keys)

    def press(self, key: str) -> None:
        """Go to a view as its button does."""
        self._buttons[key].click()

    def select(self, key: str) -> None:
        """Mark the view that is shown."""
        self._buttons[key].setChecked(True)

    def count(self, key: str, waiting: int) -> None:
        """Say how much waits in a view; nothing is said of nought."""
        self._buttons[key].count(waiting)

    def say_file(self, name: str, place: str, state: str) -> None:
        """The file's name, where it lies (as a hint), and how it stands: "Saved"."""
        self._file.setText(self._file.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, WIDTH - 32))
        self._file.setToolTip(place)
        self._state.setText(state)


class NavButton(QAbstractButton):
    """One view in the rail."""

    def __init__(self, look: Look, view: View) -> None:
        super().__init__()
        self._look, self._view, self._waiting = look, view, 0
        self.setObjectName(f"nav.{view.key}")
        self.setText(translate(view.title))
        self.setCheckable(True)
        self.setFixedHeight(_ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.update)
        self.count(0)

    def count(self, waiting: int) -> None:
        """Show and speak how much waits here."""
        self._waiting = waiting
        spoken = ngettext("{view}, {n} waits", "{view}, {n} wait", waiting, view=self.text())
        self.setAccessibleName(spoken if waiting else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 16, _ROW)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, chosen = self._look, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect()
        if chosen or self.hasFocus():
            painter.setPen(QPen(look.colour("accent")) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("panel") if chosen else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if chosen:
            painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPoint(1, 2), QPoint(1, area.height() - 2))
        ink = "text" if chosen or self.underMouse() else "dim"
        draw_icon(painter, QRect(8, 6, 16, 16), self._view.icon, ink, look)
        right = area.width() - 8
        if self._waiting:
            said = str(self._waiting)
            width = text_width(said, look.font("figures")) + 1
            place = QRect(right - width, 4, width, 20)
            draw_text(painter, place, said, look.font("figures"), look.colour("warn"), Qt.AlignmentFlag.AlignRight)
            right -= width + 8
        font = look.font("strong" if chosen else "body")
        draw_text(painter, QRect(32, 4, right - 32, 20), self.text(), font, look.colour(ink))


class MenuButton(QAbstractButton):
    """The program's name, and behind it its menu (Alt+F, F10)."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._menu: QMenu | None = None
        self.setText(_("Funnel Desk"))
        self.setAccessibleName(_("Funnel Desk menu"))
        self.setToolTip(_("Menu") + " · F10")
        self.setFixedHeight(_TOP)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for keys in ("F10", "Alt+F"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(self.click)
        self.clicked.connect(self._open)
        look.changed.connect(self.update)

    def set_menu(self, menu: QMenu) -> None:
        """The menu to open."""
        self._menu = menu

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 16, _TOP)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - 20) // 2 + 2
        if self.hasFocus():
            painter.setPen(look.colour("accent"))
            painter.drawRoundedRect(QRect(0, top - 4, self.width() - 1, _ROW - 1), 4, 4)
        draw_icon(painter, QRect(8, top + 2, 16, 16), "logo", "accent", look)
        font = look.font("bold")
        draw_text(painter, QRect(32, top, self.width() - 56, 20), self.text(), font, look.colour("text"))
        ink = "text" if self.underMouse() else "dim"
        draw_icon(painter, QRect(self.width() - 20, top + 4, 12, 12), "chevron", ink, look)

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() - 8)))
