"""The lines of the outline, made of a pipeline's page."""

from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.i18n import _, format_day, format_number, ngettext
from funnel_desk.queries.pipeline_page import PipelinePage
from funnel_desk.ui.phrases import chance, kind_icon, of
from funnel_desk.ui.views.playbooks.outline import Node


def outline_of(page: PipelinePage) -> list[Node]:
    """The page itself, the stages with their steps, then what goes with them."""
    stages = [one for one in page.stages if not one.archived]
    objections = [one for one in page.objections if not one.archived]
    reasons = [one for one in page.lost_reasons if not one.archived]
    nodes = [Node("pipeline", page.pipeline.id, _("About this pipeline"), icon="file")]
    nodes += [_stage(page, stage) for stage in stages]
    nodes += [
        _group("objections", _("What clients object"), "message",
               [Node("objection", one.id, of(one.says), icon="message") for one in objections]),
        _group("reasons", _("Why deals are lost"), "lost",
               [Node("reason", one.id, of(one.name), icon="lost") for one in reasons]),
        _group("marks", _("Changes noted"), "note",
               [Node("mark", one.id, one.text, format_day(one.on_day, "short"), "note") for one in page.marks]),
    ]  # fmt: skip
    archived = _archived(page)
    if archived:
        nodes.append(_group("archived", _("Archived"), "folder", archived))
    return nodes


def _group(kind: str, text: str, icon: str, inner: list[Node]) -> Node:
    return Node(kind, "", text, format_number(len(inner)) if inner else "", icon, inner=tuple(inner))


def _stage(page: PipelinePage, stage: Stage) -> Node:
    side = {"won": _("won"), "after": _("after the sale")}.get(stage.side) or chance(stage.probability)
    deals = page.open_deals.get(stage.id, 0)
    counted = ngettext("{n} deal", "{n} deals", deals) if deals else ""
    note = " · ".join(part for part in (counted, side) if part)
    inner = tuple(
        Node("step", step.id, of(step.title), _due(step), kind_icon(step.kind), stage.id)
        for step in page.steps_of(stage.id)
    )
    return Node("stage", stage.id, of(stage.name), note, "", stage.side, inner)


def _due(step: Step) -> str:
    if step.on_demand:
        return _("if it comes up")
    days = ngettext("{n} d.", "{n} d.", step.days) if step.days else ""
    return f"{days} ↻".strip() if step.every is not None else days


def _archived(page: PipelinePage) -> list[Node]:
    return [
        *(Node("stage", one.id, of(one.name), _("stage"), side="archived") for one in page.stages if one.archived),
        *(
            Node("step", one.id, of(one.title), _("step"), kind_icon(one.kind), "archived")
            for one in page.steps
            if one.archived
        ),
        *(
            Node("objection", one.id, of(one.says), _("objection"), "message", "archived")
            for one in page.objections
            if one.archived
        ),
        *(
            Node("reason", one.id, of(one.name), _("reason"), "lost", "archived")
            for one in page.lost_reasons
            if one.archived
        ),
    ]  # fmt: skip
