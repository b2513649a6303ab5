"""The five questions that tell a qualified prospect, each answered with evidence (seed 000)."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment

QUESTIONS = ("need", "value", "budget", "authority", "timetable")


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
