"""What holds in a pipeline that somebody edits: names, chances, limits, terms that lead somewhere, fair scripts."""

from collections.abc import Iterable, Mapping, Sequence

from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.playbook import LONGEST_REPEAT, LONGEST_TERM, STEP_KINDS, STEP_PREFIX
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.script import PLACEHOLDERS, has_open_bold, has_stray_brace, placeholders
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_

LONGEST_LIMIT = LONGEST_TERM
LANGUAGES = ("en", "ru")


class NoName(Refusal):
    """Everything in a pipeline is called something."""

    message = N_("Write what it is called, in one language at least.")


class NameTaken(Refusal):
    """Stages are told apart by their names."""

    message = N_("There is a stage “{stage}” here already. Give this one another name.")


class NoLimit(Refusal):
    """A limit of stalling that is no number of days."""

    message = N_("{days} days is no limit. It lies between 1 and {most}.")


class HardLimitFirst(Refusal):
    """The hard limit comes after the soft one."""

    message = N_("A deal stalls after {soft} days, so it cannot be too late after {hard} already.")


class NoTerm(Refusal):
    """A term or repeat that is no number of days."""

    message = N_("{days} days is no term. It lies between {least} and {most}.")


class UnknownKind(Refusal):
    """A kind of step that is none."""

    message = N_("“{kind}” is no kind of step. Known: {known}.")


class NothingToWaitFor(Refusal):
    """A term or repeat that names a step which is not here."""

    message = N_("There is no step “{step}” in this pipeline to wait for.")


class WaitsForItself(Refusal):
    """Steps that wait for each other in a circle would never be due."""

    message = N_("“{step}” would wait for itself. Let it count from the start of the stage.")


class SaleComesLater(Refusal):
    """Before the sale no term counts from it."""

    message = N_("“{step}” comes before the sale, so it cannot be due so many days after it.")


class NoPlaceholder(Refusal):
    """A name in braces that nothing is known of."""

    message = N_("“{{{name}}}” is no placeholder, so it would be read out as it stands. Known: {known}.")


class LoneBrace(Refusal):
    """A brace without its other half."""

    message = N_("A brace has no other half. A placeholder looks like {{contact}}.")


class LoneBold(Refusal):
    """A bold mark without its other half."""

    message = N_("A ** has no other half. The key question looks like **when?**")


def check_name(words: Words) -> None:
    """Refuse what has no name in either language."""
    if not (words.en.strip() or words.ru.strip()):
        raise NoName


def check_stage(stage: Stage, others: Iterable[Stage]) -> None:
    """Refuse a stage without a name of its own or with limits that are none; ``others`` are of its pipeline."""
    check_name(stage.name)
    taken = {
        name.casefold()
        for one in others
        if one.id != stage.id and not one.archived
        for name in (one.key, one.name.en, one.name.ru)
        if name
    }
    for name in (stage.name.en, stage.name.ru):
        if name.casefold() in taken:
            raise NameTaken(stage=name)
    for days in (stage.stalled_days, stage.hard_days):
        if days is not None and not 1 <= days <= LONGEST_LIMIT:
            raise NoLimit(days=days, most=LONGEST_LIMIT)
    soft, hard = stage.stalled_days, stage.hard_days
    if soft is not None and hard is not None and hard < soft:
        raise HardLimitFirst(soft=soft, hard=hard)


def check_step(step: Step, stage: Stage, others: Sequence[Step]) -> None:
    """Refuse a step without a title, with a term that leads nowhere, or with words that could not be read aloud.

    ``others`` are the living steps of its pipeline, in the order of the work.
    """
    check_name(step.title)
    if step.kind not in STEP_KINDS:
        raise UnknownKind(kind=step.kind, known=", ".join(STEP_KINDS))
    if not 0 <= step.days <= LONGEST_TERM:
        raise NoTerm(days=step.days, least=0, most=LONGEST_TERM)
    if step.every is not None and not 1 <= step.every <= LONGEST_REPEAT:
        raise NoTerm(days=step.every, least=1, most=LONGEST_REPEAT)
    if step.after == "sale" and stage.side == "before":
        raise SaleComesLater(step=step.title)
    known = {one.key for one in others if one.id != step.id}
    for key in (step.after.removeprefix(STEP_PREFIX) if step.after.startswith(STEP_PREFIX) else "", step.until):
        if key == step.key:
            raise WaitsForItself(step=step.title)
        if key and key not in known:
            raise NothingToWaitFor(step=key)
    check_circles([step if one.id == step.id else one for one in others])
    for words in (step.say, step.ask):
        for language in LANGUAGES:
            check_script(words.en if language == "en" else words.ru)


def check_circles(steps: Sequence[Step]) -> None:
    """Refuse steps that wait for each other in a circle; they come in the order of the work."""
    waits: dict[str, str] = {}
    last: dict[str, str] = {}
    for step in steps:
        waits[step.key] = last.get(step.stage_id, "") if step.after == "previous" else step.after.partition(":")[2]
        last[step.stage_id] = step.key
    titles: Mapping[str, Words] = {step.key: step.title for step in steps}
    for start, first in waits.items():
        seen, here = {start}, first
        while here and here not in seen:
            seen.add(here)
            here = waits.get(here, "")
        if here:
            raise WaitsForItself(step=titles[here])


def script_problem(text: str) -> Refusal | None:
    """What is wrong with a script, if anything."""
    try:
        check_script(text)
    except Refusal as refusal:
        return refusal
    return None


def check_script(text: str) -> None:
    """Refuse unknown placeholders, braces and bold marks without their other half."""
    for name in sorted(placeholders(text) - PLACEHOLDERS):
        raise NoPlaceholder(name=name, known=", ".join(sorted(PLACEHOLDERS)))
    if has_stray_brace(text):
        raise LoneBrace
    if has_open_bold(text):
        raise LoneBold
