"""An import from beginning to end: the rows of a plan understood, taken in or only tried, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TextIO

from funnel_desk.domain.problems import Trouble
from funnel_desk.exchange.collecting import collecting_later
from funnel_desk.exchange.deal_rows import DealRows
from funnel_desk.exchange.history_rows import HistoryRows
from funnel_desk.exchange.import_problems import NotAllGood
from funnel_desk.exchange.plan import Detected, ImportPlan
from funnel_desk.exchange.record_rows import RecordRows
from funnel_desk.exchange.row_outcomes import RowOutcomes
from funnel_desk.exchange.row_reading import Note
from funnel_desk.exchange.table import BadRow
from funnel_desk.exchange.writing import write_errors
from funnel_desk.i18n import N_, Worded, language, ngettext, translate as _, translate_problem
from funnel_desk.operations.backups import back_up_if_changed
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.import_activities import import_activities, try_activities
from funnel_desk.operations.import_companies import import_companies, try_companies
from funnel_desk.operations.import_contacts import import_contacts, try_contacts
from funnel_desk.operations.import_history import import_history, try_history
from funnel_desk.operations.import_stages import LookAhead
from funnel_desk.operations.import_steps import import_steps, try_steps
from funnel_desk.operations.import_values import Alike, IncomingDeal, IncomingMove, IncomingRow, Tally
from funnel_desk.operations.importing import import_deals, try_deals
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.reader import Reader

MOST_WARNINGS = 1_000
"""Of one kind; how many more there are is told in one further warning."""
_EVERY = 2_000


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to, or would come to. ``batch`` names the act, None where nothing was written."""

    rows: int
    created: int
    updated: int
    unchanged: int
    errors: tuple[Note, ...]
    """One for each row that was rejected, in the order of the file."""
    bad_rows: tuple[BadRow, ...]
    """The same rows with their cells, for the file of errors."""
    warnings: tuple[Note, ...]
    ignored_columns: tuple[str, ...]
    detected: Detected
    batch: str | None = None
    alike: tuple[Alike, ...] = ()
    """Rows that would be new though something here is nearly the same."""

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return len(self.errors)


class Understood(NamedTuple):
    """The rows of a table: what they mean, or why they cannot be taken."""

    deals: Sequence[IncomingDeal]
    moves: Sequence[IncomingMove]
    errors: Sequence[Note]
    bad_rows: Sequence[BadRow]
    warnings: Sequence[Note]
    records: Sequence[IncomingRow] = ()
    """Of companies, contacts, activities or steps."""


@collecting_later()
def understand(plan: ImportPlan, progress: Progress = NO_PROGRESS) -> Understood:
    """Read every row of a plan. Blank rows are passed over. Raises Cancelled."""
    deals: list[IncomingDeal] = []
    moves: list[IncomingMove] = []
    records: list[IncomingRow] = []
    errors = [Note(row.line, None, None, row.reason) for row in plan.table.bad_rows]
    bad_rows = list(plan.table.bad_rows)
    reader = _reader(plan)
    total = len(plan.table.rows)
    for place, row in enumerate(plan.table.rows):
        if place % _EVERY == 0:
            progress.report(place, total, N_("Reading rows"))
        if row.blank:
            continue
        found = reader.understand(row)
        if isinstance(found, IncomingDeal):
            deals.append(found)
        elif isinstance(found, IncomingMove):
            moves.append(found)
        elif isinstance(found, IncomingRow):
            records.append(found)
        else:
            reason = " ".join(note.reason for note in found)
            errors.append(found[0]._replace(reason=reason))
            bad_rows.append(BadRow(row.line, row.cells, reason))
    return Understood(deals, moves, errors, bad_rows, [*_of_the_file(plan), *reader.warnings], records)


def _reader(plan: ImportPlan) -> DealRows | HistoryRows | RecordRows:
    if plan.what == "deals":
        return DealRows(plan)
    return HistoryRows(plan) if plan.what == "stage-history" else RecordRows(plan)


