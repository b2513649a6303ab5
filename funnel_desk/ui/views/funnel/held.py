"""What the funnel is held against: another period, another group, or all the other groups."""

from dataclasses import dataclass

from funnel_desk.charts.beside import BesideReport
from funnel_desk.charts.captions import whose
from funnel_desk.domain.funnel_comparison import FunnelComparison, compare_funnels, compare_with_rest
from funnel_desk.i18n import _
from funnel_desk.queries.funnel import FunnelReport
from funnel_desk.ui.phrases import of
from funnel_desk.ui.views.funnel.choices import Choices
from funnel_desk.ui.views.funnel.groups import OTHERS, Groups
from funnel_desk.ui.views.funnel.reading import Seen


@dataclass(frozen=True, slots=True)
class Held:
    """One funnel beside another, by what each is called; ``note`` says what may be compared."""

    mine: str
    other: str
    comparison: FunnelComparison
    note: str = ""

    def report(self, found: FunnelReport) -> BesideReport:
        """The lines of the chart: the win rate, then each stage from which deals go on."""
        lines = [(_("Win rate"), self.comparison.win_rate)]
        stages = zip(found.stages, self.comparison.stages, strict=True)
        lines += [(of(stage.name), one) for stage, one in stages if one is not None]
        return BesideReport(self.mine, self.other, tuple(lines))


def held_against(shown: Seen, whole: Seen | None, groups: Groups, choices: Choices) -> Held | None:
    """What is held against what now; None where nothing is."""
    report = shown.report
    if shown.other is not None:
        period, before = report.scope.period, shown.other.scope.period
        found = compare_funnels(report.funnel, shown.other.funnel, period, before)
        note = _("Against: {deals}.", deals=whose(shown.other.scope))
        if found.same_length is False:
            note += " " + _("The two are of different lengths: shares can be compared, counts cannot.")
        return Held(choices.period.currentText(), choices.against.currentText(), found, note)
    mine, other = groups.group, groups.other
    if whole is None or report.scope.by is None or mine is None or other is None:
        return None
    every = whole.report
    if mine not in every.groups:
        return None
    if other == OTHERS:
        return Held(_named(mine), _("all others"), compare_with_rest(every.funnel, every.groups[mine]))
    if other not in every.groups:
        return None
    period = report.scope.period
    return Held(_named(mine), _named(other), compare_funnels(every.groups[mine], every.groups[other], period, period))


def explained() -> list[tuple[str, str]]:
    """What the numbers side by side mean."""
    return [(_("Side by side"), _(
        "Of those decided (M7), how many went on, and the win rate (M9), in both. The line is where the true "
        "difference lies with 95 % confidence; only where it does not touch the middle one of them is better."
    ))]  # fmt: skip


def _named(group: str) -> str:
    return group or _("not given")
