"""A pipeline as a document for a new colleague: stages, steps, words, what clients object, why deals are lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from funnel_desk.domain.moments import day_of
from funnel_desk.domain.pipeline import Objection, Stage, Step
from funnel_desk.domain.words import Words
from funnel_desk.exchange.action_words import items_of, said
from funnel_desk.exchange.clean_text import in_lines, one_line
from funnel_desk.exchange.flow import Block, lay_out, paragraph
from funnel_desk.exchange.out_file import write_whole
from funnel_desk.exchange.page import BODY, HEADING, LEFT, NOTE, SAY, TITLE, Line, Pages, line_height
from funnel_desk.exchange.parts import (
    END,
    Cell,
    Mark,
    beside_bar,
    column_titles,
    heading,
    kept,
    labelled,
    listed,
    side_by_side,
    together,
    wrapped,
)
from funnel_desk.exchange.regulation_words import chance_said, stage_facts, step_facts, with_slots
from funnel_desk.i18n import _, format_day, in_language, ngettext
from funnel_desk.queries.pipeline_content import PipelineContent, StageContent, pipeline_content
from funnel_desk.storage.reader import Reader

INDENT = LEFT + 11.0  # room for the numbers of stages and steps
COLUMN_GAP = 8.0
CHAPTER_GAP, STEP_GAP, PART_GAP = 11.0, 6.5, 2.2
SAYS = 55.0
STEPS_AT, CHANCE_AT = END - 80.0, END - 58.0  # columns of the list of stages


def write_regulation(read: Reader, pipeline_id: str, out: Path, lang: str) -> None:
    """Write the document of a pipeline. Raises NotThere and CannotWrite; nothing is left of a file that failed."""
    content = pipeline_content(read, pipeline_id)
    with in_language(lang):
        write_whole((out, regulation_pdf(content, read.zone)))


def regulation_pdf(content: PipelineContent, zone: str) -> bytes:
    """The document in the current language; equal bytes for equal pipelines. It is dated by the last change."""
    name, changed = one_line(said(content.pipeline.name)), day_of(content.changed_at, zone)
    places: dict[str, int] = {}
    with Pages(name, changed) as pages:
        blocks = _Regulation(pages, content, places).blocks(changed)
        lay_out(pages, blocks, foot=f"Funnel Desk · {format_day(changed, 'long')}", head=name, places=places)
        return pages.content()


class _Regulation:
    """The blocks of one document. ``places`` knows the pages of the stages by the time it is drawn."""

    def __init__(self, pages: Pages, content: PipelineContent, places: dict[str, int]) -> None:
        self._pages, self._content, self._places = pages, content, places
        self._dim = pages.inks.dim
        self._titles: dict[str, Words] = {step.key: step.title for one in content.stages for step in one.steps}

    def blocks(self, changed: str) -> Iterator[Block]:
        """All of them."""
        stages = self._content.stages
        yield from self._head(changed)
        yield heading(self._pages, _("The way of a deal"), gap=CHAPTER_GAP)
        for number, one in enumerate(stages, start=1):
            yield self._in_contents(number, one)
        for number, one in enumerate(stages, start=1):
            yield from self._stage(number, one, stages[number].stage if number < len(stages) else None)
        yield from self._objections()
        yield from self._lost_reasons()

    def _head(self, changed: str) -> Iterator[Block]:
        pipeline = self._content.pipeline
        title = self._pages.wrapped([(one_line(said(pipeline.name)), "bold")], END - LEFT, TITLE)
        yield from paragraph(self._pages, LEFT, title, TITLE)
        subtitle = _("How we sell: the stages, the steps and the words to say.")
        yield from wrapped(self._pages, subtitle, ink=self._dim)
        facts = [
            (_("What we sell"), one_line(said(pipeline.direction))),
            (_("To whom"), one_line(said(pipeline.typical_client))),
            (_("How they find us"), one_line(said(pipeline.source))),
            (_("Audience"), one_line(said(pipeline.audience))),
            (_("Product"), one_line(said(pipeline.product))),
            (_("Price"), one_line(said(pipeline.price))),
            (_("Distribution"), one_line(said(pipeline.place))),
            (_("Promotion"), one_line(said(pipeline.promotion))),
            (_("As of"), format_day(changed, "long")),
        ]
        yield from labelled(self._pages, [fact for fact in facts if fact[1]], gap=5.0)

    def _in_contents(self, number: int, one: StageContent) -> Block:
        pages, dim = self._pages, self._dim
        steps = ngettext("{n} step", "{n} steps", len(one.steps)) if one.steps else ""

        def draw(top: float) -> None:
            pages.rule(top)
            line = top + 1.0
            pages.text(LEFT, line, str(number), ink=dim)
            pages.text(INDENT, line, pages.cut(one_line(said(one.stage.name)), STEPS_AT - 4 - INDENT, bold=True),
                       bold=True)  # fmt: skip
            pages.text(STEPS_AT, line, steps, ink=dim)
            pages.text(CHANCE_AT, line, chance_said(one.stage), ink=dim)
            pages.text(END, line, _("page {page}", page=self._places.get(one.stage.id, 1)), ink=dim, align="right")

        return Block(line_height(BODY) + 2.0, draw, keep=number == 1)

    def _stage(self, number: int, one: StageContent, following: Stage | None) -> Iterator[Block]:
        pages, name = self._pages, one_line(said(one.stage.name))
        chance = chance_said(one.stage)

        def draw(top: float) -> None:
            pages.bookmark(f"{number}. {name}")
            pages.text(LEFT, top, str(number), HEADING, bold=True, ink=pages.inks.accent)
            room = END - INDENT - pages.width_of(chance) - 6
            shown = pages.cut(name, room, HEADING, bold=True)
            pages.text(INDENT, top, shown, HEADING, bold=True, ink=pages.inks.accent)
            pages.text(END, top + 0.9, chance, ink=self._dim, align="right")
            pages.rule(top + line_height(HEADING) + 0.8)

        yield Block(line_height(HEADING) + 2.4, draw, gap=CHAPTER_GAP, keep=True, name=one.stage.id)
        facts = labelled(pages, stage_facts(one.stage, following), INDENT)
        yield from kept(together(facts)) if one.steps else together(facts)
        for place, step in enumerate(one.steps, start=1):
            yield from together(self._step(f"{number}.{place}", step))

    def _step(self, number: str, step: Step) -> Iterator[Block]:
        yield self._step_title(number, step)
        about = wrapped(self._pages, step_facts(step, self._titles), INDENT, size=NOTE, ink=self._dim)
        yield from about
        if step.say:
            yield from beside_bar(self._pages, with_slots(step.say), INDENT, gap=PART_GAP)
        yield from self._lists(step)
        if step.result:
            told = _("When it has worked, tick “{result}”.", result=one_line(said(step.result)))
            yield from wrapped(self._pages, told, INDENT, size=NOTE, ink=self._dim, gap=PART_GAP)

    def _step_title(self, number: str, step: Step) -> Block:
        title = self._pages.wrapped([(one_line(said(step.title)), "bold")], END - INDENT, SAY)
        cells = [Cell(line) for line in title]
        lines = side_by_side(self._pages, [(LEFT, [Cell([(number, "plain")])]), (INDENT, cells)], size=SAY)

        def draw(top: float) -> None:
            for place, line in enumerate(lines):
                line.draw(top + place * line.height)

        return Block(sum(line.height for line in lines), draw, gap=STEP_GAP, keep=True)

    def _lists(self, step: Step) -> Iterator[Block]:
        """What to ask, and beside it what counts as done, with boxes."""
        asked: list[Line] = [with_slots(Words(item, item)) for item in items_of(step.ask)]
        done: list[Line] = [[(one_line(item), "plain")] for item in items_of(step.done_when)]
        lists: list[tuple[str, list[Line], Mark]] = [(_("Ask"), asked, "dash"), (_("Done when"), done, "box")]
        lists = [one for one in lists if one[1]]
        if not lists:
            return
        width = (END - INDENT - COLUMN_GAP * (len(lists) - 1)) / len(lists)
        lefts = [INDENT + place * (width + COLUMN_GAP) for place in range(len(lists))]
        titles = [(left, title) for left, (title, _items, _mark) in zip(lefts, lists, strict=True)]
        yield column_titles(self._pages, titles, gap=PART_GAP)
        columns = [listed(self._pages, items, width, mark) for _title, items, mark in lists]
        yield from side_by_side(self._pages, list(zip(lefts, columns, strict=True)))

    def _objections(self) -> Iterator[Block]:
        if self._content.objections:
            yield heading(self._pages, _("What they say against it, and what we answer"), gap=CHAPTER_GAP)
        for place, objection in enumerate(self._content.objections):
            yield from together(self._objection(objection, gap=3.0 if place else 0.0))

    def _objection(self, objection: Objection, *, gap: float) -> list[Block]:
        """What they say at the left, the answer at the right."""
        says: Line = [(_("“{words}”", words=one_line(said(objection.says))), "bold")]
        answer: Line = [(in_lines(said(objection.answer)), "plain")]
        left = LEFT + SAYS + COLUMN_GAP
        columns = [
            (LEFT, listed(self._pages, [says], SAYS, "")),
            (left, listed(self._pages, [answer], END - left, "")),
        ]
        return side_by_side(self._pages, columns, gap=gap)

    def _lost_reasons(self) -> Iterator[Block]:
        names: list[Line] = [[(one_line(said(one.name)), "plain")] for one in self._content.lost_reasons]
        if not names:
            return
        yield heading(self._pages, _("Why deals are lost"), gap=CHAPTER_GAP)
        told = _("Choose the reason that is true when a deal is lost: that is how we learn where to get better.")
        yield from kept(wrapped(self._pages, told, ink=self._dim))
        cells = listed(self._pages, names, END - LEFT, "dash")
        for place, block in enumerate(side_by_side(self._pages, [(LEFT, cells)])):
            yield replace(block, gap=0.0 if place else PART_GAP)
