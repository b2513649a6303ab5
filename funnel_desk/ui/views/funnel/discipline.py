"""Does the regulation pay, and is it followed? Careful deals beside the others, each step, and each channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from funnel_desk.charts import shares
from funnel_desk.charts.beside import verdict_text
from funnel_desk.charts.shares import Share
from funnel_desk.domain.discipline_report import CAREFUL_PERCENT, Discipline
from funnel_desk.domain.periods import Period
from funnel_desk.domain.process_losses import Channel, StepUse
from funnel_desk.i18n import N_, _, format_day, format_number, format_percent, ngettext, translate
from funnel_desk.queries.discipline import discipline
from funnel_desk.queries.process_losses import channels, step_uses
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.phrases import kind_name, of
from funnel_desk.ui.route import ShowStep
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.funnel.counting import Wanted
from funnel_desk.ui.views.funnel.part import BETWEEN, PartPage
from funnel_desk.ui.widgets.chart_block import ChartBlock
from funnel_desk.ui.widgets.figures_table import FiguresTable
from funnel_desk.ui.widgets.labels import SectionHeading, label

_DAYS = 90
_STEP_HEADS = (
    (N_("Step"), N_("The steps of the pipeline, stage by stage; Enter opens one in the playbook.")),
    (N_("Cases"), N_("How many deals have left the stage with this step before them.")),
    (N_("Done"), N_("In how many of them it was done.")),
    (N_("Late"), N_("Of those, how often after its day.")),
    (N_("Twice"), N_("Of those, how often more than once.")),
    (N_("Put off"), N_("In how many of them it was given another day.")),
    (N_("On with it"), N_("How many of the deals went forward where it was done.")),
    (N_("Without"), N_("How many went forward where it was not done.")),
    (N_("Difference"), N_("Better or worse only where the interval of the difference leaves no doubt. That the step is "
                          "the cause, nobody can tell from this.")),
)  # fmt: skip
_CHANNEL_HEADS = (
    (N_("Channel"), N_("A kind of talk.")),
    (N_("In"), N_("How many were logged that came from the client, in the last 90 days.")),
    (N_("Out"), N_("How many were logged that went to the client, in the last 90 days.")),
    (N_("Last one"), N_("The day of the last one that was ever logged.")),
    (N_("Overdue"), N_("Steps of this kind that are overdue today.")),
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the regulation is followed in one pipeline, and what is logged in the whole file."""

    discipline: Discipline
    uses: tuple[StepUse, ...]
    channels: tuple[Channel, ...]


