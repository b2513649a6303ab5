"""Is the pipeline kept in order? (M21): the open deals, one by one."""

from sqlalchemy import case, null, select

from funnel_desk.domain.hygiene import CaredFor, Hygiene, hygiene
from funnel_desk.queries.today import resting_on
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.tables import deal_state, stage


def hygiene_report(read: Reader, *, today: str, pipeline_id: str | None = None) -> Hygiene:
    """The hygiene of the open deals of a pipeline, or of all, on a day; what rests on purpose is not stalled."""
    statement = (
        select(
            deal_state.c.next_kind,
            deal_state.c.next_due,
            deal_state.c.last_touch,
            case((resting_on(today), null()), else_=stage.c.stalled_days),
            deal_state.c.planned_at,
        )
        .join_from(deal_state, stage, stage.c.id == deal_state.c.stage_id)
        .where(deal_state.c.outcome == "open")
    )
    if pipeline_id is not None:
        statement = statement.where(deal_state.c.pipeline_id == pipeline_id)
    return hygiene((CaredFor(*row) for row in read.rows(statement)), today=today, zone=read.zone)
