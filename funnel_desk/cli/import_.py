"""`import`: a table in, as one act."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, say, shown_moment, shown_money, table, tell
from funnel_desk.cli._desks import reading, writing
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.cli._progress import ProgressLine, progress
from funnel_desk.i18n import N_, _, language, ngettext
from funnel_desk.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from funnel_desk.exchange.fields import What
    from funnel_desk.exchange.import_problems import NotAllGood
    from funnel_desk.exchange.importing import ImportReport
    from funnel_desk.exchange.plan import ImportOptions, ImportPlan
    from funnel_desk.exchange.row_reading import Note
    from funnel_desk.operations.desk import Desk
    from funnel_desk.operations.import_values import Only

KINDS = ("deals", "stage-history", "companies", "contacts", "activities", "steps")
MATCHES = ("external_id", "title+company", "email", "phone", "none")
SIGNS = {"\t": "tab"}
SHOWN = 5
MANIFEST = "manifest.json"
"""In a folder that holds a whole workspace."""
OUTCOMES = {"open": N_("open"), "won": N_("won"), "lost": N_("lost")}


@cli_command(
    N_("Take in a table, CSV or a workbook, as one act that can be undone."),
    N_(
        "Encoding, separator, dates and numbers are found out, and columns by their headers. What may mean two things "
        "is asked for, never guessed. A row that cannot be read is left out and told; the rest comes in. The same file "
        "again changes nothing."
    ),
    N_("Try it first with --dry-run, which writes nothing."),
)
@file_argument
@click.argument("csv", metavar="CSV", type=click.Path(path_type=Path, readable=False))
@click.option("--what", type=click.Choice(KINDS), help=N_("What the rows are; deals unless told."))
@click.option(
    "--preset",
    metavar="KEY",
    default="auto",
    help=N_("The program that wrote the table; found out by its headers unless told, or none."),
)
@click.option(
    "--map",
    "maps",
    metavar="'HEADER=FIELD'",
    multiple=True,
    help=N_("What a column is: a field, custom:NAME or ignore."),
)
@click.option("--value", "values", metavar="'HEADER:from=to'", multiple=True, help=N_("What a cell is to be read as."))
@click.option(
    "--pipeline", metavar="NAME", default="", help=N_("Where deals go that name none; the first unless told.")
)
@click.option("--add-stages", is_flag=True, help=N_("Make stages of the words for stages that the pipeline lacks."))
@click.option(
    "--new-pipeline", metavar="NAME", default="", help=N_("Into a pipeline of this name, made of the table's stages.")
)
@click.option("--encoding", metavar="E", help=N_("The encoding, such as utf-8 or cp1251; found out unless told."))
@click.option("--delimiter", metavar="D", help=N_("What separates the cells: , ; | or tab; found out unless told."))
@click.option("--sheet", metavar="NAME", help=N_("The sheet of a workbook; the only one with rows unless told."))
@click.option(
    "--header-row",
    metavar="N",
    type=click.IntRange(1),
    help=N_("The row with the names of the columns; found out unless told."),
)
@click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help=N_("The order of day, month and year."))
@click.option("--decimal", type=click.Choice([",", "."]), help=N_("The decimal sign of amounts."))
@click.option(
    "--match",
    type=click.Choice(MATCHES),
    help=N_(
        "How rows find what is here: deals by external_id, people by name with e-mail, phone or company, unless told."
    ),
)
@click.option(
    "--only",
    type=click.Choice(["new", "changes"]),
    help=N_("Take in only rows that are new, or only changes of what is here; both unless told."),
)
@click.option("--wipe-empty", is_flag=True, help=N_("Let an empty cell empty what is here; otherwise it says nothing."))
@click.option(
    "--same", metavar="LINE=ID", multiple=True, help=N_("The row on this line is the one here that has this id.")
)
@click.option("--strict", is_flag=True, help=N_("Take nothing in if one row is bad."))
@click.option("--save-preset", metavar="KEY", help=N_("Keep how this table was understood, for the next one like it."))
@click.option("--dry-run", is_flag=True, help=N_("Only show what would come in; write nothing."))
@click.option(
    "--errors",
    metavar="OUT.csv",
    type=click.Path(path_type=Path, readable=False),
    help=N_("Where to write the rows that are left out."),
)
@json_option
def command(
    file: Path,
    csv: Path,
    errors: Path | None,
    what: "What | None",
    save_preset: str | None,
    only: "Only | None",
    *,
    dry_run: bool,
    as_json: bool,
    **told: object,
) -> None:
    """Plan, take in or try, and tell what came of it."""
    from funnel_desk.exchange.out_file import refuse_same_file, text_file
    from funnel_desk.exchange.plan import ImportOptions

    if (csv / MANIFEST).is_file():
        _take_whole(file, csv, dry_run=dry_run, as_json=as_json)
        return
    options = ImportOptions(what=what or "deals", any_kind=what is None, only=only or "", **told)  # type: ignore[arg-type]  # the options above have the names and types of its fields
    if save_preset is not None:
        from funnel_desk.exchange.presets import check_key

        check_key(save_preset)
    watcher = progress()
    rejects: AbstractContextManager[TextIO | None] = nullcontext()
    if errors is not None:
        refuse_same_file(errors, csv, file)
        rejects = text_file(errors, "utf-8")
    try:
        with reading(file) if dry_run else writing(file) as desk, rejects as out:
            plan, report, refused = _take_in(desk, csv, options, watcher, dry_run=dry_run)
            if out is not None:
                from funnel_desk.exchange.importing import write_rejected

                write_rejected(plan, report, out)
    finally:
        if isinstance(watcher, ProgressLine):
            watcher.close()
    if refused is not None:
        raise refused
    if save_preset is not None:
        _keep(save_preset, plan)
    if as_json:
        answer(document(report))
    else:
        _show(plan, report, file, dry_run=dry_run)


def _take_whole(file: Path, folder: Path, *, dry_run: bool, as_json: bool) -> None:
    """A folder that `export --what all` wrote, into a new workspace."""
    from funnel_desk.exchange.whole import import_folder, try_folder

    if dry_run:
        with reading(file) as desk:
            rows, batch = try_folder(desk, folder), None
    else:
        with writing(file) as desk:
            rows, batch = import_folder(desk, folder)
    if as_json:
        answer({"rows": rows, "created": rows, "batch": batch})
    else:
        say(ngettext("{n} row of a whole workspace.", "{n} rows of a whole workspace.", rows))


def _take_in(
    desk: "Desk", csv: Path, options: "ImportOptions", watcher: Progress, *, dry_run: bool
) -> "tuple[ImportPlan, ImportReport, NotAllGood | None]":
    """Import, or only try; a strict refusal is given back, so that the rejected rows can be written down first."""
    from funnel_desk.exchange.import_problems import NotAllGood
    from funnel_desk.exchange.importing import ImportReport, run_import, try_import
    from funnel_desk.exchange.plan import plan_file
    from funnel_desk.queries.import_ground import import_ground

    plan = plan_file(csv, options, desk.read(import_ground))
    try:
        report = (try_import if dry_run else run_import)(desk, plan, watcher)
    except NotAllGood as refused:
        found = refused.values["report"]
        assert isinstance(found, ImportReport)  # noqa: S101 - it carries what it found
        return plan, found, refused
    return plan, report, None


def document(report: "ImportReport") -> dict[str, object]:
    """What came of an import, for programs."""
    found = report.detected
    return {
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "errors": [_note(note) for note in report.errors],
        "warnings": [_note(note) for note in report.warnings],
        "ignored_columns": list(report.ignored_columns),
        "detected": {
            "encoding": found.encoding,
            "delimiter": found.delimiter,
            "date_order": found.date_order,
            "decimal": found.decimal,
        },
        "batch": report.batch,
    }


def _keep(key: str, plan: "ImportPlan") -> None:
    """Keep how a table was understood."""
    from funnel_desk.exchange.kept_plan import save_plan

    try:
        save_plan(key, plan)
    except OSError as error:
        from funnel_desk.exchange.import_problems import CannotWrite

        raise CannotWrite(file=key, why=error.strerror or str(error)) from None


def _note(note: "Note") -> dict[str, object]:
    return {"line": note.line, "column": note.column, "value": note.value, "reason": note.reason}


def _show(plan: "ImportPlan", report: "ImportReport", file: Path, *, dry_run: bool) -> None:
    """The same for a person: what it is read as, the counts, and what is odd."""
    found = report.detected
    parts = [found.encoding]
    if plan.table.sheet:
        parts.append(_("sheet “{sheet}”", sheet=plan.table.sheet))
    else:
        parts.append(_("cells apart by “{sign}”", sign=SIGNS.get(found.delimiter, found.delimiter)))
    if plan.table.header_line > 1:
        parts.append(_("names of columns in row {row}", row=plan.table.header_line))
    if found.date_order:
        parts.append(_("dates {order}", order=found.date_order))
    if found.decimal:
        parts.append(_("decimal sign “{sign}”", sign=found.decimal))
    if plan.preset is not None:
        parts.insert(0, plan.preset.name.of(language()))
    say(f"{plan.file}: {', '.join(parts)}")
    say(table([(column.header, "→", column.field) for column in plan.matching.columns], indent=2))
    if report.ignored_columns:
        say(_("Left out: {columns}", columns=", ".join(report.ignored_columns)))
    rows = ngettext("{n} row", "{n} rows", report.rows)
    counts = {
        N_("created"): report.created,
        N_("updated"): report.updated,
        N_("unchanged"): report.unchanged,
        N_("rejected"): report.rejected,
    }
    say(f"{rows}: {', '.join(f'{count} {_(word)}' for word, count in counts.items())}")
    _tell_notes(report.errors)
    _tell_notes(report.warnings)
    if dry_run:
        if plan.what == "deals":
            _show_preview(plan)
        say(_("Nothing was written."))
    elif report.batch is not None:
        say(_("“funnel-desk undo {file}” takes it back.", file=file))
    else:
        say(_("Nothing had to be changed."))


def _show_preview(plan: "ImportPlan") -> None:
    """The first deals as they were understood, and what their amounts come to."""
    from funnel_desk.exchange.importing import understand
    from funnel_desk.exchange.preview import preview

    seen = preview(plan, understand(plan), first=SHOWN)
    say(
        table(
            [
                (
                    row.title,
                    row.company,
                    row.stage.of(language()) if row.stage else "",
                    _(OUTCOMES[row.outcome]),
                    shown_money(row.value, row.currency),
                    shown_moment(row.created_at or None, plan.ground.zone),
                )
                for row in seen.rows
            ],
            right=[4],
            indent=2,
        )
    )
    for one in seen.amounts:
        low, high, total = (shown_money(minor, one.currency) for minor in (one.low, one.high, one.total))
        amounts = ngettext("{n} amount", "{n} amounts", one.count)
        say(_("{amounts}: {low} to {high}, {total} in all.", amounts=amounts, low=low, high=high, total=total))


def _tell_notes(notes: "Sequence[Note]") -> None:
    for note in notes[:SHOWN]:
        where = _("Line {line}", line=note.line) if note.line is not None else ""
        if note.column:
            where = ", ".join(part for part in (where, note.column) if part)
        tell(f"{where}: {note.reason}" if where else note.reason)
    if len(notes) > SHOWN:
        tell(ngettext("… and {n} more.", "… and {n} more.", len(notes) - SHOWN))