@collecting_later()
def try_import(
    desk: Desk,
    plan: ImportPlan,
    progress: Progress = NO_PROGRESS,
    *,
    understood: Understood | None = None,
    watch: RowOutcomes | None = None,
) -> ImportReport:
    """What an import would come to; rows that were understood already need not be read again. Takes no lock.

    Writes nothing; ``watch`` collects what becomes of each row. Raises NotAllGood for a strict plan with a row that
    cannot be taken.
    """
    understood = understood or understand(plan, progress)
    return _checked(plan, _report(plan, understood, _try(desk, plan, understood, watch)))


@collecting_later()
def run_import(desk: Desk, plan: ImportPlan, progress: Progress = NO_PROGRESS) -> ImportReport:
    """Take a table in, as one act that can be undone. Raises NotAllGood, Cancelled, and what writing raises."""
    understood = understand(plan, progress)
    if plan.options.strict:
        _checked(plan, _report(plan, understood, _try(desk, plan, understood)))
    backup = _back_up(desk)
    tally, batch = _write(desk, plan, understood, progress)
    report = _report(plan, understood, tally, batch)
    return replace(report, warnings=(*backup, *report.warnings))


def write_rejected(plan: ImportPlan, report: ImportReport, out: TextIO) -> None:
    """The rows that were left out, in the columns of the table, with a byte order mark if it had one.

    Those of a workbook are written so that a spreadsheet opens them.
    """
    if plan.table.mark or plan.table.sheet:
        out.write("\ufeff")
    write_errors(out, plan.table.headers, report.bad_rows, plan.table.delimiter or ";")


def _back_up(desk: Desk) -> list[Note]:
    """A backup before an import; one that cannot be made is told, and undo still takes the import back."""
    try:
        back_up_if_changed(desk.path, desk.clock())
    except Trouble as trouble:
        return [Note(None, None, None, _("There is no backup from before: {why}", why=translate_problem(trouble)))]
    except OSError as error:
        return [Note(None, None, None, _("There is no backup from before: {why}", why=error.strerror or str(error)))]
    return []


def _write(desk: Desk, plan: ImportPlan, understood: Understood, progress: Progress) -> tuple[Tally, str | None]:
    """Take the rows in, in one batch. Gives what it came to, and the batch if anything had to be written."""
    file, place, match, rows = plan.file, plan.pipeline.id, plan.options.match, understood.records
    if plan.what == "deals":
        return desk.run_named(
            import_deals,
            understood.deals,
            file=file,
            pipeline_id=place,
            match=plan.match,
            additions=plan.additions,
            terms=plan.terms,
            progress=progress,
        )
    if plan.what == "stage-history":
        return desk.run_named(
            import_history,
            understood.moves,
            file=file,
            pipeline_id=place,
            additions=plan.additions,
            progress=progress,
        )
    if plan.what == "companies":
        return desk.run_named(import_companies, rows, file=file, match=match, terms=plan.terms, progress=progress)
    if plan.what == "contacts":
        return desk.run_named(import_contacts, rows, file=file, match=match, terms=plan.terms, progress=progress)
    if plan.what == "activities":
        return desk.run_named(import_activities, rows, file=file, pipeline_id=place, match=match, progress=progress)
    return desk.run_named(import_steps, rows, file=file, progress=progress)


def _try(desk: Desk, plan: ImportPlan, understood: Understood, watch: RowOutcomes | None = None) -> Tally:
    place, match, rows, terms = plan.pipeline.id, plan.options.match, understood.records, plan.terms

    def tried(read: Reader) -> Tally:
        look = LookAhead(read, desk.clock(), plan.additions)
        if plan.what == "deals":
            return try_deals(look, understood.deals, pipeline_id=place, match=plan.match, terms=terms, watch=watch)
        if plan.what == "stage-history":
            return try_history(look, understood.moves, pipeline_id=place)
        if plan.what == "companies":
            return try_companies(look, rows, match=match, terms=terms, watch=watch)
        if plan.what == "contacts":
            return try_contacts(look, rows, match=match, terms=terms, watch=watch)
        if plan.what == "activities":
            return try_activities(look, rows, pipeline_id=place, match=match, watch=watch)
        return try_steps(look, rows, watch=watch)

    return desk.read(tried)


def _checked(plan: ImportPlan, report: ImportReport) -> ImportReport:
    if plan.options.strict and report.errors:
        first = report.errors[0]
        raise NotAllGood(
            rejected=report.rejected, rows=report.rows, line=first.line, reason=first.reason, report=report
        )
    return report


