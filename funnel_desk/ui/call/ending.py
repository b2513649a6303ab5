"""The end of a queue: what came of its calls, how cold calls go, and what still has to be said of those who refused."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.results import REFUSED, call_results
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui import phrases
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import discard_all, label, present

_WIDTH = 560


class Ending(QWidget):
    """`left`: back to where one came from; `again`: to those calls that were passed over; `loss_wanted`: of a deal."""

    left = Signal()
    again = Signal()
    loss_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        inside = QFrame()
        inside.setProperty("ground", "plain")
        self._title = label("", "title", wrap=True, name="call.end.title")
        self._facts = Facts()
        self._facts.setObjectName("call.end.facts")
        self.place = QVBoxLayout()
        self._why = label(_("They refused. Say why, or leave the deal open:"), "dim", wrap=True)
        self._lost = QVBoxLayout()
        self._lost.setSpacing(4)
        back, again = QPushButton(_("Back")), QPushButton(_("Call those passed over"))
        self._again = again
        back.setObjectName("call.end.back")
        back.setProperty("role", "primary")
        back.clicked.connect(self.left)
        again.setObjectName("call.end.again")
        again.clicked.connect(self.again)
        self._back = back
        buttons = FlowLayout(spacing=8)
        for button in (back, again):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(14)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addLayout(self.place)
        column.addWidget(self._why)
        column.addLayout(self._lost)
        column.addLayout(buttons)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        self.setFocusProxy(back)

    def show_calls(self, done: Mapping[str, tuple[str, str]], passed: int) -> None:
        """What came of them: by the deal its title and the result; and how many have no result."""
        self._title.setText(ngettext("{n} call done", "{n} calls done", len(done)))
        told: list[str] = [result for _title, result in done.values()]
        names = {one.key: phrases.of(one.label) for one in call_results()}
        rows: Sequence[tuple[str, str]] = [
            (name, format_number(told.count(key))) for key, name in names.items() if key in told
        ]
        self._facts.show_facts([*rows, (_("Passed over"), format_number(passed) if passed else "")])
        discard_all(self._lost)
        refused = [(deal, title) for deal, (title, result) in done.items() if result == REFUSED]
        for place, (deal, title) in enumerate(refused):
            button = QPushButton(title.replace("&", "&&"))
            button.setObjectName(f"call.end.lost.{place}")
            button.setProperty("role", "link")
            button.setAccessibleName(_("Say why “{deal}” is lost", deal=title))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, deal=deal: self.loss_wanted.emit(deal))
            self._lost.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        present(self._why, shown=bool(refused))
        present(self._again, shown=passed > 0)
