"""Sales that grow out of a sale: repeat, cross-sale, up-sale, replacement."""

from funnel_desk.domain.deal import DEAL_KINDS, Deal
from funnel_desk.domain.pipeline import Pipeline
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.deal_facts import among, words_of
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

FOLLOW_UPS = tuple(kind for kind in DEAL_KINDS if kind != "new")


class NotSold(Refusal):
    """Only a sale can be followed by another one."""

    message = N_("“{deal}” is not won, so no further sale can grow out of it yet.")


@operation(N_("New sale “{title}” after “{former}”"))
def begin_follow_up(batch: Batch, deal_id: str, kind: str, title: str) -> Deal:
    """Begin another sale to the client of a won deal, with the same people, owner and product.

    Raises NotAmong, NothingSaid and NotSold.
    """
    here = batch.situation(deal_id)
    if here.present.outcome != "won":
        raise NotSold(deal=here.deal.title)
    former = here.deal
    living = not batch.get(Pipeline, here.stage.pipeline_id).archived
    made: Deal = new_deal(
        batch,
        title=words_of(title),
        pipeline_id=here.stage.pipeline_id if living else None,
        company_id=former.company_id,
        contact_id=former.contact_id,
        owner=former.owner,
        segment=former.segment,
        product="" if kind == "cross_sell" else former.product,
        kind=among(kind, FOLLOW_UPS),
        follows=former.id,
    )
    batch.relabel(title=made.title, former=former.title)
    return made
