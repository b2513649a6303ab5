"""A workspace's own pipeline as a playbook file, to begin another one with: for a colleague, or for a next try."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.playbook import PAGE, parse
from funnel_desk.domain.playbook_problems import PlaybookTrouble
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.exchange.out_file import write_whole
from funnel_desk.i18n import N_, translate_problem
from funnel_desk.queries.pipeline_content import PipelineContent

CERTAIN = Decimal(10_000)  # basis points
LANGUAGES = ("en", "ru")
FALLBACK_KEY = "pipeline"

_NO_KEY = re.compile(r"[^\w-]+")
_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\t"): "\\t", 0x7F: "\\u007F"} | {
    code: f"\\u{code:04X}" for code in range(0x20) if code != ord("\t")
}
_IN_ONE_LINE = _ESCAPES | {ord("\n"): "\\n"}
_IN_LINES = {code: escape for code, escape in _ESCAPES.items() if code != ord("\n")}


class NotAPlaybook(Refusal):
    """The pipeline holds something that no playbook may hold, so the file could not be read again."""

    message = N_("“{pipeline}” cannot be written as a playbook. {why}")


def write_playbook(content: PipelineContent, out: Path) -> None:
    """Write a pipeline as a playbook file, whose name gives its key. Raises NotAPlaybook, CannotWrite."""
    text = playbook_text(content, key_of(out.stem))
    try:
        parse(text, out.name)
    except PlaybookTrouble as trouble:
        raise NotAPlaybook(pipeline=content.pipeline.name, why=translate_problem(trouble)) from trouble
    write_whole((out, text.encode("utf-8")))


def key_of(name: str) -> str:
    """The key that a file's name gives its playbook: "Our doors (new)" is our-doors-new."""
    return _NO_KEY.sub("-", name.strip().casefold()).strip("-_") or FALLBACK_KEY


def playbook_text(content: PipelineContent, key: str) -> str:
    """The pipeline as TOML, as `domain.playbook.parse` reads it: its living stages and steps, objections, reasons."""
    return "\n".join(_lines(content, key)) + "\n"


def _lines(content: PipelineContent, key: str) -> Iterator[str]:
    pipeline = content.pipeline
    yield f"key = {_text(key)}"
    yield f"name = {_words(pipeline.name)}"
    for name, words in (
        ("direction", pipeline.direction),
        ("typical_client", pipeline.typical_client),
        ("source", pipeline.source),
    ):
        if words:
            yield f"{name} = {_words(words)}"
    if pipeline.reviewed_on:
        yield f"reviewed_on = {_text(pipeline.reviewed_on)}"
    page = {name: getattr(pipeline, name) for name in PAGE if getattr(pipeline, name)}
    if page:
        yield from ("", "[page]")
        for name, words in page.items():
            yield from _long_words(name, words)
    for reason in content.lost_reasons:
        yield from ("", "[[lost_reasons]]", f"key = {_text(reason.key)}", f"name = {_words(reason.name)}")
    for one in content.stages:
        yield ""
        yield from _stage(one.stage)
        for step in one.steps:
            yield ""
            yield from _step(step)
    for objection in content.objections:
        yield from ("", "[[objections]]", f"key = {_text(objection.key)}")
        yield from _long_words("says", objection.says)
        yield from _long_words("answer", objection.answer)


def _stage(stage: Stage) -> Iterator[str]:
    yield "[[stages]]"
    yield f"key = {_text(stage.key)}"
    yield f"name = {_words(stage.name)}"
    if stage.side == "before":
        yield f"probability = {_share(stage.probability)}"
    else:
        yield "probability = 1.0"
    if stage.side == "won":
        yield "won = true"
    if stage.stalled_days is not None:
        yield f"stalled_days = {stage.stalled_days}"
    if stage.hard_days is not None:
        yield f"hard_days = {stage.hard_days}"
    if stage.exit_rule != "none":
        yield f"exit_rule = {_text(stage.exit_rule)}"


def _step(step: Step) -> Iterator[str]:
    yield "[[stages.steps]]"
    yield f"key = {_text(step.key)}"
    yield f"title = {_words(step.title)}"
    yield f"kind = {_text(step.kind)}"
    working = ", working = true" if step.working else ""
    yield f"term = {{ after = {_text(step.after)}, days = {step.days}{working} }}"
    if step.every is not None:
        until = f", until = {_text(step.until)}" if step.until else ""
        yield f"repeat = {{ every = {step.every}{until} }}"
    if step.on_demand:
        yield "on_demand = true"
    elif not step.required:
        yield "required = false"
    if step.sends:
        yield f"sends = {_text(step.sends)}"
    if step.role:
        yield f"role = {_words(step.role)}"
    if step.say:
        yield from _long_words("say", step.say)
    for name, items in (("ask", step.ask), ("done_when", step.done_when)):
        if items:
            yield from _items(name, items)
    if step.result:
        yield f"result = {_words(step.result)}"


def _words(words: Words) -> str:
    return f"{{ en = {_text(words.en)}, ru = {_text(words.ru)} }}"


def _long_words(name: str, words: Words) -> Iterator[str]:
    """A script: each language on lines of its own."""
    for language, text in zip(LANGUAGES, (words.en, words.ru), strict=True):
        shown = f'"""\n{text.translate(_IN_LINES)}"""' if "\n" in text else _text(text)
        yield f"{name}.{language} = {shown}"


def _items(name: str, words: Words) -> Iterator[str]:
    for language, text in zip(LANGUAGES, (words.en, words.ru), strict=True):
        items: Sequence[str] = text.split("\n") if text else ()
        yield f"{name}.{language} = [{', '.join(_text(item) for item in items)}]"


def _text(text: str) -> str:
    return f'"{text.translate(_IN_ONE_LINE)}"'


def _share(basis_points: int) -> str:
    """Basis points as a share with at least two decimals: 0.10, 0.125."""
    share = f"{basis_points / CERTAIN:.4f}"
    return share.removesuffix("0").removesuffix("0")
