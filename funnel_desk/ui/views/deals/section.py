"""A section of the card: facts of one kind, folded where the person wants it, one quiet line where there are none."""

from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.operations.desk import Operation
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.columns import bring_into_view
from funnel_desk.ui.widgets.fact_form import FactForm, FormField
from funnel_desk.ui.widgets.fact_list import FactLine, FactList
from funnel_desk.ui.widgets.labels import label, present, repolish

P = ParamSpec("P")
T = TypeVar("T")

Told = Mapping[str, str]


class DealSection(QWidget):
    """Says its lines, the fields an act asks for, and what an act does; this class shows them.

    An act of the section itself ("add") has an empty line key. An act without fields is done at once.
    """

    def __init__(self, parts: Parts, name: str, title: str, adds: Sequence[tuple[str, str]]) -> None:
        """`name` begins the object names; `adds` are (key, words) of what can be added."""
        super().__init__()
        self.setObjectName(f"card.{name}")
        self.parts, self._name, self._title, self._adds = parts, name, title, tuple(adds)
        self.card: DealCard | None = None
        self._asked = ("", "")
        self._fold = QPushButton(title.replace("&", "&&"))
        self._fold.setObjectName(f"{name}.fold")
        self._fold.setProperty("role", "section")
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold.setIconSize(QSize(12, 12))
        self._fold.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fold.clicked.connect(self._turn)
        self._count = label("", "faint")
        self._add = self._make_add()
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self._fold)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._add)
        self.list = FactList(parts.look, name)
        self.list.acted.connect(self.begin)
        self.form = FactForm(parts.look, name)
        self.form.hide()
        self.form.confirmed.connect(self._confirmed)
        self.form.left.connect(self._leave)
        self.inside = QVBoxLayout()
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(4)
        self.inside.addWidget(self.list)
        self.inside.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(self.inside)
        self._draw_fold()

    @property
    def here(self) -> DealCard:
        """The deal that is shown. Raises LookupError where there is none, when no act can begin."""
        if self.card is None:
            raise LookupError("no deal is shown")
        return self.card

    @property
    def deal_id(self) -> str:
        """Its id."""
        return self.here.situation.deal.id

    # --- what a section says -----------------------------------------------------------------------------------------

    def lines(self, card: DealCard) -> list[FactLine]:
        """The facts of a deal."""
        raise NotImplementedError

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        """The fields that an act needs; none where it can be done at once."""
        del act, key
        return ()

    def add(self, act: str, told: Told) -> bool:
        """Add what was told; whether it was done."""
        raise NotImplementedError

    def act_on(self, act: str, key: str, told: Told) -> bool:
        """Do an act with the line of this key; whether it was done."""
        raise NotImplementedError

    def count(self, card: DealCard) -> str:
        """What stands beside the heading, such as how many."""
        del card
        waiting = sum(not line.done for line in self.list.lines())
        return str(waiting) if waiting else ""

    # --- how it is shown ---------------------------------------------------------------------------------------------

    def show_deal(self, card: DealCard) -> None:
        """Show the facts of this deal."""
        other = self.card is None or self.card.situation.deal.id != card.situation.deal.id
        self.card = card
        if other:
            self.form.hide()
        self.list.show_lines(self.lines(card))
        if not self._is_there(self._asked[1]):  # undone, or gone by somebody else's act
            self.form.hide()
        text = self.count(card)
        self._count.setText(text)
        present(self._count, shown=bool(text))
        self._draw_fold()

    @Slot(str, str)
    def begin(self, key: str, act: str) -> None:
        """Begin an act: ask what it needs, or do it at once. What has gone meanwhile is let be."""
        if not self._is_there(key):
            return
        fields = self.asks(act, key)
        if not fields:
            self._do(act, key, {})
            return
        self._asked = (act, key)
        self._open(shown=True)
        self.form.begin(fields, self.button(act), self.parts.bridge.today())
        bring_into_view(self.form)

    def button(self, act: str) -> str:
        """The words on the button that does an act."""
        del act
        return _("Keep")

    def run(self, say: str, what: "Operation[P, T]", *args: P.args, **kwargs: P.kwargs) -> bool:
        """Do an operation and say so."""
        done = self.parts.bridge.run(what, *args, **kwargs)
        if done is not None:
            self.parts.bridge.tell(say, done)
        return done is not None

    @Slot(dict)
    def _confirmed(self, told: Told) -> None:
        if self.card is not None and self._do(*self._asked, told):
            self._leave()

    def _is_there(self, key: str) -> bool:
        return not key or any(line.key == key for line in self.list.lines())

    def _do(self, act: str, key: str, told: Told) -> bool:
        return self.act_on(act, key, told) if key else self.add(act, told)

    @Slot()
    def _leave(self) -> None:
        self.form.hide()
        places = [place for place, line in enumerate(self.list.lines()) if line.key == self._asked[1]]
        rows = self.findChildren(QWidget, f"{self._name}.line.{places[0]}") if places else []
        if rows and not self._add.isVisible():  # where nothing can be added, the keys stay with what was answered
            rows[-1].setFocus()
        else:
            self._add.setFocus()

    def _make_add(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"{self._name}.add")
        made.setProperty("role", "quiet")
        made.setIconSize(QSize(16, 16))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = self._adds[0][1] if len(self._adds) == 1 else _("Add: {what}", what=self._title)
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.clicked.connect(self._adding)
        self.parts.look.dress(made, "plus")
        present(made, shown=bool(self._adds))
        return made

    @Slot()
    def _adding(self) -> None:
        adds = self.offered()
        if len(adds) == 1:
            self.begin("", adds[0][0])
            return
        menu = QMenu(self)
        menu.setObjectName(f"{self._name}.adds")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in adds:
            action = menu.addAction(words)
            action.setObjectName(f"{self._name}.{key}")
            action.triggered.connect(_begin(self, key))
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def offered(self) -> Sequence[tuple[str, str]]:
        """What can be added to the deal that is shown."""
        return self._adds

    def offer_adding(self, *, shown: bool) -> None:
        """Whether anything can be added to the deal that is shown; a section with nothing at all is not shown."""
        present(self._add, shown=shown)
        present(self, shown=shown or bool(self.list.lines()))

    @Slot()
    def _turn(self) -> None:
        self._open(shown=self._is_folded())

    def _open(self, *, shown: bool) -> None:
        self.parts.memory.put(f"fold.{self._name}", "" if shown else "folded")
        self._draw_fold()

    def _is_folded(self) -> bool:
        return self.parts.memory.get(f"fold.{self._name}") == "folded"

    def _draw_fold(self) -> None:
        """The chevron, and whether the rows are seen; a section without rows has nothing to fold."""
        empty, folded = not self.list.lines(), self._is_folded()
        self.parts.look.dress(self._fold, "chevron-right" if folded or empty else "chevron", "dim", 12)
        self._fold.setEnabled(not empty)
        self._fold.setProperty("empty", "true" if empty else "false")
        repolish(self._fold)
        state = _("nothing yet") if empty else _("folded") if folded else ""
        self._fold.setAccessibleName(", ".join(part for part in (self._title, state) if part))
        for place in range(self.inside.count()):
            item = self.inside.itemAt(place)
            widget = item.widget() if item else None
            if widget is not None and widget is not self.form:
                present(widget, shown=not folded and not empty)
        if folded:
            self.form.hide()


def _begin(section: DealSection, key: str) -> Callable[[], None]:
    return lambda: section.begin("", key)
