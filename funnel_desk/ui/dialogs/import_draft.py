"""An import while it is prepared: what the person told, and what comes of it. Nothing here draws.

What is told are the same `ImportOptions` as those of the command line, never changed in place; `look` turns them into
all that the dialog shows, by the functions that the import itself runs through.
"""

from dataclasses import dataclass, field, replace

from funnel_desk.domain.problems import Problem
from funnel_desk.exchange.columns import Matching
from funnel_desk.exchange.fields import IGNORE
from funnel_desk.exchange.importing import ImportReport, try_import, understand
from funnel_desk.exchange.plan import ImportOptions, ImportPlan, matched, plan_table, read
from funnel_desk.exchange.preview import Preview, preview
from funnel_desk.exchange.table import Table
from funnel_desk.operations.desk import Desk
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries.import_ground import Ground, import_ground


@dataclass(frozen=True, slots=True)
class Told:
    """What a person has told about a file: columns by header, words by header and cell, and the other options.

    A column's field is empty where it is to be left out.
    """

    options: ImportOptions = field(default_factory=ImportOptions)
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

    def as_options(self) -> ImportOptions:
        """The same as the options of an import."""
        maps = tuple(f"{header}={wanted or IGNORE}" for header, wanted in self.fields)
        values = tuple(f"{header}:{cell}={meaning}" for (header, cell), meaning in self.words)
        return replace(self.options, maps=maps, values=values)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a file under what was told, as far as it can be understood.

    ``problem`` is why it cannot be imported yet. Without a plan there is no preview and no report.
    """

    told: Told
    ground: Ground
    table: Table | None = None
    matching: Matching | None = None
    plan: ImportPlan | None = None
    preview: Preview | None = None
    report: ImportReport | None = None
    problem: Problem | None = None

    def field_of(self, header: str) -> str:
        """The field that a column fills; empty where it is left out."""
        told = dict(self.told.fields)
        if header in told or self.matching is None:
            return told.get(header, "")
        return next((column.field for column in self.matching.columns if column.header == header), "")

    def words(self) -> list[tuple[str, str]]:
        """The words (header, cell) to be mapped: those that nothing maps, and those that the person mapped."""
        unmapped = self.problem.values.get("unmapped", ()) if self.problem is not None else ()
        found = [key for key, _meaning in self.told.words]
        if isinstance(unmapped, tuple):
            found += [key for key in unmapped if key not in found]
        return found


def look(desk: Desk, data: bytes, file: str, told: Told, progress: Progress = NO_PROGRESS) -> Looked:
    """Read, match, plan and try; what goes wrong on the way is told in what comes back. Writes nothing."""
    options = told.as_options()
    found = Looked(told, desk.read(import_ground))
    try:
        table = read(data, options)
        found = replace(found, table=table)
        found = replace(found, matching=matched(table, options))
        plan = plan_table(table, file, options, found.ground)
        understood = understand(plan, progress)
        seen = preview(plan, understood)
        return replace(found, plan=plan, preview=seen, report=try_import(desk, plan, understood=understood))
    except Problem as problem:
        return replace(found, problem=problem)
