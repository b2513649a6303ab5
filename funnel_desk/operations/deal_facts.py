"""What all facts about a deal have in common: they need words, are of known kinds, and can be struck out."""

from collections.abc import Sequence
from typing import TypeVar

from funnel_desk.domain.aftercare import Claim, Satisfaction, Waiting
from funnel_desk.domain.commitment import Condition, Risk, TermsRequest
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.feedback import Feedback
from funnel_desk.domain.obstacle import Obstacle
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.qualification import Criterion
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

Fact = Criterion | Obstacle | Stakeholder | Condition | Risk | TermsRequest | Satisfaction | Claim | Waiting | Feedback
F = TypeVar("F", bound=Fact)


class NothingSaid(Refusal):
    """A fact without words tells nobody anything."""

    message = N_("Say in a few words what it is.")


class NotAmong(Refusal):
    """A kind that is not known was told."""

    message = N_("“{word}” is not known here. It can be: {known}.")


class SettledAlready(Refusal):
    """What was to be settled, met or ended was before."""

    message = N_("This is settled already.")


def deal_named(batch: Batch, deal_id: str) -> Deal:
    """The deal of the act, whose title names it in the history."""
    deal = batch.get(Deal, deal_id)
    batch.relabel(title=deal.title)
    return deal


def fact_of(batch: Batch, kind: type[F], row_id: str) -> F:
    """A fact by its id; its deal names the act in the history."""
    found = batch.get(kind, row_id)
    deal_named(batch, found.deal_id)
    return found


def words_of(text: str) -> str:
    """What was written, without the blanks around it. Raises NothingSaid."""
    text = text.strip()
    if not text:
        raise NothingSaid
    return text


def among(word: str, known: Sequence[str]) -> str:
    """The word, if it is one of these. Raises NotAmong."""
    if word not in known:
        raise NotAmong(word=word, known=", ".join(known))
    return word


@operation(N_("Delete a note of “{title}”"))
def strike_out(batch: Batch, kind: type[Fact], row_id: str) -> None:
    """Delete a fact that was written down by mistake."""
    batch.delete(fact_of(batch, kind, row_id))
