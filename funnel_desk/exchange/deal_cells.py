"""The table of deals that goes out."""

from collections.abc import Collection, Iterator

from funnel_desk.domain.deal import OWN_PREFIX
from funnel_desk.exchange.fields import CUSTOM
from funnel_desk.exchange.out_cells import EXACT, OutCells
from funnel_desk.exchange.tags import cell_of_tags
from funnel_desk.exchange.writing import Profile
from funnel_desk.i18n import N_, translate as _
from funnel_desk.queries.exported import ExportedDeal, count_deals, custom_names, exported_deals, names, newest_batch
from funnel_desk.storage.reader import Reader

FIELDS = (
    "external_id", "title", "company", "contact", "contact_email", "contact_phone", "pipeline", "stage", "outcome",
    "lost_stage", "lost_reason", "value", "currency", "probability", "source", "product", "segment", "kind", "owner",
    "created_at", "first_contact_at", "expected_close", "closed_at", "note", "tags",
)  # fmt: skip
OUTCOMES = {"open": N_("open"), "won": N_("won"), "lost": N_("lost")}
KINDS = {
    "new": N_("new"),
    "repeat": N_("repeat"),
    "cross_sell": N_("cross-sell"),
    "up_sell": N_("up-sell"),
    "change_sale": N_("change sale"),
}


class DealCells:
    """One row a deal. The stage of a deal that was lost nobody knows where is left empty."""

    typed = frozenset({"value", "probability", "created_at", "first_contact_at", "expected_close", "closed_at"})

    def __init__(self, read: Reader, profile: Profile) -> None:
        self._read, self._exact = read, profile == "exact"
        self._cells = OutCells(names(read), profile, read.zone)
        self._custom = [name for name in custom_names(read) if not name.startswith(OWN_PREFIX)]
        self._revision = newest_batch(read)
        self._kinds = {kind: _(word) for kind, word in KINDS.items()}
        own = [f"{CUSTOM}{name}" for name in self._custom]
        self.fields = (*FIELDS, *own, *EXACT)

    def count(self, only: Collection[str] | None) -> int:
        """How many deals there must be."""
        return count_deals(self._read, only)

    def rows(self, only: Collection[str] | None = None) -> Iterator[list[list[str]]]:
        """The rows of each deal in turn, or of those with these ids."""
        for deal in exported_deals(self._read):
            if only is None or deal.id in only:
                yield [self._row(deal)]

    def _row(self, deal: ExportedDeal) -> list[str]:
        cells = self._cells
        lost = deal.outcome == "lost"
        stage = "" if lost and not deal.path_known else cells.stage(deal.stage_id)
        currency = deal.currency or (self._read.currency if deal.value is not None else "")
        row = [
            deal.external_id,
            deal.title,
            deal.company,
            deal.contact,
            deal.contact_email,
            deal.contact_phone,
            cells.pipeline(deal.pipeline_id),
            stage,
            deal.outcome if self._exact else _(OUTCOMES[deal.outcome]),
            stage if lost else "",
            cells.reason(deal.reason_id, deal.reason) if lost else "",
            cells.money(deal.value, currency),
            currency,
            cells.percent(deal.probability),
            deal.source,
            deal.product,
            deal.segment,
            deal.kind if self._exact else self._kinds.get(deal.kind, deal.kind),
            deal.owner,
            cells.moment(deal.created_at),
            cells.moment(deal.first_contact_at),
            cells.moment(deal.expected_close),
            cells.moment(deal.closed_at),
            deal.note,
            cell_of_tags(deal.tags),
        ]
        row += [deal.custom.get(name, "") for name in self._custom]
        return [*row, deal.id, self._revision]
