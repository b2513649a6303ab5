"""Beside the forecast: the deals it hangs on, whether the probabilities are right, and the pace."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.queries.outlook import Outlook
from funnel_desk.ui.phrases import money
from funnel_desk.ui.views.forecast.checks import Checks
from funnel_desk.ui.views.forecast.movers import Mover, Movers
from funnel_desk.ui.views.forecast.words import mover_sentence, velocity_facts, velocity_sentence
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present

_MARGIN, _BETWEEN = 16, 20


class SidePanel(QWidget):
    """`deal_wanted` tells a deal's id, `adopt_wanted` a stage's id and its new probability."""

    deal_wanted = Signal(str)
    adopt_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.movers, self.checks, self._pace = Movers(), Checks(), _Pace()
        self._movers_heading = SectionHeading(_("Moves it most"))
        self._checks_heading = SectionHeading(_("Are the probabilities right?"))
        self._pace_heading = SectionHeading(_("Pace"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(0)
        self._parts = (
            (self._movers_heading, self.movers),
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
        column.addStretch(1)
        self.movers.opened.connect(self.deal_wanted)
        self.checks.adopt_wanted.connect(self.adopt_wanted)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_outlook(self, found: Outlook) -> None:
        """Show all of it; what there is nothing to say of is left out."""
        movers = _movers(found)
        self.movers.show_movers(movers)
        checks = found.calibration
        if checks is not None:
            self.checks.show_checks(list(zip(checks.stages, checks.calibration.stages, strict=True)))
        self._pace.show_pace(found)
        shown = (bool(movers), checks is not None, bool(found.velocity))
        for (heading, body), there in zip(self._parts, shown, strict=True):
            present(heading, shown=there)
            present(body, shown=there)
        present(self._one_pipeline, shown=checks is None)


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
        name = " · ".join(part for part in (deal.company, deal.title) if part)
        shown.append(
            Mover(deal.deal_id, name, mover_sentence(mover, money(deal.value, deal.currency), deal.probability))
        )
    return shown
