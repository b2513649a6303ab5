"""The plan of an import: all that was found out or told about a table, decided once, before a row is taken in.

The command line and the dialog make the same plan; nothing is decided again later, so what a preview shows is what an
import does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from funnel_desk.domain.pipeline import Pipeline
from funnel_desk.exchange import import_problems as problems
from funnel_desk.exchange.amounts import MoneyReader, ProbabilityReader, probability_reader
from funnel_desk.exchange.collecting import collecting_later
from funnel_desk.exchange.columns import Matching, match_columns
from funnel_desk.exchange.date_orders import date_readers, order_of_file
from funnel_desk.exchange.dates import DateOrder, DateReader
from funnel_desk.exchange.decimals import decide_decimal
from funnel_desk.exchange.fields import FIELDS, REQUIRED, What
from funnel_desk.exchange.mapping import told_columns, told_values
from funnel_desk.exchange.numbers import DecimalSign
from funnel_desk.exchange.stage_check import check_pipelines, check_stages
from funnel_desk.exchange.stage_names import StageNames
from funnel_desk.exchange.table import Table, read_table
from funnel_desk.exchange.words import normalise
from funnel_desk.i18n import language
from funnel_desk.operations.import_values import Match
from funnel_desk.queries.import_ground import Ground

_SAMPLES = 50


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person told; everything else is found out. The names are those of the command line."""

    what: What = "deals"
    maps: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    pipeline: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    date_order: DateOrder | None = None
    decimal: DecimalSign | None = None
    match: Match | None = None
    strict: bool = False
    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found out of the file, or told. The encoding of a workbook is "xlsx", and it has no delimiter."""

    encoding: str
    delimiter: str
    date_order: DateOrder | None
    decimal: DecimalSign | None


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads the cells of columns of dates and numbers."""

    dates: Mapping[str, DateReader]
    money: MoneyReader
    probability: ProbabilityReader | None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """How a table is to be understood, down to the last cell."""

    file: str
    options: ImportOptions
    table: Table
    ground: Ground
    matching: Matching
    pipeline: Pipeline
    """Of the rows that tell no other."""
    pipelines: Mapping[str, str]
    """Cells of the pipeline column to ids; a cell that is missing here means `pipeline`."""
    names: StageNames
    values: "ValueRules"
    readers: Readers
    detected: Detected
    exact: bool
    """Whether the table is an exact export of ours: its cells are taken as they stand."""

    @property
    def what(self) -> What:
        """The kind of table."""
        return self.options.what

    @property
    def match(self) -> Match:
        """How rows are matched with what is there: as told, else by external id (for rows that have one)."""
        return self.options.match or "external_id"

    @property
    def rows(self) -> int:
        """How many rows there are: blank ones do not count, those that do not fit the header do."""
        return sum(not row.blank for row in self.table.rows) + len(self.table.bad_rows)


class ValueRules:
    """What `--value` told: what a cell is to be read as. Cells are compared without case and punctuation."""

    def __init__(self, told: Mapping[str, Mapping[str, str]]) -> None:
        self._exact = {header: dict(rules) for header, rules in told.items()}
        self._loose = {
            header: {normalise(before): after for before, after in rules.items()} for header, rules in told.items()
        }

    def __contains__(self, header: str) -> bool:
        return header in self._exact

    def apply(self, header: str, cell: str) -> str:
        """The cell as it is to be read."""
        rules = self._exact.get(header)
        if rules is None:
            return cell
        found = rules.get(cell.strip())
        return self._loose[header].get(normalise(cell), cell) if found is None else found

    def unused(self, table: Table) -> list[tuple[str, str]]:
        """The rules that no cell of the table needs: (header, cell)."""
        return [
            (header, before)
            for header, rules in self._exact.items()
            for before in rules
            if normalise(before) not in {normalise(cell) for cell in table.distinct(header)}
        ]


def plan_file(path: Path, options: ImportOptions, ground: Ground) -> ImportPlan:
    """The plan for a file.

    Raises Trouble for a table that cannot be read or understood as a whole.
    """
    return plan_bytes(read_file(path), path.name, options, ground)


