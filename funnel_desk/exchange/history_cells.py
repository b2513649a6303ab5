"""The table of stage histories that goes out."""

from collections.abc import Collection, Iterator
from itertools import pairwise

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.path import Node
from funnel_desk.exchange.deal_cells import OUTCOMES
from funnel_desk.exchange.out_cells import EXACT, OutCells
from funnel_desk.exchange.writing import Profile
from funnel_desk.i18n import translate as _
from funnel_desk.queries.exported import count_deals, exported_paths, names, newest_batch
from funnel_desk.storage.reader import Reader

FIELDS = ("deal", "stage", "at", "from_stage", "value", "currency", "probability", "reason")
PIPELINE = "pipeline"


class HistoryCells:
    """One row a move, the creation being the first. ``at`` is when it counts, so that the rows of a deal are in order.

    A move without ``from_stage`` is the creation, or a closing to which nobody knows the way. The pipeline is told only
    where there are several.
    """

    typed = frozenset({"at", "value", "probability"})

    def __init__(self, read: Reader, profile: Profile) -> None:
        self._read, self._exact = read, profile == "exact"
        known = names(read)
        self._cells = OutCells(known, profile, read.zone)
        self._revision = newest_batch(read)
        self._several = len(known.pipelines) > 1
        self.fields = (*FIELDS, *([PIPELINE] if self._several else []), *EXACT)

    def count(self, only: Collection[str] | None) -> int:
        """How many deals there must be."""
        return count_deals(self._read, only)

    def rows(self, only: Collection[str] | None = None) -> Iterator[list[list[str]]]:
        """The rows of each deal in turn, or of those with these ids."""
        for deal, path in exported_paths(self._read):
            if only is not None and deal.id not in only:
                continue
            rows = [self._row(deal, path.nodes[0], None)]
            rows += [self._row(deal, node, before) for before, node in pairwise(path.nodes)]
            yield rows

    def _row(self, deal: Deal, node: Node, before: Node | None) -> list[str]:
        cells, lost = self._cells, node.kind == "lost"
        stage = cells.stage(node.stage_id)
        if lost:
            stage = "lost" if self._exact else _(OUTCOMES["lost"])
        told = ""
        if before is not None and node.path_known:
            told = cells.stage(node.stage_id if lost else before.stage_id)
        currency = node.currency or (self._read.currency if node.value is not None else "")
        row = [
            deal.external_id if deal.external_id.strip() else deal.title,
            stage,
            cells.moment(node.at),
            told,
            cells.money(node.value, currency),
            currency,
            cells.percent(node.probability),
            cells.reason(node.reason_id, node.reason) if lost else node.because,
        ]
        if self._several:
            row.append(cells.pipeline(node.pipeline_id))
        return [*row, deal.id, self._revision]
