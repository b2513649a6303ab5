"""The view of the funnel: how deals come through, how that changes over time, how fast, and how carefully."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from funnel_desk.i18n import N_, _, translate
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.segmented import Segmented

_PARTS = (
    ("stages", N_("Funnel")),
    ("over_time", N_("Over time")),
    ("speed", N_("Speed")),
    ("discipline", N_("Discipline")),
)
_CLASSES = {"stages": "StagesPage", "over_time": "OverTimePage", "speed": "SpeedPage", "discipline": "DisciplinePage"}
_MARGIN = 16


class FunnelPage(Page):
    """Each part is made when it is first shown; a hidden one is asked again once it is shown."""

    needs = FACTS | {"change_mark", "goal", "rate"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._made: dict[str, Page] = {}
        self._stale: set[str] = set()
        self.switch = Segmented([(key, translate(word)) for key, word in _PARTS], _("Show the funnel as"))
        self.switch.setObjectName("funnel.switch")
        self.switch.setToolTip(_("Ctrl+Tab shows the next"))
        self.switch.chosen.connect(self.show_part)
        self._stack = QStackedWidget()
        top = frame("plain")
        row = QHBoxLayout(top)
        row.setContentsMargins(_MARGIN, 12, _MARGIN, 0)
        row.addWidget(self.switch)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._stack, 1)
        for key, word in _PARTS:
            title = translate(word)
            told = title if key == "stages" else _("Funnel: {part}", part=title)
            self.add_deed(f"funnel.{key}", told, partial(self.show_part, key))
        self.add_deed("funnel.next", _("Funnel: the next part"), partial(self._step, 1), "Ctrl+Tab")
        self.add_deed("funnel.previous", _("Funnel: the part before"), partial(self._step, -1), "Ctrl+Shift+Tab")
        kept = parts.memory.get("funnel.part")
        self.show_part(kept if kept in dict(_PARTS) else "stages")

    @property
    def part(self) -> Page:
        """The part that is shown."""
        return self._made[self.switch.key()]

    def caption(self) -> Caption:
        return self.part.caption()

    def refresh(self) -> None:
        self._stale = set(self._made) - {self.switch.key()}
        self.part.refresh()

    def keep(self) -> None:
        self._parts.memory.put("funnel.part", self.switch.key())
        for made in self._made.values():
            made.keep()

    @Slot(str)
    def show_part(self, key: str) -> None:
        """Show a part by its key: stages, over_time, speed or discipline."""
        if key not in self._made:
            made = self._made[key] = self._maker(key)(self._parts)
            self._stack.addWidget(made)
            made.caption_changed.connect(self.caption_changed)
        elif key in self._stale or self._of_another_pipeline(key):
            self._made[key].refresh()
        self._stale.discard(key)
        self.switch.set_key(key)
        self._stack.setCurrentWidget(self._made[key])
        self.setFocusProxy(self._made[key])
        self.caption_changed.emit()

    def _of_another_pipeline(self, key: str) -> bool:
        """Whether another pipeline was chosen in another part since this one was shown."""
        chosen = self._parts.memory.get("funnel.pipeline")
        return bool(chosen) and getattr(self._made[key], "pipeline_id", "") != chosen

    def _step(self, step: int) -> None:
        keys = [key for key, _word in _PARTS]
        self.show_part(keys[(keys.index(self.switch.key()) + step) % len(keys)])

    def _maker(self, key: str) -> Callable[[Parts], Page]:
        found: Callable[[Parts], Page] = getattr(import_module(f"{__package__}.{key}"), _CLASSES[key])
        return found
