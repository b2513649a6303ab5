"""Rows of a stage history, understood: which deal went where and when."""

from funnel_desk.exchange.amounts import Amount
from funnel_desk.exchange.fields import REQUIRED
from funnel_desk.exchange.plan import ImportPlan
from funnel_desk.exchange.row_reading import Note, RowReader
from funnel_desk.exchange.stage_names import StageWord
from funnel_desk.exchange.table import Row
from funnel_desk.i18n import translate as _
from funnel_desk.operations.import_values import IncomingMove
from funnel_desk.operations.reason_names import ReasonNames


class HistoryRows:
    """Understands the rows of one stage history, one by one."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._reader = RowReader(plan)
        self._reasons = ReasonNames(plan.ground.reasons)
        self._headers = {column.field: column.header for column in plan.matching.columns}
        self._places = {field: plan.table.place(header) for field, header in self._headers.items()}
        self._ours = plan.exact or plan.table.guarded
        self.warnings: list[Note] = []

    def understand(self, row: Row) -> IncomingMove | list[Note]:
        """The row as a move, or what spoils it."""
        said = self._reader.read(row)
        if said.spoiled:
            return said.spoiled
        missing = [
            Note(row.line, self._headers[field], "", _("This cell must not be empty."))
            for field in REQUIRED["stage-history"]
            if not row.cells[self._places[field]].strip()
        ]
        if missing:
            return missing
        values = said.values
        pipeline_id = self._pipeline(row)
        word, before = self._stage(row, "stage", pipeline_id), self._stage(row, "from_stage", pipeline_id)
        if word is None:  # a rule of `--value` made nothing of it
            return [Note(row.line, self._headers["stage"], "", _("This cell must not be empty."))]
        amount = values.get("value")
        money = amount if isinstance(amount, Amount) else None
        outcome = word.outcome if word.outcome != "open" and word.stage is None else None
        reason = str(values.get("reason", ""))
        reason_id = self._reasons.find(reason) if reason and outcome == "lost" else None
        probability = values.get("probability")
        return IncomingMove(
            row.line,
            str(values["deal"]),
            str(values["at"]),
            str(values.get("_uid", "")),
            pipeline_id,
            word.stage.id if word.stage else None,
            outcome,
            before.stage.id if before and before.stage else None,
            money.minor if money else None,
            money.currency if money else str(values.get("currency", "")),
            probability if isinstance(probability, int) else None,
            reason_id,
            "" if reason_id else reason,
            known=not self._ours or bool(self._told(row, "from_stage")),
        )

    def _pipeline(self, row: Row) -> str | None:
        place = self._places.get("pipeline")
        return None if place is None else self._plan.pipelines.get(row.cells[place])

    def _told(self, row: Row, field: str) -> str:
        place = self._places.get(field)
        return "" if place is None else self._plan.values.apply(self._headers[field], row.cells[place]).strip()

    def _stage(self, row: Row, field: str, pipeline_id: str | None) -> StageWord | None:
        cell = self._told(row, field)
        find = self._plan.names.anywhere if field == "from_stage" else self._plan.names.stage
        return find(cell, pipeline_id or self._plan.pipeline.id) if cell else None
