"""What the demo workspace knows beyond the way of its deals: answers, people, obstacles, claims, costs and goals."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

from funnel_desk import resources
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.people import Contact
from funnel_desk.domain.periods import Period
from funnel_desk.domain.pipeline import Pipeline
from funnel_desk.domain.qualification import QUESTIONS
from funnel_desk.domain.stakeholder import PARTS
from funnel_desk.i18n import N_
from funnel_desk.operations.aftercare import mark_satisfaction, raise_claim, settle_claim, wait_for
from funnel_desk.operations.change_marks import note_change
from funnel_desk.operations.commitment import decide_terms, flag_risk, request_terms, set_condition
from funnel_desk.operations.desk import operation
from funnel_desk.operations.feedback import hand_feedback, write_feedback
from funnel_desk.operations.follow_ups import begin_follow_up
from funnel_desk.operations.obstacles import raise_obstacle
from funnel_desk.operations.own_figures import set_goal, set_source_cost
from funnel_desk.operations.qualification import answer_question
from funnel_desk.operations.rescheduling import keep_in_touch
from funnel_desk.operations.reviews import write_review
from funnel_desk.operations.snoozes import snooze_deal
from funnel_desk.operations.stakeholders import add_stakeholder
from funnel_desk.storage.journal import Batch

QUALIFIED, CLIENTS, ASLEEP = 24, 12, 2  # of so many deals something is known
MONTHS = 6
GOAL = 300_000  # a quarter's, in whole units of the currency
_CENTS = 100
_MONTH = 30
_ATTITUDES = ("for", "neutral", "for", "against", "unknown")


@dataclass(frozen=True, slots=True)
class Known:
    """The deals of which something is told: open ones, won ones, and those that sleep."""

    open: Sequence[str]
    won: Sequence[str]
    stalled: Sequence[str]


@operation(N_("What is known of the deals of half a year"))
def tell_facts(batch: Batch, known: Known, day: str, currency: str, rng: Random) -> None:
    """Write all of it down on the evening before a day (``YYYY-MM-DD``), as one act."""
    content = tomllib.loads(resources.read_text("sample", "demo.toml"))
    facts: Mapping[str, Mapping[str, Any]] = content["facts"]
    today = date.fromisoformat(day)
    _tell_figures(batch, content, today, currency)
    for place, deal_id in enumerate(known.open[:QUALIFIED]):
        _tell_open(batch, batch.get(Deal, deal_id), facts, place, today, rng)
    for place, deal_id in enumerate(known.won[:CLIENTS]):
        _tell_won(batch, batch.get(Deal, deal_id), facts, place, today)
    for deal_id, place in zip(known.stalled[:ASLEEP], range(ASLEEP), strict=False):
        rest = facts[_language(batch.get(Deal, deal_id))]["rest"]
        snooze_deal(batch, deal_id, (today + timedelta(days=21)).isoformat(), rest[place % len(rest)])


def _tell_figures(batch: Batch, content: Mapping[str, Any], today: date, currency: str) -> None:
    """What was changed in the way of selling, what sources cost, what is to be reached, and the last review."""
    pipelines = {one.playbook_key: one for one in batch.find(Pipeline)}
    for change in content["changes"]:
        on_day = (today - timedelta(days=change["days_ago"])).isoformat()
        note_change(batch, pipelines[change["pipeline"]].id, on_day, change["text"], change["factor"])
    first = today.replace(day=1)
    for _n in range(MONTHS):
        last = first - timedelta(days=1)
        first = last.replace(day=1)
        for source, cost in content["costs"].items():
            set_source_cost(batch, source, Period(first.isoformat(), last.isoformat()), cost * _CENTS, currency)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    end = (quarter + timedelta(days=100)).replace(day=1)
    end = date(end.year, (end.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    set_goal(batch, GOAL * _CENTS, currency, Period(quarter.isoformat(), end.isoformat()))
    sunday = today - timedelta(days=today.weekday() + 1)
    write_review(batch, sunday.isoformat(), *content["facts"]["en"]["review"])


def _tell_open(
    batch: Batch, deal: Deal, facts: Mapping[str, Mapping[str, Any]], place: int, today: date, rng: Random
) -> None:
    """An open deal: what was found out, who has a say, and what stands in the way of some."""
    told = facts[_language(deal)]
    for question in QUESTIONS[: 1 + place % len(QUESTIONS)]:
        met = rng.random() < 0.8  # noqa: PLR2004 - most answers are good ones
        answer_question(batch, deal.id, question, met=met, evidence=_one(told["evidence"][question], place))
    people = sorted(batch.find(Contact, company_id=deal.company_id), key=lambda one: one.id) if deal.company_id else []
    for one, part, attitude in zip(people, cycle(PARTS), cycle(_ATTITUDES[place % len(_ATTITUDES) :]), strict=False):
        add_stakeholder(batch, deal.id, one.name, part, contact_id=one.id, attitude=attitude, influence=1 + place % 3)
    if place % 3 == 0:
        kind, text, answer = _one(told["obstacles"], place // 3)
        raise_obstacle(batch, deal.id, text, kind=kind, answer=answer)
    if place % 4 == 1:
        due = (today + timedelta(days=7 + place)).isoformat()
        set_condition(batch, deal.id, _one(told["conditions"], place), due=due)
    if place % 5 == 2:  # noqa: PLR2004 - each fifth
        kind, text = _one(told["risks"], place)
        flag_risk(batch, deal.id, kind, text=text)
    if place % 6 == 3:  # noqa: PLR2004 - each sixth
        kind, text, discount = _one(told["terms"], place // 6)
        asked = request_terms(batch, deal.id, kind, text=text, discount=discount or None)
        if place % 12 == 3:  # noqa: PLR2004 - half of them
            decide_terms(batch, asked.id, "given")
    if place % 8 == 4:  # noqa: PLR2004 - each eighth
        department, text = _one(told["feedback"], place // 8)
        card = write_feedback(batch, deal.id, department, text)
        if place % 16 == 4:  # noqa: PLR2004 - half of them
            hand_feedback(batch, card.id)


def _tell_won(batch: Batch, deal: Deal, facts: Mapping[str, Mapping[str, Any]], place: int, today: date) -> None:
    """A client: what they say, what they complain of, whom they wait for, how often to call, and what follows."""
    told = facts[_language(deal)]
    mark, text = _one(told["satisfaction"], place)
    mark_satisfaction(batch, deal.id, mark, text=text)
    if place % 4 == 0:
        kind, text = _one(told["claims"], place // 4)
        claim = raise_claim(batch, deal.id, text, kind=kind)
        if place % 8 == 0:
            settle_claim(batch, claim.id)
    if place % 4 == 1:
        whom, text = _one(told["waiting"], place // 4)
        expected = (today + timedelta(days=place)).isoformat()
        wait_for(batch, deal.id, whom, text=text, expected_on=expected)
    if place % 3 == 2:  # noqa: PLR2004 - each third
        keep_in_touch(batch, deal.id, _MONTH * (2 + place % 2))
    if place % 5 == 3:  # noqa: PLR2004 - each fifth
        begin_follow_up(batch, deal.id, "repeat", _one(told["follow_ups"], place // 5))


def _one(among: Sequence[Any], place: int) -> Any:  # noqa: ANN401 - a text or a row of the file
    return among[place % len(among)]


def _language(deal: Deal) -> str:
    """The language in which a deal is written about: that of its title."""
    return "en" if deal.title.isascii() else "ru"
