"""The week that was and the week that comes: what a seller looks at in half an hour on a Friday."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.hygiene import Hygiene
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import WEEK, Moment, day_of
from funnel_desk.domain.periods import Period
from funnel_desk.domain.review import Review
from funnel_desk.domain.slips import slips_of
from funnel_desk.domain.words import Words
from funnel_desk.queries.hygiene import hygiene_report
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from funnel_desk.storage.types import WordsText

WEEKS_BEFORE = 12
"""The week's win rate is held against so many weeks before it."""
_WORDS = WordsText()

# Each deal once, as it is now, in the pipeline where it is.
_CLOSED = """
    SELECT passage.outcome, passage.closed_at, deal.id, deal.title, coalesce(company.name, ''), deal.value,
           coalesce(nullif(deal.currency, ''), ?), lost_reason.name, passage.reason, stage.name
      FROM passage
      JOIN deal_state ON deal_state.deal_id = passage.deal_id AND deal_state.pipeline_id = passage.pipeline_id
      JOIN deal ON deal.id = passage.deal_id
      JOIN stage ON stage.id = passage.stage_id
      LEFT JOIN company ON company.id = deal.company_id
      LEFT JOIN lost_reason ON lost_reason.id = passage.reason_id
     WHERE passage.outcome IN ('won', 'lost') AND passage.closed_at >= ?
     ORDER BY passage.closed_at, deal.id
"""
_ARRIVED = "SELECT arrived FROM passage WHERE arrived >= ?"
# What the expected close of some deals said one after another; what was undone does not count.
_CLOSES = """
    SELECT change."row", CASE change.kind WHEN 'create' THEN json_extract(change.value, '$.expected_close')
                                         ELSE json_extract(change.value, '$') END
      FROM change JOIN batch ON batch.key = change.batch
     WHERE change.root IN (SELECT value FROM json_each(?)) AND change."row" = change.root
       AND (change.kind = 'create' OR change.field = 'expected_close')
       AND change.key NOT IN (SELECT undone.change FROM undone)
     ORDER BY batch.lamport, batch.id, change.seq
"""
# A live change of the expected close; the day before it stands in what it replaced.
_SLIPPED = """
    SELECT batch.at, deal.id, deal.title, coalesce(company.name, ''), deal.value,
           coalesce(nullif(deal.currency, ''), ?), json_extract(change.value, '$'),
           CASE earlier.kind WHEN 'create' THEN json_extract(earlier.value, '$.expected_close')
                             ELSE json_extract(earlier.value, '$') END
      FROM change
      JOIN batch ON batch.key = change.batch
      JOIN replaced ON replaced."by" = change.key
      JOIN change AS earlier ON earlier.key = replaced.target
      JOIN deal ON deal.id = change."row"
      JOIN deal_state ON deal_state.deal_id = deal.id AND deal_state.outcome = 'open'
      LEFT JOIN company ON company.id = deal.company_id
     WHERE change.tbl = 'deal' AND change.field = 'expected_close' AND change.kind = 'set' AND batch.at >= ?
       AND change.key NOT IN (SELECT undone.change FROM undone)
     ORDER BY batch.at, change.key
"""
_LOAD = """
    SELECT next_due FROM deal_state WHERE outcome = 'open' AND next_due >= ?
    UNION ALL
    SELECT planned_for
      FROM activity LEFT JOIN deal_state ON deal_state.deal_id = activity.deal_id
     WHERE at IS NULL AND planned_for >= ? AND coalesce(deal_state.outcome, 'open') = 'open'
       AND deal_state.next_activity_id IS NOT activity.id
"""


@dataclass(frozen=True, slots=True)
class ReviewedDeal:
    """A deal of the week: ``stage`` is where it was closed; ``why`` the reason it was lost; value in minor units.

    ``slipped_days`` is how much later it should close than was said before the week, ``times`` how often it was put off
    in all its life.
    """

    deal_id: str
    title: str
    company: str
    value: int | None
    currency: str
    on_day: str
    stage: Words | None = None
    why: Words | str = ""
    slipped_days: int = 0
    times: int = 0


@dataclass(frozen=True, slots=True)
class WeeklyReview:
    """A week from Monday to Sunday, and the load of the next one by day; ``rates`` hold its M9 against 12 weeks before.

    ``won_before`` and ``arrived_before`` are the numbers of the week before it. ``hygiene`` is as of ``today``.
    ``note`` is of this week, ``note_before`` the newest one of an earlier week.
    """

    week: Period
    today: str
    won: tuple[ReviewedDeal, ...]
    lost: tuple[ReviewedDeal, ...]
    slipped: tuple[ReviewedDeal, ...]
    arrived: int
    won_before: int
    arrived_before: int
    rates: Comparison
    hygiene: Hygiene
    load: Mapping[str, int]
    note: Review | None
    note_before: Review | None = None


