"""What if more went on from here? A slider, and what it would bring."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from funnel_desk.charts.style import short_money
from funnel_desk.domain.funnel import Funnel
from funnel_desk.domain.what_if import more_going_on
from funnel_desk.i18n import _, format_number
from funnel_desk.ui.widgets.labels import SectionHeading, label, present

_MOST_POINTS, _FIRST_POINTS = 30, 10


class WhatIfSlider(QWidget):
    """Hidden where nothing can be said of a stage."""

    def __init__(self) -> None:
        super().__init__()
        self._funnel: Funnel | None = None
        self._place = self._won_place = 0
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("funnel.what_if")
        self.slider.setRange(1, _MOST_POINTS)
        self.slider.setValue(_FIRST_POINTS)
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.slider.setAccessibleName(_("How many more of a hundred go on"))
        self.slider.valueChanged.connect(self._say)
        self.told = label("", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(SectionHeading(_("What if more went on?")))
        column.addWidget(self.slider)
        column.addWidget(self.told)

    def show_stage(self, funnel: Funnel, place: int, won_place: int) -> None:
        """Speak of another stage, by its place; a place below 0 is none."""
        self._funnel, self._place, self._won_place = funnel, place, won_place
        present(self, shown=place >= 0 and more_going_on(funnel, place, won_place, 1) is not None)
        self._say()

    def _say(self) -> None:
        points = self.slider.value()
        found = more_going_on(self._funnel, self._place, self._won_place, points) if self._funnel else None
        if found is None or self._place < 0:
            return
        value = " + ".join(short_money(amount.minor, amount.currency) for amount in found.more_value if amount.minor)
        told = _(
            "{points} more of a hundred from here: {then} wins instead of {wins}",
            points=points,
            then=format_number(round(found.wins_then)),
            wins=format_number(found.wins),
        )
        self.told.setText(f"{told}, +{value}" if value else told)
        self.slider.setAccessibleDescription(self.told.text())