class DisciplinePage(PartPage):
    """Enter on a step opens it in the playbook."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "discipline", _("Counting what was done"))
        self._uses: tuple[StepUse, ...] = ()
        self.done, self.verdict = (
            label("", wrap=True, name="discipline.done"),
            label("", wrap=True, name="discipline.verdict"),
        )
        self.block = ChartBlock(
            parts.look, parts.bridge, "discipline", shares.CHART, _("Win rates of careful deals and of the others"),
            [(_("Careful deals"), _("M23. Deals of which {percent} % or more of the required steps were done before "
                                    "their stage was left. Only stages that were left forward count, and only deals "
                                    "whose path is known.", percent=CAREFUL_PERCENT))],
        )  # fmt: skip
        self.losses = label("", wrap=True, name="discipline.losses")
        self._steps, self._channels = TextTableModel(self), TextTableModel(self)
        self.steps = FiguresTable(parts.look, self._steps, "discipline.steps", _("How each step is used"))
        self.steps.opened.connect(self._open_step)
        self.channels = FiguresTable(
            parts.look, self._channels, "discipline.channels", _("What is logged of each channel")
        )
        self.lag = label("", wrap=True, name="discipline.lag")
        no_cause = label(
            _("What followed is what followed: that a step is the cause cannot be seen from this."), "note", wrap=True
        )
        for group in (
            (SectionHeading(_("Does care pay?")), self.done, self.verdict, self.block),
            (SectionHeading(_("How each step is used")), self.losses, self.steps, no_cause),
            (SectionHeading(_("What is logged of each channel")), self.lag, self.channels),
        ):
            for part in group:
                self.column.addWidget(part)
            self.column.addSpacing(BETWEEN - 8)
        self.column.addStretch(1)
        self.setFocusProxy(self.steps)
        self.refresh()

    def sentence(self) -> str:
        return _("Here you will see which steps are followed, and whether careful deals are won more often.")

    def read(self, pipeline_id: str, wanted: Wanted) -> Habits | None:
        bridge = self.parts.bridge
        found = bridge.ask(discipline, pipeline_id)
        if not wanted():
            return None
        uses = bridge.ask(step_uses, pipeline_id)
        if not wanted():
            return None
        first = str(date.fromisoformat(bridge.today()) - timedelta(days=_DAYS - 1))
        logged = bridge.ask(channels, now=bridge.desk.clock(), period=Period(first, bridge.today()))
        return Habits(found, uses, logged)

    def show_found(self, found: Habits) -> bool:
        """Show all of it."""
        self._uses = found.uses
        kept = found.discipline
        self.done.setText(done_sentence(kept))
        self.verdict.setText(care_sentence(kept))
        careful = _("careful deals ({percent} % or more)", percent=CAREFUL_PERCENT)
        self.block.show_report([Share("careful", careful, kept.careful), Share("others", _("the others"), kept.others)])
        self.say(self.losses, losses_sentence(found.uses))
        _show(self._steps, _STEP_HEADS, [_step_cells(use) for use in found.uses], figures=range(1, 8))
        _show(self._channels, _CHANNEL_HEADS, [_channel_cells(one) for one in found.channels], figures=(1, 2, 4))
        self.say(self.lag, lag_sentence(found.channels))
        return bool(kept.deals or found.uses or any(one.last_day or one.overdue for one in found.channels))

    def _open_step(self) -> None:
        place = self.steps.currentIndex().row()
        if 0 <= place < len(self._uses):
            self.parts.route.go("playbooks", ShowStep(self.pipeline_id, self._uses[place].step.id))


def done_sentence(found: Discipline) -> str:
    """The share of required steps that were done in time."""
    if found.done.value is None:
        return _("No deal has yet left a stage with required steps.")
    return _("{share} of the required steps were done before the stage was left ({done} of {required}, {deals}).",
             share=format_percent(found.done.value), done=format_number(found.done.part),
             required=format_number(found.done.base),
             deals=ngettext("{n} deal", "{n} deals", found.deals, n=format_number(found.deals)))  # fmt: skip


def care_sentence(found: Discipline) -> str:
    """Whether careful deals are won more often; unsure is said as unsure, with of how many."""
    one = found.comparison
    if one.share.too_few or one.other.too_few or one.verdict == "too_early":
        return _("Too early to say whether care pays: {n} careful deals are closed, and {other_n} others.",
                 n=format_number(one.share.base), other_n=format_number(one.other.base))  # fmt: skip
    template = {
        "better": N_("Careful deals are won more often: {share} of {n}, the others {other} of {other_n}."),
        "worse": N_("Careful deals are won less often: {share} of {n}, the others {other} of {other_n}."),
    }[one.verdict]
    return translate(template, share=format_percent(one.share.value or 0.0), n=format_number(one.share.base),
                     other=format_percent(one.other.value or 0.0), other_n=format_number(one.other.base))  # fmt: skip


def losses_sentence(uses: Sequence[StepUse]) -> str:
    """Steps that hardly anybody does: needless, or in the wrong place."""
    never = [of(use.step.title) for use in uses if use.never_done]
    if not never:
        return ""
    named = ", ".join(_("“{text}”", text=title) for title in never[:3])
    more = len(never) - 3
    if more > 0:
        named = _("{some} and {n} more", some=named, n=format_number(more))
    return _("Hardly ever done, so needless or in the wrong place: {steps}.", steps=named)


def lag_sentence(found: Sequence[Channel]) -> str:
    """What is never logged though it is planned: the phone is logged, what comes in over the internet lags."""
    lags = [one for one in found if one.overdue and not one.logged]
    if not lags:
        return ""
    names = ", ".join(kind_name(one.kind) for one in lags)
    return _("Planned but not logged for {days} days: {channels}. Is it not done, or only not written down?",
             days=_DAYS, channels=names)  # fmt: skip


def _show(
    model: TextTableModel, heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]], *, figures: Sequence[int]
) -> None:
    model.show_table([translate(head) for head, _hint in heads], rows, figures=figures,
                     hints=[translate(hint) for _head, hint in heads])  # fmt: skip


def _step_cells(use: StepUse) -> tuple[str, ...]:
    counts = (use.done, use.late, use.twice, use.put_off)
    rates = tuple(
        "" if one.too_few or one.value is None else format_percent(one.value) for one in (use.with_it, use.without)
    )
    too_few = use.with_it.too_few or use.without.too_few
    verdict = _("too early to say") if too_few else verdict_text(use.followed)
    return (
        of(use.step.title),
        format_number(use.stays),
        *(format_number(one) if one else "" for one in counts),
        *rates,
        verdict,
    )


def _channel_cells(one: Channel) -> tuple[str, ...]:
    last = format_day(one.last_day) if one.last_day else ""
    counts = tuple(format_number(count) if count else "" for count in (one.incoming, one.outgoing, one.overdue))
    return kind_name(one.kind), counts[0], counts[1], last, counts[2]
