"""A funnel beside that of another period: for programs, and in words that claim nothing the numbers do not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from funnel_desk.cli._answers import rate, table
from funnel_desk.domain.funnel_comparison import SENTENCES, FunnelComparison, compare_funnels
from funnel_desk.i18n import _, format_number, format_percent, language

if TYPE_CHECKING:
    from funnel_desk.domain.comparison import Comparison
    from funnel_desk.domain.intervals import Rate
    from funnel_desk.domain.pipeline import Stage
    from funnel_desk.queries.funnel import FunnelReport


def compared(found: "FunnelReport", other: "FunnelReport") -> FunnelComparison:
    """The two funnels, share by share."""
    return compare_funnels(found.funnel, other.funnel, found.scope.period, other.scope.period)


def differences(comparison: FunnelComparison, stages: "Sequence[Stage]") -> dict[str, object]:
    """The differences: of the win rates, and of how deals go on from each stage."""
    return {
        "same_length": comparison.same_length,
        "differences": {
            "win_rate": _difference(comparison.win_rate),
            "stages": [
                {"key": stage.key} | _difference(one)
                for stage, one in zip(stages, comparison.stages, strict=True)
                if one is not None
            ],
        },
    }


def said(comparison: FunnelComparison, stages: "Sequence[Stage]", whose: str) -> str:
    """The differences in words, each with what it was counted from."""
    rows = [(_("Win rate"), _sentence(comparison.win_rate))]
    rows += [
        (stage.name.of(language()), _sentence(one))
        for stage, one in zip(stages, comparison.stages, strict=True)
        if one is not None and one.difference is not None
    ]
    lines = [_("Compared with: {deals}", deals=whose), table(rows, indent=2)]
    if comparison.same_length is False:
        lines.append(_("The two periods are not of the same length: compare shares, not numbers of deals."))
    return "\n".join(lines)


def _difference(comparison: "Comparison") -> dict[str, object]:
    interval = comparison.interval
    return {
        "difference": rate(comparison.difference),
        "low": rate(interval.low if interval else None),
        "high": rate(interval.high if interval else None),
        "verdict": comparison.verdict,
    }


def _sentence(comparison: "Comparison") -> str:
    share, other = comparison.share, comparison.other
    return _(
        SENTENCES[comparison.verdict],
        share=_share(share),
        n=format_number(share.base),
        other=_share(other),
        other_n=format_number(other.base),
    )


def _share(share: "Rate") -> str:
    return "–" if share.value is None else format_percent(share.value)
