"""The card of one deal: head, checklist, words and history, and what is known around it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QFrame, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.operations import deals
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.about import About
from funnel_desk.ui.views.deals.checklist import Checklist
from funnel_desk.ui.views.deals.disagree_line import DisagreeLine
from funnel_desk.ui.views.deals.form import DealForm
from funnel_desk.ui.views.deals.head import CardHead
from funnel_desk.ui.views.deals.talk import Talk
from funnel_desk.ui.widgets.columns import Columns, scrolling
from funnel_desk.ui.widgets.labels import frame, label

_SIDE_BY_SIDE = 820


class Card(QFrame):
    """Shows one deal, by its id. `deal_wanted` asks for another one."""

    deal_wanted = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("ground", "plain")
        self._parts = parts
        self._card: DealCard | None = None
        self._deal_id = ""
        self._head, self._checklist = CardHead(parts.look), Checklist(parts)
        self._differs = DisagreeLine(parts)
        self._talk, self._about = Talk(parts, self), About(parts)
        self._form = DealForm(parts, "deal", _("Save"))
        self._form.saved.connect(self._save)
        self._form.left.connect(self._close_form)
        self._head.stage_chosen.connect(self._checklist.move_to)
        self._head.change_wanted.connect(self._open_form)
        self._head.stage_chance_wanted.connect(self._take_stage_chance)
        self._checklist.step_chosen.connect(self._talk.show_step)
        self._talk.loss_wanted.connect(self._checklist.begin_loss)
        self._about.deal_wanted.connect(self.deal_wanted)
        columns = [(self._checklist, 30), (self._talk, 42), (self._about, 28)]
        whole = Columns([*columns], _SIDE_BY_SIDE, [self._talk, self._checklist, self._about])
        editing = frame("plain")
        inside = QVBoxLayout(editing)
        inside.setContentsMargins(16, 14, 16, 16)
        inside.setSpacing(12)
        inside.addWidget(label(_("Change the deal"), "name"))
        inside.addWidget(self._form)
        self._editing = scrolling(editing)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._differs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._stack, 1)  # before it has widgets: it shows its first at once, wherever that is
        self._stack.addWidget(whole)
        self._stack.addWidget(self._editing)
        self._whole = whole

    @property
    def deal(self) -> DealCard | None:
        """The deal that is shown; None if there is none."""
        return self._card

    def show_deal(self, deal_id: str) -> bool:
        """Show this deal as it is now; False if there is none of this id (any more)."""
        bridge = self._parts.bridge
        card = bridge.ask(deal_card, deal_id, bridge.today()) if deal_id else None
        if deal_id != self._deal_id:
            self._close_form()
        self._card, self._deal_id = card, deal_id if card else ""
        if card is None:
            return False
        self._head.show_deal(card, bridge.today())
        self._differs.show_deal(deal_id)
        self._talk.show_deal(card)
        self._checklist.show_deal(card)
        self._about.show_deal(card)
        return True

    def begin_loss(self) -> None:
        """Ask at once why the deal is lost."""
        if self._card is not None and self._card.situation.present.outcome != "lost":
            self._checklist.begin_loss()

    def press(self, name: str) -> None:
        """Press one of the card's buttons, or enter one of its fields, by name; nothing where it is not offered now."""
        found = self.findChild(QWidget, name)
        if found is not None and found.isVisible() and found.isEnabled():
            found.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(found, QAbstractButton):
                found.click()

    @Slot()
    def _take_stage_chance(self) -> None:
        if self._card is not None:
            deal = self._card.situation.deal
            done = self._parts.bridge.run(deals.edit_deal, deal.id, probability=None)
            if done is not None:
                self._parts.bridge.tell(_("The chance is the stage's again."), done)

    @Slot()
    def _open_form(self) -> None:
        if self._card is not None:
            self._stack.setCurrentWidget(self._editing)
            self._form.begin_change(self._card)

    @Slot()
    def _close_form(self) -> None:
        self._stack.setCurrentWidget(self._whole)

    @Slot()
    def _save(self) -> None:
        if self._card is None:
            return
        deal = self._card.situation.deal
        fields = {**self._form.fields(), "probability": self._form.probability()}
        fields["title"] = fields["title"] or deal.title
        done = self._parts.bridge.run(deals.edit_deal, deal.id, **fields)  # type: ignore[arg-type]  # a form's fields
        if done is not None:
            self._close_form()
            self._parts.bridge.tell(_("“{deal}” is changed.", deal=str(fields["title"])), done)
