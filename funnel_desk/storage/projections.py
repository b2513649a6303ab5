"""Projections: what is derived from the facts of a deal and read by every screen and report. Never journalled."""

from collections.abc import Collection, Iterable
from dataclasses import fields

from sqlalchemy import Connection

from funnel_desk.domain.attention import first_contact
from funnel_desk.domain.checklist import NextAction
from funnel_desk.domain.search import folded
from funnel_desk.domain.situation import NO_CHOICES, Situation, situate_briefly
from funnel_desk.domain.stays import Passage, Stay
from funnel_desk.storage.cells import chunks
from funnel_desk.storage.own_workspace import own_workspace
from funnel_desk.storage.situations import load_facts, load_rulebook
from funnel_desk.storage.tables import METADATA

TABLES = ("stay", "passage", "deal_state")
STATE_NAMES = tuple(column.name for column in METADATA.tables["deal_state"].columns)

# What pipelines say to people only: no deal stands elsewhere, or has another day, because of it.
_SAID = {
    "pipeline": frozenset({"*"}),
    "objection": frozenset({"*"}),
    "change_mark": frozenset({"*"}),
    "stage": frozenset({"name", "stalled_days", "hard_days", "exit_rule"}),
    "step": frozenset({"title", "say", "ask", "done_when", "result", "role", "sends", "required"}),
}


def only_said(connection: Connection, which: str, *values: object) -> set[str]:
    """The pipelines about which these changes (a condition on them) say nothing that moves a deal: words and limits."""
    found = connection.exec_driver_sql(
        f"SELECT DISTINCT root, tbl, field FROM change WHERE {which} AND root IN (SELECT id FROM pipeline)",
        values,
    ).all()
    moving = {root for root, table, field in found if not _SAID.get(table, frozenset()) & {"*", field}}
    return {root for root, _table, _field in found} - moving


def project(connection: Connection, roots: Collection[str], zone: str, *, fresh: Collection[str] = ()) -> None:
    """Derive anew what follows from these roots: deals, and those of a pipeline, company or contact among them.

    ``fresh`` are deals that have no projections yet; ``zone`` is taken where the file does not name one.
    """
    here = own_workspace(connection)
    zone = here.time_zone if here else zone
    if here is not None and here.id in roots:  # it says where every day begins
        project_all(connection, zone)
        return
    known = _deals_of(connection, [root for root in roots if root not in fresh]).difference(fresh)
    if known:
        clear(connection, known)
    if known or fresh:
        _project_deals(connection, [*known, *fresh], zone)


def project_all(connection: Connection, zone: str) -> None:
    """Derive everything anew."""
    for table in TABLES:
        connection.exec_driver_sql(f"DELETE FROM {table}")
    _project_deals(connection, connection.exec_driver_sql("SELECT id FROM deal").scalars().all(), zone)


def clear(connection: Connection, deals: Iterable[str]) -> None:
    """Forget what was derived for these deals."""
    for marks, part in chunks(deals):
        for table in TABLES:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE deal_id IN ({marks})", tuple(part))


def _project_deals(connection: Connection, deals: Collection[str], zone: str) -> None:
    rulebook = load_rulebook(connection, zone)
    actions: dict[tuple[object, ...], NextAction | None] = {}
    for _, part in chunks(sorted(deals)):
        names = _names(connection, part)
        facts, ranks, choices = load_facts(connection, part)
        _write(
            connection,
            [
                (
                    situate_briefly(one, rulebook, ranks, choices.get(one.deal.id, NO_CHOICES), actions),
                    *names[one.deal.id],
                )
                for one in facts
            ],
        )


def _deals_of(connection: Connection, roots: Collection[str]) -> set[str]:
    found: set[str] = set()
    for marks, part in chunks(roots):
        for statement in (
            f"SELECT deal_id FROM deal_state WHERE deal_id IN ({marks})",
            f"SELECT id FROM deal WHERE id IN ({marks})",
            f"SELECT id FROM deal WHERE company_id IN ({marks})",
            f"SELECT id FROM deal WHERE contact_id IN ({marks})",
            f"SELECT deal_id FROM passage WHERE pipeline_id IN ({marks})",
        ):
            found.update(connection.exec_driver_sql(statement, tuple(part)).scalars())
    return found


def _names(connection: Connection, ids: list[str]) -> dict[str, tuple[int, str]]:
    """The local key of each deal, and the text in which it is found."""
    return {
        row[0]: (row[1], folded(" ".join(text for text in row[2:] if text)))
        for row in connection.exec_driver_sql(
            "SELECT deal.id, deal.row_key, title, external_id, company.name, contact.name FROM deal"
            " LEFT JOIN company ON company.id = deal.company_id LEFT JOIN contact ON contact.id = deal.contact_id"
            f" WHERE deal.id IN ({', '.join('?' * len(ids))})",
            tuple(ids),
        ).all()
    }


def _state(one: Situation, row_key: int, search: str) -> tuple[object, ...]:
    """The row of ``deal_state``, in the order of its columns."""
    present, last, action = one.present, one.stays[-1], one.action
    return (
        one.deal.id, row_key, last.pipeline_id, last.stage_id, last.entry_id, last.entered,
        present.outcome, present.closed_at, present.won_at, int(present.path_known), present.reason_id, present.reason,
        one.probability, first_contact(one.deal, one.activities), one.last_contact, one.last_touch,
        one.planned_at,
        action.kind if action else "", action.due if action else None,
        action.step_id if action else None, action.activity_id if action else None,
        search,
    )  # fmt: skip


def _write(connection: Connection, situations: Iterable[tuple[Situation, int, str]]) -> None:
    stays: list[tuple[object, ...]] = []
    passages: list[tuple[object, ...]] = []
    states: list[tuple[object, ...]] = []
    for one, row_key, search in situations:
        stays.extend(
            (s.deal_id, s.place, s.pipeline_id, s.stage_id, s.entry_id, s.entered, s.left, s.ended) for s in one.stays
        )
        passages.extend(
            (
                p.deal_id, p.pipeline_id, p.stage_id, p.arrived, p.outcome, p.closed_at, p.won_at, int(p.path_known),
                int(p.won_then_lost), p.reason_id, p.reason,
            )
            for p in one.passages
        )  # fmt: skip
        states.append(_state(one, row_key, search))
    names = {"stay": [item.name for item in fields(Stay)], "passage": [item.name for item in fields(Passage)]}
    for table, columns, rows in (
        ("stay", names["stay"], stays),
        ("passage", names["passage"], passages),
        ("deal_state", STATE_NAMES, states),
    ):
        if rows:
            listed, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
            connection.exec_driver_sql(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)
