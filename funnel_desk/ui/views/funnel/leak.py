"""Where the funnel leaks: in words, with the reasons for it, and the step whose words might mend it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.bottleneck import Bottleneck, bottleneck
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.process_losses import StepUse
from funnel_desk.domain.words import Words
from funnel_desk.i18n import _, format_number, language, ngettext, translate
from funnel_desk.queries.funnel import FunnelReport
from funnel_desk.ui.phrases import of
from funnel_desk.ui.widgets.labels import frame, label, present

_BETWEEN = 24
_MOST_REASONS = 2


class Leak(QWidget):
    """Hidden where nothing is beyond doubt; `script_wanted` tells the id of a step."""

    script_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._step_id = ""
        self.text = label("", wrap=True, name="funnel.leak")
        self.evidence = label("", "dim", wrap=True, name="funnel.leak_evidence")
        self.script = QPushButton(_("Open the script"))
        self.script.setObjectName("funnel.script")
        self.script.clicked.connect(lambda: self.script_wanted.emit(self._step_id))
        ground = frame("warn")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.setSpacing(8)
        inside.addWidget(self.text)
        inside.addWidget(self.evidence)
        row = QHBoxLayout()
        row.addWidget(self.script)
        row.addStretch(1)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _BETWEEN)
        column.addWidget(ground)

    def show_leak(self, report: FunnelReport, uses: Sequence[StepUse]) -> None:
        """Say where it leaks, why deals are lost there, and which of the steps there could be improved."""
        leak = leak_of(report)
        present(self, shown=leak is not None)
        if leak is None:
            return
        spoken = language()
        values = {name: one.of(spoken) if isinstance(one, Words) else one for name, one in leak.arguments.items()}
        self.text.setText(translate(leak.template, **values))
        use = weakest(uses, report.stages[leak.place].id)
        said = [why_lost(report, leak.place), step_sentence(use) if use else ""]
        self.evidence.setText(" ".join(part for part in said if part))
        present(self.evidence, shown=any(said))
        self._step_id = use.step.id if use else ""
        present(self.script, shown=use is not None)
        if use is not None:
            self.script.setToolTip(of(use.step.title))
            self.script.setAccessibleDescription(of(use.step.title))


def leak_of(report: FunnelReport) -> Bottleneck | None:
    """The bottleneck of a report, if it is beyond doubt."""
    return bottleneck([one.resolved for one in report.funnel.stages], [stage.name for stage in report.stages])


def reason_name(reason: str, names: Mapping[str, Words]) -> str:
    """A reason for losing by its id, or in the words somebody wrote."""
    return of(names[reason]) if reason in names else reason or _("no reason given")


def why_lost(report: FunnelReport, place: int) -> str:
    """The most frequent reasons there: "Lost there: too expensive (14), no answer (9)."; empty of fewer than five."""
    losses = report.funnel.stages[place].lost_reasons
    if sum(count for _reason, count in losses) < TOO_FEW:
        return ""
    told = [
        f"{reason_name(reason, report.reasons)} ({format_number(count)})" for reason, count in losses[:_MOST_REASONS]
    ]
    return _("Most are lost there for this: {reasons}.", reasons=", ".join(told))


def weakest(uses: Sequence[StepUse], stage_id: str) -> StepUse | None:
    """The step of a stage with words to say that is left undone most often; None where no step there has any."""
    found = [use for use in uses if use.step.stage_id == stage_id and _has_words(use.step) and not use.step.archived]
    return max(found, key=lambda use: ((use.stays - use.done) / use.stays if use.stays else 0.0, -use.step.position),
               default=None)  # fmt: skip


def step_sentence(use: StepUse) -> str:
    """What is known of how the step is done; of fewer than five stays only where the words are."""
    missed, title = use.stays - use.done, of(use.step.title)
    if use.stays < TOO_FEW or not missed:
        return _("What is said there stands in the step “{step}”.", step=title)
    return ngettext(
        "The step “{step}” was left undone in {n} of {stays} stays there.",
        "The step “{step}” was left undone in {n} of {stays} stays there.",
        missed, n=format_number(missed), stays=format_number(use.stays), step=title,
    )  # fmt: skip


def _has_words(step: Step) -> bool:
    return bool(of(step.say) or of(step.ask))
