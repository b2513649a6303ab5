"""The five questions that tell a qualified prospect, each answered with evidence (seed 000)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import Step
from funnel_desk.i18n import N_

QUESTIONS = ("need", "value", "budget", "authority", "timetable")
QUESTION_NAMES: Mapping[str, str] = {
    "need": N_("They need it"),
    "value": N_("They see what it is worth"),
    "budget": N_("The money is there"),
    "authority": N_("You talk to who decides"),
    "timetable": N_("A day is agreed"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """The answer to one of ``QUESTIONS`` about a deal: ``met`` or not, the evidence for it, and when it was found out.

    One row a question; of several (two desks asked) the newest counts.
    """

    id: str
    deal_id: str
    question: str
    at: Moment
    met: bool = False
    evidence: str = ""


def answers_of(criteria: Iterable[Criterion]) -> dict[str, Criterion]:
    """The answer that counts for each question that was answered: the newest."""
    return {one.question: one for one in sorted(criteria, key=lambda one: (one.at, one.id))}


def met_of(criteria: Iterable[Criterion]) -> int:
    """How many of the five questions are met."""
    found = answers_of(criteria)
    return sum(found[question].met for question in QUESTIONS if question in found)


def is_too_early(step: Step, criteria: Iterable[Criterion]) -> bool:
    """Whether a step gives the client an offer before anybody knows that there is a need (seed 001: do not hurry)."""
    need = answers_of(criteria).get("need")
    return step.sends == "offer" and not (need and need.met)
