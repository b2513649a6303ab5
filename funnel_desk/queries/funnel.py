"""The funnel report: the numbers of the deals in scope, and all that is needed to say what they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from funnel_desk.domain.funnel import Funnel, Measured, measure, usual_days
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import ALWAYS
from funnel_desk.domain.pipeline import LostReason, Pipeline, Stage
from funnel_desk.domain.words import Words
from funnel_desk.queries.cohort import Scope, StageOrder, cohort, stages_in_order
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from funnel_desk.storage.tables import deal, deal_state, passage, stage_event


@dataclass(frozen=True, slots=True)
class FunnelReport:
    """The funnel of one pipeline: ``stages`` in order, beside them the numbers of all deals and of each group.

    ``reasons`` names the known reasons for losing by their id. ``deals_since`` is the day of the earliest creation,
    ``history_since`` that of the earliest recorded move, None where there is none.
    """

    pipeline: Pipeline
    scope: Scope
    stages: tuple[Stage, ...]
    funnel: Funnel
    groups: Mapping[str, Funnel]
    reasons: Mapping[str, Words]
    currency: str
    today: str
    deals_since: str | None
    history_since: str | None

    @property
    def reaches_beyond_history(self) -> bool:
        """Whether deals of the period are older than the earliest recorded move."""
        first, since = self.scope.period.first or self.deals_since, self.history_since
        return first is not None and since is not None and first < since


def funnel(read: Reader, scope: Scope, *, now: Moment) -> FunnelReport:
    """The funnel of the deals in scope, as of ``now``."""
    order = stages_in_order(read, scope.pipeline_id)
    measured = _measured(read, scope, order, now)
    since = [None if moment is None else day_of(moment, read.zone) for moment in _since(read, scope.pipeline_id)]
    return FunnelReport(
        pipeline=load(read.connection, Pipeline, "id", [scope.pipeline_id])[0],
        scope=scope,
        stages=order.stages,
        funnel=measured.whole,
        groups=measured.groups if scope.by else {},
        reasons={reason.id: reason.name for reason in load(read.connection, LostReason)},
        currency=read.currency,
        today=day_of(now, read.zone),
        deals_since=since[0],
        history_since=since[1],
    )


def _measured(read: Reader, scope: Scope, order: StageOrder, now: Moment) -> Measured:
    return measure(
        cohort(read, scope, order),
        order.sides,
        zone=read.zone,
        now=now,
        currency=read.currency,
        bounds=scope.period.bounds(read.zone) if scope.basis == "active" else None,
        usual_days_to_win=None if scope.period == ALWAYS else _usual_days_to_win(read, scope.pipeline_id),
    )


def _usual_days_to_win(read: Reader, pipeline_id: str) -> float | None:
    """The median of all deals ever won: a young cohort's own would know the quick ones only."""
    rows = read.rows(
        select(deal_state.c.first_contact, passage.c.won_at)
        .join_from(passage, deal_state, deal_state.c.deal_id == passage.c.deal_id)
        .where(passage.c.pipeline_id == pipeline_id, passage.c.outcome == "won")
    )
    return usual_days(((first, won) for first, won in rows), read.zone)


def _since(read: Reader, pipeline_id: str) -> tuple[Moment | None, Moment | None]:
    """The earliest creation or arrival in a pipeline, and the earliest recorded move.

    Moves that an import assumed are not recorded ones: those of a closed deal that came without its path, and the entry
    of an open one into its present stage, which stands at the moment of its creation.
    """
    arrived = read.rows(select(func.min(passage.c.arrived)).where(passage.c.pipeline_id == pipeline_id))
    moved = read.rows(
        select(func.min(stage_event.c.at))
        .join(deal, deal.c.id == stage_event.c.deal_id)
        .where(
            and_(
                stage_event.c.pipeline_id == pipeline_id,
                stage_event.c.kind == "moved",
                stage_event.c.path_known == True,  # noqa: E712 - SQL
                stage_event.c.at > deal.c.created_at,
            )
        )
    )
    return arrived[0][0], moved[0][0]
