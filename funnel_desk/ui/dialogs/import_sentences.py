"""What the import dialog says: why a file cannot be taken in yet, and what came of one that was."""

from collections.abc import Mapping

from funnel_desk.domain.problems import Problem
from funnel_desk.exchange import import_problems, problems
from funnel_desk.exchange.importing import ImportReport
from funnel_desk.i18n import N_, _, format_number, ngettext, translate, translate_problem
from funnel_desk.ui.field_names import field_name

# The problems' own sentences tell what to type on the command line; here there is something to choose instead.
_CHOOSE: Mapping[type[Problem], str] = {
    problems.AmbiguousDates: N_("“{example}” in “{header}” may be {first} or {second}: choose how days are written."),
    problems.AmbiguousDecimals: N_(
        "“{example}” in “{header}” may be {first} or {second}: choose how amounts are written."
    ),
    problems.NothingMatched: N_("No column is known by its name. Tell below what the columns are."),
    problems.UnknownEncoding: N_("Letters cannot be read like this: choose another way."),
    problems.WrongBytes: N_(
        "Line {line} cannot be read as {encoding}: choose how letters are written. If none fits, the file is damaged."
    ),
    problems.SeveralSheets: N_("The workbook has several sheets with rows: {sheets}. Choose which one to take in."),
    import_problems.UnknownStages: N_("The file has words for stages that are not known here: tell what they mean."),
    import_problems.UnknownPipelines: N_(
        "There is no pipeline {words} here: choose into which one these deals are to go."
    ),
    import_problems.MissingColumn: N_("A column is needed for “{field}”: tell below which one it is."),
}


def problem_sentence(problem: Problem) -> str:
    """Why the file cannot be taken in as it is, and what to choose."""
    template = _CHOOSE.get(type(problem))
    if template is None:
        return translate_problem(problem)
    values = dict(problem.values)
    if isinstance(values.get("field"), str):
        values["field"] = field_name(str(values["field"]))
    return translate(template).format_map(values)


_OF_COLUMNS = (problems.NothingMatched, import_problems.UnknownStages, import_problems.MissingColumn)


def page_of(problem: Problem) -> str:
    """The page on which it can be mended: file, columns or outlook."""
    if isinstance(problem, _OF_COLUMNS):
        return "columns"
    return "outlook" if isinstance(problem, import_problems.UnknownPipelines) else "file"


def result_sentence(file: str, report: ImportReport, tried: ImportReport) -> str:
    """What came of an import, with what the trial before it could not tell."""
    counts = (
        (report.created, ngettext("{count} new", "{count} new", report.created, count=format_number(report.created))),
        (
            report.updated,
            ngettext("{count} changed", "{count} changed", report.updated, count=format_number(report.updated)),
        ),
        (report.unchanged, _("{count} as before", count=format_number(report.unchanged))),
        (report.rejected, _("{count} left out", count=format_number(report.rejected))),
    )
    told = ", ".join(words for count, words in counts if count) or _("nothing to take in")
    known = {note.reason for note in tried.warnings}
    news = [note.reason for note in report.warnings if note.reason not in known]
    return " ".join([_("{file}: {counts}.", file=file, counts=told), *news])
