"""How much a day a pipeline brings (M14)."""

from funnel_desk.domain.velocity import Velocity, velocity
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.storage.reader import Reader


def velocity_report(read: Reader, scope: Scope) -> tuple[Velocity, ...]:
    """The velocity of the deals in scope, one a currency, the workspace's own first."""
    order = stages_in_order(read, scope.pipeline_id)
    return velocity(cohort(read, scope, order), zone=read.zone, currency=read.currency)
