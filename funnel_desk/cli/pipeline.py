"""`pipeline`: the pipelines of a workspace."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, rate, say, table
from funnel_desk.cli._desks import reading, writing
from funnel_desk.cli._grammar import WrongUsage, cli_command, file_argument, json_option
from funnel_desk.i18n import N_, _, format_percent, language, ngettext, pgettext

if TYPE_CHECKING:
    from funnel_desk.domain.pipeline import Stage
    from funnel_desk.queries.pipelines import PipelineRow
    from funnel_desk.storage.reader import Reader

CERTAIN = 10_000


@cli_command(
    N_("List the pipelines of a workspace, or add one from a playbook."),
    N_("`list` shows them; `add KEY` makes one from a playbook."),
)
@file_argument
@click.argument("action", metavar="list|add", type=click.Choice(["list", "add"]))
@click.argument("key", metavar="[KEY]", required=False)
@json_option
def command(file: Path, action: str, key: str | None, *, as_json: bool) -> None:
    """List the pipelines, or add one and list it."""
    if action == "list":
        if key is not None:
            raise WrongUsage(N_("“{word}” is one word too many."), word=key)
        with reading(file) as desk:
            _show(desk.read(_rows), as_json=as_json)
        return
    if key is None:
        raise WrongUsage(N_("Which playbook? `funnel-desk playbooks` lists them."))
    _add(file, key, as_json=as_json)


def _rows(read: "Reader") -> "Sequence[PipelineRow]":
    from funnel_desk.queries.pipelines import pipelines

    return pipelines(read)


def _add(file: Path, key: str, *, as_json: bool) -> None:
    from funnel_desk.operations.pipelines import add_pipeline
    from funnel_desk.operations.playbooks import playbook_named

    playbook = playbook_named(key)
    with writing(file) as desk:
        made = desk.run(add_pipeline, playbook)
        if as_json:
            _show([row for row in desk.read(_rows) if row.pipeline.id == made.id], as_json=True)
        else:
            say(_("The pipeline “{pipeline}” is added.", pipeline=made.name.of(language())))


def _show(rows: "Sequence[PipelineRow]", *, as_json: bool) -> None:
    if as_json:
        answer([_document(row) for row in rows])
    else:
        say("\n\n".join(_lines(row) for row in rows) or _("There is no pipeline yet."))


def _document(row: "PipelineRow") -> dict[str, object]:
    return {
        "name": row.pipeline.name.of(language()),
        "stages": [
            {
                "key": line.stage.key,
                "stage": line.stage.name.of(language()),
                "probability": rate(line.stage.probability / CERTAIN),
                "won": line.stage.side == "won",
                "deals": line.deals,
            }
            for line in row.stages
        ],
    }


def _lines(row: "PipelineRow") -> str:
    stages = [
        (
            line.stage.key,
            line.stage.name.of(language()),
            _said(line.stage),
            ngettext("{n} deal", "{n} deals", line.deals),
        )
        for line in row.stages
    ]
    return f"{row.pipeline.name.of(language())}\n{table(stages, right=(3,), indent=2)}"


def _said(stage: "Stage") -> str:
    """How likely a deal is won there, or on which side of the sale the stage is."""
    if stage.side == "won":
        return pgettext("stage", "won")
    return _("after the sale") if stage.side == "after" else format_percent(stage.probability / CERTAIN)
