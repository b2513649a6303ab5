"""Rules between the parts of a playbook's file: names that are given once, references that lead somewhere."""

from collections.abc import Sequence
from difflib import get_close_matches

from funnel_desk.domain import playbook_problems as problems
from funnel_desk.domain.toml_section import Section, shown

NAME_PLACES = (("key",), ("name", "en"), ("name", "ru"))


def check_unique(sections: Sequence[Section], names: Sequence[Sequence[str]]) -> None:
    """Refuse two sections with one name; ``names`` are the key of each section and its name in each language."""
    seen: dict[str, tuple[int, int]] = {}
    for index, (section, own) in enumerate(zip(sections, names, strict=True)):
        for name, place in zip(own, NAME_PLACES, strict=False):
            if not name:
                continue
            first_index, first_line = seen.setdefault(name.casefold(), (index, section.line(*place)))
            if first_index != index:
                raise section.trouble(problems.DuplicateKey, *place, value=shown(name), first=first_line)


def known_step(section: Section, key: str, step: str, step_keys: Sequence[str]) -> None:
    """Refuse a reference to a step that is not there."""
    if step not in step_keys:
        guesses = get_close_matches(step, step_keys, n=1)
        kind = problems.MistypedStep if guesses else problems.UnknownStep
        raise section.trouble(kind, key, key=step, guess="".join(guesses))


def check_waiting(sections: Sequence[Sequence[Section]], terms: Sequence[Sequence[tuple[str, str]]]) -> None:
    """Refuse steps that wait for each other in a circle; ``terms`` are key and ``after`` of each step, by stage."""
    waits: dict[str, str] = {}
    places: dict[str, Section] = {}
    for stage_sections, stage_terms in zip(sections, terms, strict=True):
        previous = ""
        for section, (key, after) in zip(stage_sections, stage_terms, strict=True):
            waits[key] = previous if after == "previous" else after.partition(":")[2]
            places[key] = section
            previous = key
    for start in waits:
        path = [start]
        while (step := waits[path[-1]]) and step not in path:
            path.append(step)
        if step:
            circle = " → ".join([*path[path.index(step) :], step])
            raise places[step].trouble(problems.StepWaitsForItself, "term", "after", circle=circle)
