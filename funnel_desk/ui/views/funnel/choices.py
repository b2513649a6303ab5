"""What the funnel counts: the row of choices over it."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QSizePolicy, QWidget

from funnel_desk.charts.captions import Count
from funnel_desk.domain.cohort import GROUPINGS, Basis, Grouping
from funnel_desk.domain.periods import Period
from funnel_desk.i18n import N_, _, language, translate
from funnel_desk.ui.period_choices import NAMES, OWN, named_period, period_before, year_before
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label, present
from funnel_desk.ui.widgets.segmented import Segmented

_BASES: tuple[tuple[Basis, str, str], ...] = (
    ("created", N_("Created"), N_("deals created in the period, with all that happened to them until now")),
    ("closed", N_("Closed"), N_("deals that were won or lost in the period")),
    ("active", N_("Active"), N_("deals that were open at any moment of the period, and what happened in it")),
)
COUNTS: tuple[tuple[Count, str, str], ...] = (
    ("reached", N_("Reached"), N_("M3: deals that came this far or further; skipped stages count as passed")),
    ("entered", N_("Entered"), N_("M1: stays that began there; a deal that comes back counts again")),
    ("touched", N_("Touched"), N_("M2: different deals that were there themselves")),
    ("strict", N_("Strict"), N_("M4: deals that were there and in every stage before")),
    ("now", N_("Now"), N_("a snapshot: deals that stand there at this moment")),
)
_GROUPS: dict[str, str] = {
    "source": N_("source"),
    "product": N_("product"),
    "segment": N_("segment"),
    "owner": N_("owner"),
    "kind": N_("kind of sale"),
}


class Choices(QWidget):
    """`changed` when other deals are chosen, `counted` when only what is counted of them; `save` stands at the end."""

    changed = Signal()
    counted = Signal()

    def __init__(self, today: str, save: QWidget) -> None:
        super().__init__()
        self._today = today
        self.basis = Segmented([(key, translate(text)) for key, text, _hint in _BASES], _("What is counted"))
        self.basis.setObjectName("funnel.basis")
        self.basis.setToolTip("\n".join(f"{translate(text)}: {translate(hint)}" for _key, text, hint in _BASES))
        self.period = _combo("funnel.period", _("Period"), [(key, translate(text)) for key, text in NAMES.items()])
        against = [("", _("nothing")), ("before", _("the one before")), ("year", _("a year before"))]
        self.against = _combo("funnel.against", _("Against"), against)
        self._against = _side_by_side(label(_("against"), "dim"), self.against)
        self._first, self._last = _day(today, _("First day")), _day(today, _("Last day"))
        self._first.setDate(self._first.date().addMonths(-3).addDays(1))
        self._own = _side_by_side(self._first, label("–", "dim"), self._last)
        self.pipeline = _combo("funnel.pipeline", _("Pipeline"), [])
        counts: list[tuple[str, str]] = [(key, translate(text)) for key, text, _hint in COUNTS]
        self.count = _combo("funnel.count", _("What is counted in each stage"), counts)
        self.count.setToolTip("\n".join(f"{translate(text)}: {translate(hint)}" for _key, text, hint in COUNTS))
        groups = [("", _("nothing")), *((key, translate(_GROUPS[key])) for key in GROUPINGS)]
        self.by = _combo("funnel.by", _("Group by"), groups)
        row = FlowLayout(self, 6)
        by = _side_by_side(label(_("by"), "dim"), self.by)
        for part in (self.basis, self.count, self.period, self._own, self._against, self.pipeline, by):
            row.addWidget(part)
        row.addWidget(save)
        present(self._own, shown=False)
        present(self._against, shown=False)
        present(self.pipeline, shown=False)
        self.basis.chosen.connect(self.changed)
        self.period.currentIndexChanged.connect(self._period_chosen)
        self._first.dateChanged.connect(self.changed)
        self._last.dateChanged.connect(self.changed)
        self.pipeline.currentIndexChanged.connect(self.changed)
        self.by.currentIndexChanged.connect(self.changed)
        self.against.currentIndexChanged.connect(self.changed)
        self.count.currentIndexChanged.connect(self.counted)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def pipeline_id(self) -> str:
        """The pipeline chosen; empty where there is none."""
        return str(self.pipeline.currentData() or "")

    @property
    def chosen_basis(self) -> Basis:
        """By what deals are taken into the period."""
        return cast("Basis", self.basis.key())

    @property
    def chosen_count(self) -> Count:
        """What is counted in each stage."""
        return cast("Count", self.count.currentData())

    @property
    def group(self) -> Grouping | None:
        """By which field the deals are grouped, if by any."""
        return self.by.currentData() or None

    def chosen_period(self) -> Period:
        """The days chosen. Raises PeriodBackwards."""
        key = self.period.currentData()
        if key != OWN:
            return named_period(key, self._today)
        first, last = (field.date().toString(Qt.DateFormat.ISODate) for field in (self._first, self._last))
        return Period(first, last)

    def other_period(self) -> Period | None:
        """The period against which the chosen one is held, if against any."""
        period, how = self.chosen_period(), self.against.currentData()
        if not how:
            return None
        return year_before(period) if how == "year" else period_before(self.period.currentData(), period)

    def show_pipelines(self, pipelines: Sequence[tuple[str, str]]) -> None:
        """Offer these (id, name), keeping the one chosen; where there is no choice nothing is offered."""
        chosen = self.pipeline_id
        self.pipeline.blockSignals(True)
        self.pipeline.clear()
        for key, name in pipelines:
            self.pipeline.addItem(name, key)
        self.pipeline.setCurrentIndex(max(0, self.pipeline.findData(chosen)))
        self.pipeline.blockSignals(False)
        present(self.pipeline, shown=len(pipelines) > 1)

    def choose(self, *, basis: str = "", period: str = "", by: str = "", against: str = "", count: str = "") -> None:
        """Choose what is told, as the person left it last time; an unknown key changes nothing. Nobody hears of it."""
        self.blockSignals(True)
        if basis in {key for key, _text, _hint in _BASES}:
            self.basis.set_key(basis)
        kept = ((self.period, period), (self.by, by), (self.against, against), (self.count, count))
        for combo, key in kept:
            place = combo.findData(key)
            if key and place >= 0:
                combo.setCurrentIndex(place)
        self.blockSignals(False)

    def choose_pipeline(self, pipeline_id: str) -> None:
        """Choose a pipeline, if it is offered; nobody hears of it."""
        place = self.pipeline.findData(pipeline_id)
        if place >= 0:
            self.pipeline.blockSignals(True)
            self.pipeline.setCurrentIndex(place)
            self.pipeline.blockSignals(False)

    def show_all(self) -> None:
        """Choose all time."""
        self.period.setCurrentIndex(self.period.findData("all"))

    @Slot()
    def _period_chosen(self) -> None:
        own = self.period.currentData() == OWN
        self._own.setVisible(own)
        self._against.setVisible(self.period.currentData() != "all")
        if own:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def _combo(name: str, spoken: str, entries: Sequence[tuple[str, str]]) -> FitCombo:
    made = FitCombo(name, spoken)
    for key, text in entries:
        made.addItem(text, key)
    return made


def _day(today: str, spoken: str) -> QDateEdit:
    made = QDateEdit(QDate.fromString(today, Qt.DateFormat.ISODate))
    made.setLocale(QLocale("en_GB" if language() == "en" else language()))
    made.setDisplayFormat("d MMM yyyy")
    made.setCalendarPopup(True)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    return made


def _side_by_side(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for part in parts:
        row.addWidget(part)
    return made
