"""Rows of every table around a deal, a pipeline or by itself: one of each, to be made, edited and deleted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from funnel_desk.domain.aftercare import Claim, Satisfaction, Waiting
from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.commitment import Condition, Risk, TermsRequest
from funnel_desk.domain.feedback import Feedback
from funnel_desk.domain.obstacle import Obstacle
from funnel_desk.domain.own_field import OwnField
from funnel_desk.domain.own_figures import Goal, Rate, SourceCost
from funnel_desk.domain.people import Contact
from funnel_desk.domain.qualification import Criterion
from funnel_desk.domain.review import Review
from funnel_desk.domain.saved_view import SavedView
from funnel_desk.domain.snooze import Snooze
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.operations.desk import operation
from funnel_desk.storage.entities import BY_KIND
from funnel_desk.storage.journal import Batch

Maker = Callable[[str, str, str, str | None], Any]
DAY, NOW, SALES = "2026-03-02", "2026-03-02T10:00:00Z", "sales"

# Of each kind: how a row is made (id, deal, text, a contact if there is one), and a field of text that is edited.
MADE: tuple[tuple[Maker, str], ...] = (
    (lambda row, deal, text, _: Criterion(row, deal, "need", NOW, evidence=text), "evidence"),
    (lambda row, deal, text, _: Obstacle(row, deal, "price", text, NOW), "answer"),
    (lambda row, deal, text, who: Stakeholder(row, deal, text, "decides", contact_id=who), "note"),
    (lambda row, deal, text, _: Condition(row, deal, text, NOW), "text"),
    (lambda row, deal, text, _: Risk(row, deal, "budget", NOW, text), "text"),
    (lambda row, deal, text, _: TermsRequest(row, deal, "discount", NOW, text, discount=500), "answer"),
    (lambda row, deal, text, _: Satisfaction(row, deal, "good", NOW, text), "text"),
    (lambda row, deal, text, _: Claim(row, deal, text, NOW), "answer"),
    (lambda row, deal, text, _: Waiting(row, deal, text, NOW), "text"),
    (lambda row, deal, text, _: Feedback(row, deal, "marketing", text, NOW, reason_id="dear"), "answer"),
    (lambda row, deal, text, _: Snooze(row, deal, NOW, DAY, text), "reason"),
    (lambda row, _deal, text, _: ChangeMark(row, SALES, DAY, text, stage_id=f"{SALES}-1"), "text"),
    (lambda row, _deal, text, _: OwnField(row, text, "choice", ("a", "b")), "name"),
    (lambda row, _deal, text, _: SavedView(row, text, {"stage": "x"}, ("title",), ("value",)), "name"),
    (lambda row, _deal, text, _: Rate(row, "USD", DAY, "0.9" + str(len(text))), "worth"),
    (lambda row, _deal, text, _: SourceCost(row, text, DAY, DAY, 100, "EUR"), "source"),
    (lambda row, _deal, text, _: Goal(row, 100, text[:3], DAY, DAY, SALES), "currency"),
    (lambda row, _deal, text, _: Review(row, DAY, NOW, text), "decisions"),
)


@operation("Fact")
def add_fact(batch: Batch, deal_id: str, kind: int, text: str) -> None:
    """A new row of one of the kinds."""
    contacts = batch.find(Contact)
    batch.add(MADE[kind % len(MADE)][0](batch.new_id(), deal_id, text, contacts[0].id if contacts else None))


@operation("Change a fact")
def edit_fact(batch: Batch, kind: int, which: int, text: str) -> None:
    """Another text in one of the rows of a kind."""
    row, field = _row(batch, kind, which)
    if row is not None:
        batch.save(row, replace(row, **{field: text}))


@operation("Delete a fact")
def delete_fact(batch: Batch, kind: int, which: int) -> None:
    """One of the rows of a kind."""
    row, _ = _row(batch, kind, which)
    if row is not None:
        batch.delete(row)


def _row(batch: Batch, kind: int, which: int) -> tuple[Any, str]:
    maker, field = MADE[kind % len(MADE)]
    rows = batch.find(type(maker("x", "x", "x", None)))
    rows.sort(key=lambda row: row.id)
    return (rows[which % len(rows)] if rows else None), field


def tables() -> set[str]:
    """The tables of which rows are made here."""
    return {BY_KIND[type(maker("x", "x", "x", None))].name for maker, _ in MADE}
