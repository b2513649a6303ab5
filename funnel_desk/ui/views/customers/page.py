"""The page of the customers: by value, as companies and contacts, duplicates, niches, sources, and whom to care for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout

from funnel_desk.i18n import N_, _, translate
from funnel_desk.ui.route import ShowRecord
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.customers.care import CarePage
from funnel_desk.ui.views.customers.pairs import PairsPage
from funnel_desk.ui.views.customers.records import RecordsPage
from funnel_desk.ui.views.customers.segments import SegmentsPage
from funnel_desk.ui.views.customers.sources import SourcesPage
from funnel_desk.ui.views.customers.value import ValuePage
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.segmented import Segmented

_PARTS = (
    ("value", N_("By value")),
    ("company", N_("Companies")),
    ("contact", N_("Contacts")),
    ("pairs", N_("Duplicates")),
    ("segments", N_("Segments")),
    ("sources", N_("Sources")),
    ("care", N_("Care")),
)
_MARGIN = 16


class CustomersPage(Page):
    """Each part is made when it is first shown; a hidden one is asked again once it is shown."""

    needs = FACTS | {"not_duplicate", "rate", "source_cost"}
    has_search = True

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: dict[str, Page] = {}
        self._stale: set[str] = set()
        self.switch = Segmented([(key, translate(word)) for key, word in _PARTS], _("Customers as"))
        self.switch.setObjectName("customers.switch")
        self.switch.chosen.connect(self.show_part)
        self.combo = FitCombo("customers.parts", _("Customers as"))
        for key, word in _PARTS:
            self.combo.addItem(translate(word), key)
        self.combo.activated.connect(lambda place: self.show_part(str(self.combo.itemData(place))))
        self.combo.hide()
        self._stack = QStackedWidget()
        top = frame("plain")
        row = QHBoxLayout(top)
        row.setContentsMargins(_MARGIN, 12, _MARGIN, 0)
        row.addWidget(self.switch)
        row.addWidget(self.combo)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._stack, 1)
        self.add_deed("customers.next", _("Customers: the next part"), partial(self._step, 1), "Ctrl+Tab")
        self.add_deed("customers.before", _("Customers: the part before"), partial(self._step, -1), "Ctrl+Shift+Tab")
        for key, word in _PARTS:
            self.add_deed(
                f"customers.{key}", _("Customers: {part}", part=translate(word)), partial(self.show_part, key)
            )  # fmt: skip
        self.add_deed("customers.everything", _("Everything about this person…"), partial(self._with_person, "save"))
        self.add_deed("customers.erase", _("Erase this person…"), partial(self._with_person, "erase"))
        kept = parts.memory.get("customers.part")
        self.show_part(kept if kept in dict(_PARTS) else "value")

    @property
    def part(self) -> Page:
        """The part that is shown."""
        return self._shown[self.switch.key()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the switch has no room, a list of the same parts stands for it."""
        super().resizeEvent(event)
        fits = event.size().width() >= self.switch.sizeHint().width() + 2 * _MARGIN
        held = QApplication.focusWidget()
        had_focus = held is self.combo or (held is not None and self.switch.isAncestorOf(held))
        self.switch.setVisible(fits)
        self.combo.setVisible(not fits)
        if had_focus:
            (self.switch if fits else self.combo).setFocus()

    def caption(self) -> Caption:
        return self.part.caption()

    def refresh(self) -> None:
        self._stale = set(self._shown) - {self.switch.key()}
        self.part.refresh()

    def arrive(self, destination: object) -> None:
        if isinstance(destination, ShowRecord):
            self.show_part(destination.kind)
            self.part.arrive(destination)

    def leave_crumb(self) -> None:
        self.part.leave_crumb()

    def start_search(self) -> bool:
        return self.part.start_search()

    def keep(self) -> None:
        self._parts.memory.put("customers.part", self.switch.key())
        for shown in self._shown.values():
            shown.keep()

    @Slot(str)
    def show_part(self, key: str) -> None:
        """Show a part by its key."""
        if key not in self._shown:
            made = self._shown[key] = self._makers()[key]()
            self._stack.addWidget(made)
            made.caption_changed.connect(self.caption_changed)
        elif key in self._stale:
            self._shown[key].refresh()
        self._stale.discard(key)
        self.switch.set_key(key)
        self.combo.setCurrentIndex(self.combo.findData(key))
        self._stack.setCurrentWidget(self._shown[key])
        self.setFocusProxy(self._shown[key])
        self.caption_changed.emit()

    def _step(self, by: int) -> None:
        keys = self.switch.keys()
        self.show_part(keys[(keys.index(self.switch.key()) + by) % len(keys)])

    def _with_person(self, act: str) -> None:
        """Save or erase what is known of the contact that is shown among the contacts."""
        self.show_part("contact")
        card = self.part.card if isinstance(self.part, RecordsPage) else None
        if card is None or card.record is None:
            self._parts.bridge.refused.emit(_("Choose a contact first."))
        else:
            (card.save_person if act == "save" else card.erase_person)()

    def _makers(self) -> dict[str, Callable[[], Page]]:
        return {
            "value": lambda: ValuePage(self._parts),
            "company": lambda: RecordsPage(self._parts, "company"),
            "contact": lambda: RecordsPage(self._parts, "contact"),
            "pairs": lambda: PairsPage(self._parts),
            "segments": lambda: SegmentsPage(self._parts),
            "sources": lambda: SourcesPage(self._parts),
            "care": lambda: CarePage(self._parts),
        }