def _report(plan: ImportPlan, understood: Understood, tally: Tally, batch: str | None = None) -> ImportReport:
    by_line = {row.line: row for row in plan.table.rows} if tally.rejected else {}
    errors, bad_rows = list(understood.errors), list(understood.bad_rows)
    for line, template, values in tally.rejected:
        said = {name: value.of(language()) if isinstance(value, Worded) else value for name, value in values.items()}
        reason = _(template, **said)
        errors.append(Note(line, None, None, reason))
        bad_rows.append(BadRow(line, by_line[line].cells, reason))
    return ImportReport(
        plan.rows,
        tally.created,
        tally.updated,
        tally.unchanged,
        tuple(sorted(errors, key=lambda note: note.line or 0)),
        tuple(sorted(bad_rows, key=lambda row: row.line)),
        tuple(_shortened([*_of_the_tally(tally), *understood.warnings])),
        tuple(plan.matching.ignored),
        plan.detected,
        batch,
        tally.alike,
    )


def _of_the_file(plan: ImportPlan) -> list[Note]:
    """What is odd about the file as a whole."""
    notes = [
        Note(None, header, cell, _("No cell of this column says that, so its --value rule did nothing."))
        for header, cell in plan.values.unused(plan.table)
    ]
    header = plan.matching.header("pipeline")
    if header is not None:
        said = _("There is no such pipeline here; its deals go where all others go.")
        unknown = (cell for cell in plan.table.distinct(header) if cell not in plan.pipelines)
        notes += [Note(None, header, cell, said) for cell in unknown]
    return [*_not_taken(plan), *notes]


def _not_taken(plan: ImportPlan) -> list[Note]:
    """Rows that are no rows of their own: totals, deleted ones, and those that tell more of a deal above."""
    notes = []
    if lines := plan.table.footers:
        said = ngettext(
            "{n} row below the table is a total or a remark, and was left out.",
            "{n} rows below the table are totals or remarks, and were left out.",
            len(lines),
        )
        notes.append(Note(lines[0], None, None, said))
    if lines := plan.rows_left_out:
        said = ngettext(
            "{n} row was deleted in {program}, and was left out.",
            "{n} rows were deleted in {program}, and were left out.",
            len(lines),
            program=plan.preset.name.of(language()) if plan.preset else "",
        )
        notes.append(Note(lines[0], None, None, said))
    if lines := plan.rows_joined:
        said = ngettext(
            "{n} row tells more of a deal above it, and was put together with that.",
            "{n} rows tell more of deals above them, and were put together with those.",
            len(lines),
        )
        notes.append(Note(lines[0], None, None, said))
    return notes


def _of_the_tally(tally: Tally) -> list[Note]:
    notes = []
    if tally.uncreated:
        said = ngettext(
            "{n} new deal has no creation day: it counts from its first contact, its closing or today.",
            "{n} new deals have no creation day: they count from their first contact, their closing or today.",
            len(tally.uncreated),
        )
        notes.append(Note(tally.uncreated[0], None, None, said))
    if tally.unclosed:
        said = ngettext(
            "{n} new deal is closed without a closing day: it counts as closed on the day of its creation.",
            "{n} new deals are closed without a closing day: they count as closed on the day of their creation.",
            len(tally.unclosed),
        )
        notes.append(Note(tally.unclosed[0], None, None, said))
    notes += [
        Note(one.line, None, one.name, _("Possible duplicate of “{other}”.", other=one.other)) for one in tally.alike
    ]
    return notes


def _shortened(notes: Sequence[Note]) -> list[Note]:
    """At most so many warnings of one kind, and how many more there are."""
    shown: list[Note] = []
    counts: dict[str, int] = {}
    for note in notes:
        counts[note.reason] = counts.get(note.reason, 0) + 1
        if counts[note.reason] <= MOST_WARNINGS:
            shown.append(note)
    for reason, count in counts.items():
        if count > MOST_WARNINGS:
            more = ngettext("{n} more row: {reason}", "{n} more rows: {reason}", count - MOST_WARNINGS, reason=reason)
            shown.append(Note(None, None, None, more))
    return shown
