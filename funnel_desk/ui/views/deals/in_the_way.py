"""What stands in the way of a deal: barriers and objections, with what to answer."""

from collections.abc import Sequence

from funnel_desk.domain.obstacle import OBSTACLE_KINDS, OBSTACLE_NAMES, Obstacle
from funnel_desk.i18n import _, translate
from funnel_desk.operations.deal_facts import strike_out
from funnel_desk.operations.obstacles import answer_obstacle, raise_again, raise_obstacle, remove_obstacle
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine


class InTheWay(DealSection):
    """An objection of the pipeline's catalogue brings its answer; anything else is written freely."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "obstacles", _("In the way"), [("add", _("Add what is in the way"))])

    def lines(self, card: DealCard) -> list[FactLine]:
        found = sorted(card.around.obstacles, key=lambda one: (one.removed_at is not None, one.raised_at))
        return [_line(one) for one in found]

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        if act in {"removed", "again", "delete"}:
            return ()
        if act == "answer":
            return [FormField("answer", _("What to answer"), value=self._obstacle(key).answer)]
        known = tuple((one.id, phrases.of(one.says)) for one in self.here.objections)
        kinds = tuple((kind, translate(OBSTACLE_NAMES[kind])) for kind in OBSTACLE_KINDS)
        return [
            FormField("text", _("What they say, or what holds them"), "written_choice", choices=known),
            FormField("kind", _("Kind"), "choice", "other", kinds),
            FormField("answer", _("What to answer")),
        ]

    def add(self, act: str, told: Told) -> bool:
        del act
        catalogued = told["text"] if told["text"] in {one.id for one in self.here.objections} else None
        return self.run(
            _("It is written down as in the way."),
            raise_obstacle,
            self.deal_id,
            "" if catalogued else told["text"],
            kind=told["kind"],
            objection_id=catalogued,
            answer=told["answer"],
        )

    def act_on(self, act: str, key: str, told: Told) -> bool:
        one = self._obstacle(key)
        if act == "answer":
            return self.run(_("The answer is kept."), answer_obstacle, key, told["answer"])
        if act == "removed":
            return self.run(_("“{what}” is no longer in the way.", what=one.text), remove_obstacle, key)
        if act == "again":
            return self.run(_("“{what}” is in the way again.", what=one.text), raise_again, key)
        return self.run(_("Deleted: {what}", what=one.text), strike_out, Obstacle, key)

    def _obstacle(self, key: str) -> Obstacle:
        return next(one for one in self.here.around.obstacles if one.id == key)


def _line(one: Obstacle) -> FactLine:
    over = one.removed_at is not None
    chip = ChipText(_("removed"), "plain") if over else ChipText(_("still there"), "warn")
    state = ("again", _("It is in the way again")) if over else ("removed", _("No longer in the way"))
    kind = "" if one.kind in {"objection", "other"} else translate(OBSTACLE_NAMES[one.kind])
    note = _("answer: {text}", text=one.answer) if one.answer else kind
    acts = (state, ("answer", _("Answer…")), ("delete", _("Delete")))
    return FactLine(one.id, one.text, note, chip, over, acts)
