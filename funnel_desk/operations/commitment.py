"""What a client's word hangs on: conditions, risks, and requests for special terms."""

from dataclasses import replace

from funnel_desk.domain.commitment import DECISIONS, RISKS, TERMS, Condition, Risk, TermsRequest
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.deal_facts import SettledAlready, among, deal_named, fact_of, words_of
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

ALL_OF_IT = 10_000


class NoSuchDiscount(Refusal):
    """A discount is a share of the value."""

    message = N_("A discount is a percentage between 0 and 100.")


@operation(N_("Note a condition of “{title}”"))
def set_condition(batch: Batch, deal_id: str, text: str, *, due: str | None = None) -> Condition:
    """Write down what has to come about first, and by which day if one was said. Raises NothingSaid."""
    deal_named(batch, deal_id)
    made = Condition(batch.new_id(), deal_id, words_of(text), batch.now, due)
    batch.add(made)
    return made


@operation(N_("A condition of “{title}” is met"))
def meet_condition(batch: Batch, condition_id: str) -> Condition:
    """It has come about. Raises SettledAlready."""
    before = fact_of(batch, Condition, condition_id)
    if before.met_at is not None:
        raise SettledAlready
    after = replace(before, met_at=batch.now)
    batch.save(before, after)
    return after


@operation(N_("Flag a risk of “{title}”"))
def flag_risk(batch: Batch, deal_id: str, kind: str, *, text: str = "") -> Risk:
    """Write down a critical sign; it warns and never blocks. Raises NotAmong, and NothingSaid for another risk."""
    deal_named(batch, deal_id)
    among(kind, RISKS)
    made = Risk(batch.new_id(), deal_id, kind, batch.now, words_of(text) if kind == "other" else text.strip())
    batch.add(made)
    return made


@operation(N_("Settle a risk of “{title}”"))
def settle_risk(batch: Batch, risk_id: str) -> Risk:
    """The sign is gone. Raises SettledAlready."""
    before = fact_of(batch, Risk, risk_id)
    if before.settled_at is not None:
        raise SettledAlready
    after = replace(before, settled_at=batch.now)
    batch.save(before, after)
    return after


@operation(N_("Special terms asked for “{title}”"))
def request_terms(
    batch: Batch, deal_id: str, kind: str, *, text: str = "", discount: int | None = None
) -> TermsRequest:
    """The client asks for a discount (in basis points) or other terms. Raises NotAmong, NoSuchDiscount, NothingSaid."""
    deal_named(batch, deal_id)
    among(kind, TERMS)
    if discount is not None and not 0 <= discount <= ALL_OF_IT:
        raise NoSuchDiscount
    said = text.strip() if discount is not None else words_of(text)
    made = TermsRequest(batch.new_id(), deal_id, kind, batch.now, said, discount)
    batch.add(made)
    return made


@operation(N_("Decide on the terms of “{title}”"))
def decide_terms(batch: Batch, request_id: str, decision: str, *, answer: str = "") -> TermsRequest:
    """Give or refuse what was asked for; ``answer`` is what was asked in return. Raises NotAmong, SettledAlready."""
    before = fact_of(batch, TermsRequest, request_id)
    if before.decision:
        raise SettledAlready
    after = replace(before, decision=among(decision, DECISIONS), decided_at=batch.now, answer=answer.strip())
    batch.save(before, after)
    return after
