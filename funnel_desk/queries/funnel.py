"""The funnel report: the numbers of the deals in scope, and all that is needed to say what they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.exchange_rates import Rates
from funnel_desk.domain.funnel import Funnel, Measured, measure, usual_days
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import ALWAYS
from funnel_desk.domain.pipeline import LostReason, Pipeline, Stage
from funnel_desk.domain.words import Words
from funnel_desk.queries.cohort import Scope, StageOrder, cohort, stages_in_order
from funnel_desk.queries.own_figures import exchange
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from funnel_desk.storage.tables import deal, deal_state, passage, stage_event


@dataclass(frozen=True, slots=True)
class FunnelReport:
    """The funnel of one pipeline: ``stages`` in order, beside them the numbers of all deals and of each group.

    ``reasons`` names the known reasons for losing by their id. ``deals_since`` is the day of the earliest creation,
    ``history_since`` that of the earliest recorded move, None where there is none; ``assumed_moves`` tells whether an
    import had to assume others.
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
    assumed_moves: bool = False

    @property
    def reaches_beyond_history(self) -> bool:
        """Whether the period begins before the earliest recorded move, and moves of that time are missing."""
        first, since = self.scope.period.first or self.deals_since, self.history_since
        return self.assumed_moves and first is not None and since is not None and first < since


def funnel(read: Reader, scope: Scope, *, now: Moment) -> FunnelReport:
    """The funnel of the deals in scope, as of ``now``."""
    order = stages_in_order(read, scope.pipeline_id)
    measured = _measured(read, scope, order, now)
    arrived, moved, assumed = _since(read, scope.pipeline_id)
    return FunnelReport(
        pipeline=load(read.connection, Pipeline, "id", [scope.pipeline_id])[0],
        scope=scope,
        stages=order.stages,
        funnel=measured.whole,
        groups=measured.groups if scope.by else {},
        reasons={reason.id: reason.name for reason in load(read.connection, LostReason)},
        currency=read.currency,
        today=day_of(now, read.zone),
        deals_since=None if arrived is None else day_of(arrived, read.zone),
        history_since=None if moved is None else day_of(moved, read.zone),
        assumed_moves=assumed,
    )


def _measured(read: Reader, scope: Scope, order: StageOrder, now: Moment) -> Measured:
    return measure(
        _in_main(read, cohort(read, scope, order), now),
        order.sides,
        zone=read.zone,
        now=now,
        currency=read.currency,
        bounds=scope.period.bounds(read.zone) if scope.basis == "active" else None,
        usual_days_to_win=None if scope.period == ALWAYS else _usual_days_to_win(read, scope.pipeline_id),
    )


def _in_main(read: Reader, deals: Iterable[CohortDeal], now: Moment) -> Iterable[CohortDeal]:
    """The deals with their values in the main currency where there are rates: a won one by that of its day."""
    rates, zone, today = exchange(read), read.zone, day_of(now, read.zone)
    if not rates:
        return deals
    return (_changed(deal, rates, today if deal.won_at is None else day_of(deal.won_at, zone)) for deal in deals)


def _changed(deal: CohortDeal, rates: Rates, day: str) -> CohortDeal:
    if deal.value is None or deal.currency not in rates.by_currency:
        return deal
    amount = rates.in_main(deal.value, deal.currency, day)
    return deal._replace(value=amount.minor, currency=amount.currency)


def _usual_days_to_win(read: Reader, pipeline_id: str) -> float | None:
    """The median of all deals ever won: a young cohort's own would know the quick ones only."""
    rows = read.rows(
        select(deal_state.c.first_contact, passage.c.won_at)
        .join_from(passage, deal_state, deal_state.c.deal_id == passage.c.deal_id)
        .where(passage.c.pipeline_id == pipeline_id, passage.c.outcome == "won")
    )
    return usual_days(((first, won) for first, won in rows), read.zone)


def _since(read: Reader, pipeline_id: str) -> tuple[Moment | None, Moment | None, bool]:
    """The earliest creation or arrival in a pipeline, the earliest recorded move, and whether an import assumed others.

    Assumed is the path of a closed deal that came in without one, and the entry of an open one into its present stage,
    which stands at the moment of its creation.
    """
    known = stage_event.c.path_known == True  # noqa: E712 - SQL
    moved = and_(stage_event.c.kind == "moved", known, stage_event.c.at > deal.c.created_at)
    certain = or_(moved, and_(stage_event.c.kind == "lost", known))
    arrived = read.rows(select(func.min(passage.c.arrived)).where(passage.c.pipeline_id == pipeline_id))
    moves = read.rows(
        select(func.min(case((moved, stage_event.c.at))), func.max(case((certain, 0), else_=1)))
        .join_from(stage_event, deal, deal.c.id == stage_event.c.deal_id)
        .where(stage_event.c.pipeline_id == pipeline_id, stage_event.c.kind.in_(["moved", "lost"]))
    )
    return arrived[0][0], moves[0][0], bool(moves[0][1])
