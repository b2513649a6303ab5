"""What a client's word hangs on: conditions, risks, and special terms asked for. They warn and never block."""

from collections.abc import Sequence

from funnel_desk.domain.commitment import (
    DECISION_NAMES,
    RISK_NAMES,
    RISKS,
    TERMS,
    TERMS_NAMES,
    Condition,
    Risk,
    TermsRequest,
)
from funnel_desk.i18n import _, translate
from funnel_desk.operations.commitment import (
    decide_terms,
    flag_risk,
    meet_condition,
    request_terms,
    set_condition,
    settle_risk,
)
from funnel_desk.operations.deal_facts import strike_out
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine

_KINDS: dict[str, type[Condition | Risk | TermsRequest]] = {"c": Condition, "r": Risk, "t": TermsRequest}


class HangsOn(DealSection):
    """Keys of lines are a letter for what it is, and the id."""

    def __init__(self, parts: Parts) -> None:
        adds = [
            ("condition", _("Condition…")),
            ("risk", _("Risk…")),
            ("terms", _("Discount or special terms…")),
        ]
        super().__init__(parts, "terms", _("What it hangs on"), adds)

    def lines(self, card: DealCard) -> list[FactLine]:
        today = self.parts.bridge.today()
        zone = card.situation.rulebook.zone
        found = [_condition(one, today, zone) for one in card.around.conditions]
        found += [_risk(one) for one in card.around.risks]
        found += [_request(one) for one in card.around.requests]
        return sorted(found, key=lambda line: line.done)

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        del key
        if act == "condition":
            return [FormField("text", _("What has to come about first")), FormField("due", _("By which day"), "day")]
        if act == "risk":
            kinds = tuple((kind, translate(RISK_NAMES[kind])) for kind in RISKS)
            return [FormField("kind", _("Risk"), "choice", "", kinds), FormField("text", _("In a few words"))]
        if act == "terms":
            kinds = tuple((kind, translate(TERMS_NAMES[kind])) for kind in TERMS)
            return [
                FormField("kind", _("Terms"), "choice", "", kinds),
                FormField("discount", _("Discount, %"), "percentage"),
                FormField("text", _("What they ask for")),
            ]
        if act in {"given", "refused"}:
            return [FormField("answer", _("What for in return"))]
        return ()

    def add(self, act: str, told: Told) -> bool:
        if act == "condition":
            due = told["due"] or None
            return self.run(_("The condition is noted."), set_condition, self.deal_id, told["text"], due=due)
        if act == "risk":
            return self.run(_("The risk is flagged."), flag_risk, self.deal_id, told["kind"], text=told["text"])
        discount = int(told["discount"]) if told["discount"] else None
        said = _("The request is noted.")
        return self.run(said, request_terms, self.deal_id, told["kind"], text=told["text"], discount=discount)

    def act_on(self, act: str, key: str, told: Told) -> bool:
        letter, _sign, row_id = key.partition(":")
        if act == "met":
            return self.run(_("The condition is met."), meet_condition, row_id)
        if act == "settled":
            return self.run(_("The risk is gone."), settle_risk, row_id)
        if act in {"given", "refused"}:
            said = _("The terms are given.") if act == "given" else _("The terms are refused.")
            return self.run(said, decide_terms, row_id, act, answer=told["answer"])
        return self.run(_("Deleted."), strike_out, _KINDS[letter], row_id)


def _condition(one: Condition, today: str, zone: str) -> FactLine:
    over = one.met_at is not None
    day, late = phrases.due(one.due, today, zone)
    chip = ChipText(_("met"), "accent") if over else ChipText(day or _("not met yet"), "bad" if late else "warn")
    acts = (() if over else (("met", _("It is met")),)) + (("delete", _("Delete")),)
    return FactLine(f"c:{one.id}", one.text, _("condition"), chip, over, acts)


def _risk(one: Risk) -> FactLine:
    over = one.settled_at is not None
    chip = ChipText(_("gone"), "plain") if over else ChipText(_("risk"), "warn")
    acts = (() if over else (("settled", _("The risk is gone")),)) + (("delete", _("Delete")),)
    told = one.kind == "other"
    text = one.text if told else _begun(translate(RISK_NAMES[one.kind]))
    return FactLine(f"r:{one.id}", text, "" if told else one.text, chip, over, acts)


def _request(one: TermsRequest) -> FactLine:
    share = phrases.chance(one.discount) if one.discount is not None else ""
    what = " ".join(part for part in (translate(TERMS_NAMES[one.kind]), share) if part)
    told = translate(DECISION_NAMES[one.decision]) if one.decision else _("asked for")
    chip = ChipText(told, "warn" if not one.decision else "accent" if one.decision == "given" else "plain")
    note = " · ".join(part for part in (one.text, one.answer) if part)
    decide = () if one.decision else (("given", _("Give it…")), ("refused", _("Refuse it…")))
    return FactLine(f"t:{one.id}", _begun(what), note, chip, bool(one.decision), (*decide, ("delete", _("Delete"))))


def _begun(words: str) -> str:
    """A name from the middle of a sentence, at the beginning of a line."""
    return words[:1].upper() + words[1:]