def weekly_review(read: Reader, *, now: Moment, on_day: str | None = None) -> WeeklyReview:
    """The week in which a day lies; by default that of today."""
    zone, today = read.zone, day_of(now, read.zone)
    monday = _monday(on_day or today)
    week = Period(monday, _later(monday, WEEK - 1))
    first = _later(monday, -WEEK * WEEKS_BEFORE - 1)  # a day more than needed: instants are told in UTC
    days = {_later(monday, day) for day in range(WEEK)}
    before = {_later(monday, -WEEK + day) for day in range(WEEK)}
    closed = [(outcome, day_of(at, zone), rest) for outcome, at, *rest in read.sql(_CLOSED, read.currency, first)]
    earlier = [outcome for outcome, day, _rest in closed if _later(monday, -WEEK * WEEKS_BEFORE) <= day < monday]
    arrived = Counter(day_of(row[0], zone) for row in read.sql(_ARRIVED, first))
    won, lost = (
        tuple(_closed(day, *rest) for outcome, day, rest in closed if day in days and outcome == kind)
        for kind in ("won", "lost")
    )
    return WeeklyReview(
        week=week,
        today=today,
        won=won,
        lost=lost,
        slipped=_slipped(read, days, first),
        arrived=sum(arrived[day] for day in days),
        won_before=sum(outcome == "won" and day in before for outcome, day, _rest in closed),
        arrived_before=sum(arrived[day] for day in before),
        rates=Comparison(Rate(len(won), len(won) + len(lost)), Rate(earlier.count("won"), len(earlier))),
        hygiene=hygiene_report(read, today=today),
        load=_load_of(read, _later(monday, WEEK)),
        note=note_of(read, week),
        note_before=note_of(read, Period(None, _later(monday, -1))),
    )


def note_of(read: Reader, week: Period) -> Review | None:
    """What was noted in the review of a week; of several weeks, in the last of them."""
    notes: list[Review] = load(read.connection, Review)
    mine = [note for note in notes if (week.first or "") <= note.on_day <= (week.last or "")]
    return max(mine, key=lambda note: (note.on_day, note.at, note.id), default=None)


def _slipped(read: Reader, days: set[str], first: str) -> tuple[ReviewedDeal, ...]:
    """The open deals whose close was put off in the week, each once, with all that it slipped then."""
    found: dict[str, ReviewedDeal] = {}
    for at, deal_id, title, company, value, currency, later, sooner in read.sql(_SLIPPED, read.currency, first):
        day = day_of(at, read.zone)
        if day not in days or not later or not sooner:
            continue
        slipped = _ordinal(later) - _ordinal(sooner) + (found[deal_id].slipped_days if deal_id in found else 0)
        found[deal_id] = ReviewedDeal(deal_id, title, company, value, currency, later, slipped_days=slipped)
    later_now = [one for one in found.values() if one.slipped_days > 0]
    told: dict[str, list[str | None]] = {one.deal_id: [] for one in later_now}
    for deal_id, day in read.sql(_CLOSES, json.dumps(list(told))):
        told[deal_id].append(day)
    counted = (replace(one, times=slips_of(told[one.deal_id]).times) for one in later_now)
    return tuple(sorted(counted, key=lambda one: (-one.times, -one.slipped_days, one.deal_id)))


def _load_of(read: Reader, monday: str) -> dict[str, int]:
    counts = dict.fromkeys((_later(monday, day) for day in range(WEEK)), 0)
    first = _later(monday, -1)
    for (due,) in read.sql(_LOAD, first, first):
        day = day_of(due, read.zone)
        if day in counts:
            counts[day] += 1
    return counts


def _closed(
    day: str, deal_id: str, title: str, company: str, value: int | None, currency: str, known: str | None, said: str,
    stage: str,
) -> ReviewedDeal:  # fmt: skip
    reason = said if known is None else _WORDS.process_result_value(known, None)
    return ReviewedDeal(
        deal_id, title, company, value, currency, day, _WORDS.process_result_value(stage, None), reason
    )  # fmt: skip


def _monday(day: str) -> str:
    return _later(day, -date.fromisoformat(day).weekday())


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
