"""After the sale: waiting on other departments, how satisfied the client is, and claims."""

from dataclasses import replace

from funnel_desk.domain.aftercare import CLAIM_KINDS, MARKS, Claim, Satisfaction, Waiting
from funnel_desk.i18n import N_
from funnel_desk.operations.deal_facts import SettledAlready, among, deal_named, fact_of, words_of
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("“{title}” waits for {whom}"))
def wait_for(batch: Batch, deal_id: str, whom: str, *, text: str = "", expected_on: str | None = None) -> Waiting:
    """The deal waits for a department or a carrier: for what, and until when it is promised. Raises NothingSaid."""
    deal_named(batch, deal_id)
    made = Waiting(batch.new_id(), deal_id, words_of(whom), batch.now, text.strip(), expected_on)
    batch.relabel(whom=made.on_whom)
    batch.add(made)
    return made


@operation(N_("“{title}” waits no longer"))
def end_waiting(batch: Batch, waiting_id: str) -> Waiting:
    """What was waited for has come. Raises SettledAlready."""
    before = fact_of(batch, Waiting, waiting_id)
    if before.ended_at is not None:
        raise SettledAlready
    after = replace(before, ended_at=batch.now)
    batch.save(before, after)
    return after


@operation(N_("How satisfied they are with “{title}”"))
def mark_satisfaction(batch: Batch, deal_id: str, mark: str, *, text: str = "") -> Satisfaction:
    """Write down whether the purchase was below, as or above what they expected. Raises NotAmong."""
    deal_named(batch, deal_id)
    made = Satisfaction(batch.new_id(), deal_id, among(mark, MARKS), batch.now, text.strip())
    batch.add(made)
    return made


@operation(N_("Claim about “{title}”"))
def raise_claim(batch: Batch, deal_id: str, text: str, *, kind: str = "other") -> Claim:
    """Write down a complaint. Raises NothingSaid and NotAmong."""
    deal_named(batch, deal_id)
    made = Claim(batch.new_id(), deal_id, words_of(text), batch.now, among(kind, CLAIM_KINDS))
    batch.add(made)
    return made


@operation(N_("Settle the claim about “{title}”"))
def settle_claim(batch: Batch, claim_id: str, *, answer: str = "") -> Claim:
    """The claim is settled, and how. Raises SettledAlready."""
    before = fact_of(batch, Claim, claim_id)
    if before.settled_at is not None:
        raise SettledAlready
    after = replace(before, settled_at=batch.now, answer=answer.strip())
    batch.save(before, after)
    return after
