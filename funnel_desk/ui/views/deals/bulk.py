"""What is done with all chosen deals at once: the popups that ask for it, and what is said of it afterwards."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from funnel_desk.domain.moments import add_days
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import _, format_number, ngettext, translate_problem
from funnel_desk.operations import bulk
from funnel_desk.operations.bulk import Bulk
from funnel_desk.operations.desk import Operation
from funnel_desk.progress import Progress
from funnel_desk.queries.deal_values import known_values
from funnel_desk.queries.deals import OWN, ids_of
from funnel_desk.queries.outlines import pipeline_outlines
from funnel_desk.queries.pipelines import lost_reasons
from funnel_desk.queries.saved_views import own_fields
from funnel_desk.ui import phrases
from funnel_desk.ui.bridge import Done
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.line_popup import LinePopup, put_on_screen
from funnel_desk.ui.views.deals.lost_form import LostForm
from funnel_desk.ui.views.deals.typed_cells import COMPLETED, typed
from funnel_desk.ui.widgets.plan_form import PlanForm

MANY = 25
"""More deals than these are changed apart from the window."""

_MOST_TOLD = 3
_WIDTH = 320


class BulkActs:
    """`keys` gives the keys of the chosen deals; popups open at `place`, on the screen."""

    def __init__(
        self, parts: Parts, owner: QWidget, keys: Callable[[], Sequence[int]], place: Callable[[], QPoint]
    ) -> None:
        self._parts, self._owner, self._keys, self._place = parts, owner, keys, place

    def act(self, name: str) -> None:
        """Begin an act by its name: move, lose, edit, tag, plan, delete. Nothing happens where nothing is chosen."""
        begin: dict[str, Callable[[], None]] = {
            "move": self._move, "lose": self._lose, "edit": self._edit, "tag": partial(self._tag, remove=False),
            "plan": self._plan, "delete": self._delete,
        }  # fmt: skip
        if self._keys() and name in begin:
            begin[name]()

    # --- asking ------------------------------------------------------------------------------------------------------

    def _move(self) -> None:
        menu = self._menu("deals.move.menu")
        found = self._parts.bridge.ask(pipeline_outlines)
        for pipeline, stages in found:
            into = menu.addMenu(phrases.of(pipeline.name)) if len(found) > 1 else menu
            for place, stage in enumerate(stages):
                name = phrases.of(stage.name)
                act = partial(self._do, bulk.move_deals, self._moved(name), stage.id)
                _add(into, f"&{place + 1}  {name.replace('&', '&&')}", act)
        self._open(menu)

    def _lose(self) -> None:
        form = LostForm()
        popup = self._popup("deals.lose", form)

        def lose(reason: str, note: str) -> None:
            popup.close()
            self._do(bulk.lose_deals, self._lost, reason=reason, note=note)

        form.confirmed.connect(lose)
        form.left.connect(popup.close)
        form.begin(self._parts.bridge.ask(lost_reasons))

    def _plan(self) -> None:
        form = PlanForm(self._parts.look)
        popup = self._popup("deals.plan", form)

        def plan(kind: str, day: str, text: str) -> None:
            popup.close()
            self._do(bulk.plan_for_deals, self._planned, kind, day, text=text)

        form.planned.connect(plan)
        form.left.connect(popup.close)
        form.begin(add_days(self._parts.bridge.today(), 1, working=True))

    def _edit(self) -> None:
        menu = self._menu("deals.edit.menu")
        names = {
            "owner": _("Owner"), "value": _("Value"), "chance": _("Chance"), "expected": _("Closes"),
            "source": _("Source"), "product": _("Product"), "segment": _("Segment"),
        }  # fmt: skip
        for key, name in names.items():
            _add(menu, name + "…", partial(self._ask_value, key, name))
        kinds = menu.addMenu(_("Kind of sale"))
        for kind in ("new", "repeat", "cross_sell", "up_sell", "change_sale"):
            fields = {"kind": kind}
            _add(kinds, phrases.deal_kind(kind), partial(self._do, bulk.edit_deals, self._changed, fields))
        menu.addSeparator()
        _add(menu, _("Add a tag…"), partial(self._tag, remove=False))
        _add(menu, _("Remove a tag…"), partial(self._tag, remove=True))
        days = _("Days between touches")
        _add(menu, _("Touch every so many days…"), partial(self._ask_value, "touch_every", days))
        own = self._parts.bridge.ask(own_fields)
        if own:
            menu.addSeparator()
        for field in own:
            _add(menu, f"{field.name}…".replace("&", "&&"), partial(self._ask_value, OWN + field.name, field.name))
        self._open(menu)

    def _ask_value(self, key: str, name: str, _on: bool = False) -> None:
        bridge = self._parts.bridge
        own = next((one for one in bridge.ask(own_fields) if OWN + one.name == key), None)

        def take(text: str) -> bool:
            try:
                fields = typed(key, text, name, bridge.desk.workspace.currency, own)
            except Refusal as why:
                bridge.explain(why)
                return False
            if key.startswith(OWN):
                self._do(bulk.edit_deals, self._changed, {}, own={key[len(OWN) :]: str(fields[key])})
            else:
                self._do(bulk.edit_deals, self._changed, fields)
            return True

        known = bridge.ask(known_values, COMPLETED[key]) if key in COMPLETED else own.choices if own else ()
        self._ask(name, _("Set"), take, known)

    def _tag(self, _on: bool = False, *, remove: bool) -> None:
        def take(text: str) -> bool:
            fields = typed("tags", text, _("Tags"), "")
            told: Any = {"remove" if remove else "add": fields["tags"]}
            if text:
                self._do(bulk.tag_deals, self._changed, **told)
            return bool(text)

        known = self._parts.bridge.ask(known_values, "tags")
        if remove:
            self._ask(_("Tag to remove"), _("Remove"), take, known)
        else:
            self._ask(_("Tag to add"), _("Add"), take, known)

    def _delete(self) -> None:
        self._do(bulk.delete_deals, self._deleted)

    def _ask(self, name: str, button: str, take: Callable[[str], bool], known: Sequence[str]) -> None:
        LinePopup(self._owner, name, button, take, known=known).open_at(self._place())

    def _popup(self, name: str, form: QWidget) -> QFrame:
        popup = QFrame(self._owner, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setObjectName(name)
        popup.setProperty("ground", "panel")
        column = QVBoxLayout(popup)
        column.setContentsMargins(12, 10, 12, 12)
        column.addWidget(form)
        popup.setMinimumWidth(_WIDTH)
        popup.adjustSize()
        put_on_screen(popup, self._place())
        popup.show()
        return popup

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self._owner)
        menu.setObjectName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open(self, menu: QMenu) -> None:
        menu.popup(self._place())
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    # --- doing -------------------------------------------------------------------------------------------------------

    def _do(self, what: Operation[Any, Bulk], say: Callable[[int], str], *args: object, **kwargs: object) -> None:
        """Do it with the chosen deals, apart from the window where they are many; then tell what came of it."""
        bridge = self._parts.bridge
        ids = bridge.ask(ids_of, self._keys())
        if len(ids) <= MANY:
            done = bridge.run(what, ids, *args, **kwargs)
            if done is not None:
                self._tell(say, done)
            return

        def work(progress: Progress) -> Done[Bulk]:
            value, batch = bridge.desk.run_named(what, ids, *args, progress=progress, **kwargs)
            return Done(value, batch)

        n = ngettext("{count} deal", "{count} deals", len(ids), count=format_number(len(ids)))
        self._parts.jobs.write(_("Changing {deals}", deals=n), work, lambda done: self._tell(say, done))

    def _tell(self, say: Callable[[int], str], done: Done[Bulk]) -> None:
        found = done.value
        told = [say(found.done)] if found.done or not found.held else []
        if found.held:
            named = [f"“{one.title}”: {translate_problem(one.why)}" for one in found.held[:_MOST_TOLD]]
            rest = len(found.held) - len(named)
            told.append(
                ngettext("{count} deal stays:", "{count} deals stay:", len(found.held),
                         count=format_number(len(found.held)))
            )  # fmt: skip
            told += named
            if rest:
                told.append(ngettext("And {count} more.", "And {count} more.", rest, count=format_number(rest)))
        self._parts.bridge.tell(" ".join(told), done)

    @staticmethod
    def _moved(stage: str) -> Callable[[int], str]:
        return lambda n: ngettext(
            "{count} deal moved to “{stage}”.",
            "{count} deals moved to “{stage}”.",
            n,
            count=format_number(n),
            stage=stage,
        )

    @staticmethod
    def _changed(n: int) -> str:
        return ngettext("{count} deal changed.", "{count} deals changed.", n, count=format_number(n))

    @staticmethod
    def _lost(n: int) -> str:
        return ngettext("{count} deal closed as lost.", "{count} deals closed as lost.", n, count=format_number(n))

    @staticmethod
    def _planned(n: int) -> str:
        return ngettext("Planned for {count} deal.", "Planned for {count} deals.", n, count=format_number(n))

    @staticmethod
    def _deleted(n: int) -> str:
        return ngettext("{count} deal deleted.", "{count} deals deleted.", n, count=format_number(n))


def _add(menu: QMenu, text: str, act: Callable[[], None]) -> None:
    menu.addAction(text).triggered.connect(lambda _on=False: act())
