"""What a person should see before an import: which column is what, the first rows as understood, and the sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from funnel_desk.domain.words import Words
from funnel_desk.exchange.importing import Understood
from funnel_desk.exchange.plan import ImportPlan
from funnel_desk.operations.import_values import IncomingDeal

_LOOK_FOR_SAMPLES = 20


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """A column of the file: the field it fills (empty when it is left out), and a cell that is not blank."""

    header: str
    field: str
    sample: str


@dataclass(frozen=True, slots=True)
class RowPreview:
    """A row as it will come in. Amounts in minor units, moments as they are kept."""

    line: int
    title: str
    company: str
    stage: Words | None
    outcome: str
    value: int | None
    currency: str
    created_at: str
    closed_at: str


@dataclass(frozen=True, slots=True)
class AmountPreview:
    """The amounts of one currency, in minor units: how many, the least, the greatest, the sum."""

    currency: str
    count: int
    low: int
    high: int
    total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it. ``stages`` counts the rows by stage, None standing for rows that tell none; outcomes likewise."""

    columns: tuple[ColumnPreview, ...]
    rows: tuple[RowPreview, ...]
    amounts: tuple[AmountPreview, ...]
    days: tuple[str, str] | None
    """The first and the last creation."""
    stages: tuple[tuple[Words | None, int], ...]
    outcomes: tuple[tuple[str, int], ...]


def preview(plan: ImportPlan, understood: Understood, first: int = 20) -> Preview:
    """What the import of these rows will bring, without a look at what is there already."""
    deals = understood.deals
    names = {stage.id: stage.name for stage in plan.ground.stages}
    stages: dict[str | None, int] = {}
    outcomes: dict[str, int] = {}
    for row in deals:
        stages[row.stage_id] = stages.get(row.stage_id, 0) + 1
        outcomes[row.outcome or "open"] = outcomes.get(row.outcome or "open", 0) + 1
    created = [str(row.fields["created_at"]) for row in deals if "created_at" in row.fields]
    return Preview(
        _columns(plan),
        tuple(_row(row, names) for row in islice(deals, first)),
        _amounts(deals),
        (min(created), max(created)) if created else None,
        tuple((names.get(stage_id or ""), count) for stage_id, count in stages.items()),
        tuple(outcomes.items()),
    )


def _columns(plan: ImportPlan) -> tuple[ColumnPreview, ...]:
    fields = {column.header: column.field for column in plan.matching.columns}
    rows = plan.table.rows[:_LOOK_FOR_SAMPLES]
    found = []
    for place, header in enumerate(plan.table.headers):
        sample = next((row.cells[place] for row in rows if row.cells[place].strip()), "")
        found.append(ColumnPreview(header, fields.get(header, ""), sample))
    return tuple(found)


def _row(row: IncomingDeal, names: dict[str, Words]) -> RowPreview:
    value = row.fields.get("value")
    return RowPreview(
        row.line,
        str(row.fields.get("title") or row.fallback_title),
        row.company,
        names.get(row.lost_stage_id or row.stage_id or ""),
        row.outcome or "open",
        value if isinstance(value, int) else None,
        str(row.fields.get("currency", "")),
        str(row.fields.get("created_at", "")),
        row.closed_at or "",
    )


def _amounts(deals: Sequence[IncomingDeal]) -> tuple[AmountPreview, ...]:
    values: dict[str, list[int]] = {}
    for row in deals:
        value = row.fields.get("value")
        if isinstance(value, int):
            values.setdefault(str(row.fields["currency"]), []).append(value)
    return tuple(
        AmountPreview(currency, len(found), min(found), max(found), sum(found)) for currency, found in values.items()
    )
