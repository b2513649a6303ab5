"""Beside the funnel: where it leaks, how deals ended, why they are lost, and what the open ones may bring."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.charts import pareto
from funnel_desk.charts.pareto import Loss
from funnel_desk.domain.forecast import Forecast
from funnel_desk.domain.funnel import Funnel
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.process_losses import StepUse
from funnel_desk.i18n import (
    _,
    currency_digits,
    format_month,
    format_number,
    format_percent,
    ngettext,
)
from funnel_desk.queries.funnel import FunnelReport
from funnel_desk.ui.phrases import money, of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.funnel.leak import Leak, leak_of, reason_name
from funnel_desk.ui.views.funnel.reading import Seen
from funnel_desk.ui.views.funnel.what_if import WhatIfSlider
from funnel_desk.ui.widgets.chart_block import ChartBlock
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.figure_list import FigureList
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import SectionHeading, label, present

_MARGIN, _BETWEEN = 16, 24
_MOST_MONTHS = 4


class SidePanel(QWidget):
    """`deals_wanted` asks for the deals behind a number of the chosen stage: reached, lost or now.

    `reason_wanted` for those lost for a reason; `script_wanted` for the words of a step.
    """

    deals_wanted = Signal(str)
    reason_wanted = Signal(str)
    script_wanted = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._uses: tuple[StepUse, ...] = ()
        self.leak = Leak()
        self.leak.script_wanted.connect(self.script_wanted)
        self._ended, self._ended_facts = SectionHeading(_("How they ended")), Facts()
        self.reasons = ChartBlock(
            parts.look, parts.bridge, "funnel.losses", pareto.CHART, _("Why deals are lost"),
            [(_("Why deals are lost"), _("M8: deals whose loss stands, by the stage in which they stood and the reason "
                                         "that was given. The share is that of all of them so far, from the top."))],
        )  # fmt: skip
        self.reasons.pressed.connect(self._reason_pressed)
        self.what_if = WhatIfSlider()
        self._hope, self._months = SectionHeading(_("What open deals should bring")), FigureList()
        self._hope_note = label("", "note", wrap=True)
        self._buttons = {number: QPushButton() for number in ("lost", "reached", "now")}
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(0)
        column.addWidget(self.leak)
        self._ways = QWidget()
        ways = FlowLayout(self._ways, 6)
        for number, button in self._buttons.items():
            button.setObjectName(f"funnel.show_{number}")
            button.clicked.connect(lambda _checked=False, number=number: self.deals_wanted.emit(number))
            ways.addWidget(button)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self._ended, self._ended_facts),
            (self.reasons, self._ways),
            (self.what_if,),
            (self._hope, self._months, self._hope_note),
        )
        for group in groups:
            for part in group:
                column.addWidget(part)
                part.setContentsMargins(0, 0, 0, _BETWEEN if part is group[-1] else 4)
        self.reasons.setContentsMargins(0, 0, 0, 12)  # the buttons under it may be hidden
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_seen(self, seen: Seen) -> None:
        """Show all of it but what belongs to one stage."""
        self._seen = seen
        self.leak.show_leak(seen.report, self._uses)
        self._ended_facts.show_facts(_ended(seen.report.funnel))
        self._show_forecast(seen.forecasts)

    def show_uses(self, uses: tuple[StepUse, ...]) -> None:
        """Take how the steps were used: it stands beside where the funnel leaks."""
        self._uses = uses
        if self._seen is not None:
            self.leak.show_leak(self._seen.report, uses)

    def show_stage(self, place: int) -> None:
        """Show the losses of the stage at this place (of all stages below 0), and the way to its deals."""
        if self._seen is None:
            return
        report = self._seen.report
        chosen = report.funnel.stages[place] if 0 <= place < len(report.stages) else None
        losses = losses_of(report, place if chosen else -1)
        lost = sum(loss.count for loss in losses)
        where = _("Lost in “{stage}”", stage=of(report.stages[place].name)) if chosen else _("Why deals are lost")
        self.reasons.show_report(losses, title=where, later=True)
        self.reasons.setVisible(bool(lost))
        leak = leak_of(report)
        won_place = next(nth for nth, stage in enumerate(report.stages) if stage.side == "won")
        self.what_if.show_stage(report.funnel, place if chosen else leak.place if leak else -1, won_place)
        reached, now = (chosen.reached, chosen.now) if chosen else (0, 0)
        counts = {"lost": lost, "reached": reached, "now": now}
        texts = {
            "lost": ngettext("{n} lost", "{n} lost", lost, n=format_number(lost)),
            "reached": ngettext("{n} came here", "{n} came here", reached, n=format_number(reached)),
            "now": ngettext("{n} here now", "{n} here now", now, n=format_number(now)),
        }
        for number, button in self._buttons.items():
            button.setText(texts[number])
            button.setAccessibleName(_("Show the deals: {which}", which=texts[number]))
            button.setToolTip(button.accessibleName())
            present(button, shown=bool(chosen and counts[number]))
        self._ways.setVisible(chosen is not None)

    def _reason_pressed(self, name: str) -> None:
        self.reason_wanted.emit(name.partition(":")[2])

    def _show_forecast(self, forecasts: Sequence[Forecast]) -> None:
        lines: list[tuple[str, str]] = []
        for one in (found for found in forecasts if found.n):
            months = [(format_month(month.month), _round(month.weighted, one.currency)) for month in one.by_month]
            more = sum(month.weighted for month in one.by_month[_MOST_MONTHS:])
            lines += months[:_MOST_MONTHS]
            for name, amount in (
                (_("later"), more),
                (_("no day given"), one.undated),
                (_("day has passed"), one.overdue),
            ):
                if amount:
                    lines.append((name, _round(amount, one.currency)))
            lines.append((_("Together"), _round(one.weighted, one.currency)))
        self._months.show_lines(lines)
        without = sum(one.without_value for one in forecasts)
        n = sum(one.n for one in forecasts)
        note = [_("Value by probability (M15), {deals}.", deals=ngettext("{n} open deal", "{n} open deals", n))]
        if without:
            note.append(ngettext("{n} has no value yet.", "{n} have no value yet.", without))
        self._hope_note.setText(" ".join(note))
        for part in (self._hope, self._months, self._hope_note):
            part.setVisible(bool(lines))


def _round(minor: int, currency: str) -> str:
    """An amount without its hundredths: what is weighed is not known to the cent."""
    return money(round(minor, -currency_digits(currency)), currency)


def rate_words(rate: Rate) -> str:
    """A share with its interval and of how many it was counted: "63 % (62–64), n = 6,711"."""
    if rate.value is None or rate.interval is None:
        return ""
    low, high = (format_number(round(100 * end)) for end in (rate.interval.low, rate.interval.high))
    percent, n = format_percent(rate.value), format_number(rate.base)
    if rate.too_few:
        return _("{percent}, n = {n}: too early to say", percent=percent, n=n)
    return _("{percent} ({low}–{high}), n = {n}", percent=percent, low=low, high=high, n=n)


def _ended(funnel: Funnel) -> list[tuple[str, str]]:
    days = funnel.days_to_win.median
    value = " + ".join(money(amount.minor, amount.currency) for amount in funnel.won_value)
    return [
        (_("Won"), ", ".join(part for part in (format_number(funnel.won), value) if part)),
        (_("Lost"), format_number(funnel.lost)),
        (_("Still open"), format_number(funnel.open)),
        (_("Handed over"), format_number(funnel.handed_over) if funnel.handed_over else ""),
        (_("Win rate"), rate_words(funnel.win_rate)),
        (_("Days to win"), "" if days is None else _("{days}, usual", days=format_number(days, 0))),
        (_("Won, then lost"), format_number(funnel.won_then_lost) if funnel.won_then_lost else ""),
    ]


def _all_reasons(funnel: Funnel) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for stage in funnel.stages:
        for reason, count in stage.lost_reasons:
            counts[reason] = counts.get(reason, 0) + count
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def losses_of(report: FunnelReport, place: int) -> list[Loss]:
    """Why deals were lost in the stage at this place; in all of them below 0."""
    found = report.funnel.stages[place].lost_reasons if place >= 0 else _all_reasons(report.funnel)
    return [Loss(reason, reason_name(reason, report.reasons), count) for reason, count in found]
