"""`playbooks`: the funnels to begin with."""

from typing import TYPE_CHECKING

from funnel_desk.cli._answers import answer, cut, rate, say, screen_width, table, tell
from funnel_desk.cli._grammar import cli_command, json_option
from funnel_desk.i18n import N_, _, format_percent, language, ngettext, pgettext, translate_problem

if TYPE_CHECKING:
    from funnel_desk.domain.playbook import Playbook, PlaybookStage, PlaybookStep

CERTAIN = 10_000


@cli_command(
    N_("List the playbooks: those that come with the program, and your own."),
    N_("Your own lie in the folder `playbooks` of the program's data; a mistake in one is told with its line."),
)
@json_option
def command(*, as_json: bool) -> int:
    """List what can be used; tell what cannot, and fail for that."""
    from funnel_desk.operations.playbooks import shelf

    found = shelf()
    if as_json:
        answer([_document(playbook) for playbook in found.playbooks])
    else:
        say("\n\n".join(_lines(playbook) for playbook in found.playbooks))
    for trouble in found.troubles:
        tell(translate_problem(trouble))
    return 1 if found.troubles else 0


def _document(playbook: "Playbook") -> dict[str, object]:
    return {
        "key": playbook.key,
        "name": playbook.name.of(language()),
        "stages": [_stage(stage) for stage in playbook.stages],
    }


def _stage(stage: "PlaybookStage") -> dict[str, object]:
    return {
        "key": stage.key,
        "stage": stage.name.of(language()),
        "probability": rate(stage.probability / CERTAIN),
        "won": stage.won,
        "after_sale": stage.after_sale,
        "steps": [_step(step) for step in stage.steps],
    }


def _step(step: "PlaybookStep") -> dict[str, object]:
    again = step.repeat and {"every": step.repeat.every, "until": step.repeat.until or None}
    return {"key": step.key, "title": step.title.of(language()), "repeats": again}


def _lines(playbook: "Playbook") -> str:
    lang = language()
    width = screen_width()
    head = f"{playbook.key}  {playbook.name.of(lang)}"
    about = [f"  {cut(said.of(lang), width - 2)}" for said in (playbook.direction, playbook.typical_client) if said]
    stages = table(
        [
            (
                stage.name.of(lang),
                pgettext("stage", "won") if stage.won else _("after the sale") if stage.after_sale else _share(stage),
                ngettext("{n} step", "{n} steps", len(stage.steps)) if stage.steps else "",
            )
            for stage in playbook.stages
        ],
        right=(2,),
        indent=4,
    )
    return "\n".join([head, *about, stages])


def _share(stage: "PlaybookStage") -> str:
    return format_percent(stage.probability / CERTAIN)
