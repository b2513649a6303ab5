"""Beside the funnel: where it leaks, how deals ended, why they are lost, and what the open ones may bring."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.bottleneck import Bottleneck, bottleneck
from funnel_desk.domain.forecast import Forecast
from funnel_desk.domain.funnel import Funnel
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.words import Words
from funnel_desk.i18n import (
    _,
    currency_digits,
    format_month,
    format_number,
    format_percent,
    language,
    ngettext,
    translate,
)
from funnel_desk.queries.funnel import FunnelReport
from funnel_desk.ui.phrases import money, of
from funnel_desk.ui.views.funnel.reading import Seen
from funnel_desk.ui.views.funnel.what_if import WhatIfSlider
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.figure_list import FigureList
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import SectionHeading, frame, label, present

_MARGIN, _BETWEEN = 16, 24
_MOST_REASONS, _MOST_MONTHS = 5, 4


class SidePanel(QWidget):
    """`deals_wanted` asks for the deals behind a number of the chosen stage: reached, lost or now."""

    deals_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._leak = _Leak()
        self._ended, self._ended_facts = SectionHeading(_("How they ended")), Facts()
        self._lost, self._reasons = SectionHeading(""), FigureList()
        self.what_if = WhatIfSlider()
        self._hope, self._months = SectionHeading(_("What open deals should bring")), FigureList()
        self._hope_note = label("", "note", wrap=True)
        self._buttons = {number: QPushButton() for number in ("lost", "reached", "now")}
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(0)
        column.addWidget(self._leak)
        self._ways = QWidget()
        ways = FlowLayout(self._ways, 6)
        for number, button in self._buttons.items():
            button.setObjectName(f"funnel.show_{number}")
            button.clicked.connect(lambda _checked=False, number=number: self.deals_wanted.emit(number))
            ways.addWidget(button)
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self._ended, self._ended_facts),
            (self._lost, self._reasons, self._ways),
            (self.what_if,),
            (self._hope, self._months, self._hope_note),
        )
        for group in groups:
            for part in group:
                column.addWidget(part)
                part.setContentsMargins(0, 0, 0, _BETWEEN if part is group[-1] else 4)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_seen(self, seen: Seen) -> None:
        """Show all of it but what belongs to one stage."""
        self._seen = seen
        self._leak.show_leak(_leak_of(seen.report))
        self._ended_facts.show_facts(_ended(seen.report.funnel))
        self._show_forecast(seen.forecasts)

    def show_stage(self, place: int) -> None:
        """Show the losses of the stage at this place (of all stages below 0), and the way to its deals."""
        if self._seen is None:
            return
        report = self._seen.report
        chosen = report.funnel.stages[place] if 0 <= place < len(report.stages) else None
        losses = chosen.lost_reasons if chosen else _all_reasons(report.funnel)
        lost = sum(count for _reason, count in losses)
        where = _("Lost in “{stage}”", stage=of(report.stages[place].name)) if chosen else _("Why deals are lost")
        self._lost.say(where, lost)
        self._reasons.show_lines(_reason_lines(losses, report.reasons))
        for part in (self._lost, self._reasons):
            part.setVisible(bool(lost))
        leak = _leak_of(report)
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


class _Leak(QWidget):
    """Where the funnel leaks, said only where it is beyond doubt."""

    def __init__(self) -> None:
        super().__init__()
        self._text = label("", wrap=True)
        ground = frame("warn")
        inside = QHBoxLayout(ground)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addWidget(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _BETWEEN)
        column.addWidget(ground)

    def show_leak(self, leak: Bottleneck | None) -> None:
        present(self, shown=leak is not None)
        if leak is not None:
            spoken = language()
            values = {name: one.of(spoken) if isinstance(one, Words) else one for name, one in leak.arguments.items()}
            self._text.setText(translate(leak.template, **values))


def _round(minor: int, currency: str) -> str:
    """An amount without its hundredths: what is weighed is not known to the cent."""
    return money(round(minor, -currency_digits(currency)), currency)


def _leak_of(report: FunnelReport) -> Bottleneck | None:
    return bottleneck([one.resolved for one in report.funnel.stages], [stage.name for stage in report.stages])


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


def _reason_lines(losses: Sequence[tuple[str, int]], names: Mapping[str, Words]) -> list[tuple[str, str]]:
    named = [(of(names[reason]) if reason in names else reason or _("no reason given"), n) for reason, n in losses]
    lines = [(name, format_number(count)) for name, count in named[:_MOST_REASONS]]
    others = sum(count for _name, count in named[_MOST_REASONS:])
    return [*lines, (_("other reasons"), format_number(others))] if others else lines
