"""How fast deals come through: time in each stage, the age of what stands there, in and out, velocity, and filling."""

from PySide6.QtCore import QModelIndex, Slot

from funnel_desk.charts import ages, flow as flow_chart
from funnel_desk.charts.style import short_money
from funnel_desk.domain.flow import Filling
from funnel_desk.domain.funnel import StageFigures
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.domain.velocity import Velocity
from funnel_desk.i18n import N_, _, currency_digits, format_day, format_number, format_percent, ngettext, translate
from funnel_desk.queries.deals import DealFilter
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.phrases import money, of
from funnel_desk.ui.view import FACTS, Parts
from funnel_desk.ui.views.funnel.counting import Wanted
from funnel_desk.ui.views.funnel.goal_form import GoalForm
from funnel_desk.ui.views.funnel.pace import Pace, read_pace
from funnel_desk.ui.views.funnel.part import BETWEEN, PartPage
from funnel_desk.ui.widgets.chart_block import ChartBlock
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.figures_table import FiguresTable
from funnel_desk.ui.widgets.labels import SectionHeading, label

_HEADS = (
    (N_("Stage"), N_("The stages in their present order, those after the sale last.")),
    (N_("Usual days"), N_("M12. The median time that deals spent here, of finished stays.")),
    (N_("Mean days"), N_("M12. The mean of the same; a few long stays pull it up.")),
    ("n", N_("Of how many deals the days are counted.")),
    (N_("Here now"), N_("Open deals that stand here now; in the won stage and after it, won ones.")),
    (N_("Their age"), N_("The median age of the stays that still go on, in days.")),
    (N_("Stalled"), N_("M19. Nothing has happened for longer than the stage allows, and nothing is planned.")),
    (N_("Should be"), N_("How many have to stand here at any moment so that the goal is met: those who have to come "
                         "through a day, times the days that they stay.")),
    (N_("Missing"), N_("How many more should stand here.")),
)  # fmt: skip


