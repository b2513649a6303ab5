"""By what the deals are grouped, which of them, and since which day one asks how they moved."""

from typing import cast

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QWidget

from funnel_desk.i18n import _, language, translate
from funnel_desk.queries import pipelines
from funnel_desk.queries.niches import TRAITS, Trait
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.period_choices import NAMES
from funnel_desk.ui.phrases import of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.customers.niche_words import TRAIT_NAMES
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label, present
from funnel_desk.ui.widgets.period_field import PeriodField

_TRAITS = 3
_KEY = "customers.segments"
_ISO = Qt.DateFormat.ISODate


def pipeline_choice(parts: Parts, name: str) -> FitCombo:
    """A choice of a pipeline, or of all; `offer_pipelines` fills it."""
    made = FitCombo(name, _("Pipeline"))
    offer_pipelines(parts, made)
    return made


def offer_pipelines(parts: Parts, combo: FitCombo) -> None:
    """Offer the pipelines that there are now; what was chosen stays chosen. One alone is no choice."""
    held, found = combo.currentData(), parts.bridge.ask(pipelines.pipelines)
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(_("All pipelines"), "")
    for row in found:
        combo.addItem(of(row.pipeline.name), row.pipeline.id)
    combo.setCurrentIndex(max(0, combo.findData(held)))
    combo.blockSignals(False)
    present(combo, shown=len(found) > 1)


class NicheChoices(QWidget):
    """`changed` when the person asks for something else; what was chosen is kept in the memory."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._memory = parts, parts.memory
        spoken = (_("Divided by"), _("And by"), _("And by, third"))
        self.traits = [FitCombo(f"segments.by{nth + 1}", spoken[nth]) for nth in range(_TRAITS)]
        for nth, combo in enumerate(self.traits):
            if nth:
                combo.addItem(_("nothing more"), "")
            for trait in TRAITS:
                combo.addItem(translate(TRAIT_NAMES[trait]), trait)
        self.pipeline = pipeline_choice(parts, "segments.pipeline")
        self.period = PeriodField("segments.period", NAMES, parts.bridge.today())
        self.moved = QCheckBox(_("moved since"))
        self.moved.setObjectName("segments.moved")
        self.moved.setToolTip(_("How each niche is won since a day, against the time before"))
        self.day = _day(parts.bridge.today())
        self._recall()
        row = FlowLayout(self)
        first, last = _together(label(_("by"), "dim"), self.traits[0]), _together(self.moved, self.day)
        for part in (first, *self.traits[1:], self.pipeline, self.period, last):
            row.addWidget(part)
        for combo in (*self.traits, self.pipeline):
            combo.currentIndexChanged.connect(self._changed)
        self.period.changed.connect(self._changed)
        self.moved.toggled.connect(self._changed)
        self.day.dateChanged.connect(self._changed)

    def by(self) -> tuple[Trait, ...]:
        """One to three traits, each once."""
        told = [str(combo.currentData()) for combo in self.traits]
        return cast("tuple[Trait, ...]", tuple(dict.fromkeys(trait for trait in told if trait)))

    def since(self) -> str | None:
        """The day since which one asks how they moved; None where nobody asks."""
        return self.day.date().toString(_ISO) if self.moved.isChecked() else None

    def keep(self) -> None:
        """Remember the choices."""
        put = self._memory.put
        put(f"{_KEY}.by", " ".join(self.by()))
        put(f"{_KEY}.period", self.period.kept())
        put(f"{_KEY}.since", f"{self.day.date().toString(_ISO)} {int(self.moved.isChecked())}")

    def _recall(self) -> None:
        get: Memory = self._memory
        traits = get.get(f"{_KEY}.by").split() or ["industry"]
        for combo, trait in zip(self.traits, traits, strict=False):
            combo.setCurrentIndex(max(0, combo.findData(trait)))
        self.period.recall(get.get(f"{_KEY}.period"))
        day, _space, on = get.get(f"{_KEY}.since").partition(" ")
        if QDate.fromString(day, _ISO).isValid():
            self.day.setDate(QDate.fromString(day, _ISO))
        self.moved.setChecked(on == "1")
        present(self.day, shown=on == "1")

    @Slot()
    def _changed(self) -> None:
        present(self.day, shown=self.moved.isChecked())
        self.changed.emit()


def _together(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return made


def _day(today: str) -> QDateEdit:
    made = QDateEdit(QDate.fromString(today, _ISO).addMonths(-3))
    made.setObjectName("segments.since")
    made.setLocale(QLocale("en_GB" if language() == "en" else language()))
    made.setDisplayFormat("d MMM yyyy")
    made.setCalendarPopup(True)
    made.setAccessibleName(_("Moved since"))
    made.setToolTip(_("Moved since"))
    return made