def read_file(path: Path) -> bytes:
    """What a file to be imported holds. Raises TableMissing, TableIsFolder, TableClosed."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise problems.TableMissing(file=path) from None
    except IsADirectoryError:
        raise problems.TableIsFolder(file=path) from None
    except OSError as error:
        raise problems.TableClosed(file=path, why=error.strerror or str(error)) from error


@collecting_later()
def plan_bytes(data: bytes, file: str, options: ImportOptions, ground: Ground) -> ImportPlan:
    """The plan for what a file holds; ``file`` is its name. Raises what `plan_file` raises."""
    return plan_table(read(data, options), file, options, ground)


def read(data: bytes, options: ImportOptions) -> Table:
    """The table that a file holds, read as told. Raises Trouble of `exchange.problems`."""
    return read_table(data, options.encoding, options.delimiter, sheet=options.sheet, header_row=options.header_row)


def matched(table: Table, options: ImportOptions) -> Matching:
    """Which column fills which field, as told or by its header. Raises Trouble of `exchange.problems`."""
    told = told_columns(options.maps, table.headers, options.what)
    samples = {header: table.samples(header, _SAMPLES) for header in table.headers}
    return match_columns(table.headers, options.what, told, samples)


def plan_table(table: Table, file: str, options: ImportOptions, ground: Ground) -> ImportPlan:
    """The plan for a table that was read. Raises Trouble for one that cannot be understood as a whole."""
    matching = matched(table, options)
    _check_required(matching, options.what, table)
    values = ValueRules(told_values(options.values, table.headers))
    names = StageNames(ground)
    pipeline = _pipeline(options.pipeline, ground, names)
    pipelines = check_pipelines(table, matching, ground, names, values.apply, lenient=bool(options.pipeline))
    check_stages(table, matching, names, values.apply, pipeline, pipelines)
    readers, order, decimal = _readers(table, matching, options, ground, values)
    detected = Detected(table.encoding.removesuffix("-sig"), table.delimiter, order, decimal)
    return ImportPlan(
        file,
        options,
        table,
        ground,
        matching,
        pipeline,
        pipelines,
        names,
        values,
        readers,
        detected,
        is_exact(matching),
    )


def is_exact(matching: Matching) -> bool:
    """Whether the columns are those of an exact export of ours."""
    return matching.header("_uid") is not None


def _check_required(matching: Matching, what: What, table: Table) -> None:
    for field in REQUIRED[what]:
        if matching.header(field) is None:
            raise problems.MissingColumn(field=field, known=", ".join(table.headers))


def _pipeline(told: str, ground: Ground, names: StageNames) -> Pipeline:
    if not ground.pipelines:
        raise problems.NoPipelines
    if not told:
        return ground.pipelines[0]
    found = names.pipeline(told)
    if found is None:
        known = ", ".join(one.name.of(language()) for one in ground.pipelines)
        raise problems.NoSuchPipeline(pipeline=told, known=known)
    return found


def _readers(
    table: Table, matching: Matching, options: ImportOptions, ground: Ground, values: ValueRules
) -> tuple[Readers, DateOrder | None, DecimalSign | None]:
    """What reads dates and numbers, with the order and the decimal sign to report."""

    def cells(header: str) -> Iterable[str]:
        listed = table.distinct(header)
        return [values.apply(header, cell) for cell in listed] if header in values else listed

    fields = FIELDS[options.what]
    kinds = {column.header: fields.get(column.field, "text") for column in matching.columns}
    dates = {header: cells(header) for header, kind in kinds.items() if kind == "moment"}
    witnesses = {header: table.column(header) for header in table.headers if kinds.get(header, "text") == "text"}
    told_order, told_decimal = options.date_order, options.decimal
    if is_exact(matching):  # written by ourselves, so there is nothing to find out
        told_order, told_decimal = told_order or "ymd", told_decimal or "."
    readers = date_readers(dates, ground.zone, told_order, witnesses)
    order = order_of_file(dates, told_order)
    decimal: DecimalSign | None = None
    money = MoneyReader(None, ground.currency)
    probability = None
    for column in matching.columns:
        kind = kinds[column.header]
        if kind == "money":
            sign = decide_decimal(column.header, cells(column.header), told_decimal)
            money = MoneyReader(sign, column.currency or ground.currency)
            decimal = sign or decimal or "."
        elif kind == "probability":
            probability = probability_reader(column.header, cells(column.header), told_decimal)
            decimal = decimal or probability.decimal or "."
    return Readers(readers, money, probability), order, decimal
