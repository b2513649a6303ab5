"""The card of a company or a contact: its fields, its people, its deals and what was said."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.moments import day_of
from funnel_desk.domain.not_duplicate import RecordKind
from funnel_desk.domain.people import Company, Contact
from funnel_desk.i18n import _, format_money, ngettext, translate
from funnel_desk.operations import people
from funnel_desk.queries.companies import CompanyCard, company_card
from funnel_desk.queries.contacts import ContactCard, contact_card
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.person_records import RecordDeal, Talk, Total, record_deal_ids
from funnel_desk.ui import phrases
from funnel_desk.ui.bridge import Done
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.models.timeline import TimelineLine
from funnel_desk.ui.painting import text_width
from funnel_desk.ui.route import ShowRecord
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.customers.fields import FIELDS, RecordField, shown, typed
from funnel_desk.ui.views.customers.inline import InlineFields
from funnel_desk.ui.views.customers.person_acts import save_everything, start_erasing
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Elided, SectionHeading, discard_all, frame, label, present
from funnel_desk.ui.widgets.row_table import CELL_PADDING, ROW_HEIGHT, RowTable
from funnel_desk.ui.widgets.timeline import Timeline

_MARGIN, _BETWEEN = 16, 18
_SIDE_BY_SIDE = 580
_MOST_ROWS = 9
_VALUE = 2
_NARROWEST, _WIDEST = 60, 150  # of a column beside the titles, px


class RecordCard(QFrame):
    """Shows one, by its id. `gone` when it was deleted here."""

    gone = Signal()

    def __init__(self, parts: Parts, kind: RecordKind) -> None:
        super().__init__()
        self.setObjectName(f"{kind}.card")
        self.setProperty("ground", "plain")
        self._parts, self._kind = parts, kind
        self._card: CompanyCard | ContactCard | None = None
        self._title = Elided("", "title", name=f"{kind}.title")
        self._people_heading = SectionHeading(_("People") if kind == "company" else _("Company"))
        self._people = QWidget()
        self._links = FlowLayout(self._people, spacing=8)
        self._new_person = QLineEdit()
        self._new_person.setObjectName(f"{kind}.new_person")
        self._new_person.setAccessibleName(_("Add a person"))
        self._new_person.setPlaceholderText(_("Add a person"))
        self._new_person.returnPressed.connect(self._add_person)
        present(self._new_person, shown=kind == "company")
        self.fields = InlineFields(kind, FIELDS[kind], self._take)
        self._deals_heading, self._totals = SectionHeading(_("Deals")), label("", "dim", wrap=True)
        self.deals = _DealsTable(parts.look, f"{kind}.deals")
        self.deals.deal_wanted.connect(lambda deal_id: parts.route.go("deals", deal_id))
        self._all = self._button("all_deals", _("Show in the list of deals"), self._show_deals, role="link")
        self._talks_heading = SectionHeading(_("What happened"))
        self._talks = Timeline(parts.look, _("What happened"))
        self._talks.setObjectName(f"{kind}.talks")
        self._nothing_said = label(_("Nothing yet. Talks are logged on the card of a deal."), "note", wrap=True)
        self._delete = self._button("delete", _("Delete"), self._delete_it)
        self._more = self._make_more()
        self._arrange()

    @property
    def record(self) -> Company | Contact | None:
        """What is shown; None if nothing is."""
        card = self._card
        if card is None:
            return None
        return card.company if isinstance(card, CompanyCard) else card.contact

    def show_record(self, record_id: str) -> bool:
        """Show this one as it is now; False if there is none of this id (any more)."""
        bridge = self._parts.bridge
        if self.record is not None and self.record.id != record_id:
            self.fields.commit()
            self.fields.forget()
        card: CompanyCard | ContactCard | None
        card = bridge.ask(company_card if self._kind == "company" else contact_card, record_id) if record_id else None
        self._card = card
        record = self.record
        if card is None or record is None:
            return False
        owner = card.company.name if isinstance(card, ContactCard) and card.company else ""
        self._title.setText(record.name)
        self.fields.show_values({field.key: shown(record, field, owner) for field in FIELDS[self._kind]})
        self._show_people(card)
        self._deals_heading.say(_("Deals"), sum(total.count for total in card.totals))
        self._totals.setText(_sums(card.totals))
        present(self._totals, shown=bool(self._totals.text()))
        self.deals.show_deals(card.deals)
        present(self.deals, shown=bool(card.deals))
        present(self._all, shown=bool(card.deals))
        today, zone = bridge.today(), bridge.desk.workspace.time_zone
        self._talks.events.show_lines([_talk_line(talk, today, zone) for talk in card.talks])
        present(self._talks, shown=bool(card.talks))
        present(self._nothing_said, shown=not card.talks)
        return True

    def commit(self) -> None:
        """Keep what is still being typed."""
        self.fields.commit()

    def _show_people(self, card: CompanyCard | ContactCard) -> None:
        discard_all(self._links)
        if isinstance(card, CompanyCard):
            self._people_heading.say(_("People"), len(card.people))
            for one in card.people:
                self._links.addWidget(self._link("contact", one.id, one.name))
        elif card.company is not None:
            self._links.addWidget(self._link("company", card.company.id, card.company.name))
        present(self._people_heading, shown=isinstance(card, CompanyCard) or card.company is not None)

    def _link(self, kind: str, record_id: str, name: str) -> QPushButton:
        made = QPushButton(name.replace("&", "&&"))
        made.setProperty("role", "link")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self._parts.route.go("customers", ShowRecord(kind, record_id)))
        return made

    def _take(self, field: RecordField, text: str) -> bool:
        """Keep what was typed into a field; the person is told where it cannot be."""
        record, bridge = self.record, self._parts.bridge
        if record is None:
            return False
        values = typed(field, text, bridge.desk.workspace.currency)
        if values is None:
            bridge.refused.emit(_("“{text}” cannot be read here.", text=text.strip()))
            return False
        done: Done[Any] | None
        if self._kind == "company":
            done = bridge.run(people.edit_company, record.id, **values)
        else:
            done = bridge.run(people.edit_contact, record.id, **values)  # type: ignore[arg-type]  # a field's own
        if done is None:
            return False
        told = _("“{name}” is changed: {field}.", name=record.name, field=translate(field.title))
        bridge.tell(told, done)
        return True

    @Slot()
    def _add_person(self) -> None:
        record, name = self.record, self._new_person.text().strip()
        if record is None or not name:
            return
        done = self._parts.bridge.run(people.new_contact, name=name, company_id=record.id)
        if done is not None:
            self._new_person.clear()
            self._parts.bridge.tell(_("New contact: “{name}”.", name=name), done)

    @Slot()
    def _delete_it(self) -> None:
        record = self.record
        if record is None:
            return
        bridge = self._parts.bridge
        if self._kind == "company":
            done = bridge.run(people.delete_company, record.id)
        else:
            done = bridge.run(people.delete_contact, record.id)
        if done is not None:
            bridge.tell(_("“{name}” is deleted.", name=record.name), done)
            self.gone.emit()

    @Slot()
    def _show_deals(self) -> None:
        if self.record is not None:
            owner = "company_id" if self._kind == "company" else "contact_id"
            ids = self._parts.bridge.ask(record_deal_ids, owner, self.record.id)  # type: ignore[arg-type]
            self._parts.route.go("deals", DealFilter(keys=tuple(ids)))

    @Slot()
    def save_person(self) -> None:
        """Ask where to write everything about the contact shown."""
        if isinstance(self.record, Contact):
            save_everything(self.window(), self._parts, self.record)

    @Slot()
    def erase_person(self) -> None:
        """Offer to erase the contact shown."""
        if isinstance(self.record, Contact):
            start_erasing(self.window(), self._parts, self.record)

    def _make_more(self) -> QPushButton:
        """A menu of what concerns all that is known of a person."""
        made = QPushButton(_("Personal data"))
        made.setObjectName(f"{self._kind}.more")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(made)
        menu.setAccessibleName(_("Personal data"))
        for key, text, act in (
            ("everything", _("Everything about this person…"), self.save_person),
            ("erase", _("Erase this person…"), self.erase_person),
        ):
            action = menu.addAction(text)
            action.setObjectName(f"{self._kind}.{key}")
            action.triggered.connect(act)
        made.setMenu(menu)
        present(made, shown=self._kind == "contact")
        return made

    def _button(self, key: str, text: str, act: Callable[[], None], *, role: str = "") -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(f"{self._kind}.{key}")
        made.setProperty("role", role)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(act)
        return made

    def _arrange(self) -> None:
        head = frame("bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        row.addWidget(self._title, 1)
        row.addWidget(self._more)
        row.addWidget(self._delete)
        left, right = frame("plain"), frame("plain")
        known = QVBoxLayout(left)
        known.setContentsMargins(_MARGIN, 14, _MARGIN - 10, 16)
        known.setSpacing(8)
        for part in (self._people_heading, self._people, self._new_person):
            known.addWidget(part)
        known.addSpacing(6)
        known.addWidget(self.fields)
        known.addStretch(1)
        done = QVBoxLayout(right)
        done.setContentsMargins(_MARGIN, 14, _MARGIN - 10, 16)
        done.setSpacing(8)
        for part in (self._deals_heading, self._totals, self.deals):
            done.addWidget(part)
        done.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        done.addSpacing(_BETWEEN)
        for part in (self._talks_heading, self._talks, self._nothing_said):
            done.addWidget(part)
        done.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Columns([(left, 44), (right, 56)], _SIDE_BY_SIDE, [right, left]), 1)


class _DealsTable(RowTable):
    """The deals of a client; a click or Enter opens one."""

    deal_wanted = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        self._table = TextTableModel()
        super().__init__(look, _("Deals"), self._table, [120, 120, 104], 0)
        self._table.setParent(self)
        self._ids: tuple[str, ...] = ()
        self.setObjectName(name)
        self.horizontalHeader().hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_deals(self, deals: Sequence[RecordDeal]) -> None:
        """Show these."""
        held = self.currentIndex().row()
        self._ids = tuple(deal.id for deal in deals)
        rows = [(deal.title, _state(deal), phrases.money(deal.value, deal.currency)) for deal in deals]
        self._table.show_table(["", "", ""], rows, figures={_VALUE})
        for column, kind in ((1, "body"), (_VALUE, "figures")):
            widest = max((text_width(row[column], self._look.font(kind)) for row in rows), default=0)  # type: ignore[arg-type]
            self.setColumnWidth(column, min(_WIDEST, max(_NARROWEST, widest + 2 * CELL_PADDING + 2)))
        self.setFixedHeight(ROW_HEIGHT * min(len(rows), _MOST_ROWS) + 2)
        if held >= 0:
            self.choose(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.deal_wanted.emit(self._ids[index.row()])


def _state(deal: RecordDeal) -> str:
    if deal.outcome == "open":
        return phrases.of(deal.stage)
    return translate(phrases.OUTCOMES[deal.outcome]).lower()


def _sums(totals: Sequence[Total]) -> str:
    """What the deals add up to, a line a currency."""
    lines = []
    for total in totals:
        if total.currency and (total.open or total.won):
            said = [
                _("open {amount}", amount=format_money(total.open, total.currency)) if total.open else "",
                _("won {amount}", amount=format_money(total.won, total.currency)) if total.won else "",
            ]
            lines.append(", ".join(part for part in said if part))
    return "\n".join(lines)


def _talk_line(talk: Talk, today: str, zone: str) -> TimelineLine:
    moment = talk.at or talk.planned_for or ""
    about = [
        _("planned") if talk.at is None else "",
        phrases.kind_name(talk.kind),
        ngettext("{n} min", "{n} min", talk.minutes) if talk.minutes else "",
        talk.deal,
    ]
    told = talk.text.strip() or phrases.kind_name(talk.kind)
    day = phrases.day_words(day_of(moment, zone), today) if moment else ""
    return TimelineLine(talk.id, day, told, ", ".join(part for part in about if part and part != told))
