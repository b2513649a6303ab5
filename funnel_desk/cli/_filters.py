"""What `--filter` tells: which deals are meant, as NAME=VALUE, several of one name meaning any of them."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from funnel_desk.cli._named import pipeline_row, stage_named
from funnel_desk.domain.deal_filter import DealFilter, period_of
from funnel_desk.domain.money import exponent
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_

if TYPE_CHECKING:
    from funnel_desk.storage.reader import Reader

LISTS = {
    "outcome": "outcomes",
    "source": "sources",
    "product": "products",
    "segment": "segments",
    "kind": "kinds",
    "owner": "owners",
    "tag": "tags",
}
PERIODS = ("created", "closed", "expected")
FLAGS = {"stalled": "stalled", "overdue": "overdue", "snoozed": "snoozed", "without-action": "without_action"}
NAMES = ("stage", *LISTS, "text", *PERIODS, "least", "most", "currency", *FLAGS)


class UnknownFilter(Refusal):
    """A filter by something that there is not."""

    message = N_("“{word}” is no filter. Tell NAME=VALUE, where NAME is one of: {known}.")


class WrongFilterValue(Refusal):
    """A filter whose value cannot be meant."""

    message = N_(
        "“{value}” cannot be meant by “{name}”. Periods are FIRST..LAST, such as 2026-01-01..2026-06-30, or "
        "this_month, this_year and so on; amounts are numbers such as 1000.50; the rest are yes."
    )


def filter_told(read: "Reader", told: Sequence[str], pipeline: str | None, today: str) -> DealFilter | None:
    """The deals that are meant; None for all. Raises UnknownFilter, WrongFilterValue, UnknownPipeline, UnknownStage."""
    if not told and pipeline is None:
        return None
    values: dict[str, object] = {}
    if pipeline is not None:
        values["pipeline_id"] = pipeline_row(read, pipeline).pipeline.id
    parted = [word.partition("=") for word in told]
    for word, (name, equals, _value) in zip(told, parted, strict=True):
        if name not in NAMES or not equals:
            raise UnknownFilter(word=word, known=", ".join(NAMES))
    said = {name: [value for other, _equals, value in parted if other == name] for name, _equals, _value in parted}
    for name, texts in said.items():
        if name in LISTS:
            values[LISTS[name]] = tuple(texts)
        elif name == "stage":
            values["stage_id"] = _stage(read, texts[-1], pipeline)
        else:
            values[FLAGS.get(name, name)] = _value_of(name, texts[-1], str((said.get("currency") or [""])[-1]))
    return DealFilter(**values).on_day(today)  # type: ignore[arg-type]  # each by its field's type, as above


def _stage(read: "Reader", told: str, pipeline: str | None) -> str:
    from funnel_desk.cli._named import chosen_pipeline

    row = chosen_pipeline(read, pipeline)
    return stage_named([one.stage for one in row.stages], told, row.pipeline.name).id


def _value_of(name: str, text: str, currency: str) -> object:
    if name in PERIODS:
        try:
            period_of(text, "2026-01-01")
        except (ValueError, Refusal):
            raise WrongFilterValue(name=name, value=text) from None
        return text
    if name in {"least", "most"}:
        try:
            return int(Decimal(text.replace(",", ".")).scaleb(exponent(currency)))
        except (InvalidOperation, ValueError, OverflowError):
            raise WrongFilterValue(name=name, value=text) from None
    if name in FLAGS:
        if text not in {"yes", "1", "true"}:
            raise WrongFilterValue(name=name, value=text)
        return True
    return text
