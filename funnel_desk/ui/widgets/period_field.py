"""A period by name, or from day to day."""

from collections.abc import Mapping

from PySide6.QtCore import QDate, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QWidget

from funnel_desk.domain.periods import Period
from funnel_desk.i18n import _, language, translate
from funnel_desk.ui.period_choices import OWN, named_period
from funnel_desk.ui.widgets.labels import label, present

_SEPARATOR = ".."


class PeriodField(QWidget):
    """Names of periods as `period_choices` knows them; the one that is `OWN` shows a field for each end."""

    changed = Signal()

    def __init__(self, name: str, names: Mapping[str, str], today: str) -> None:
        super().__init__()
        self._today = today
        self.combo = QComboBox()
        self.combo.setObjectName(name)
        self.combo.setAccessibleName(_("Period"))
        self.combo.setToolTip(_("Period"))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for key, text in names.items():
            self.combo.addItem(translate(text), key)
        self.first, self.last = _day(today, _("First day")), _day(today, _("Last day"))
        self.last.setDate(self.last.date().addMonths(3))
        self._own = QWidget()
        ends = QHBoxLayout(self._own)
        ends.setContentsMargins(0, 0, 0, 0)
        ends.setSpacing(8)
        for part in (self.first, label("–", "dim"), self.last):
            ends.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.combo)
        row.addWidget(self._own)
        present(self._own, shown=False)
        self.combo.currentIndexChanged.connect(self._chosen)
        self.first.dateChanged.connect(self.changed)
        self.last.dateChanged.connect(self.changed)

    def period(self) -> Period:
        """The days chosen. Raises PeriodBackwards."""
        key = str(self.combo.currentData())
        return Period(*self._days()) if key == OWN else named_period(key, self._today)

    def kept(self) -> str:
        """The choice as text to be remembered."""
        key = str(self.combo.currentData())
        return _SEPARATOR.join(self._days()) if key == OWN else key

    def recall(self, kept: str) -> None:
        """Choose what was remembered; text that means nothing changes nothing. Nobody hears of it."""
        self.blockSignals(True)
        first, separator, last = kept.partition(_SEPARATOR)
        if separator:
            for field, day in ((self.first, first), (self.last, last)):
                field.setDate(QDate.fromString(day, Qt.DateFormat.ISODate))
        place = self.combo.findData(OWN if separator else kept)
        if place >= 0:
            self.combo.setCurrentIndex(place)
        self.blockSignals(False)

    def _days(self) -> tuple[str, str]:
        first, last = (field.date().toString(Qt.DateFormat.ISODate) for field in (self.first, self.last))
        return first, last

    @Slot()
    def _chosen(self) -> None:
        self._own.setVisible(self.combo.currentData() == OWN)
        self.changed.emit()


def _day(today: str, spoken: str) -> QDateEdit:
    made = QDateEdit(QDate.fromString(today, Qt.DateFormat.ISODate))
    made.setLocale(QLocale("en_GB" if language() == "en" else language()))
    made.setDisplayFormat("d MMM yyyy")
    made.setCalendarPopup(True)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    return made
