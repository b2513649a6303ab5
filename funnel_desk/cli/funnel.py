"""`funnel`: how many deals came how far, and what became of them."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from funnel_desk.cli._answers import amount, answer, rate, say, shown_money, table
from funnel_desk.cli._compare import compared, differences, said
from funnel_desk.cli._desks import reading
from funnel_desk.cli._grammar import Day, cli_command, file_argument, json_option
from funnel_desk.cli._named import chosen_pipeline
from funnel_desk.domain.bottleneck import Bottleneck, bottleneck
from funnel_desk.domain.cohort import BASES, GROUPINGS, Basis, Grouping
from funnel_desk.domain.funnel import Funnel, StageFigures
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.money import Amount
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, format_days, format_number, format_percent, language, ngettext

if TYPE_CHECKING:
    from funnel_desk.queries.funnel import FunnelReport
    from funnel_desk.storage.reader import Reader

DAY_PLACES = 2
HEADS = (
    *(N_("Stage"), N_("Came this far"), N_("Went on"), N_("Of those decided"), N_("Entered"), N_("Been there")),
    *(N_("In every stage"), N_("Now here"), N_("Lost here"), N_("Usual days"), N_("Value")),
)
GROUP_NAMES = {
    "source": N_("Source"),
    "product": N_("Product"),
    "segment": N_("Segment"),
    "owner": N_("Owner"),
    "kind": N_("Kind"),
}


@cli_command(
    N_("Show the funnel: how many deals came how far, and what became of them."),
    N_(
        "Counts the deals created in the period, with all that happened to them since; or those closed in it; or those "
        "that were open in it. Days are those of the workspace's time zone, the first and the last included."
    ),
)
@file_argument
@click.option("--pipeline", metavar="NAME", help=N_("The pipeline; the first unless told."))
@click.option("--basis", type=click.Choice(BASES), default=BASES[0], help=N_("Which deals the period chooses."))
@click.option("--from", "first", metavar="DAY", type=Day(), help=N_("The first day of the period."))
@click.option("--to", "last", metavar="DAY", type=Day(), help=N_("The last day of the period."))
@click.option("--compare-from", metavar="DAY", type=Day(), help=N_("The first day of a period to compare with."))
@click.option("--compare-to", metavar="DAY", type=Day(), help=N_("The last day of a period to compare with."))
@click.option("--by", type=click.Choice(GROUPINGS), help=N_("Show each group of deals too."))
@click.option(
    "--chart",
    metavar="OUT",
    type=click.Path(path_type=Path, readable=False),
    help=N_("Save the picture, as .png, .svg or .pdf."),
)
@json_option
def command(
    file: Path,
    pipeline: str | None,
    basis: str,
    first: str | None,
    last: str | None,
    compare_from: str | None,
    compare_to: str | None,
    by: str | None,
    chart: Path | None,
    *,
    as_json: bool,
) -> None:
    """Read the funnel and show it; save its picture if one is wanted."""
    period, earlier = Period(first, last), Period(compare_from, compare_to)
    if chart is not None:
        from funnel_desk.charts.saving import picture_format

        picture_format(chart)  # a wrong name is told before anything is read

    def ask(read: "Reader") -> "tuple[FunnelReport, FunnelReport | None]":
        from funnel_desk.queries.cohort import Scope
        from funnel_desk.queries.funnel import funnel

        chosen = chosen_pipeline(read, pipeline).pipeline.id
        scope = Scope(chosen, cast("Basis", basis), period, cast("Grouping | None", by))
        found = funnel(read, scope, now=desk.clock())
        if earlier == ALWAYS:
            return found, None
        return found, funnel(read, replace(scope, period=earlier, by=None), now=desk.clock())

    with reading(file) as desk:
        found, other = desk.read(ask)
    if chart is not None:
        _draw(found, chart)
    if as_json:
        answer(_document(found, found.funnel) | {"groups": _groups(found), "compare": _compare(found, other)})
    else:
        say(_told(found, other))
        if chart is not None:
            say("\n" + _("The picture is saved: {file}", file=chart))


def _draw(found: "FunnelReport", path: Path) -> None:
    from funnel_desk.charts.funnel import CHART
    from funnel_desk.charts.saving import save
    from funnel_desk.charts.style import load_style

    save(CHART, found, path, load_style(), title=_(CHART.title), note=found.pipeline.name.of(language()))


def _groups(found: "FunnelReport") -> dict[str, object]:
    return {name: _document(found, group) for name, group in found.groups.items()}


def _compare(found: "FunnelReport", other: "FunnelReport | None") -> dict[str, object] | None:
    """The funnel of the other period, and what differs."""
    if other is None:
        return None
    return _document(other, other.funnel) | differences(compared(found, other), found.stages)


def _document(found: "FunnelReport", funnel: Funnel) -> dict[str, object]:
    median = funnel.days_to_win.median
    interval = funnel.win_rate.interval
    stages = zip(found.stages, funnel.stages, strict=True)
    return {
        "pipeline": found.pipeline.name.of(language()),
        "basis": found.scope.basis,
        "from": found.scope.period.first,
        "to": found.scope.period.last,
        "deals": funnel.deals,
        "won": funnel.won,
        "lost": funnel.lost,
        "open": funnel.open,
        "handed_over": funnel.handed_over,
        "unknown_path": funnel.unknown_path,
        "win_rate": {
            "value": rate(funnel.win_rate.value),
            "low": rate(interval.low if interval else None),
            "high": rate(interval.high if interval else None),
            "n": funnel.win_rate.base,
        },
        "won_value": [
            {"amount": amount(one.minor, one.currency), "currency": one.currency} for one in funnel.won_value
        ],
        "median_days_to_win": _rounded(median),
        "stages": [
            {"key": stage.key, "stage": stage.name.of(language())} | _figures(figures) for stage, figures in stages
        ],
        "bottleneck": _bottleneck(found, funnel),
        "groups": {},
        "compare": None,
        "deals_since": found.deals_since,
        "stage_history_since": found.history_since,
    }  # fmt: skip


def _bottleneck(found: "FunnelReport", funnel: Funnel) -> dict[str, object] | None:
    """The stage from which the smallest share goes on, where that is beyond doubt, and the sentence that says it."""
    leak = bottleneck([figures.resolved for figures in funnel.stages], [stage.name for stage in found.stages])
    if leak is None:
        return None
    stage = found.stages[leak.place]
    return {
        "key": stage.key,
        "stage": stage.name.of(language()),
        "resolved": _value(leak.resolved),
        "n": leak.resolved.base,
        "sentence": _said(leak),
    }


def _said(leak: Bottleneck) -> str:
    words = {name: one.of(language()) if isinstance(one, Words) else one for name, one in leak.arguments.items()}
    return _(leak.template, **words)


def _figures(figures: StageFigures) -> dict[str, object]:
    return {
        "reached": figures.reached,
        "entered": figures.entered,
        "touched": figures.touched,
        "strict": figures.strict,
        "now": figures.now,
        "conversion": _value(figures.conversion),
        "cumulative": _value(figures.cumulative),
        "resolved": _value(figures.resolved),
        "lost_here": figures.lost_here,
        "median_days": _rounded(figures.days.median),
    }


def _value(share: Rate | None) -> float | None:
    return None if share is None else rate(share.value)


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, DAY_PLACES)


def _told(found: "FunnelReport", other: "FunnelReport | None") -> str:
    from funnel_desk.charts.captions import funnel_notes, whose

    lines = [f"{found.pipeline.name.of(language())} · {whose(found.scope)}", _totals(found.funnel)]
    rows = [_cells(name, one) for name, one in zip(_names(found), found.funnel.stages, strict=True)]
    heads = [_(head) for head in HEADS] if any(row[-1] for row in rows) else [*(_(head) for head in HEADS[:-1]), ""]
    lines += ["", table([heads, *rows], right=range(1, len(heads)), indent=2), ""]
    lines += [_("Came this far: the furthest stage each deal ever reached; skipped stages count as passed.")]
    lines += funnel_notes(found)
    leak = bottleneck([one.resolved for one in found.funnel.stages], [stage.name for stage in found.stages])
    if leak is not None:
        lines += [_said(leak)]
    if other is not None:
        lines += ["", said(compared(found, other), found.stages, whose(other.scope))]
    if found.groups:
        lines += ["", _by_group(found)]
    return "\n".join(lines)


def _names(found: "FunnelReport") -> list[str]:
    return [stage.name.of(language()) for stage in found.stages]


def _totals(funnel: Funnel) -> str:
    parts = [
        ngettext("{n} deal", "{n} deals", funnel.deals, n=format_number(funnel.deals)),
        _("{n} won", n=format_number(funnel.won)),
        _("{n} open", n=format_number(funnel.open)),
        _("{n} lost", n=format_number(funnel.lost)),
    ]
    if funnel.won_then_lost:
        parts.append(_("{n} of them won before", n=format_number(funnel.won_then_lost)))
    if funnel.handed_over:
        parts.append(_("{n} handed over", n=format_number(funnel.handed_over)))
    if funnel.win_rate.base:
        parts.append(_("win rate {share} of {n}", share=_share(funnel.win_rate), n=format_number(funnel.win_rate.base)))
    if funnel.won_value:
        parts.append(_("won {amounts}", amounts=_amounts(funnel.won_value)))
    if funnel.days_to_win.median is not None:
        parts.append(_("usually {days} to win", days=_days(funnel.days_to_win.median)))
    return " · ".join(parts)


def _cells(name: str, figures: StageFigures) -> list[str]:
    median = figures.days.median
    return [
        name,
        format_number(figures.reached),
        _percent(figures.conversion),
        _share(figures.resolved),
        format_number(figures.entered),
        format_number(figures.touched),
        format_number(figures.strict),
        format_number(figures.now),
        format_number(figures.lost_here),
        "" if median is None else format_number(round(median, 1)),
        _amounts(figures.value),
    ]


def _by_group(found: "FunnelReport") -> str:
    by = _(GROUP_NAMES[found.scope.by]) if found.scope.by else ""
    heads = [by, _("Deals"), *_names(found), _("Win rate"), _("Won value")]
    rows = [
        [
            name or _("none"),
            format_number(group.deals),
            *(format_number(figures.reached) for figures in group.stages),
            _share(group.win_rate),
            _amounts(group.won_value),
        ]
        for name, group in found.groups.items()
    ]
    return table([heads, *rows], right=range(1, len(heads)), indent=2)


def _percent(share: Rate | None) -> str:
    """A share of all who came this far; those still open may yet go on, so it has no interval."""
    return "" if share is None or share.value is None else format_percent(share.value)


def _share(share: Rate | None) -> str:
    """A share with its interval; of too few it is too early to speak."""
    interval = share.interval if share else None
    if share is None or share.value is None or interval is None:
        return ""
    if share.too_few:
        return _("too early (n = {n})", n=share.base)
    low, high = (format_number(round(100 * end), 0) for end in (interval.low, interval.high))
    return f"{format_percent(share.value)} ({low}–{high})"


def _amounts(amounts: tuple[Amount, ...]) -> str:
    return ", ".join(shown_money(one.minor, one.currency) for one in amounts)


def _days(days: float) -> str:
    return format_days(round(days))
