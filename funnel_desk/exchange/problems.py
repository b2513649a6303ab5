"""Why a table file could not be read or understood as a whole. A single bad row is no problem of this kind."""

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_


class EmptyFile(Trouble):
    """Nothing but blanks."""

    message = N_("The file is empty.")


class NotText(Trouble):
    """A workbook, a picture, a database: not a text file."""

    message = N_("This is not a text file ({kind}). Save the table as CSV and import that.")


class DamagedWorkbook(Trouble):
    """It begins like a workbook, but is none that can be read."""

    message = N_("This workbook cannot be read ({why}). Open it in a spreadsheet, save it again, or save it as CSV.")


class LargeWorkbook(Trouble):
    """A workbook that unfolds to more than can be kept in memory."""

    message = N_("This workbook unfolds to {size} GB, which is too much to read. Save the sheet as CSV.")


class SeveralSheets(Trouble):
    """More than one sheet has a table, and none was told."""

    message = N_("The workbook has several sheets with rows: {sheets}. Tell which with --sheet, such as “{first}”.")


class NoSuchSheet(Trouble):
    """`--sheet` names none of the workbook."""

    message = N_('The workbook has no sheet "{sheet}". It has: {known}.')


class NoSuchRow(Trouble):
    """`--header-row` names a row that is blank, or beyond the end."""

    message = N_("Row {row} has no names of columns: it is blank, or the table ends before it.")


class UnknownEncoding(Trouble):
    """`--encoding` names no text encoding."""

    message = N_('There is no text encoding "{encoding}". Try utf-8, utf-16, cp1251, cp1252, cp866 or koi8-r.')


class WrongBytes(Trouble):
    """The bytes at this place do not belong to the encoding; nothing is replaced silently."""

    message = N_("Line {line} cannot be read as {encoding}: wrong bytes at offset {offset}. The file may be damaged.")


class BrokenQuote(Trouble):
    """A double quote inside a cell that is not doubled, so that nobody can tell where the cell ends."""

    message = N_('Line {line}: a double quote (") inside a cell must be doubled and the cell put in quotes.')


class OpenQuote(Trouble):
    """A cell in quotes that never ends."""

    message = N_('Line {line}: a cell begins with a double quote (") that is never closed.')


class NoHeader(Trouble):
    """The first line has no names."""

    message = N_("Line {line} should name the columns, but it is blank.")


class WrongDelimiter(Trouble):
    """`--delimiter` is not one character."""

    message = N_('"{delimiter}" cannot separate cells: give one character such as , or ; or tab.')


class NothingMatched(Trouble):
    """No header means a field, so there is nothing to import."""

    message = N_("No column of this file is known ({headers}). Is the first line a header? Name columns with --map.")


class UnknownHeader(Trouble):
    """`--map` or `--value` names a column that the file does not have."""

    message = N_('The file has no column "{header}". It has: {known}.')


class MistypedHeader(Trouble):
    """`--map` or `--value` names a column that the file nearly has."""

    message = N_('The file has no column "{header}". Did you mean "{suggestion}"?')


class UnknownField(Trouble):
    """`--map` names a field that does not exist."""

    message = N_('There is no field "{field}". Known fields: {known}.')


class MistypedField(Trouble):
    """`--map` names a field that nearly exists."""

    message = N_('There is no field "{field}". Did you mean "{suggestion}"?')


class UnreadableRule(Trouble):
    """`--map` or `--value` without its `=` or `:`."""

    message = N_('"{rule}" cannot be understood: write {form}.')


class FieldTwice(Trouble):
    """Two `--map` give one field two columns, or one column two fields."""

    message = N_('"{name}" is given twice: by "{first}" and by "{second}".')


class AmbiguousDates(Trouble):
    """Every date of the column can be read in two orders."""

    message = N_(
        'Column "{header}": "{example}" may be {first} or {second}. Tell the order with --date-order dmy or mdy.'
    )


class AmbiguousDecimals(Trouble):
    """The separators of the column can be thousands or decimals."""

    message = N_(
        'Column "{header}": "{example}" may be {first} or {second}. Tell the decimal sign with --decimal . or ,'
    )
