"""The menu of the named views: those of the program, the person's own, and what can be done with one."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from funnel_desk.domain.saved_view import SavedView
from funnel_desk.i18n import _, translate
from funnel_desk.operations.saved_views import delete_view, move_view, rename_view, save_view, update_view
from funnel_desk.queries.saved_views import SHIPPED, saved_views
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.line_popup import LinePopup

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows now, as a view would keep it."""

    filter: dict[str, str]
    columns: tuple[str, ...]
    sort: tuple[str, ...]


class ViewsMenu:
    """Opens the menu under its button; `show` is called with the view that was chosen, `now` tells what is shown."""

    def __init__(
        self, parts: Parts, button: QToolButton, now: Callable[[], Shown], show: Callable[[SavedView], None],
        export: Callable[[], None],
    ) -> None:  # fmt: skip
        self._parts, self._button, self._now, self._show, self._export = parts, button, now, show, export
        self.current: SavedView | None = None
        button.clicked.connect(self.open)

    def view(self, view_id: str) -> SavedView | None:
        """A view by its id."""
        return next((one for one in (*SHIPPED, *self._parts.bridge.ask(saved_views)) if one.id == view_id), None)

    def take(self, view: SavedView | None) -> None:
        """Say on the button which view is shown; None: none by name."""
        self.current = view
        self._button.setText(name_of(view) if view else _("View"))

    def check(self) -> None:
        """After news: the view may have another name, or be gone."""
        if self.current is not None:
            self.take(self.view(self.current.id))

    def open(self) -> None:
        """Open the menu; the digits choose the first nine."""
        menu = QMenu(self._button)
        menu.setObjectName("deals.views.menu")
        menu.aboutToHide.connect(menu.deleteLater)
        own = self._parts.bridge.ask(saved_views)
        for place, view in enumerate((*SHIPPED, *own)):
            if view is (own[0] if own else None):
                menu.addSeparator()
            digit = f"&{place + 1}  " if place < _DIGITS else ""
            action = menu.addAction(digit + name_of(view).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self.current is not None and view.id == self.current.id)
            action.triggered.connect(lambda _on=False, view=view: self._show(view))
        menu.addSeparator()
        menu.addAction(_("Save this as a view…")).triggered.connect(self._save)
        export = menu.addAction(_("Export this view…"))
        export.setObjectName("deals.views.export")
        export.triggered.connect(self._export)
        if self.current is not None and self.current in own:
            self._offer_changes(menu, self.current, own.index(self.current), len(own))
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height() + 2)))
        first = menu.actions()[0]
        menu.setActiveAction(next((one for one in menu.actions() if one.isChecked()), first))

    def _offer_changes(self, menu: QMenu, view: SavedView, place: int, count: int) -> None:
        name = view.name.replace("&", "&&")
        menu.addAction(_("Let “{name}” show this", name=name)).triggered.connect(self._update)
        menu.addAction(_("Rename “{name}”…", name=name)).triggered.connect(self._rename)
        up = menu.addAction(_("Move “{name}” up", name=name))
        up.setEnabled(place > 0)
        up.triggered.connect(lambda: self._parts.bridge.run(move_view, view.id, place - 1))
        down = menu.addAction(_("Move “{name}” down", name=name))
        down.setEnabled(place < count - 1)
        down.triggered.connect(lambda: self._parts.bridge.run(move_view, view.id, place + 1))
        menu.addAction(_("Delete “{name}”", name=name)).triggered.connect(self._delete)

    def _save(self) -> None:
        def keep(name: str) -> bool:
            now = self._now()
            done = self._parts.bridge.run(save_view, name, now.filter, now.columns, now.sort)
            if done is not None:
                self.take(done.value)
                self._parts.bridge.tell(_("Saved: the view “{name}”.", name=done.value.name), done)
            return done is not None

        self._ask(_("Name of the view"), _("Save"), keep)

    def _update(self) -> None:
        view, now, bridge = self.current, self._now(), self._parts.bridge
        done = bridge.run(update_view, view.id, now.filter, now.columns, now.sort) if view else None
        if done is not None:
            self.take(done.value)
            bridge.tell(_("Saved: the view “{name}”.", name=done.value.name), done)

    def _rename(self) -> None:
        view = self.current
        if view is None:
            return

        def keep(name: str) -> bool:
            done = self._parts.bridge.run(rename_view, view.id, name)
            if done is not None:
                self.take(done.value)
            return done is not None

        self._ask(_("Name of the view"), _("Rename"), keep, text=view.name)

    def _delete(self) -> None:
        view, bridge = self.current, self._parts.bridge
        done = bridge.run(delete_view, view.id) if view else None
        if view is not None and done is not None:
            self.take(None)
            bridge.tell(_("Deleted: the view “{name}”. The deals stay.", name=view.name), done)

    def _ask(self, name: str, button: str, then: Callable[[str], bool], *, text: str = "") -> None:
        anchor: QWidget = self._button
        LinePopup(anchor, name, button, then, text=text).open_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))


def name_of(view: SavedView) -> str:
    """The name of a view: the program's are words of the program."""
    return translate(view.name) if view in SHIPPED else view.name
