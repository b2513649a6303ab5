"""The plan of an import: all that was found out or told about a table, decided once, before a row is taken in.

The command line and the dialog make the same plan; nothing is decided again later, so what a preview shows is what an
import does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from funnel_desk.exchange.kind_of_table import kind_of_table
from funnel_desk.exchange.mapping import told_columns, told_lines, told_values
from funnel_desk.exchange.new_stages import with_pipeline, with_stages
from funnel_desk.exchange.numbers import DecimalSign
from funnel_desk.exchange.preset_rows import sorted_by
from funnel_desk.exchange.presets import AUTO, Preset, preset_of
from funnel_desk.exchange.problems import AmbiguousDates, AmbiguousDecimals
from funnel_desk.exchange.stage_check import check_pipelines, check_stages
from funnel_desk.exchange.stage_names import StageNames
from funnel_desk.exchange.table import Table, read_table
from funnel_desk.exchange.value_rules import ValueRules
from funnel_desk.i18n import language
from funnel_desk.operations.import_values import Additions, Match, Only, Terms
from funnel_desk.queries.import_ground import Ground

_SAMPLES = 50
NO_ADDITIONS = Additions()


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
    preset: str = AUTO
    """The key of one, "auto" for what the headers tell, or "none"."""
    any_kind: bool = False
    """Whether ``what`` was not told, so that a preset may tell it."""
    add_stages: bool = False
    """Whether words that mean no stage become stages of the pipeline."""
    new_pipeline: str = ""
    """The name of a pipeline that is made of the stages of the table, if it is not there."""
    only: Only = ""
    wipe_empty: bool = False
    """Whether an empty cell empties what is here."""
    same: tuple[str, ...] = ()
    """Rows that are something that is here: ``LINE=ID``."""


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
    values: ValueRules
    readers: Readers
    detected: Detected
    exact: bool
    """Whether the table is an exact export of ours: its cells are taken as they stand."""
    preset: Preset | None = None
    additions: Additions = NO_ADDITIONS
    """What is made before the rows: stages that the table names."""
    rows_left_out: tuple[int, ...] = ()
    rows_joined: tuple[int, ...] = ()
    """The lines of rows that the preset says are none, or more of a deal above."""

    @property
    def what(self) -> What:
        """The kind of table."""
        return self.options.what

    @property
    def match(self) -> Match:
        """How rows are matched with what is there: as told, else by external id (for rows that have one)."""
        return self.options.match or "external_id"

    @property
    def terms(self) -> Terms:
        """Which rows come in at all, and which are something that is here."""
        return Terms(self.options.only, told_lines(self.options.same))

    @property
    def rows(self) -> int:
        """How many rows there are: blank ones do not count, those that do not fit the header do."""
        return sum(not row.blank for row in self.table.rows) + len(self.table.bad_rows)


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


def settled(table: Table, options: ImportOptions) -> tuple[ImportOptions, Preset | None]:
    """The options with the kind of table settled, and the preset that knows it. Raises NoSuchPreset, BadPreset."""
    what = None if options.any_kind else options.what
    known = None if "_uid" in table.headers else preset_of(options.preset, table.headers, what)
    if options.any_kind:
        options = replace(options, what=known.what if known else kind_of_table(table), any_kind=False)
    return options, known if known and known.what == options.what else None


def matched(table: Table, options: ImportOptions) -> Matching:
    """Which column fills which field, as told, by a preset, or by its header. Raises Trouble of `exchange.problems`."""
    options, known = settled(table, options)
    told = told_columns(options.maps, table.headers, options.what)
    if known is not None:
        told = {**known.columns_of(table.headers, told), **told}
    samples = {header: table.samples(header, _SAMPLES) for header in table.headers}
    return match_columns(table.headers, options.what, told, samples)


def plan_table(table: Table, file: str, options: ImportOptions, ground: Ground) -> ImportPlan:
    """The plan for a table that was read. Raises Trouble for one that cannot be understood as a whole."""
    options, known = settled(table, options)
    if options.what != "contacts" and options.match in {"email", "phone"}:
        raise problems.MatchOfPeople
    matching = matched(table, options)
    _check_required(matching, options.what, table)
    rows = sorted_by(known, table, {column.header: column.field for column in matching.columns}) if known else None
    table = rows.table if rows else table
    values = ValueRules(told_values(options.values, table.headers), _known_values(known, matching))
    ground, pipeline, added = _pipeline(table, matching, values, options, ground)
    names = StageNames(ground)
    lenient = bool(options.pipeline or options.new_pipeline)
    pipelines = check_pipelines(table, matching, ground, names, values.apply, lenient=lenient)
    check_stages(table, matching, names, values.apply, pipeline, pipelines)
    readers, order, decimal = _readers_or_usual(table, matching, options, ground, values, known)
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
        Detected(table.encoding.removesuffix("-sig"), table.delimiter, order, decimal),
        is_exact(matching),
        known,
        added,
        rows.left_out if rows else (),
        rows.joined if rows else (),
    )


def _known_values(known: Preset | None, matching: Matching) -> dict[str, Mapping[str, str]]:
    """What the preset knows of cells, by the headers of the table."""
    if known is None:
        return {}
    return {column.header: known.values[column.field] for column in matching.columns if column.field in known.values}


def _readers_or_usual(
    table: Table, matching: Matching, options: ImportOptions, ground: Ground, values: ValueRules, known: Preset | None
) -> tuple[Readers, DateOrder | None, DecimalSign | None]:
    """What reads dates and numbers; what the table leaves open is as the program of the preset usually has it."""
    try:
        return _readers(table, matching, options, ground, values)
    except (AmbiguousDates, AmbiguousDecimals):
        if known is None:
            raise
    order, decimal = options.date_order or known.date_order, options.decimal or known.decimal
    return _readers(table, matching, replace(options, date_order=order, decimal=decimal), ground, values)


def is_exact(matching: Matching) -> bool:
    """Whether the columns are those of an exact export of ours."""
    return matching.header("_uid") is not None


def _check_required(matching: Matching, what: What, table: Table) -> None:
    for field in REQUIRED[what]:
        if matching.header(field) is None:
            raise problems.MissingColumn(field=field, known=", ".join(table.headers))


def _pipeline(
    table: Table, matching: Matching, values: ValueRules, options: ImportOptions, ground: Ground
) -> tuple[Ground, Pipeline, Additions]:
    """The pipeline of the rows that tell no other, with the stages that have to be made for it."""
    added = NO_ADDITIONS
    if options.new_pipeline:
        ground, added = with_pipeline(ground, StageNames(ground), options.new_pipeline)
    if not ground.pipelines:
        raise problems.NoPipelines
    told = options.new_pipeline or options.pipeline
    found = StageNames(ground).pipeline(told) if told else ground.pipelines[0]
    if found is None:
        known = ", ".join(one.name.of(language()) for one in ground.pipelines)
        raise problems.NoSuchPipeline(pipeline=told, known=known)
    if options.add_stages or options.new_pipeline:
        ground, added = with_stages(ground, table, matching, values.apply, found, added)
    return ground, found, added


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
