"""Cards for other departments: written, handed over, answered."""

from dataclasses import replace

from funnel_desk.domain.feedback import DEPARTMENTS, Feedback
from funnel_desk.i18n import N_
from funnel_desk.operations.deal_facts import among, deal_named, fact_of, words_of
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("Feedback from “{title}”"))
def write_feedback(batch: Batch, deal_id: str, department: str, text: str, *, reason_id: str | None = None) -> Feedback:
    """Write down what a department should know. Raises NothingSaid and NotAmong."""
    deal_named(batch, deal_id)
    made = Feedback(batch.new_id(), deal_id, among(department, DEPARTMENTS), words_of(text), batch.now, reason_id)
    batch.add(made)
    return made


@operation(N_("Hand over the feedback from “{title}”"))
def hand_feedback(batch: Batch, feedback_id: str) -> Feedback:
    """The department has it now."""
    before = fact_of(batch, Feedback, feedback_id)
    after = replace(before, handed_at=batch.now)
    batch.save(before, after)
    return after


@operation(N_("Answer to the feedback from “{title}”"))
def answer_feedback(batch: Batch, feedback_id: str, answer: str) -> Feedback:
    """What the department said to it; it has been handed over then. Raises NothingSaid."""
    before = fact_of(batch, Feedback, feedback_id)
    handed = before.handed_at or batch.now
    after = replace(before, answer=words_of(answer), answered_at=batch.now, handed_at=handed)
    batch.save(before, after)
    return after
