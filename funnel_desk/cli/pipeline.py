"""`pipeline`: the pipelines of a workspace."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, rate, say, table
from funnel_desk.cli._desks import reading, writing
from funnel_desk.cli._grammar import WrongUsage, cli_command, file_argument, json_option
from funnel_desk.cli._named import pipeline_row
from funnel_desk.i18n import N_, _, format_percent, language, ngettext, pgettext

if TYPE_CHECKING:
    from funnel_desk.domain.pipeline import Stage
    from funnel_desk.queries.pipelines import PipelineRow
    from funnel_desk.storage.reader import Reader

CERTAIN = 10_000


@cli_command(
    N_("List the pipelines of a workspace, add one from a playbook, or write one as a playbook."),
    N_(
        "`list` shows them; `add KEY` makes one from a playbook; `export NAME OUT.toml` writes a pipeline, as it is "
        "now, as a playbook file: `add OUT.toml` makes another pipeline from it."
    ),
)
@file_argument
@click.argument("action", metavar="list|add|export", type=click.Choice(["list", "add", "export"]))
@click.argument("name", metavar="[KEY|NAME]", required=False)
@click.argument("out", metavar="[OUT.toml]", required=False)
@json_option
def command(file: Path, action: str, name: str | None, out: str | None, *, as_json: bool) -> None:
    """List the pipelines, or add one and list it, or write one."""
    for word in {"list": (name, out), "add": (out,)}.get(action, ()):
        if word is not None:
            raise WrongUsage(N_("“{word}” is one word too many."), word=word)
    if action == "list":
        with reading(file) as desk:
            _show(desk.read(_rows), as_json=as_json)
    elif action == "add":
        if name is None:
            raise WrongUsage(N_("Which playbook? `funnel-desk playbooks` lists them."))
        _add(file, name, as_json=as_json)
    else:
        if name is None or out is None:
            raise WrongUsage(N_("Which pipeline, and to which file? `pipeline FILE list` lists them."))
        _export(file, name, Path(out), as_json=as_json)


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


def _export(file: Path, name: str, out: Path, *, as_json: bool) -> None:
    from funnel_desk.exchange.out_file import refuse_same_file
    from funnel_desk.exchange.playbook_file import write_playbook
    from funnel_desk.queries.pipeline_content import pipeline_content

    refuse_same_file(out, file)
    with reading(file) as desk:
        row = desk.read(pipeline_row, name)
        write_playbook(desk.read(pipeline_content, row.pipeline.id), out)
    if as_json:
        _show([row], as_json=True)
    else:
        pipeline = row.pipeline.name.of(language())
        say(_("The pipeline “{pipeline}” is written to {file}.", pipeline=pipeline, file=out))


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