class SpeedPage(PartPage):
    """A row of the table shows its weeks; Enter on it, or a bar, shows the deals."""

    needs = FACTS | {"goal", "rate"}

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "speed", _("Counting days and weeks"))
        self._found: Pace | None = None
        self._model = TextTableModel(self)
        self.table = FiguresTable(parts.look, self._model, "speed.table", _("Time in each stage"))
        self.table.opened.connect(self._show_deals)
        self.table.selectionModel().currentChanged.connect(self._stage_chosen)
        self.goal = GoalForm(parts)
        self.filling = label("", wrap=True, name="speed.filling")
        self.ages = ChartBlock(
            parts.look, parts.bridge, "speed.ages", ages.CHART, _("How old what stands there is"),
            [(_("Age"), _("Days since the deal came into the stage. Finished stays are not among them."))],
        )  # fmt: skip
        self.ages.pressed.connect(self._bar_pressed)
        self.flow = ChartBlock(
            parts.look, parts.bridge, "speed.flow", flow_chart.CHART, _("In and out by week"),
            [(_("In and out"), _("M8. Stays that began in the week, and stays that ended: on, lost (a frame), back or "
                                 "elsewhere (light). What stood there at the end is what stood there before, and came, "
                                 "less what left. Weeks begin on Monday; the last one still goes on."))],
        )  # fmt: skip
        self.velocity, self.parts_of_it = label("", wrap=True, name="speed.velocity"), Facts()
        groups = (
            (SectionHeading(_("Time in each stage")), self.table, self.filling, self.goal),
            (self.ages,),
            (self.flow,),
            (SectionHeading(_("What a day brings (M14)")), self.velocity, self.parts_of_it),
        )
        for group in groups:
            for part in group:
                self.column.addWidget(part)
            self.column.addSpacing(BETWEEN - 8)
        self.column.addStretch(1)
        self.setFocusProxy(self.table)
        self.refresh()

    def sentence(self) -> str:
        return _("Here you will see how long deals stand where, and what comes in and goes out each week.")

    def read(self, pipeline_id: str, wanted: Wanted) -> Pace | None:
        return read_pace(self.parts.bridge, pipeline_id, wanted)

    def show_found(self, found: Pace) -> bool:
        """Show all of it, keeping the stage that is chosen."""
        self._found = found
        chosen = max(0, self.table.currentIndex().row())
        stages = [
            (of(stage.name), figures, stalled)
            for stage, figures, stalled in zip(found.flow.stages, found.funnel.stages, found.stalled, strict=True)
        ]
        filling = [*found.flow.filling, *[None] * len(stages)]
        rows = [
            _cells(name, figures, stalled, fill)
            for (name, figures, stalled), fill in zip(stages, filling, strict=False)
        ]
        count = len(_HEADS) if found.flow.filling else len(_HEADS) - 2
        heads = [translate(head) if head != "n" else head for head, _hint in _HEADS[:count]]
        self.table.selectionModel().blockSignals(True)
        self._model.show_table(heads, [row[:count] for row in rows], figures=range(1, count),
                               hints=[translate(hint) for _head, hint in _HEADS[:count]])  # fmt: skip
        self.table.choose(min(chosen, len(rows) - 1))
        self.table.selectionModel().blockSignals(False)
        self.goal.show_goal(found.goal, found.pipeline_id)
        self.say(self.filling, _filling_sentence(found))
        working = [place for place, stage in enumerate(found.flow.stages) if stage.side == "before"]
        self.ages.show_report(
            [
                (found.flow.stages[place].id, found.flow.stages[place].name, found.flow.flows[place].ages)
                for place in working
            ],
            later=True,
        )
        self._stage_chosen()
        self._show_velocity(found.velocity)
        return found.funnel.deals > 0

    @Slot(QModelIndex, QModelIndex)
    def _stage_chosen(self, *_indexes: QModelIndex) -> None:
        found, place = self._found, self.table.currentIndex().row()
        if found is not None and 0 <= place < len(found.flow.stages):
            title = _("In and out by week: {stage}", stage=of(found.flow.stages[place].name))
            self.flow.show_report(found.flow.flows[place].weeks, title=title, later=True)

    def _show_velocity(self, found: tuple[Velocity, ...]) -> None:
        told = [one for one in found if one.per_day is not None]
        lines = [
            _("{amount} a day.", amount=money(_whole(one.per_day or 0, one.currency), one.currency)) for one in told
        ]
        first = found[0]
        self.velocity.setText(" ".join(lines) or _(
            "Too early to say: {n} won deals have a value and a time; from {least} on it is told.",
            n=format_number(first.n), least=TOO_FEW,
        ))  # fmt: skip
        rate = first.win_rate
        share = (
            ""
            if rate.value is None
            else _("{share} of {n}", share=format_percent(rate.value), n=format_number(rate.base))
        )
        average = (
            "" if first.average_won is None else money(_whole(round(first.average_won), first.currency), first.currency)
        )
        days = "" if first.days_to_win is None else format_number(first.days_to_win, 0)
        self.parts_of_it.show_facts([
            (_("Open deals"), format_number(first.open_deals)),
            (_("× average won"), average),
            (_("× win rate"), share),
            (_("÷ days to win"), days),
        ])  # fmt: skip

    @Slot(str)
    def _bar_pressed(self, name: str) -> None:
        self._go(name.partition(":")[2])

    @Slot()
    def _show_deals(self) -> None:
        place = self.table.currentIndex().row()
        if self._found is not None and 0 <= place < len(self._found.flow.stages):
            self._go(self._found.flow.stages[place].id)

    def _go(self, stage_id: str) -> None:
        self.parts.route.go(
            "deals", DealFilter(pipeline_id=self.pipeline_id, stage_id=stage_id, outcomes=("open", "won"))
        )


def _cells(name: str, figures: StageFigures, stalled: int, filling: Filling | None) -> tuple[str, ...]:
    wanted = missing = ""
    if filling is not None and filling.wanted is not None:
        wanted, missing = format_number(filling.wanted), format_number(filling.missing or 0)
    return (
        name,
        _days(figures.days.median),
        _days(figures.days.mean),
        format_number(figures.days.n),
        format_number(figures.now),
        _days(figures.going_days.median),
        format_number(stalled) if stalled else "",
        wanted,
        missing,
    )


def _whole(minor: int, currency: str) -> int:
    """An amount without its hundredths: what is reckoned is not known to the cent."""
    return round(minor, -currency_digits(currency))


def _days(days: float | None) -> str:
    return "" if days is None else format_number(days, 0 if days >= 10 or days == round(days) else 1)  # noqa: PLR2004 - below ten a tenth matters


def _filling_sentence(found: Pace) -> str:
    """What the goal needs to stand where, in words; what is missing most comes first."""
    if found.goal is None:
        return ""
    until = format_day(found.goal.to_day)
    if found.still_to_win <= 0:
        return _("The goal until {day} is met.", day=until)
    pairs = zip(found.flow.stages, found.flow.filling, strict=False)
    missing = [(one.missing, of(stage.name)) for stage, one in pairs if one.missing]
    left = short_money(found.still_to_win, found.goal.currency)
    if not missing:
        return _(
            "{left} are still to be won until {day}; every stage is full enough, as far as it is known.",
            left=left,
            day=until,
        )
    most, name = max(missing, key=lambda one: one[0])
    more = ngettext("{n} more deal", "{n} more deals", most, n=format_number(most))
    return _("{left} are still to be won until {day}; most is missing in “{stage}”: {deals} should stand there.",
             left=left, day=until, stage=name, deals=more)  # fmt: skip
