"""What the parts beside the funnel itself have in common: one pipeline, a report of it, an empty state before that."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.queries import pipelines
from funnel_desk.ui.phrases import of
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.funnel.counting import Counting, Wanted
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import frame, present

MARGIN, BETWEEN = 16, 24
_KEPT = "funnel.pipeline"
_WIDEST = 960
"""Lines of a table that are wider cannot be followed with the eye, px."""


class PartPage(Page):
    """Its `read` is asked (apart from the window, where there are many deals), and `show_found` shows the answer."""

    needs = FACTS
    what = ""
    """What is being done, for the person, while the reading takes long: words in the language of now are given."""

    def __init__(self, parts: Parts, key: str, what: str) -> None:
        super().__init__()
        self.parts, self.what = parts, what
        self._counting = Counting(self, parts, self.refresh)
        self.pipeline = FitCombo(f"{key}.pipeline", _("Pipeline"))
        self.pipeline.currentIndexChanged.connect(self._pipeline_chosen)
        self._none = EmptyState(parts.look, "funnel", "")
        self._none.begun.connect(lambda: parts.route.go("deals", NewDeal()))
        inside = frame("plain")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(MARGIN, 12, MARGIN - 10, MARGIN)
        self.column.setSpacing(8)
        choices = QWidget()
        self.choices = FlowLayout(choices, 6)
        self.choices.addWidget(self.pipeline)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        choices.setSizePolicy(policy)
        self.column.addWidget(choices)
        inside.setMaximumWidth(_WIDEST)
        self._area = scrolling(inside)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._none)

    @property
    def pipeline_id(self) -> str:
        """The pipeline chosen; empty where there is none."""
        return str(self.pipeline.currentData() or "")

    def caption(self) -> Caption:
        return Caption(_("Funnel"), self.pipeline.currentText())

    @Slot()
    def refresh(self) -> None:
        """Count again."""
        found = self.parts.bridge.ask(pipelines.pipelines)
        self._offer([(row.pipeline.id, of(row.pipeline.name)) for row in found])
        if not found:
            self._none.say(
                _("A funnel needs a pipeline. Choose how you sell, and every deal will show here."),
                _("Choose a playbook"),
            )
            self._stack.setCurrentWidget(self._none)
            return
        pipeline_id = self.pipeline_id
        self._counting.ask(self.what, lambda wanted: self.read(pipeline_id, wanted), self._take)

    def read(self, pipeline_id: str, wanted: Wanted) -> Any:  # noqa: ANN401 - each part has a report of its own
        """Ask for all of it, perhaps in another thread; None where `wanted` says that nobody waits for it any more."""
        raise NotImplementedError

    def show_found(self, found: Any) -> bool:  # noqa: ANN401
        """Show what was read; False where there are no deals to speak of."""
        raise NotImplementedError

    def sentence(self) -> str:
        """What belongs here, while there is nothing."""
        raise NotImplementedError

    def say(self, place: QLabel, sentence: str) -> None:
        """Say something in its place, or nothing."""
        place.setText(sentence)
        present(place, shown=bool(sentence))

    def _take(self, found: Any) -> None:  # noqa: ANN401
        if self.show_found(found):
            self._stack.setCurrentWidget(self._area)
        else:
            self._none.say(self.sentence(), _("New deal"))
            self._stack.setCurrentWidget(self._none)
        self.caption_changed.emit()

    def _offer(self, found: list[tuple[str, str]]) -> None:
        """Offer the pipelines, the one chosen here or in another part first."""
        chosen = self.parts.memory.get(_KEPT) or self.pipeline_id
        self.pipeline.blockSignals(True)
        self.pipeline.clear()
        for key, name in found:
            self.pipeline.addItem(name, key)
        self.pipeline.setCurrentIndex(max(0, self.pipeline.findData(chosen)))
        self.pipeline.blockSignals(False)
        present(self.pipeline, shown=len(found) > 1)

    @Slot()
    def _pipeline_chosen(self) -> None:
        self.parts.memory.put(_KEPT, self.pipeline_id)
        self.refresh()
