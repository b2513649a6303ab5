"""What happened with a deal: its moves, its talks, its skipped steps, and what became known around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.path import Node
from funnel_desk.domain.pipeline import LostReason
from funnel_desk.domain.situation import Situation
from funnel_desk.domain.words import Words
from funnel_desk.queries.deal_facts import DealFacts, Origin

EventKind = Literal["created", "moved", "lost", "reopened", "handed_over", "activity", "skipped", "noted", "settled"]
NO_NAME = Words("", "")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, newest first in a card. ``words`` names a stage or step, ``text`` is what was written.

    ``kind`` is that of the event; for an activity ``channel`` is its kind (call, email …), for what was noted or
    settled it is the topic (`domain.fact_words`), and ``result`` the kind within it. ``row_id`` is the activity, move
    or fact that it is about; ``origin`` is None for what the journal does not tell.
    """

    at: Moment
    kind: EventKind
    words: Words
    text: str = ""
    channel: str = ""
    direction: str = ""
    minutes: int | None = None
    result: str = ""
    path_known: bool = True
    row_id: str = ""
    origin: Origin | None = None


def timeline(here: Situation, facts: DealFacts, reasons: Mapping[str, LostReason]) -> tuple[TimelineEntry, ...]:
    """Everything that happened, the newest first."""
    steps = {step.id: step for every in here.rulebook.steps.values() for step in every}
    found = [_moved(here, node, reasons) for node in here.path.nodes]
    found += [
        TimelineEntry(
            one.at,
            "activity",
            steps[one.step_id].title if one.step_id in steps else NO_NAME,
            one.text,
            one.kind,
            one.direction,
            one.minutes,
            one.result,
            row_id=one.id,
        )
        for one in here.activities
        if one.at is not None
    ]
    found += [
        TimelineEntry(one.at, "skipped", steps[one.step_id].title, one.note, row_id=one.id)
        for one in here.touches
        if one.act == "skipped" and one.step_id in steps
    ]
    found += _facts(facts)
    order = {id(entry): place for place, entry in enumerate(found)}
    ordered = sorted(found, key=lambda entry: (entry.at, order[id(entry)]), reverse=True)
    return tuple(replace(one, origin=one.origin or facts.origins.get(one.row_id)) for one in ordered)


def reason_words(reason_id: str | None, reason: str, reasons: Mapping[str, LostReason]) -> Words:
    """The name of a reason for a loss: that of a known one, or the person's own words."""
    known = reasons.get(reason_id or "")
    return known.name if known else Words(reason, reason)


def _moved(here: Situation, node: Node, reasons: Mapping[str, LostReason]) -> TimelineEntry:
    if node.kind == "lost":
        words = reason_words(node.reason_id, node.reason, reasons)
    else:
        words = here.rulebook.stages[node.stage_id].name
    return TimelineEntry(node.at, node.kind, words, node.because, path_known=node.path_known, row_id=node.event_ids[0])


def _facts(facts: DealFacts) -> Iterator[TimelineEntry]:
    for one in facts.criteria:
        yield _noted(one.at, "question" if one.met else "unmet", one.question, one.evidence, one.id)
    for obstacle in facts.obstacles:
        yield from _both("obstacle", obstacle.kind, obstacle.text, obstacle.id, obstacle.raised_at, obstacle.removed_at)
    for condition in facts.conditions:
        yield from _both("condition", "", condition.text, condition.id, condition.raised_at, condition.met_at)
    for risk in facts.risks:
        yield from _both("risk", risk.kind, risk.text, risk.id, risk.raised_at, risk.settled_at)
    for asked in facts.requests:
        yield _noted(asked.at, "terms", asked.kind, asked.text, asked.id)
        if asked.decided_at:
            yield _noted(asked.decided_at, "decision", asked.decision, asked.answer, asked.id)
    yield from _after(facts)
    for told in facts.closes[1:]:
        yield TimelineEntry(
            told.at, "noted", NO_NAME, channel="close", result=told.day or "", origin=Origin(told.author, "hand")
        )


def _after(facts: DealFacts) -> Iterator[TimelineEntry]:
    for said in facts.satisfactions:
        yield _noted(said.at, "satisfaction", said.mark, said.text, said.id)
    for claim in facts.claims:
        yield from _both("claim", claim.kind, claim.text, claim.id, claim.raised_at, claim.settled_at, claim.answer)
    for waiting in facts.waitings:
        text = ": ".join(part for part in (waiting.on_whom, waiting.text) if part)
        yield from _both("waiting", "", text, waiting.id, waiting.since, waiting.ended_at)
    for card in facts.feedback:
        yield from _both("feedback", card.department, card.text, card.id, card.at, card.answered_at, card.answer)


def _both(
    topic: str, kind: str, text: str, row_id: str, at: Moment, settled: Moment | None, answer: str = ""
) -> Iterator[TimelineEntry]:
    """What was noted, and that it was settled, with the answer if there is one."""
    yield _noted(at, topic, kind, text, row_id)
    if settled:
        yield TimelineEntry(settled, "settled", NO_NAME, answer or text, topic, result=kind, row_id=row_id)


def _noted(at: Moment, topic: str, kind: str, text: str, row_id: str) -> TimelineEntry:
    return TimelineEntry(at, "noted", NO_NAME, text, topic, result=kind, row_id=row_id)
