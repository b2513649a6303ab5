"""The funnel over time: the deals of each month, and what came before and after each change in the way of selling."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from funnel_desk.charts import over_time as chart
from funnel_desk.charts.over_time import Month, OverTimeReport
from funnel_desk.domain.cohorts import Marked, MonthCohort
from funnel_desk.domain.funnel_comparison import SENTENCES
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import _, format_day, format_number, format_percent, ngettext, translate
from funnel_desk.queries.cohorts import CohortsReport, cohorts_report
from funnel_desk.ui.phrases import of
from funnel_desk.ui.view import FACTS, Parts
from funnel_desk.ui.views.funnel.counting import Wanted
from funnel_desk.ui.views.funnel.mark_form import MarkForm
from funnel_desk.ui.views.funnel.part import BETWEEN, PartPage
from funnel_desk.ui.widgets.chart_block import ChartBlock
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present

_ALL = -1


class OverTimePage(PartPage):
    """The share of one step, or the win rate, month by month; the changes noted stand in it as lines."""

    needs = FACTS | {"change_mark"}

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "over_time", _("Counting the months"))
        self._found: CohortsReport | None = None
        self.step = FitCombo("over_time.step", _("Which share"))
        self.step.currentIndexChanged.connect(self._show)
        self.choices.addWidget(self.step)
        self.block = ChartBlock(
            parts.look, parts.bridge, "over_time", chart.CHART, _("Over time"),
            explained(),
        )  # fmt: skip
        self.maturing = label("", wrap=True, name="over_time.maturing")
        self._marks_head = SectionHeading(_("What was changed, and what came after"))
        self._marks = QWidget()
        self._lines = QVBoxLayout(self._marks)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.form = MarkForm(parts)
        for part in (self.block, self.maturing, self._marks_head, self._marks, self.form):
            self.column.addWidget(part)
        self.column.insertSpacing(3, BETWEEN)
        self.column.addStretch(1)
        self.setFocusProxy(self.step)
        self.refresh()

    def sentence(self) -> str:
        return _("Here you will see, month by month, whether more deals go on, and what your changes did.")

    def read(self, pipeline_id: str, wanted: Wanted) -> CohortsReport | None:
        bridge = self.parts.bridge
        return bridge.ask(cohorts_report, pipeline_id, now=bridge.desk.clock()) if wanted() else None

    def show_found(self, found: CohortsReport) -> bool:
        """Show the months, keeping the share that is chosen."""
        self._found = found
        chosen = self.step.currentData()
        self.step.blockSignals(True)
        self.step.clear()
        self.step.addItem(_("Win rate"), _ALL)
        for place, stage in enumerate(found.stages):
            self.step.addItem(_("On from “{stage}”", stage=of(stage.name)), place)
        self.step.setCurrentIndex(max(0, self.step.findData(chosen)))
        self.step.blockSignals(False)
        self.form.show_stages(self.pipeline_id, [(stage.id, of(stage.name)) for stage in found.stages])
        self._show()
        return bool(found.months)

    @Slot()
    def _show(self) -> None:
        found, place = self._found, self.step.currentData()
        if found is None or place is None:
            return
        marks = tuple((one.mark.on_day, one.mark.text) for one in found.marks)
        months = tuple(Month(one.month, one.deals, share_of(one, place), one.maturing) for one in found.months)
        note = _("Deals by the month in which they arrived; n is how many of them are decided.")
        self.block.show_report(OverTimeReport(months, marks), note, title=self.step.currentText())
        self.say(self.maturing, maturing_sentence(found))
        discard_all(self._lines)
        for number, one in enumerate(found.marks, start=1):
            line = label(mark_sentence(number, one, found), wrap=True, name=f"over_time.mark.{number}")
            self._lines.addWidget(line)
        present(self._marks_head, shown=bool(found.marks))


def explained() -> list[tuple[str, str]]:
    """What the chart shows, in words."""
    return [
        (_("Win rate"), _("M9. Won of won and lost, of the deals that arrived in the month.")),
        (_("From one stage to the next"), _("M7. Of the deals of the month that are decided there, how many went on.")),
        (_("The band"), _("Where the true share lies with 95 % confidence. Months of fewer than five decided "
                          "deals have no dot: it is too early to say.")),
        (_("Still maturing"), _("Open deals that are younger than a deal usually takes to be won. Their month is drawn "
                                "hollow: its share may yet change.")),
    ]  # fmt: skip


def share_of(month: MonthCohort, place: int) -> Rate:
    """The win rate of a month, or the share that goes on from the stage at a place."""
    return month.win_rate if place == _ALL else month.conversions[place]


def maturing_sentence(found: CohortsReport) -> str:
    """Which months may yet change; empty where none may."""
    young = [one for one in found.months if one.maturing]
    if not young or found.usual_days_to_win is None:
        return ""
    months = ngettext("{n} month is still maturing", "{n} months are still maturing", len(young))
    return _(
        "{months} (drawn lighter): {deals} of their deals are open and younger than the usual {days} days to win.",
        months=months, deals=format_number(sum(one.maturing for one in young)),
        days=format_number(found.usual_days_to_win, 0),
    )  # fmt: skip


def mark_sentence(number: int, one: Marked, found: CohortsReport) -> str:
    """A change with what came after it beside what came before; unsure is said as unsure."""
    share, other = one.comparison.share, one.comparison.other
    what = _("win rate") if one.place is None else _("on from “{stage}”", stage=of(found.stages[one.place].name))
    day = format_day(one.mark.on_day)
    head = _("{number}  From {day}: {text} ({what}).", number=number, day=day, text=one.mark.text, what=what)
    if share.too_few or other.too_few:
        told = _("Too early to say: {n} decided since then, {other_n} before.", n=share.base, other_n=other.base)
    else:
        told = translate(
            SENTENCES[one.comparison.verdict],
            share=format_percent(share.value or 0.0), n=format_number(share.base),
            other=format_percent(other.value or 0.0), other_n=format_number(other.base),
        )  # fmt: skip
    young = ngettext("{n} deal since then is still maturing.", "{n} deals since then are still maturing.", one.maturing,
                     n=format_number(one.maturing)) if one.maturing else ""  # fmt: skip
    return " ".join(part for part in (head, told, young) if part)
