"""Before two records become one: which value wins, field by field, and what moves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from funnel_desk.domain.people import Company, Contact
from funnel_desk.i18n import _, format_number, ngettext, translate
from funnel_desk.queries.companies import company_card
from funnel_desk.queries.duplicates import MergeSize, Pair, merge_size, record
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.customers.fields import FIELDS, RecordField, read
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Elided, SectionHeading, discard_all, keep_width, label, present

_MARGIN, _NAMES_WIDTH = 16, 124
_KEPT, _OTHER = 0, 1


class MergePreview(QWidget):
    """`merge_wanted`: (id that stays, id that goes, fields taken from that one). `apart_wanted`: they are two."""

    merge_wanted = Signal(str, str, object)
    apart_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._pair: Pair | None = None
        self._ids = ("", "")
        self._groups: dict[str, QButtonGroup] = {}
        self._heading = label("", "name", wrap=True, name="duplicates.heading")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._moves = label("", "dim", wrap=True, name="duplicates.moves")
        self._merge = self._button("merge", _("Merge them"), "primary")
        self._swap = self._button("swap", _("Keep the other one"), "")
        self._apart = self._button("apart", _("Not a duplicate"), "")
        self._merge.clicked.connect(self._confirm)
        self._swap.clicked.connect(self._turn_round)
        self._apart.clicked.connect(self.apart_wanted)
        buttons = FlowLayout(spacing=8)
        for button in (self._merge, self._swap, self._apart):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN - 10, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(self._grid)
        column.addWidget(self._moves)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_pair(self, pair: Pair) -> bool:
        """Show these two as they are now, the one with more on it first; False if one of them is gone."""
        bridge = self._parts.bridge
        sizes = [bridge.ask(merge_size, pair.kind, one) for one in (pair.first, pair.second)]
        swap = _weight(sizes[1]) > _weight(sizes[0])
        self._pair = pair
        self._ids = (pair.second, pair.first) if swap else (pair.first, pair.second)
        return self._show()

    def choices(self) -> frozenset[str]:
        """The fields that are taken from the one that goes."""
        return frozenset(key for key, group in self._groups.items() if group.checkedId() == _OTHER)

    def _show(self) -> bool:
        pair, bridge = self._pair, self._parts.bridge
        if pair is None:
            return False
        kept, other = (bridge.ask(record, pair.kind, one) for one in self._ids)
        if kept is None or other is None:
            return False
        discard_all(self._grid)
        self._groups.clear()
        self._heading.setText(_("“{name}” stays, “{other}” goes", name=kept.name, other=other.name))
        owners = [self._company_of(one) for one in (kept, other)]
        for place, title in ((1, _("Stays")), (2, _("Goes"))):
            self._grid.addWidget(SectionHeading(title), 0, place)
        row = 1
        for field in FIELDS[pair.kind]:
            texts = [read(one, field, owner) for one, owner in zip((kept, other), owners, strict=True)]
            if any(texts):
                self._add_field(row, field, texts)
                row += 1
        self._moves.setText(_moves(bridge.ask(merge_size, pair.kind, other.id), kept.name, other.name))
        return True

    def _add_field(self, row: int, field: RecordField, texts: Sequence[str]) -> None:
        name = translate(field.title)
        words = label(name, "dim", wrap=True)
        keep_width(words, _NAMES_WIDTH)
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        if texts[0] == texts[1]:
            self._grid.addWidget(Elided(" ".join(texts[0].split())), row, 1, 1, 2)
            return
        group = QButtonGroup(self)
        for place, text in enumerate(texts):
            one = " ".join(text.split()) or _("nothing")
            button = QRadioButton()
            button.setObjectName(f"duplicates.{field.key}.{place}")
            button.setAccessibleName(f"{name}: {one}")
            button.setToolTip(text)
            group.addButton(button, place)
            cell = QWidget()
            side = QHBoxLayout(cell)
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(4)
            side.addWidget(button)
            told = Elided(one, "" if text else "dim")
            told.setBuddy(button)
            side.addWidget(told, 1)
            self._grid.addWidget(cell, row, 1 + place)
        group.button(_KEPT if texts[_KEPT] else _OTHER).setChecked(True)
        self._groups[field.key] = group

    def _company_of(self, one: Company | Contact) -> str:
        if isinstance(one, Company) or not one.company_id:
            return ""
        card = self._parts.bridge.ask(company_card, one.company_id)
        return card.company.name if card else ""

    @Slot()
    def _turn_round(self) -> None:
        self._ids = (self._ids[1], self._ids[0])
        self._show()

    @Slot()
    def _confirm(self) -> None:
        taken = set(self.choices())
        if "potential" in taken:
            taken.add("potential_currency")
        self.merge_wanted.emit(*self._ids, frozenset(taken))

    def _button(self, key: str, text: str, role: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(f"duplicates.{key}")
        made.setProperty("role", role)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present(made, shown=True)
        return made


def _weight(size: MergeSize) -> int:
    return size.deals + size.contacts + size.talks + size.parts


def _moves(size: MergeSize, kept: str, other: str) -> str:
    """What moves, in one sentence."""
    parts = [
        ngettext("{n} deal", "{n} deals", size.deals, n=format_number(size.deals)) if size.deals else "",
        ngettext("{n} contact", "{n} contacts", size.contacts, n=format_number(size.contacts)) if size.contacts else "",
        ngettext("{n} talk", "{n} talks", size.talks, n=format_number(size.talks)) if size.talks else "",
        ngettext("{n} part in deals", "{n} parts in deals", size.parts, n=format_number(size.parts))
        if size.parts
        else "",
    ]
    told = ", ".join(part for part in parts if part)
    if told:
        return _("To “{name}” move: {what}. “{other}” is deleted. One undo takes it all back.",
                 name=kept, what=told, other=other)  # fmt: skip
    return _("Nothing hangs on “{other}”: it is deleted. One undo takes it all back.", other=other)
