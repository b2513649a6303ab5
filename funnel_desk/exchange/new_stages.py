"""Stages that a table names and a pipeline lacks, made for it, where that was asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from uuid6 import uuid7

from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.domain.words import Words
from funnel_desk.exchange.amounts import probability_reader
from funnel_desk.exchange.columns import Matching
from funnel_desk.exchange.problems import AmbiguousDecimals
from funnel_desk.exchange.stage_names import StageNames
from funnel_desk.exchange.table import Table
from funnel_desk.exchange.words import normalise
from funnel_desk.operations.import_values import Additions
from funnel_desk.queries.import_ground import Ground

WON = Words("Won", "Выиграна")
_CERTAIN = 10_000
_LEAST, _MOST = 1_000, 9_000
_USUAL = {
    **dict.fromkeys(("negotiat", "переговор", "contract", "договор"), 8_000),
    **dict.fromkeys(("payment", "invoice", "оплат", "счет"), 9_000),
    **dict.fromkeys(("proposal", "quote", "offer", "предложен", "кп "), 6_000),
    **dict.fromkeys(("demo", "trial", "presentation", "презентац", "демо", "встреч"), 4_000),
    **dict.fromkeys(("needs", "discovery", "engag", "value prop", "потребност"), 3_000),
    **dict.fromkeys(("qualif", "квалифик"), 2_000),
    **dict.fromkeys(("prospect", "lead", "new", "first", "перв", "новая", "новый", "лид", "обращен", "заявк"), 1_000),
}
"""Parts of the names of stages, and how likely a deal there usually is won, in basis points."""
Apply = Callable[[str, str], str]


def with_pipeline(ground: Ground, names: StageNames, name: str) -> tuple[Ground, Additions]:
    """The ground with a pipeline of this name, whose only stage so far is the won one; as it is if it is there."""
    if names.pipeline(name) is not None:
        return ground, Additions()
    pipeline = Pipeline(str(uuid7()), Words(name, name), position=len(ground.pipelines))
    won = Stage(str(uuid7()), pipeline.id, "won", WON, 0, "won", _CERTAIN)
    added = Additions(pipeline, (won,))
    return replace(ground, pipelines=(*ground.pipelines, pipeline), stages=(*ground.stages, won)), added


def with_stages(
    ground: Ground, table: Table, matching: Matching, apply: Apply, pipeline: Pipeline, added: Additions
) -> tuple[Ground, Additions]:
    """The ground with a stage for every word of the table that means none: before the sale, in order of probability."""
    words = _unknown(table, matching, apply, StageNames(ground), pipeline)
    if not words:
        return ground, added
    chances = _chances(table, matching, words) or _usual_chances(words)
    if len(chances) == len(words):
        words.sort(key=lambda word: chances[word])
    there = ground.pipeline_stages(pipeline.id)
    keys = {stage.key for stage in ground.stages if stage.pipeline_id == pipeline.id}
    begin = max((stage.position + 1 for stage in there if stage.side == "before"), default=0)
    made = []
    for place, word in enumerate(words):
        even = _LEAST + (_MOST - _LEAST) * place // max(1, len(words) - 1)
        key = _key(word, keys)
        keys.add(key)
        name = Words(word.strip(), word.strip())
        made.append(Stage(str(uuid7()), pipeline.id, key, name, begin + place, probability=chances.get(word, even)))
    stages = (*ground.stages, *made)
    return replace(ground, stages=stages), Additions(added.pipeline, (*added.stages, *made))


def _unknown(table: Table, matching: Matching, apply: Apply, names: StageNames, pipeline: Pipeline) -> list[str]:
    """The words for stages that mean nothing in the pipeline, in the order of the table."""
    found: dict[str, str] = {}
    for field in ("from_stage", "lost_stage", "stage"):
        header = matching.header(field)
        for cell in table.distinct(header) if header else ():
            word = apply(header, cell) if header else ""
            if word.strip() and names.stage(word, pipeline.id) is None:
                found.setdefault(normalise(word) or word, word)
    return list(found.values())


def _chances(table: Table, matching: Matching, words: Iterable[str]) -> dict[str, int]:
    """The usual probability that the table tells of each stage, in basis points."""
    stage, chance = matching.header("stage"), matching.header("probability")
    if stage is None or chance is None:
        return {}
    try:
        reader = probability_reader(chance, table.distinct(chance))
    except AmbiguousDecimals:
        return {}
    told: dict[str, list[int]] = {word: [] for word in words}
    by_word: Mapping[str, str] = {normalise(word): word for word in told}
    for cell, said in zip(table.column(stage), table.column(chance), strict=True):
        word = by_word.get(normalise(cell))
        points = reader.read(said) if word is not None and said.strip() else None
        if word is not None and isinstance(points, int):
            told[word].append(points)
    return {word: sorted(points)[len(points) // 2] for word, points in told.items() if points}


def _usual_chances(words: Iterable[str]) -> dict[str, int]:
    """How far along stages of such names usually are, where that is known of all of them; else nothing."""
    found: dict[str, int] = {}
    for word in words:
        name = normalise(word)
        chance = next((points for stem, points in _USUAL.items() if stem in name), None)
        if chance is None:
            return {}
        found[word] = chance
    return found


def _key(word: str, taken: set[str]) -> str:
    plain = normalise(word).replace(" ", "_")
    key = plain if plain.isascii() and plain else "stage"
    number = 2
    free = key
    while free in taken:
        free = f"{key}_{number}"
        number += 1
    return free
