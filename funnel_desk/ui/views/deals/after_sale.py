"""Delivery and what came after it: who is waited for, how satisfied the client is, claims."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from funnel_desk.domain.aftercare import CLAIM_KINDS, CLAIM_NAMES, MARK_NAMES, MARKS, Claim, Satisfaction, Waiting
from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import _, format_day, translate
from funnel_desk.operations.aftercare import end_waiting, mark_satisfaction, raise_claim, settle_claim, wait_for
from funnel_desk.operations.deal_facts import strike_out
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.painting import ChipText, Tone
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine

_KINDS: dict[str, type[Claim | Satisfaction | Waiting]] = {"c": Claim, "s": Satisfaction, "w": Waiting}
_TONES: dict[str, Tone] = {"below": "bad", "met": "plain", "exceeded": "accent"}


class AfterSale(DealSection):
    """What can be told of a deal that is not sold yet is only who it waits for. `discontent`: offer them another."""

    discontent = Signal()

    def __init__(self, parts: Parts) -> None:
        adds = [
            ("waiting", _("Waiting for somebody…")),
            ("content", _("How satisfied they are…")),
            ("claim", _("Claim…")),
        ]
        super().__init__(parts, "after", _("Delivery and claims"), adds)

    def offered(self) -> Sequence[tuple[str, str]]:
        sold = self.card is not None and self.card.situation.present.outcome == "won"
        return super().offered() if sold else super().offered()[:1]

    def lines(self, card: DealCard) -> list[FactLine]:
        today, zone = self.parts.bridge.today(), card.situation.rulebook.zone
        found = [_waiting(one, today, zone) for one in card.around.waitings]
        found += [_claim(one) for one in card.around.claims]
        found += [
            FactLine(
                f"s:{one.id}",
                _("Satisfaction"),
                one.text,
                ChipText(translate(MARK_NAMES[one.mark]), _TONES[one.mark]),
                done=True,
                acts=(("delete", _("Delete")),),
            )
            for one in card.around.satisfactions
        ]
        return sorted(found, key=lambda line: line.done)

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        del key
        if act == "waiting":
            return [
                FormField("whom", _("Who is waited for")),
                FormField("text", _("What for")),
                FormField("expected_on", _("Promised for"), "day"),
            ]
        if act == "content":
            marks = tuple((mark, translate(MARK_NAMES[mark])) for mark in MARKS)
            said = FormField("text", _("In their words"))
            return [FormField("mark", _("Satisfaction"), "choice", "met", marks), said]
        if act == "claim":
            kinds = tuple((kind, translate(CLAIM_NAMES[kind])) for kind in CLAIM_KINDS)
            return [FormField("text", _("What is wrong")), FormField("kind", _("Kind"), "choice", "other", kinds)]
        return [FormField("answer", _("How it was settled"))] if act == "settled" else ()

    def add(self, act: str, told: Told) -> bool:
        if act == "waiting":
            said, day = _("The deal waits for {whom}.", whom=told["whom"]), told["expected_on"] or None
            return self.run(said, wait_for, self.deal_id, told["whom"], text=told["text"], expected_on=day)
        if act == "claim":
            return self.run(_("The claim is noted."), raise_claim, self.deal_id, told["text"], kind=told["kind"])
        said = _("Satisfaction: {mark}.", mark=translate(MARK_NAMES[told["mark"]]))
        done = self.run(said, mark_satisfaction, self.deal_id, told["mark"], text=told["text"])
        if done and told["mark"] == "below":
            self.discontent.emit()
        return done

    def act_on(self, act: str, key: str, told: Told) -> bool:
        letter, _sign, row_id = key.partition(":")
        if act == "settled":
            return self.run(_("The claim is settled."), settle_claim, row_id, answer=told["answer"])
        if act == "ended":
            return self.run(_("The deal waits no longer."), end_waiting, row_id)
        return self.run(_("Deleted."), strike_out, _KINDS[letter], row_id)


def _waiting(one: Waiting, today: str, zone: str) -> FactLine:
    over = one.ended_at is not None
    day, late = phrases.due(one.expected_on, today, zone)
    chip = ChipText(_("over"), "plain") if over else ChipText(day or _("waiting"), "bad" if late else "warn")
    since = _("since {day}", day=format_day(day_of(one.since, zone), "short"))
    acts = (() if over else (("ended", _("It has come")),)) + (("delete", _("Delete")),)
    text = ": ".join(part for part in (one.on_whom, one.text) if part)
    return FactLine(f"w:{one.id}", text, since, chip, over, acts)


def _claim(one: Claim) -> FactLine:
    over = one.settled_at is not None
    chip = ChipText(_("settled"), "plain") if over else ChipText(_("claim"), "bad")
    kind = "" if one.kind == "other" else translate(CLAIM_NAMES[one.kind])
    note = ": ".join(part for part in (kind, one.answer) if part)
    acts = (() if over else (("settled", _("Settle it…")),)) + (("delete", _("Delete")),)
    return FactLine(f"c:{one.id}", one.text, note, chip, over, acts)
