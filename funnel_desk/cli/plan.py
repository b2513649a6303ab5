"""`plan`: how many leads a goal needs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._amounts import MajorAmount, minor_units
from funnel_desk.cli._answers import amount, answer, rate, say, shown_money, table
from funnel_desk.cli._desks import reading
from funnel_desk.cli._grammar import Day, cli_command, file_argument, json_option
from funnel_desk.cli._named import chosen_pipeline
from funnel_desk.domain.periods import Period
from funnel_desk.i18n import N_, _, format_day, format_number, format_percent, language, ngettext

if TYPE_CHECKING:
    from funnel_desk.domain.leads_plan import LeadsPlan, StageNeed
    from funnel_desk.domain.pipeline import Stage
    from funnel_desk.queries.plan import PlanReport
    from funnel_desk.storage.reader import Reader

ORIGINS = {"history": N_("by your history"), "playbook": N_("as the playbook says")}
UNKNOWN = "?"
SMALL, LEAST = 0.1, 0.001


@cli_command(
    N_("Reckon how many leads a goal needs."),
    N_(
        "Wins are the goal, less what is won in the period, by your average won deal; from there back, stage by stage, "
        "as many deals as the conversions need, rounded up at every stage. A stage that few deals have left goes by "
        "its playbook."
    ),
    N_("Without a period everything ever won counts toward the goal."),
)
@file_argument
@click.option("--goal", metavar="AMOUNT", type=MajorAmount(), required=True, help=N_("What you want to win."))
@click.option("--currency", metavar="CODE", help=N_("The goal's currency; the workspace's unless told."))
@click.option("--from", "first", metavar="DAY", type=Day(), help=N_("The first day of the goal's period."))
@click.option("--to", "last", metavar="DAY", type=Day(), help=N_("The last day of the goal's period."))
@click.option(
    "--per", type=click.Choice(["product", "segment"]), help=N_("Divide the goal too, as the won value was divided.")
)
@click.option("--pipeline", metavar="NAME", help=N_("The pipeline; the first unless told."))
@json_option
def command(
    file: Path,
    goal: Decimal,
    currency: str | None,
    first: str | None,
    last: str | None,
    per: str | None,
    pipeline: str | None,
    *,
    as_json: bool,
) -> None:
    """Read what the goal needs and show it."""
    period = Period(first, last)

    def ask(read: "Reader") -> "PlanReport":
        from funnel_desk.operations.workspaces import known_currency
        from funnel_desk.queries.plan import leads_plan

        code = read.currency if currency is None else known_currency(currency)
        return leads_plan(
            read,
            chosen_pipeline(read, pipeline).pipeline.id,
            minor_units(goal, code),
            now=desk.clock(),
            currency=code,
            period=period,
            by=per,  # type: ignore[arg-type]  # one of the choices above
        )

    with reading(file) as desk:
        found = desk.read(ask)
    if as_json:
        answer(_document(found))
    else:
        say(_head(found))
        say(_lines(found.plan, found.stages, found.currency))
        for group, plan in found.groups.items():
            say("\n" + (group or _("without a name")))
            say(_lines(plan, found.stages, found.currency))
        if found.unknown_path:
            note = ngettext(
                "{n} closed deal came in without its path and tells nothing of the stages.",
                "{n} closed deals came in without their paths and tell nothing of the stages.",
                found.unknown_path,
                n=format_number(found.unknown_path),
            )
            say(f"\n{note}")


def _document(found: "PlanReport") -> dict[str, object]:
    whole = _plan_document(found.plan, found.stages, found.currency)
    return whole | {
        "groups": {
            group: _plan_document(plan, found.stages, found.currency) for group, plan in found.groups.items()
        }
    }  # fmt: skip


def _plan_document(plan: "LeadsPlan", stages: "Sequence[Stage]", currency: str) -> dict[str, object]:
    return {
        "currency": currency,
        "goal": amount(plan.goal, currency),
        "won_so_far": amount(plan.won_so_far, currency),
        "expected_from_open": amount(plan.expected_from_open, currency),
        "average_won": amount(_average(plan), currency),
        "wins_needed": plan.wins,
        "stages": [_stage_document(stage, need) for stage, need in zip(stages, plan.stages, strict=True)],
        "leads_needed": plan.leads,
        "leads_after_open": plan.leads_after_open,
    }


def _stage_document(stage: "Stage", need: "StageNeed") -> dict[str, object]:
    return {
        "key": stage.key,
        "stage": stage.name.of(language()),
        "needed": need.gross,
        "conversion": rate(float(need.conversion.share)),
        "from": need.conversion.origin,
    }


def _average(plan: "LeadsPlan") -> int | None:
    return None if plan.average_won is None else round(plan.average_won)


def _head(found: "PlanReport") -> str:
    name, goal = found.pipeline.name.of(language()), shown_money(found.plan.goal, found.currency)
    return name + " · " + _("goal {goal}", goal=goal) + _when(found.period)


def _when(period: Period) -> str:
    match period:
        case Period(None, None):
            return ""
        case Period(first, None) if first is not None:
            return " · " + _("from {first} on", first=format_day(first))
        case Period(None, last) if last is not None:
            return " · " + _("until {last}", last=format_day(last))
        case _:
            return f" · {format_day(period.first or '')} – {format_day(period.last or '')}"


def _lines(plan: "LeadsPlan", stages: "Sequence[Stage]", currency: str) -> str:
    facts: Mapping[str, str] = {
        _("Won so far"): shown_money(plan.won_so_far, currency),
        _("Expected from open deals"): shown_money(plan.expected_from_open, currency),
        _("An average won deal"): shown_money(_average(plan), currency) or UNKNOWN,
        _("Wins needed"): _count(plan.wins),
    }
    rows = [
        (stage.name.of(language()), _count(need.gross), _share(float(need.conversion.share)),
         _(ORIGINS[need.conversion.origin]))
        for stage, need in zip(stages, plan.stages, strict=True)
    ]  # fmt: skip
    told = [table(list(facts.items()), right=(1,), indent=2), "", table(rows, right=(1, 2), indent=2), ""]
    if plan.average_won is None and plan.wins is None:
        told.append("  " + _("Nothing is won in this currency yet, so nobody knows how many wins the goal needs."))
    else:
        told.append(
            "  "
            + _(
                "Leads needed: {leads}. Beside the open deals: {more}.",
                leads=_count(plan.leads),
                more=_count(plan.leads_after_open),
            )
        )
    return "\n".join(told)


def _share(share: float) -> str:
    """A share in per cent; a small one is told closer, so that it never reads as nothing."""
    return format_percent(max(share, LEAST), 0 if share >= SMALL else 1)


def _count(number: int | None) -> str:
    return UNKNOWN if number is None else format_number(number)
