"""The side of the card: the people, the company, what is known of the deal, what they may say, other deals."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.i18n import _, format_day, translate
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.after_sale import AfterSale
from funnel_desk.ui.views.deals.feedback import FeedbackCards
from funnel_desk.ui.views.deals.hangs_on import HangsOn
from funnel_desk.ui.views.deals.in_the_way import InTheWay
from funnel_desk.ui.views.deals.linked import Linked
from funnel_desk.ui.views.deals.own_fields import OwnFields
from funnel_desk.ui.views.deals.people import People
from funnel_desk.ui.views.deals.section import DealSection
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.fold_list import FoldList
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present

_MARGIN = 16
_AROUND_FIRST = 3
"""So many sections stand above the company: who, what is in the way, what it hangs on."""


class About(QFrame):
    """`deal_wanted` tells the id of a linked deal, or of another one of the same company."""

    deal_wanted = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self._company, self._others = _Lines(), _Lines()
        self._facts, self._says = Facts(), FoldList(parts.look)
        self._linked, after = Linked(parts), AfterSale(parts)
        self._linked.deal_wanted.connect(self.deal_wanted)
        after.discontent.connect(self._offer_another)
        self.feedback = FeedbackCards(parts)
        self._sections: list[DealSection] = [
            People(parts),
            InTheWay(parts),
            HangsOn(parts),
            after,
            self._linked,
            self.feedback,
            OwnFields(parts),
        ]
        self._company_heading = SectionHeading("")
        self._blocks: list[tuple[SectionHeading, QWidget]] = [
            (self._company_heading, self._company),
            (SectionHeading(_("The deal")), self._facts),
            (SectionHeading(_("If they say")), self._says),
            (SectionHeading(_("Other deals")), self._others),
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN - 10, 16)
        column.setSpacing(8)
        for section in self._sections[:_AROUND_FIRST]:
            column.addWidget(section)
        column.addSpacing(4)
        for heading, block in self._blocks:
            column.addWidget(heading)
            column.addWidget(block)
            column.addSpacing(8)
        for section in self._sections[_AROUND_FIRST:]:
            column.addWidget(section)
        column.addStretch(1)

    def show_deal(self, card: DealCard) -> None:
        """Show what is known around this deal."""
        deal, company = card.situation.deal, card.company
        for section in self._sections:
            section.show_deal(card)
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
        ]
        self._facts.show_facts(known)
        self._says.show_lines([(phrases.quoted(one.says), phrases.of(one.answer)) for one in card.objections])
        self._show_others(card)
        shown = (company is not None, True, bool(card.objections), bool(card.other_deals))
        for (heading, block), is_shown in zip(self._blocks, shown, strict=True):
            present(heading, shown=is_shown)
            present(block, shown=is_shown)

    @Slot()
    def _offer_another(self) -> None:
        """Who is not satisfied is offered another instead, at once."""
        self._linked.begin("", "change_sale")

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
