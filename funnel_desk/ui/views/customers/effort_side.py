"""Beside the customers by value: kinds of sale, effort and return, time since the last order, rates that were used."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.charts import effort as chart
from funnel_desk.domain.effort import Effort
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.domain.own_figures import Rate
from funnel_desk.i18n import N_, _, format_day, format_number, ngettext, translate
from funnel_desk.ui.chart_panel import ChartPanel, Figures
from funnel_desk.ui.phrases import deal_kind, money
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.customers.rows import Found, Line, spent
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.figure_list import FigureList
from funnel_desk.ui.widgets.labels import SectionHeading, label, present

_MARGIN, _BETWEEN = 16, 20
_MOST_NAMES = 3
_AGES = (N_("up to 3 months"), N_("3 to 6 months"), N_("6 to 12 months"), N_("over a year"))


class EffortSide(QWidget):
    """`customer_wanted` tells whose point was pressed."""

    customer_wanted = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.kinds, self.ages = FigureList(), FigureList()
        self.kinds.setObjectName("customers.kinds")
        self.ages.setObjectName("customers.ages")
        self.effort = label("", wrap=True, name="customers.effort")
        self.chart = ChartPanel(parts, chart.CHART, "customers.effort_chart", margin=0)
        self.rates = label("", "note", wrap=True, name="customers.rates")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 0, _MARGIN - SCROLL_BAR, _MARGIN)
        column.setSpacing(4)
        column.addWidget(SectionHeading(_("Kinds of sale")))
        column.addWidget(self.kinds)
        column.addSpacing(_BETWEEN)
        column.addWidget(self.chart)
        column.addWidget(self.effort)
        column.addSpacing(_BETWEEN)
        column.addWidget(SectionHeading(_("Time since the last order")))
        column.addWidget(self.ages)
        column.addWidget(self.rates)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.chart.pressed.connect(self._pressed)

    def show_found(self, found: Found) -> None:
        """Show the figures of a report."""
        currency, known = found.report.currency, found.efforts
        drawn = {one.id for one in known[: chart.MOST_POINTS]}
        lines = {line.row.customer.id: line for line in found.lines if line.row.customer.id in drawn}
        self.kinds.show_lines(
            [
                (f"{deal_kind(one.kind)} · {format_number(one.deals)}", money(one.value, currency))
                for one in found.report.kinds
            ]
        )
        self._show_ages(found.ages)
        points = [
            chart.EffortPoint(one.id, name_of(lines[one.id]), one.minutes, one.won, one.eats_time)
            for one in known[: chart.MOST_POINTS]
        ]
        self.effort.setText(effort_sentence(known, lines))
        present(self.chart, shown=bool(points))
        figures = Figures(
            [_("Customer"), _("Minutes"), _("Won"), _("Currency"), _("Eats time, brings little")],
            [
                [point.name, point.minutes, money(point.won, currency), currency, _("yes") if point.eats_time else ""]
                for point in points
            ],
            self.effort.text(),
        )
        self.chart.show_report((currency, points), figures)
        told = rates_text(found.rates, found.report.currency)
        self.rates.setText(told)
        present(self.rates, shown=bool(told))

    def _show_ages(self, counts: Sequence[int]) -> None:
        self.ages.show_lines(
            [
                (translate(word), ngettext("{n} customer", "{n} customers", n, n=format_number(n)))
                for word, n in zip(_AGES, counts, strict=False)
            ]
        )

    @Slot(str)
    def _pressed(self, name: str) -> None:
        self.customer_wanted.emit(name.partition(":")[2])


def name_of(line: Line) -> str:
    """What a customer is called."""
    return line.row.name or _("without a name")


def effort_sentence(known: Sequence[Effort], lines: Mapping[str, Line]) -> str:
    """Who eats time and brings little; that it is too early to say; that nobody logs minutes."""
    if not known:
        return _("No minutes are logged yet. Tell them with each talk, and it stands here who takes time and "
                 "brings little.")  # fmt: skip
    if len(known) < TOO_FEW:
        return _("Too early to say: n = {n}.", n=format_number(len(known))).replace(" = ", "\u00a0=\u00a0")
    eaters = [one for one in known if one.eats_time]
    if not eaters:
        return _("Nobody takes much time and brings little: n = {n}.", n=format_number(len(known))).replace(
            " = ", "\u00a0=\u00a0"
        )
    told = [f"{name_of(lines[one.id])} ({spent(one.minutes)}{_open(lines[one.id])})" for one in eaters[:_MOST_NAMES]]
    left = len(eaters) - len(told)
    if left:
        told.append(ngettext("and {n} more", "and {n} more", left))
    return _("Eats time, brings little: {names}.", names=", ".join(told))


def rates_text(found: Sequence[Rate], currency: str) -> str:
    """At which rates of the user's foreign amounts count: the newest of each currency."""
    newest: dict[str, Rate] = {}
    for one in found:
        newest.setdefault(one.currency, one)
    told = [
        _(
            "{currency} at your rate of {day}: {worth}",
            currency=one.currency,
            day=format_day(one.on_day),
            worth=one.worth,
        )
        for one in newest.values()
        if one.currency != currency
    ]
    return "; ".join(told)


def _open(line: Line) -> str:
    n = line.open_deals
    return ", " + ngettext("{n} open deal", "{n} open deals", n, n=format_number(n)) if n else ""
