"""Beside the forecast: the deals it hangs on, whether the probabilities are right, and the pace."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.queries.outlook import Outlook
from funnel_desk.ui.phrases import money
from funnel_desk.ui.views.forecast.checks import Checks
from funnel_desk.ui.views.forecast.movers import Mover, Movers
from funnel_desk.ui.views.forecast.words import (
    definitions,
    mover_sentence,
    slip_sentence,
    slips_sentence,
    velocity_facts,
    velocity_sentence,
)
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present
from funnel_desk.ui.widgets.note_popup import NotePopup

MOST_SLIPS = 5
"""So many of the deals put off are named."""

_MARGIN, _BETWEEN = 16, 20


class SidePanel(QWidget):
    """`deal_wanted` tells a deal's id, `deals_wanted` several, `adopt_wanted` a stage's id and its new probability."""

    deal_wanted = Signal(str)
    deals_wanted = Signal(object)
    adopt_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.movers, self.checks, self._pace, self.slips = Movers(), Checks(), _Pace(), _Slips()
        self._slips_heading = SectionHeading(_("Put off"))
        self._movers_heading = SectionHeading(_("Moves it most"))
        self._checks_heading = SectionHeading(_("Are the probabilities right?"))
        self._pace_heading = SectionHeading(_("Pace"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(0)
        self._parts = (
            (self._movers_heading, self.movers),
            (self._slips_heading, self.slips),
            (self._checks_heading, self.checks),
            (self._pace_heading, self._pace),
        )
        for heading, body in self._parts:
            column.addWidget(heading)
            column.addSpacing(4)
            column.addWidget(body)
            column.addSpacing(_BETWEEN)
        self._one_pipeline = label(
            _("Probabilities and pace belong to one pipeline: choose it above."), "note", wrap=True
        )
        column.addWidget(self._one_pipeline)
        self._foot = QPushButton(_("What are these numbers?"))
        self._foot.setObjectName("forecast.explain_all")
        self._foot.setProperty("role", "link")
        self._foot.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._foot.clicked.connect(lambda: NotePopup(definitions(), self).open_above(self._foot))
        foot = QHBoxLayout()
        foot.addWidget(self._foot)
        foot.addStretch(1)
        column.addLayout(foot)
        self.movers.opened.connect(self.deal_wanted)
        self.slips.deals.opened.connect(self.deal_wanted)
        self.slips.all_wanted.connect(self.deals_wanted)
        self.checks.adopt_wanted.connect(self.adopt_wanted)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_outlook(self, found: Outlook) -> None:
        """Show all of it; what there is nothing to say of is left out."""
        movers = _movers(found)
        self.movers.show_movers(movers)
        checks = found.calibration
        if checks is not None:
            self.checks.show_checks(list(zip(checks.stages, checks.calibration.stages, strict=True)))
        self._pace.show_pace(found)
        self.slips.show_slips(found)
        shown = (bool(movers), bool(found.slipped), checks is not None, bool(found.velocity))
        for (heading, body), there in zip(self._parts, shown, strict=True):
            present(heading, shown=there)
            present(body, shown=there)
        present(self._one_pipeline, shown=checks is None)


class _Slips(QWidget):
    """Deals whose day was put off: how many, the worst of them, and the way to all. `all_wanted` tells their ids."""

    all_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[str] = []
        self._sentence = label("", wrap=True, name="forecast.slips")
        self.deals = Movers("forecast.slipped")
        self._all = QPushButton()
        self._all.setObjectName("forecast.slips.all")
        self._all.setProperty("role", "link")
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._all.clicked.connect(lambda: self.all_wanted.emit(self._ids))
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        foot.addWidget(self._all)
        foot.addStretch(1)
        column.addWidget(self._sentence)
        column.addWidget(self.deals)
        column.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_slips(self, found: Outlook) -> None:
        """Show those of an outlook."""
        slipped = found.slipped
        self._ids = [one.deal_id for one in slipped]
        self._sentence.setText(slips_sentence(slipped))
        self.deals.show_movers(
            [Mover(one.deal_id, _called(one.company, one.title), slip_sentence(one, found.today))
             for one in slipped[:MOST_SLIPS]]
        )  # fmt: skip
        n = len(slipped)
        self._all.setText(ngettext("Show the deal", "Show the {n} deals", n, n=format_number(n)))


class _Pace(QWidget):
    """Velocity, currency by currency, with its four parts."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_pace(self, found: Outlook) -> None:
        discard_all(self._column)
        for one in found.velocity:
            said = velocity_sentence(one)
            line = label(said if len(found.velocity) == 1 else f"{one.currency}: {said}", wrap=True)
            line.setObjectName("forecast.pace")
            self._column.addWidget(line)
            facts = Facts()
            facts.show_facts(velocity_facts(one))
            self._column.addWidget(facts)
        self.updateGeometry()


def _movers(found: Outlook) -> list[Mover]:
    shown = []
    for mover in (mover for one in (found.forecast.main, *found.forecast.others) for mover in one.range.movers):
        deal = found.movers[mover.deal_id]
        shown.append(
            Mover(
                deal.deal_id,
                _called(deal.company, deal.title),
                mover_sentence(mover, money(deal.value, deal.currency), deal.probability),
            )
        )
    return shown


def _called(company: str, title: str) -> str:
    return " · ".join(part for part in (company, title) if part)
