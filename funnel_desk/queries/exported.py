"""Everything of deals, and of their paths, for a table that goes out."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.path import Path, fold_path
from funnel_desk.domain.pipeline import LostReason, Pipeline, Stage
from funnel_desk.storage.forks import choices_of, ranks_of
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

PORTION = 500


class ExportedDeal(NamedTuple):
    """A deal with its people and where it stands. ``closed_at`` may be a day before its creation, if that was told."""

    id: str
    external_id: str
    title: str
    company: str
    contact: str
    contact_email: str
    contact_phone: str
    pipeline_id: str
    stage_id: str
    outcome: str
    path_known: bool
    reason_id: str | None
    reason: str
    value: int | None
    currency: str
    probability: int | None
    source: str
    product: str
    segment: str
    kind: str
    owner: str
    created_at: Moment
    first_contact_at: Moment | None
    expected_close: str | None
    closed_at: Moment | None
    note: str
    tags: tuple[str, ...]
    custom: Mapping[str, str]


class Names(NamedTuple):
    """What ids stand for."""

    pipelines: Mapping[str, Pipeline]
    stages: Mapping[str, Stage]
    reasons: Mapping[str, LostReason]


def names(read: Reader) -> Names:
    """All pipelines, stages and reasons, archived ones too."""
    return Names(
        {one.id: one for one in load(read.connection, Pipeline)},
        {one.id: one for one in load(read.connection, Stage)},
        {one.id: one for one in load(read.connection, LostReason)},
    )


def count_deals(read: Reader, only: Collection[str] | None = None) -> int:
    """How many deals there are, or how many of these ids are deals."""
    if only is None:
        return int(read.sql("SELECT count(*) FROM deal")[0][0])
    return sum(row[0] in only for row in read.sql("SELECT id FROM deal"))


def custom_names(read: Reader) -> list[str]:
    """The names of the user's own fields, in alphabetical order."""
    return [
        str(row[0])
        for row in read.sql("SELECT DISTINCT key FROM deal, json_each(deal.custom) WHERE custom != '{}' ORDER BY key")
    ]


def newest_batch(read: Reader) -> str:
    """The id of the batch that came last into the file: what is exported shows nothing later."""
    return str(read.sql("SELECT id FROM batch ORDER BY key DESC LIMIT 1")[0][0])


def exported_deals(read: Reader) -> Iterator[ExportedDeal]:
    """Every deal, in the order of their ids: the one in which they were made."""
    written = _closings(read)
    for row in read.sql(
        "SELECT deal.id, external_id, title, coalesce(company.name, ''), coalesce(contact.name, ''),"
        " coalesce(contact.email, ''), coalesce(contact.phone, ''), state.pipeline_id, state.stage_id, outcome,"
        " path_known, reason_id, reason, value, currency, deal.probability, deal.source, product, deal.segment,"
        " deal.kind, deal.owner, created_at, first_contact_at, expected_close, closed_at, deal.note, tags, custom"
        " FROM deal JOIN deal_state AS state ON deal_id = deal.id"
        " LEFT JOIN company ON company.id = deal.company_id LEFT JOIN contact ON contact.id = deal.contact_id"
        " ORDER BY deal.id"
    ):
        deal = ExportedDeal(*row)
        yield deal._replace(
            path_known=bool(deal.path_known),
            closed_at=written.get(deal.id, deal.closed_at),
            tags=tuple(json.loads(row[-2])),
            custom=json.loads(row[-1]),
        )


def exported_paths(read: Reader) -> Iterator[tuple[Deal, Path]]:
    """Every deal with its path, in the order of their ids."""
    ids = [str(row[0]) for row in read.sql("SELECT id FROM deal ORDER BY id")]
    for start in range(0, len(ids), PORTION):
        part = ids[start : start + PORTION]
        events: dict[str, list[StageEvent]] = {}
        for event in load(read.connection, StageEvent, "deal_id", part):
            events.setdefault(event.deal_id, []).append(event)
        ranks, choices = ranks_of(read.connection, events), choices_of(read.connection, part)
        for deal in load(read.connection, Deal, "id", part):
            yield deal, fold_path(deal, events.get(deal.id, ()), ranks, choices.get(deal.id, {}))


def _closings(read: Reader) -> dict[str, Moment]:
    """When deals were closed that counts from their creation, because an earlier day was written down."""
    lost = read.sql(
        "SELECT deal_id, min(at) FROM stage_event JOIN deal_state USING (deal_id) JOIN deal ON deal.id = deal_id"
        " WHERE stage_event.kind = 'lost' AND outcome = 'lost' AND closed_at = created_at"
        " GROUP BY deal_id HAVING count(*) = 1 AND min(at) < closed_at"
    )
    won = read.sql(
        "SELECT stay.deal_id, event.at FROM stay JOIN deal_state AS state ON state.deal_id = stay.deal_id"
        " JOIN stage_event AS event ON event.id = stay.entry_id JOIN stage ON stage.id = stay.stage_id"
        " JOIN deal ON deal.id = stay.deal_id"
        " WHERE outcome = 'won' AND won_at = created_at AND stay.left IS NULL AND stay.place <= 1"
        " AND stay.entered = won_at AND stage.side != 'before' AND event.at < won_at"
        " ORDER BY stay.place DESC"
    )
    return dict(tuple(row) for row in (*lost, *won))
