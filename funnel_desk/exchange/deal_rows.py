"""Rows of a table of deals, understood: what each tells of a deal, its stage, its outcome and its people."""

from typing import Literal, cast

from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.exchange.amounts import Amount
from funnel_desk.exchange.meanings import closing, outcome_of_flags
from funnel_desk.exchange.plan import ImportPlan
from funnel_desk.exchange.row_reading import Note, RowReader, Said, UnknownKind
from funnel_desk.exchange.stage_names import StageWord
from funnel_desk.exchange.table import Row
from funnel_desk.i18n import N_, translate as _
from funnel_desk.operations.import_values import IncomingDeal, Outcome
from funnel_desk.operations.reason_names import ReasonNames

PLAIN = ("title", "external_id", "source", "product", "segment", "kind", "owner", "note", "tags", "probability")
CLOSINGS = ("closed_at", "won_at", "lost_at", "expected_close")
_ALL, _NONE = 10_000, 0


class DealRows:
    """Understands the rows of one table, one by one, and collects what is odd about them."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._reader = RowReader(plan)
        self._reasons = ReasonNames(plan.ground.reasons)
        self._headers = {column.field: column.header for column in plan.matching.columns}
        self._places = {field: plan.table.place(header) for field, header in self._headers.items()}
        self._zone = plan.ground.zone
        self.warnings: list[Note] = []

    def understand(self, row: Row) -> IncomingDeal | list[Note]:
        """The row as a deal to come, or what spoils it."""
        said = self._reader.read(row)
        if said.spoiled:
            return said.spoiled
        values = said.values
        pipeline_id = self._pipeline(row)
        word = self._stage(row, "stage", pipeline_id)
        lost_word = self._stage(row, "lost_stage", pipeline_id)
        outcome = _outcome(values, word, lost_word)
        closed_at, expected = _closing(values, outcome)
        fields = self._fields(row, said, outcome, expected)
        self._check_order(row, values, closed_at, expected)
        reason = str(values.get("lost_reason", "")) if outcome == "lost" else ""
        reason_id = self._reasons.find(reason) if reason else None
        company, external_id = str(values.get("company", "")), str(values.get("external_id", ""))
        return IncomingDeal(
            row.line,
            fields,
            tuple(row.cells),
            company or external_id or _("Deal, line {line}", line=row.line),
            str(values.get("_uid", "")),
            str(values.get("_rev", "")),
            company,
            str(values.get("contact", "")),
            str(values.get("contact_email", "")),
            str(values.get("contact_phone", "")),
            pipeline_id,
            word.stage.id if word and word.stage and _stands(word, outcome) else None,
            outcome,
            lost_word.stage.id if lost_word and lost_word.stage and outcome == "lost" else None,
            closed_at,
            reason_id,
            "" if reason_id else reason,
        )

    def _pipeline(self, row: Row) -> str | None:
        place = self._places.get("pipeline")
        return None if place is None else self._plan.pipelines.get(row.cells[place])

    def _stage(self, row: Row, field: str, pipeline_id: str | None) -> StageWord | None:
        place = self._places.get(field)
        if place is None:
            return None
        cell = self._plan.values.apply(self._headers[field], row.cells[place])
        if not cell or cell.isspace():
            return None
        return self._plan.names.stage(cell, pipeline_id or self._plan.pipeline.id)

    def _fields(self, row: Row, said: Said, outcome: Outcome | None, expected: str | None) -> dict[str, object]:
        """What the row tells of the fields of ``Deal``."""
        values = said.values
        fields = {name: values[name] for name in PLAIN if name in values}
        if isinstance(fields.get("kind"), UnknownKind):
            self._warn(row, "kind", str(fields.pop("kind")), _("This is no kind of deal, and was left out."))
        if not self._plan.exact and fields.get("probability") == {"won": _ALL, "lost": _NONE}.get(outcome or ""):
            fields.pop("probability", None)  # says once more that it is won or lost; nobody set it by hand
        amount = values.get("value")
        if isinstance(amount, Amount):
            fields["value"], fields["currency"] = amount.minor, amount.currency
            self._check_amount(row, amount)
        elif "currency" in values:
            fields["currency"] = values["currency"]
        for name in ("created_at", "first_contact_at"):
            if name in values:
                fields[name] = values[name]
        if expected:
            fields["expected_close"] = day_of(expected, self._zone)
        if said.custom:
            fields["custom"] = said.custom
        return fields

    def _check_amount(self, row: Row, amount: Amount) -> None:
        cell = row.cells[self._places["value"]]
        if amount.minor < 0:
            self._warn(row, "value", cell, _("The amount is negative."))
        if amount.rounded:
            self._warn(row, "value", cell, _("The amount has more decimals than its currency, and was rounded."))

    def _check_order(
        self, row: Row, values: dict[str, object], closed_at: Moment | None, expected: Moment | None
    ) -> None:
        created, closing_at = values.get("created_at"), closed_at or expected
        if closing_at is None or created is None or closing_at >= str(created):
            return
        if day_of(closing_at, self._zone) < day_of(str(created), self._zone):
            field = next(name for name in CLOSINGS if values.get(name) == closing_at)
            said = N_("The deal was closed before it was created.")
            if closed_at is None:
                said = N_("The deal is expected to close before it was created.")
            self._warn(row, field, row.cells[self._places[field]], _(said))

    def _warn(self, row: Row, field: str, cell: str, reason: str) -> None:
        self.warnings.append(Note(row.line, self._headers[field], cell, reason))


def _outcome(values: dict[str, object], word: StageWord | None, lost_word: StageWord | None) -> Outcome | None:
    """What the row says of the outcome; None where it says nothing at all.

    A stage that means won or lost (or lies from the sale on) speaks before flags and before an outcome of "open", which
    other programs give to after-sale work; an outcome of won or lost speaks before the stage.
    """
    told = cast("Outcome | None", values.get("outcome"))
    if told in {"won", "lost"}:
        return told
    if word is not None and word.outcome != "open":
        return word.outcome
    if told is not None:
        return told
    flags = outcome_of_flags(
        is_won=cast("bool | None", values.get("is_won")), is_closed=cast("bool | None", values.get("is_closed"))
    )
    return flags or _outcome_of_moments(values) or _outcome_of_words(word, lost_word)


def _outcome_of_moments(values: dict[str, object]) -> Outcome | None:
    """The outcome of the later of the moments of winning and losing."""
    moments: list[tuple[str, Literal["won", "lost"]]] = []
    if "won_at" in values:
        moments.append((str(values["won_at"]), "won"))
    if "lost_at" in values:
        moments.append((str(values["lost_at"]), "lost"))
    return max(moments)[1] if moments else None


def _outcome_of_words(word: StageWord | None, lost_word: StageWord | None) -> Outcome | None:
    if lost_word is not None:
        return "lost"
    return None if word is None else "open"


def _stands(word: StageWord, outcome: Outcome | None) -> bool:
    """Whether the stage tells where the deal stands; that of a won deal before the sale says where it was once."""
    return outcome != "won" or word.outcome == "won"


def _closing(values: dict[str, object], outcome: Outcome | None) -> tuple[Moment | None, str | None]:
    """When it was closed and when it is expected to be."""
    own = values.get("won_at" if outcome == "won" else "lost_at") if outcome in {"won", "lost"} else None
    closed = cast("Moment | None", values.get("closed_at") or own)
    return closing(outcome or "open", closed, cast("str | None", values.get("expected_close")))
