"""A list and what is chosen in it, side by side; in a narrow window the detail slides over the list."""

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.labels import frame, present

NARROW = 1100 - 184
"""Below this width the detail lies over the list: a window of 1100 px less the rail."""

_HANDLE = 5


class MasterDetail(QWidget):
    """`open_detail` shows the detail where it is not shown already; Escape or Back return to the list."""

    detail_closed = Signal()
    arranged = Signal()

    def __init__(
        self, look: Look, master: QWidget, detail: QWidget, shares: tuple[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._master, self._detail = master, detail
        self._narrow = False
        self._wide_detail = False
        self._beside = True
        self._over = frame("plain")
        self._back = QPushButton(_("Back to the list"))
        self._back.setProperty("role", "quiet")
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.clicked.connect(self.close_detail)
        look.dress(self._back, "chevron-left", "dim", 12)
        over = self._over_column = QVBoxLayout(self._over)
        over.setContentsMargins(0, 0, 0, 0)
        over.setSpacing(0)
        over.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(_HANDLE)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(master)
        self._splitter.addWidget(detail)
        self._splitter.setSizes([100 * share for share in shares])
        self._splitter.setStretchFactor(0, shares[0])
        self._splitter.setStretchFactor(1, shares[1])
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._over)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)

    @property
    def narrow(self) -> bool:
        """Whether only one of the two is shown at a time."""
        return self._narrow

    @property
    def detail_is_alone(self) -> bool:
        """Whether the detail lies over the list now."""
        return self._stack.currentWidget() is self._over

    def show_beside(self, *, beside: bool) -> None:
        """Whether the detail may stand beside the list at all; if not, it opens over it."""
        self._beside = beside
        if not self.detail_is_alone:
            self._detail.setVisible(beside and not self._narrow)
            self.arranged.emit()

    def open_detail(self, *, wide: bool = False) -> None:
        """Show the detail; `wide` gives it the whole place even where both would fit."""
        wide = wide or not self._beside
        self._wide_detail = wide
        if (self._narrow or wide) and not self.detail_is_alone:
            self._over_column.addWidget(self._detail)
            self._stack.setCurrentWidget(self._over)
            present(self._back, shown=not wide)
            self._detail.show()
            self._detail.setFocus()
            self.arranged.emit()

    def close_detail(self) -> None:
        """Return to the list."""
        if not self.detail_is_alone:
            return
        held = self._over.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._put_side_by_side()
        if held:  # what moved has lost the focus: the next key belongs to the list
            self._master.setFocus()
        self.detail_closed.emit()

    @Slot()
    def _leave(self) -> None:
        """Escape belongs first to the panel that lies over both."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        else:
            self.close_detail()

    def state(self) -> str:
        """Where the handle is, as text to be remembered."""
        return bytes(self._splitter.saveState().toBase64().data()).decode("ascii")

    def restore(self, state: str) -> None:
        """Put the handle where it was."""
        if state:
            self._splitter.restoreState(QByteArray.fromBase64(state.encode("ascii")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        if narrow is self._narrow:
            return
        self._narrow = narrow
        if not self.detail_is_alone:
            self._detail.setVisible(self._beside and not narrow)
            self.arranged.emit()
        elif not narrow and not self._wide_detail:
            self._put_side_by_side()

    def _put_side_by_side(self) -> None:
        self._wide_detail = False
        sizes = self._splitter.sizes()
        self._splitter.addWidget(self._detail)
        if len(sizes) > 1:
            self._splitter.setSizes(sizes)
        self._detail.setVisible(self._beside and not self._narrow)
        self._stack.setCurrentWidget(self._splitter)
        self.arranged.emit()
