"""Over the list of today: how well the deals are kept (M21), and whether it is grouped by time or by company."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.hygiene import Hygiene
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import N_, _, format_number, format_percent, translate
from funnel_desk.queries.deals import DealFilter
from funnel_desk.ui.views.today.rows import BY_COMPANY, BY_TIME
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.note_popup import NotePopup
from funnel_desk.ui.widgets.segmented import Segmented

_FIGURES = {
    "without": (
        N_("No next action"),
        N_("Open deals for which nothing is planned, of all open deals."),
        DealFilter(outcomes=("open",), without_action=True),
    ),
    "overdue": (
        N_("Overdue"),
        N_("Open deals whose next action should have been done before today, of those that have one."),
        DealFilter(outcomes=("open",), overdue=True),
    ),
    "stalled": (
        N_("Stalled"),
        N_(
            "Open deals that nobody has touched for longer than their stage allows and for which nothing is planned "
            "ahead, of all open deals. What rests on purpose does not count."
        ),
        DealFilter(outcomes=("open",), stalled=True),
    ),
}


class DayHead(QFrame):
    """`deals_wanted`: the deals behind a figure. `grouped`: by time or by company."""

    deals_wanted = Signal(object)
    grouped = Signal(str)

    def __init__(self, group: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        figures = QWidget()
        flow = FlowLayout(figures, spacing=4)
        for key, (name, meaning, deals) in _FIGURES.items():
            button = self._buttons[key] = QPushButton()
            button.setObjectName(f"today.hygiene.{key}")
            button.setProperty("role", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(translate(meaning))
            button.setAccessibleName(translate(name))
            button.setAccessibleDescription(translate(meaning))
            button.clicked.connect(lambda _checked=False, deals=deals: self.deals_wanted.emit(deals))
            flow.addWidget(button)
        self._group = Segmented([(BY_TIME, _("By time")), (BY_COMPANY, _("By company"))], _("Grouped"))
        self._group.setObjectName("today.group")
        self._group.set_key(group if group == BY_COMPANY else BY_TIME)
        self._group.chosen.connect(self.grouped)
        explain = QPushButton("?")
        explain.setObjectName("today.hygiene.explain")
        explain.setProperty("role", "quiet")
        explain.setAccessibleName(_("What do these figures say?"))
        explain.setToolTip(_("What do these figures say?"))
        explain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explain.clicked.connect(lambda: self._explain(explain))
        flow.addWidget(explain)
        flow.addWidget(self._group)
        rule = frame("line")
        rule.setFixedHeight(1)
        figures.setContentsMargins(12, 0, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(figures)
        column.addWidget(rule)

    def show_figures(self, found: Hygiene) -> None:
        """Show the three shares, each with what it was counted from."""
        for key, rate in (("without", found.without_action), ("overdue", found.overdue), ("stalled", found.stalled)):
            self._buttons[key].setText(_share(translate(_FIGURES[key][0]), rate))
            self._buttons[key].setAccessibleName(self._buttons[key].text())
            self._buttons[key].updateGeometry()

    def group(self) -> str:
        """By time or by company."""
        return self._group.key()

    def _explain(self, anchor: QWidget) -> None:
        lines = [(translate(name), translate(meaning)) for name, meaning, _deals in _FIGURES.values()]
        NotePopup(lines, self).open_above(anchor)


def _share(name: str, rate: Rate) -> str:
    part, base = format_number(rate.part), format_number(rate.base)
    if rate.value is None:
        return _("{name}: none", name=name)
    return _("{name} {part}/{base} · {share}", name=name, part=part, base=base, share=format_percent(rate.value))
