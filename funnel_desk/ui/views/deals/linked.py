"""Sales that belong together: the one that this grew out of, those that grew out of it, and a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from funnel_desk.i18n import N_, _, translate
from funnel_desk.operations.follow_ups import begin_follow_up
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.deal_facts import LinkedSale
from funnel_desk.ui import phrases
from funnel_desk.ui.painting import ChipText, Tone
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine

_NEW = {
    "repeat": N_("The same again…"),
    "cross_sell": N_("Something else beside it…"),
    "up_sell": N_("More or better…"),
    "change_sale": N_("Another instead…"),
}
_TITLES = {
    "repeat": N_("{title}, again"),
    "cross_sell": N_("{title}, and more"),
    "up_sell": N_("{title}, extended"),
    "change_sale": N_("{title}, replaced"),
}


class Linked(DealSection):
    """Only a won deal can be followed by another. `deal_wanted` tells the id of a linked one."""

    deal_wanted = Signal(str)

    def __init__(self, parts: Parts) -> None:
        adds = [(kind, translate(words)) for kind, words in _NEW.items()]
        super().__init__(parts, "linked", _("Belongs together"), adds)

    def lines(self, card: DealCard) -> list[FactLine]:
        return [_line(one) for one in card.around.linked]

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        if key:
            return ()
        title = translate(_TITLES[act], title=self.here.situation.deal.title)
        return [FormField("title", _("What is sold"), value=title)]

    def button(self, act: str) -> str:
        del act
        return _("Begin it")

    def add(self, act: str, told: Told) -> bool:
        done = self.parts.bridge.run(begin_follow_up, self.deal_id, act, told["title"])
        if done is not None:
            self.parts.bridge.tell(_("New deal: “{deal}”.", deal=done.value.title), done)
        return done is not None

    def act_on(self, act: str, key: str, told: Told) -> bool:
        del act, told
        self.deal_wanted.emit(key)
        return True

    def show_deal(self, card: DealCard) -> None:
        super().show_deal(card)
        self.offer_adding(shown=card.situation.present.outcome == "won")


def _line(one: LinkedSale) -> FactLine:
    what = _("the sale before it") if one.former else phrases.deal_kind(one.kind)
    note = ", ".join(part for part in (what, phrases.money(one.value, one.currency)) if part)
    tone: Tone = "accent" if one.outcome == "won" else "plain"
    chip = ChipText(translate(phrases.OUTCOMES[one.outcome]).lower(), tone)
    return FactLine(one.deal_id, one.title, note, chip, acts=(("open", _("Open it")),))
