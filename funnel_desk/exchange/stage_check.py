"""Before a row is taken in: whether every pipeline and every stage that a table names is known."""

from collections.abc import Callable, Mapping

from funnel_desk.domain.pipeline import Pipeline
from funnel_desk.exchange.columns import Matching
from funnel_desk.exchange.import_problems import UnknownPipelines, UnknownStages
from funnel_desk.exchange.stage_names import StageNames
from funnel_desk.exchange.table import Table
from funnel_desk.exchange.words import normalise
from funnel_desk.i18n import language
from funnel_desk.queries.import_ground import Ground

Apply = Callable[[str, str], str]
"""What a cell of a column (its header) is to be read as."""

STAGE_FIELDS = ("stage", "lost_stage", "from_stage")
_MOST_WORDS = 12


def check_pipelines(
    table: Table, matching: Matching, ground: Ground, names: StageNames, apply: Apply, *, lenient: bool
) -> dict[str, str]:
    """The pipelines that the cells of the pipeline column name, by their ids.

    A name that is not known is left out, and its rows go into the pipeline of the others, if that was told
    (``lenient``) or there is but one. Raises UnknownPipelines otherwise.
    """
    header = matching.header("pipeline")
    if header is None:
        return {}
    found = {cell: names.pipeline(apply(header, cell)) for cell in table.distinct(header)}
    unknown = [cell for cell, pipeline in found.items() if pipeline is None]
    if unknown and not lenient and len(ground.pipelines) > 1:
        place = table.place(header)
        line = next(row.line for row in table.rows if row.cells[place] == unknown[0])
        raise UnknownPipelines(
            line=line,
            words=_listed(unknown),
            known=", ".join(one.name.of(language()) for one in ground.pipelines),
            rules=_rules([(header, unknown[0])], "PIPELINE"),
        )
    return {cell: pipeline.id for cell, pipeline in found.items() if pipeline is not None}


def check_stages(
    table: Table,
    matching: Matching,
    names: StageNames,
    apply: Apply,
    pipeline: Pipeline,
    pipelines: Mapping[str, str],
) -> None:
    """Refuse a table that names a stage which nothing maps, with the rules that would. Raises UnknownStages."""
    where = matching.header("pipeline")
    place_of_pipeline = None if where is None else table.place(where)
    unknown: dict[tuple[str, str], tuple[int, str]] = {}  # header and word as it is compared: line and cell
    for field in STAGE_FIELDS:
        header = matching.header(field)
        if header is None:
            continue
        place = table.place(header)
        firsts: dict[tuple[str, str], int] = {}
        for line, cells in table.rows:
            cell = cells[place]
            if cell and not cell.isspace():
                told = "" if place_of_pipeline is None else cells[place_of_pipeline]
                firsts.setdefault((told, cell), line)
        for (told, cell), line in firsts.items():
            word = apply(header, cell)
            find = names.anywhere if field == "from_stage" else names.stage
            if word and find(word, pipelines.get(told, pipeline.id)) is None:
                unknown.setdefault((header, normalise(cell)), (line, cell))
    if unknown:
        places = sorted((line, header, cell) for (header, _word), (line, cell) in unknown.items())
        listed = [(header, cell) for _line, header, cell in places]
        raise UnknownStages(
            line=places[0][0],
            pipeline=pipeline.name,
            words=_listed([cell for _header, cell in listed]),
            stages=names.said(pipeline.id),
            rules=_rules(listed, "STAGE"),
            unmapped=tuple(listed),
        )


def _listed(words: list[str]) -> str:
    shown = ", ".join(f'"{word}"' for word in dict.fromkeys(words[:_MOST_WORDS]))
    return shown + (", …" if len(words) > _MOST_WORDS else "")


def _rules(cells: list[tuple[str, str]], wanted: str) -> str:
    """The options to type, ready but for the name wanted."""
    rules = [f"--value {_quoted(f'{header}:{cell.strip()}={wanted}')}" for header, cell in cells[:_MOST_WORDS]]
    return " ".join(rules) + (" …" if len(cells) > _MOST_WORDS else "")


def _quoted(rule: str) -> str:
    """As a shell takes it."""
    return f"'{rule}'" if "'" not in rule else f'"{rule}"'
