"""The five questions of a qualified prospect: answered, and taken back."""

from dataclasses import replace

from funnel_desk.domain.qualification import QUESTIONS, Criterion, answers_of
from funnel_desk.i18n import N_
from funnel_desk.operations.deal_facts import among, deal_named
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("Answer a question about “{title}”"))
def answer_question(batch: Batch, deal_id: str, question: str, *, met: bool, evidence: str = "") -> Criterion:
    """Say whether one of the five is met, and how one knows. Raises NotAmong."""
    deal_named(batch, deal_id)
    before = answers_of(batch.find(Criterion, deal_id=deal_id)).get(among(question, QUESTIONS))
    if before is None:
        made = Criterion(batch.new_id(), deal_id, question, batch.now, met=met, evidence=evidence.strip())
        batch.add(made)
        return made
    after = replace(before, met=met, evidence=evidence.strip(), at=batch.now)
    batch.save(before, after)
    return after


@operation(N_("Leave a question about “{title}” open"))
def forget_answer(batch: Batch, deal_id: str, question: str) -> None:
    """Nobody knows any more: take the answer back. Raises NotAmong."""
    deal_named(batch, deal_id)
    for one in batch.find(Criterion, deal_id=deal_id, question=among(question, QUESTIONS)):
        batch.delete(one)
