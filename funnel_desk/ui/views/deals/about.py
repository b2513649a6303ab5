"""The side of the card: the people, the company, what is known of the deal, what they may say, other deals."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.people import Contact
from funnel_desk.i18n import _, format_day, translate
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.fold_list import FoldList
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present

_MARGIN = 16


class About(QFrame):
    """`deal_wanted` tells the id of another deal of the same company."""

    deal_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self._people, self._company, self._others = (_Lines() for _place in range(3))
        self._facts, self._says = Facts(), FoldList(look)
        self._company_heading = SectionHeading("")
        self._blocks: list[tuple[SectionHeading, QWidget]] = [
            (SectionHeading(_("People")), self._people),
            (self._company_heading, self._company),
            (SectionHeading(_("The deal")), self._facts),
            (SectionHeading(_("If they say")), self._says),
            (SectionHeading(_("Other deals")), self._others),
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN - 10, 16)
        column.setSpacing(8)
        for heading, block in self._blocks:
            column.addWidget(heading)
            column.addWidget(block)
            column.addSpacing(8)
        column.addStretch(1)

    def show_deal(self, card: DealCard) -> None:
        """Show what is known around this deal."""
        deal, company = card.situation.deal, card.company
        self._people.show_texts(_person(card.contact))
        if company is not None:
            self._company_heading.say(company.name)
        facts = (company.industry, company.segment, company.size, company.usage, company.site) if company else ()
        self._company.show_texts([(text, "dim") for text in facts if text])
        known = [
            (_("Pipeline"), phrases.of(card.pipeline.name)),
            (_("Kind"), "" if deal.kind == "new" else phrases.deal_kind(deal.kind)),
            (_("Product"), deal.product),
            (_("Segment"), deal.segment),
            (_("Need"), deal.note),
            (_("Number"), deal.external_id),
            (_("Created"), format_day(deal.created_at[:10], "long")),
            (_("Tags"), ", ".join(deal.tags)),
            *deal.own_fields.items(),
        ]
        self._facts.show_facts(known)
        self._says.show_lines([(phrases.quoted(one.says), phrases.of(one.answer)) for one in card.objections])
        self._show_others(card)
        shown = (card.contact is not None, company is not None, True, bool(card.objections), bool(card.other_deals))
        for (heading, block), is_shown in zip(self._blocks, shown, strict=True):
            present(heading, shown=is_shown)
            present(block, shown=is_shown)

    def _show_others(self, card: DealCard) -> None:
        self._others.clear()
        for deal_id, title, outcome, value, currency in card.other_deals:
            link = QPushButton(title.replace("&", "&&"))
            link.setProperty("role", "link")
            link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            link.clicked.connect(lambda _checked=False, deal_id=deal_id: self.deal_wanted.emit(deal_id))
            self._others.add(link)
            about = (translate(phrases.OUTCOMES[outcome]).lower(), phrases.money(value, currency))
            self._others.add(label(", ".join(part for part in about if part), "note"))


class _Lines(QWidget):
    """Lines under each other; shown again only when they changed."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_texts(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these (text, role)."""
        self.clear()
        for text, role in lines:
            self.add(label(text, "dim" if role == "dim" else "", wrap=True))

    def add(self, widget: QWidget) -> None:
        """One more."""
        self._column.addWidget(widget)

    def clear(self) -> None:
        """None."""
        discard_all(self._column)


def _person(contact: Contact | None) -> list[tuple[str, str]]:
    if contact is None:
        return []
    more = (contact.role, contact.phone, contact.email, contact.messenger, contact.attitude, contact.note)
    return [(contact.name, ""), *((text, "dim") for text in more if text)]
