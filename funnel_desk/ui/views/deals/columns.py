"""The columns of the list of deals: what each says of a deal."""

from collections.abc import Sequence
from decimal import Decimal

from funnel_desk.domain.moments import day_of
from funnel_desk.domain.own_field import OwnField
from funnel_desk.i18n import _, format_day, format_number, format_relative_day, translate
from funnel_desk.queries.deals import OWN, DealRow
from funnel_desk.ui import phrases
from funnel_desk.ui.models.paged import Column

USUAL = ("title", "company", "stage", "next", "due", "value", "chance", "touched")
"""The columns that are shown until the person chooses others."""

GIVES_WAY = (("touched", 1180), ("chance", 1080), ("next", 960), ("company", 720), ("stage", 440))
"""Which of the usual columns give way as the list becomes narrower than so many px, in this order."""

_CERTAIN = 10_000


def deal_columns(today: str, zone: str, own: Sequence[OwnField] = ()) -> list[Column[DealRow]]:
    """All columns as they read on a day, in the order in which they are offered."""

    def day(moment: str | None) -> str:
        return phrases.day_words(day_of(moment, zone), today) if moment else ""

    def days_since(row: DealRow, moment: str) -> str:
        return format_number(phrases.days_between_days(day_of(moment, zone), today)) if row.outcome == "open" else ""

    return [
        Column("title", _("Deal"), lambda row: row.title, 220, sort="title"),
        Column("company", _("Company"), lambda row: row.company, 150, sort="company"),
        Column("contact", _("Contact"), lambda row: row.contact, 140, sort="contact"),
        Column("stage", _("Stage"), lambda row: phrases.of(row.stage), 124, sort="stage"),
        Column("pipeline", _("Pipeline"), lambda row: phrases.of(row.pipeline), 130, sort="pipeline"),
        Column("next", _("Next action"), _next, 200, sort="next_kind"),
        Column("due", _("When"), lambda row: _due(row, today, zone), 116, sort="next_due"),
        Column("value", _("Value"), lambda row: phrases.money(row.value, row.currency), 104, figures=True,
               sort="value"),
        Column("currency", _("Currency"), lambda row: row.currency if row.value is not None else "", 72,
               sort="currency"),
        Column("chance", _("Chance"), _chance, 72, figures=True, sort="probability"),
        Column("weighted", _("Weighted"), _weighted, 104, figures=True, sort="weighted"),
        Column("expected", _("Closes"), lambda row: day(row.expected_close), 92, figures=True, sort="expected_close"),
        Column("touched", _("Last touch"), lambda row: format_day(day_of(row.last_touch, zone), "short"), 92,
               figures=True, sort="last_touch"),
        Column("age", _("Age, days"), lambda row: days_since(row, row.created_at), 84, figures=True, sort="age"),
        Column("in_stage", _("Days in the stage"), lambda row: days_since(row, row.entered), 120, figures=True,
               sort="in_stage"),
        Column("created", _("Created"), lambda row: day(row.created_at), 92, figures=True, sort="created_at"),
        Column("closed", _("Closed"), lambda row: day(row.closed_at), 92, figures=True, sort="closed_at"),
        Column("outcome", _("Outcome"), lambda row: translate(phrases.OUTCOMES[row.outcome]), 100, sort="outcome"),
        Column("reason", _("Why lost"), lambda row: phrases.of(row.reason), 160, sort="reason"),
        Column("source", _("Source"), lambda row: row.source, 110, sort="source"),
        Column("product", _("Product"), lambda row: row.product, 120, sort="product"),
        Column("segment", _("Segment"), lambda row: row.segment, 110, sort="segment"),
        Column("kind", _("Kind of sale"), lambda row: phrases.deal_kind(row.kind), 110, sort="kind"),
        Column("owner", _("Owner"), lambda row: row.owner, 110, sort="owner"),
        Column("tags", _("Tags"), lambda row: ", ".join(row.tags), 130, sort="tags"),
        Column("note", _("Need"), lambda row: " ".join(row.note.split()), 220, sort="note"),
        Column("external_id", _("External id"), lambda row: row.external_id, 110, sort="external_id"),
        *(_own(one) for one in own),
    ]  # fmt: skip


def _own(one: OwnField) -> Column[DealRow]:
    def text(row: DealRow) -> str:
        told = row.custom.get(one.name, "")
        if one.kind == "day" and told:
            return format_day(told)
        if one.kind == "yes_no" and told:
            return _("yes") if told == "yes" else _("no")
        return told

    return Column(OWN + one.name, one.name, text, 120, figures=one.kind in {"number", "day"}, sort=OWN + one.name)


def _next(row: DealRow) -> str:
    return phrases.of(row.next_title) or (phrases.kind_name(row.next_kind) if row.next_kind else "")


def _due(row: DealRow, today: str, zone: str) -> str:
    if not row.next_kind:
        return _("plan one") if row.outcome == "open" else ""
    told, late = phrases.due(row.next_due, today, zone)
    return format_relative_day(day_of(row.next_due or today, zone), today) if late else told


def _chance(row: DealRow) -> str:
    return phrases.chance(row.probability) if row.outcome == "open" else ""


def _weighted(row: DealRow) -> str:
    if row.value is None:
        return ""
    return phrases.money(round(Decimal(row.value) * row.probability / _CERTAIN), row.currency)
