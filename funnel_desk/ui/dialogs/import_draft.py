"""An import while it is prepared: what the person told, and what comes of it. Nothing here draws.

What is told are the same `ImportOptions` as those of the command line, never changed in place; `look` turns them into
all that the dialog shows, by the functions that the import itself runs through.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from funnel_desk.domain.problems import Problem
from funnel_desk.exchange.column_figures import ColumnFigures, column_figures
from funnel_desk.exchange.columns import Matching
from funnel_desk.exchange.fields import IGNORE, What
from funnel_desk.exchange.importing import ImportReport, try_import, understand
from funnel_desk.exchange.meanings import outcome_of
from funnel_desk.exchange.plan import ImportOptions, ImportPlan, matched, plan_table, read, settled
from funnel_desk.exchange.presets import Preset
from funnel_desk.exchange.preview import Preview, preview
from funnel_desk.exchange.row_outcomes import RowOutcomes
from funnel_desk.exchange.table import Table
from funnel_desk.i18n import language
from funnel_desk.operations.desk import Desk
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries.finding import known_sources
from funnel_desk.queries.import_ground import Ground, import_ground
from funnel_desk.queries.names import name_of

NEW_PIPELINE = "new:"
_MOST_WORDS = 40
_FIRST_BYTES = 6_000


@dataclass(frozen=True, slots=True)
class Told:
    """What a person has told about a file: columns by header, words by header and cell, and the other options.

    A column's field is empty where it is to be left out.
    """

    options: ImportOptions = field(default_factory=lambda: ImportOptions(any_kind=True))
    fields: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[tuple[str, str], str], ...] = ()

    def with_field(self, header: str, wanted: str) -> "Told":
        """Told what a column is. A field has one column: another that was told to be it is left out."""
        others = {one: "" if wanted and what == wanted else what for one, what in self.fields}
        return replace(self, fields=tuple({**others, header: wanted}.items()))

    def with_word(self, header: str, cell: str, meaning: str) -> "Told":
        """Told what a cell of a column means; an empty meaning takes that back."""
        words = {**dict(self.words), (header, cell): meaning}
        return replace(self, words=tuple((key, said) for key, said in words.items() if said))

    def with_same(self, lines: Sequence[tuple[int, str]]) -> "Told":
        """Told which rows are something that is here; an empty id takes that back."""
        known = dict(one.split("=", 1) for one in self.options.same) | {str(line): here for line, here in lines}
        same = tuple(f"{line}={here}" for line, here in known.items() if here)
        return replace(self, options=replace(self.options, same=same))

    def as_options(self) -> ImportOptions:
        """The same as the options of an import."""
        maps = tuple(f"{header}={wanted or IGNORE}" for header, wanted in self.fields)
        values = tuple(f"{header}:{cell}={meaning}" for (header, cell), meaning in self.words)
        return replace(self.options, maps=maps, values=values)


@dataclass(frozen=True, slots=True)
class Word:
    """A cell of a column that means nothing here yet, or that the person has explained; what it may mean by key.

    ``needed``: without a meaning its row cannot be taken.
    """

    header: str
    cell: str
    field: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a file under what was told, as far as it can be understood.

    ``problem`` is why it cannot be imported yet. Without a plan there is no preview and no report. ``recalled``: what
    was chosen for such a file before was taken for it.
    """

    told: Told
    ground: Ground
    table: Table | None = None
    what: What = "deals"
    preset: Preset | None = None
    matching: Matching | None = None
    plan: ImportPlan | None = None
    preview: Preview | None = None
    figures: dict[str, ColumnFigures] = field(default_factory=dict)
    outcomes: RowOutcomes | None = None
    report: ImportReport | None = None
    problem: Problem | None = None
    sources: tuple[str, ...] = ()
    recalled: bool = False
    names: dict[str, str] = field(default_factory=dict)
    """Of companies, people and deals that changes and decisions speak of, by their ids."""

    def field_of(self, header: str) -> str:
        """The field that a column fills; empty where it is left out."""
        told = dict(self.told.fields)
        if header in told or self.matching is None:
            return told.get(header, "")
        return next((column.field for column in self.matching.columns if column.header == header), "")

    def words(self) -> list[Word]:
        """The words to be explained: those that nothing maps, and those that the person mapped."""
        unmapped = self.problem.values.get("unmapped", ()) if self.problem is not None else ()
        optional = {"lost_reason", "source"}
        found: dict[tuple[str, str], Word] = {}
        for header, cell in (key for key, _meaning in self.told.words):
            field_of = self.field_of(header)
            found[header, cell] = Word(header, cell, field_of, field_of not in optional)
        for header, cell in unmapped if isinstance(unmapped, tuple) else ():
            found.setdefault((header, cell), Word(header, cell, "stage", needed=True))
        for word in self._others():
            found.setdefault((word.header, word.cell), word)
        return sorted(found.values(), key=lambda word: not word.needed)[:_MOST_WORDS]

    def _others(self) -> list[Word]:
        """Outcomes that are none, and reasons and sources that are not here yet: those come in as they are."""
        if self.table is None or self.matching is None:
            return []
        reasons = {name.casefold() for one in self.ground.reasons for name in (one.name.en, one.name.ru, one.key)}
        known: dict[str, Callable[[str], bool]] = {
            "outcome": lambda cell: outcome_of(cell) is not None,
            "lost_reason": lambda cell: cell.strip().casefold() in reasons,
        }
        if self.sources:
            here = {one.casefold() for one in self.sources}
            known["source"] = lambda cell: cell.strip().casefold() in here
        return [
            Word(column.header, cell, column.field, column.field == "outcome")
            for column in self.matching.columns
            if column.field in known
            for cell in self.table.distinct(column.header)[:_MOST_WORDS]
            if not known[column.field](cell)
        ]


