"""What stands over the deals: how they are shown, search, outcome, pipeline, stage, filter, view and columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QVBoxLayout, QWidget

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.i18n import N_, _, translate
from funnel_desk.queries.deal_values import value_counts
from funnel_desk.queries.deals import deal_count
from funnel_desk.queries.outlines import pipeline_outlines
from funnel_desk.ui import phrases
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.filter_panel import FilterPanel
from funnel_desk.ui.views.deals.filter_words import FilterChip, chips
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import discard_all, present
from funnel_desk.ui.widgets.segmented import Segmented

_OUTCOMES = (("open", N_("Open")), ("won", N_("Won")), ("lost", N_("Lost")), ("", N_("All")))
_KINDS = (("table", N_("Table")), ("board", N_("Board")), ("portfolio", N_("Portfolio")))
MANY = 20_000
"""Of more deals a question takes longer than a person may feel, and is asked beside the window."""
_MARK = 10
_LETTERS = 12
_CHIP = 260  # px of text; the rest of it stands in the hint


class FilterBar(QWidget):
    """`changed` when the person asks for other deals; `kind_changed` when they want to see them in another way."""

    changed = Signal()
    kind_changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._rest = DealFilter()
        self.search = self._make_search()
        self.kind = Segmented([(key, translate(word)) for key, word in _KINDS], _("How they are shown"))
        self.kind.setObjectName("deals.kind")
        self.kind.chosen.connect(self.kind_changed)
        self.outcome = Segmented([(key, translate(word)) for key, word in _OUTCOMES], _("Which deals"))
        self.outcome.setObjectName("deals.outcome")
        self.outcome.chosen.connect(self.changed)
        self.pipeline, self.stage = QComboBox(), QComboBox()
        self.pipeline.setObjectName("deals.pipeline")
        self.pipeline.setAccessibleName(_("Pipeline"))
        self.stage.setObjectName("deals.stage")
        self.stage.setAccessibleName(_("Stage"))
        for box in (self.pipeline, self.stage):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_LETTERS)
        self.pipeline.activated.connect(self._pipeline_taken)
        self.stage.activated.connect(self.changed)
        self.filter = self._button("deals.filter", _("Filter"), _("Filter the deals (F)"))
        self.filter.clicked.connect(self.open_panel)
        self.views = self._button("deals.views", _("View"), _("Choose a view (V)"))
        self.columns = self._button("deals.columns", _("Columns"), _("Choose the columns (C)"))
        top = FlowLayout(spacing=8)
        for part in (self.kind, self.views, self.search, self.outcome, self.pipeline, self.stage, self.filter,
                     self.columns):  # fmt: skip
            top.addWidget(part)
        self._chips = QWidget()
        self._chips_row = FlowLayout(self._chips, spacing=6)
        self._chips.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._chips)

    def chosen(self) -> DealFilter:
        """The filter as it stands now, asked today."""
        outcome = self.outcome.key()
        found = replace(
            self._rest,
            text=self.search.text(),
            pipeline_id=self.pipeline.currentData(),
            stage_id=self.stage.currentData(),
            outcomes=(outcome,) if outcome else (),
        )
        return found.on_day(self._parts.bridge.today())

    def show_filter(self, chosen: DealFilter) -> None:
        """Show another filter, without telling anyone."""
        for part in (self.search, self.outcome):
            part.blockSignals(True)
        self.search.setText(chosen.text)
        self.outcome.set_key(chosen.outcomes[0] if len(chosen.outcomes) == 1 and chosen.outcomes[0] in dict(_OUTCOMES)
                             else "")  # fmt: skip
        for part in (self.search, self.outcome):
            part.blockSignals(False)
        self.offer_stages()
        self.pipeline.setCurrentIndex(max(0, self.pipeline.findData(chosen.pipeline_id)))
        self.offer_stages()
        self.stage.setCurrentIndex(max(0, self.stage.findData(chosen.stage_id)))
        self._rest = replace(chosen, text="", pipeline_id=None, stage_id=None, outcomes=())
        self._show_chips()

    def offer_stages(self) -> None:
        """The pipelines, and the stages of the one that is chosen; what was chosen stays."""
        found = self._parts.bridge.ask(pipeline_outlines)
        _offer(self.pipeline, _("All pipelines"), [(phrases.of(one.name), one.id) for one, _stages in found])
        present(self.pipeline, shown=len(found) > 1)
        chosen = self.pipeline.currentData() if len(found) > 1 else found[0][0].id if found else None
        stages = next((stages for one, stages in found if one.id == chosen), ())
        _offer(self.stage, _("All stages"), [(phrases.of(stage.name), stage.id) for stage in stages])
        present(self.stage, shown=bool(stages) and self.kind.key() == "table")

    @Slot()
    def open_panel(self) -> None:
        """Open the panel of the filter."""
        panel = FilterPanel(self._parts, self.chosen(), self._counts, self)
        panel.changed.connect(self._take)
        panel.open_below(self.filter)

    def _counts(self, field: str, then: Callable[[list[tuple[str, int]]], None]) -> None:
        """How many deals have each value, under all that is asked for but this field."""
        bridge, asked = self._parts.bridge, replace(self.chosen(), **{field: ()})  # type: ignore[arg-type]
        if bridge.ask(deal_count) <= MANY:
            then(bridge.ask(value_counts, field, asked))
            return
        self._parts.jobs.read("", lambda _progress: bridge.ask(value_counts, field, asked), then)

    @Slot(object)
    def _take(self, chosen: DealFilter) -> None:
        self.show_filter(chosen)
        self.changed.emit()

    def _show_chips(self) -> None:
        focused = cast("QWidget | None", self.focusWidget())
        had_focus = focused is not None and focused.parentWidget() is self._chips
        discard_all(self._chips_row)
        for chip in chips(self._rest):
            self._chips_row.addWidget(self._chip(chip))
        present(self._chips, shown=self._chips_row.count() > 0)
        if had_focus:
            self.filter.setFocus()

    def _chip(self, chip: FilterChip) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"deals.chip.{chip.key}")
        made.setProperty("role", "button")
        made.ensurePolished()  # its letters are those of the style
        made.setText(made.fontMetrics().elidedText(chip.text, Qt.TextElideMode.ElideRight, _CHIP))
        made.setAccessibleName(_("Remove from the filter: {part}", part=chip.text))
        made.setToolTip(_("Remove from the filter: {part}", part=chip.text))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setIconSize(QSize(_MARK, _MARK))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts.look.dress(made, "close", "dim", _MARK)
        made.clicked.connect(lambda: self._drop(chip.key))
        return made

    def _drop(self, key: str) -> None:
        left = next((chip.without for chip in chips(self._rest) if chip.key == key), self._rest)
        now = self.chosen()
        self._take(replace(left, text=now.text, pipeline_id=now.pipeline_id, stage_id=now.stage_id,
                           outcomes=now.outcomes))  # fmt: skip

    @Slot()
    def _pipeline_taken(self) -> None:
        self.stage.setCurrentIndex(0)
        self.offer_stages()
        self.changed.emit()

    def _button(self, name: str, text: str, hint: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setProperty("role", "button")
        made.setText(text)
        made.setToolTip(hint)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _make_search(self) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName("deals.search")
        made.setAccessibleName(_("Find a deal"))
        made.setPlaceholderText(_("Deal, company or person"))
        made.setProperty("role", "search")
        made.setClearButtonEnabled(True)
        for clear in made.findChildren(QAction):
            clear.setIcon(self._parts.look.icon("close", "dim"))
        made.setMinimumWidth(200)
        made.addAction(self._parts.look.icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        made.textChanged.connect(lambda _text: self.changed.emit())
        return made


def _offer(box: QComboBox, first: str, choices: Sequence[tuple[str, str]]) -> None:
    """Fill a box unless it offers the same already; what was taken stays taken if it is still there."""
    wanted = [(first, None), *choices]
    if [(box.itemText(place), box.itemData(place)) for place in range(box.count())] == wanted:
        return
    taken = box.currentData()
    box.clear()
    for text, data in wanted:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(taken)))
