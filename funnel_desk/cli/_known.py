"""What is known around a deal, as `deal` shows it: a line each for what matters now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from funnel_desk.cli._answers import cut, screen_width, shown_moment
from funnel_desk.domain.aftercare import MARK_NAMES
from funnel_desk.domain.commitment import RISK_NAMES, TERMS_NAMES
from funnel_desk.domain.qualification import QUESTION_NAMES, QUESTIONS, answers_of, met_of
from funnel_desk.domain.stakeholder import ATTITUDE_NAMES, PART_NAMES
from funnel_desk.i18n import _, ngettext, translate

if TYPE_CHECKING:
    from funnel_desk.queries.deal import DealCard

CERTAIN = 10_000


def known(card: "DealCard") -> dict[str, object]:
    """The same as programs read it; keys that come after those of the deal itself."""
    facts, answers = card.around, answers_of(card.around.criteria)
    return {
        "questions": {
            question: {"met": answers[question].met, "evidence": answers[question].evidence}
            for question in QUESTIONS
            if question in answers
        },
        "obstacles": [
            {
                "kind": one.kind,
                "text": one.text,
                "answer": one.answer,
                "raised": one.raised_at,
                "removed": one.removed_at,
            }
            for one in facts.obstacles
        ],
        "people": [
            {"name": one.name, "part": one.part, "attitude": one.attitude, "influence": one.influence}
            for one in facts.stakeholders
        ],
        "close_moved": {"times": facts.slips.times, "days": facts.slips.days},
        "sales": [{"id": one.deal_id, "kind": one.kind, "former": one.former} for one in facts.linked],
    }


def known_lines(card: "DealCard", zone: str) -> list[Sequence[str]]:
    """What is known, a line each; nothing of what nobody has written down."""
    facts = card.around
    lines: list[tuple[str, str]] = []
    if facts.criteria:
        answers = answers_of(facts.criteria)
        unmet = [translate(QUESTION_NAMES[one]) for one in QUESTIONS if one not in answers or not answers[one].met]
        told = _("{met} of {all}", met=met_of(facts.criteria), all=len(QUESTIONS))
        lines.append(
            (_("Questions"), _("{told}; open: {questions}", told=told, questions=", ".join(unmet)) if unmet else told)
        )
    lines += [(_("In the way"), _answered(one.text, one.answer)) for one in facts.open_obstacles]
    for person in facts.stakeholders:
        parts = (translate(PART_NAMES[person.part]), translate(ATTITUDE_NAMES[person.attitude]))
        lines.append((_("Has a say"), f"{person.name}: {', '.join(parts)}"))
    for condition in facts.conditions:
        if condition.met_at is None:
            lines.append(
                (_("Condition"), ", ".join(p for p in (condition.text, shown_moment(condition.due, zone)) if p))
            )
    lines += [
        (_("Risk"), _answered(translate(RISK_NAMES[one.kind]), one.text)) for one in facts.risks if not one.settled_at
    ]
    lines += [
        (_("Asked for"), _answered(translate(TERMS_NAMES[one.kind]), one.text))
        for one in facts.requests
        if not one.decision
    ]
    lines += _after(card, zone)
    width = max(40, screen_width() - 24)
    return [(head, cut(text, width)) for head, text in lines]


def _after(card: "DealCard", zone: str) -> list[tuple[str, str]]:
    facts = card.around
    lines = [
        (_("Waits for"), _listed(one.on_whom, one.text, shown_moment(one.expected_on, zone)))
        for one in facts.waitings
        if one.ended_at is None
    ]
    lines += [(_("Claim"), one.text) for one in facts.claims if one.settled_at is None]
    if facts.satisfactions:
        lines.append((_("Satisfaction"), translate(MARK_NAMES[facts.satisfactions[-1].mark])))
    if facts.slips.times:
        moved = ngettext("put off {n} time", "put off {n} times", facts.slips.times)
        days = ngettext("{n} day later", "{n} days later", max(0, facts.slips.days))
        lines.append((_("Expected close"), f"{moved}, {days}"))
    lines += [(_("Sale before") if one.former else _("Sale after"), one.title) for one in facts.linked]
    return lines


def _answered(text: str, answer: str) -> str:
    return ": ".join(part for part in (text, answer) if part)


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