def look(
    desk: Desk,
    data: bytes,
    file: str,
    told: Told,
    progress: Progress = NO_PROGRESS,
    *,
    recall: Callable[[Sequence[str]], Told | None] | None = None,
    before: Looked | None = None,
) -> Looked:
    """Read, match, plan and try; what goes wrong on the way is told in what comes back. Writes nothing.

    ``recall`` knows what was told for a file with such headers; ``before`` saves reading the same file again.
    """
    found = Looked(told, desk.read(import_ground), sources=tuple(desk.read(known_sources)))
    try:
        table = _table_of(before, told) or read(data, told.as_options())
        found = replace(found, table=table)
        if recall is not None and (known := recall(table.headers)) is not None:
            found = replace(found, told=known, recalled=True)
        options = found.told.as_options()
        settled_options, preset = settled(table, options)
        found = replace(found, what=settled_options.what, preset=preset)
        found = replace(found, matching=matched(table, options))
        plan = plan_table(table, file, options, found.ground)
        found = replace(found, figures=column_figures(plan))
        understood = understand(plan, progress)
        outcomes = RowOutcomes()
        report = try_import(desk, plan, understood=understood, watch=outcomes)
        seen = preview(plan, understood)
        names = _names(desk, found.told, settled_options.what, outcomes)
        return replace(found, plan=plan, preview=seen, outcomes=outcomes, report=report, names=names)
    except Problem as problem:
        return replace(found, problem=problem)


def glimpse(data: bytes, told: Told) -> Table | None:
    """The first rows of a large file, at once; None where they cannot be had so."""
    end = data.rfind(b"\n", 0, _FIRST_BYTES)
    if end < 0 or data[:2] == b"PK":
        return None
    try:
        return read(data[: end + 1], told.as_options())
    except Problem:
        return None


def _names(desk: Desk, told: Told, what: What, outcomes: RowOutcomes) -> dict[str, str]:
    table = {"companies": "company", "contacts": "contact"}.get(what, "deal")
    asked = {one.split("=", 1)[1]: table for one in told.options.same}
    for row in outcomes.rows["updated"]:
        for change in row.changes:
            if change.field in {"company_id", "contact_id"}:
                asked |= {str(one): change.field.removesuffix("_id") for one in change[1:] if one}
    found = {one: desk.read(name_of, where, one) for one, where in asked.items()}
    return {one: name if isinstance(name, str) else name.of(language()) for one, name in found.items() if name}


def _table_of(before: Looked | None, told: Told) -> Table | None:
    """The table that was read before, if it was read in the same way."""
    if before is None or before.table is None:
        return None
    one, other = before.told.options, told.options
    same = all(getattr(one, name) == getattr(other, name) for name in ("encoding", "delimiter", "sheet", "header_row"))
    return before.table if same else None
