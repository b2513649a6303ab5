"""M14 to M16, M18, M20, M22 and M24, counted a second way. Amounts in minor units; no rates of exchange."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from tests.numbers.second import Course, Facts, Places, Row, courses, mean, standing
from tests.numbers.second_funnel import FIRST, LAST, first_contact, funnel

CERTAIN = 10_000


def rounded(value: Fraction) -> int:
    """To the next whole unit, a half away from nought."""
    return (1 if value >= 0 else -1) * int(abs(value) + Fraction(1, 2))


def currency_of(facts: Facts, deal: Row) -> str:
    """The currency of a deal: the workspace's, if it says none."""
    return str(deal["currency"] or facts.currency)


@dataclass
class Chance:
    """An open deal of the forecast; the probability from 0 to 1."""

    deal: Row
    value: int | None
    probability: Fraction
    close: str | None


def chances(facts: Facts, currency: str, pipeline: str | None = None) -> list[Chance]:
    """The open deals in a currency, of one pipeline or of all."""
    said = {stage["id"]: stage["probability"] for stage in facts["stage"]}
    living = Places(facts)
    found, chosen = courses(facts), []
    for deal in facts["deal"]:
        course = standing(facts, deal, found)
        if course.outcome != "open" or currency_of(facts, deal) != currency or pipeline not in {None, course.pipeline}:
            continue
        stage = living.living[course.pipeline][course.visits[-1].place]
        points = said[stage["id"]] if deal["probability"] is None else deal["probability"]
        chosen.append(Chance(deal, deal["value"], Fraction(points, CERTAIN), deal["expected_close"]))
    return chosen


@dataclass
class Weighted:
    """M15: exact sums."""

    months: Mapping[str, Fraction]
    undated: Fraction
    overdue: Fraction

    @property
    def total(self) -> Fraction:
        """All of them."""
        return sum(self.months.values(), self.undated + self.overdue)


def weighted(rows: Sequence[Chance], today: str) -> Weighted:
    """M15: by the month in which each should close."""
    months: dict[str, Fraction] = {}
    apart = {"undated": Fraction(), "overdue": Fraction()}
    for row in rows:
        worth = (row.value or 0) * row.probability
        if row.close is None or row.close < today:
            apart["undated" if row.close is None else "overdue"] += worth
        else:
            months[row.close[:7]] = months.get(row.close[:7], Fraction()) + worth
    return Weighted(months, **apart)


def sums(rows: Sequence[Chance]) -> dict[int, Fraction]:
    """M16: how likely each sum is, deal by deal, in fractions."""
    likely = {0: Fraction(1)}
    for row in rows:
        after: dict[int, Fraction] = {}
        for total, share in likely.items():
            for more, odds in ((row.value or 0, row.probability), (0, 1 - row.probability)):
                after[total + more] = after.get(total + more, Fraction()) + share * odds
        likely = after
    return {total: share for total, share in likely.items() if share}


def quantile(likely: Mapping[int, Fraction], share: Fraction) -> int:
    """The smallest sum whose cumulative probability reaches a share."""
    reached = Fraction()
    for total in sorted(likely):
        reached += likely[total]
        if reached >= share:
            return total
    raise AssertionError


@dataclass
class Plan:
    """M18."""

    won_so_far: int
    expected: Fraction
    average: Fraction | None
    wins: int | None
    wins_net: int | None
    needs: list[int | None]
    needs_net: list[int | None]
    conversions: list[Fraction]
    bases: list[int]


def plan(facts: Facts, pipeline: str, goal: int, currency: str, first: str | None, last: str | None) -> Plan:
    """The leads that a goal needs."""
    places = Places(facts)
    found = [one for one in courses(facts) if one.pipeline == pipeline]
    mine = [one for one in found if one.outcome == "won" and currency_of(facts, one.deal) == currency]
    values = [one for one in mine if one.deal["value"] is not None]
    so_far = sum(
        one.deal["value"] for one in values if (first or FIRST) <= facts.day(one.won_at or "") <= (last or LAST)
    )
    average = Fraction(sum(one.deal["value"] for one in values), len(values)) if values else None
    rows = [row for row in chances(facts, currency, pipeline) if (row.close or FIRST) <= (last or LAST)]
    expected = sum(((row.value or 0) * row.probability for row in rows), Fraction())
    whole, until_won = funnel(facts, pipeline, found), places.won_place(pipeline)
    said = [Fraction(stage["probability"], CERTAIN) for stage in places.living[pipeline][:until_won]] + [Fraction(1)]
    shares, bases = [], []
    for place in range(until_won):
        stage, guess = whole.stages[place], min(Fraction(1), said[place] / said[place + 1])
        shares.append((stage.beyond + 5 * guess) / (stage.decided + 5))
        bases.append(stage.decided)
    gross, net = (wins(goal - so_far - less, average) for less in (Fraction(), expected))
    return Plan(so_far, expected, average, gross, net, needs(gross, shares), needs(net, shares), shares, bases)


def wins(missing: Fraction, average: Fraction | None) -> int | None:
    """How many sales bring what is missing; none where nobody knows what a sale brings."""
    if missing <= 0:
        return 0
    return ceil(missing / average) if average else None


def needs(sales: int | None, shares: Sequence[Fraction]) -> list[int | None]:
    """How many deals have to reach each stage, back from the sales; rounded up at every one."""
    found: list[int | None] = []
    for share in reversed(shares):
        sales = None if sales is None else ceil(sales / share)
        found.insert(0, sales)
    return found


@dataclass
class Velocity:
    """M14, its four parts."""

    open: int
    average: Fraction | None
    won: int
    closed: int
    days: Fraction | None
    n: int

    @property
    def per_day(self) -> Fraction | None:
        """Minor units a day; hidden under five."""
        if self.n < 5 or not self.days or self.average is None or not self.closed:
            return None
        return self.open * self.average * Fraction(self.won, self.closed) / self.days


def velocity(facts: Facts, found: Sequence[Course], currency: str) -> Velocity:
    """M14 of the courses in one currency."""
    mine = [one for one in found if currency_of(facts, one.deal) == currency]
    won = [one for one in mine if one.outcome == "won"]
    spans = [(one, facts.days(first_contact(facts, one), one.won_at or "")) for one in won]
    good = [span for _one, span in spans if span >= 0]
    values = [Fraction(one.deal["value"]) for one in won if one.deal["value"] is not None]
    n = sum(one.deal["value"] is not None and span >= 0 for one, span in spans)
    closed = sum(one.outcome in {"won", "lost"} for one in mine)
    return Velocity(sum(one.outcome == "open" for one in mine), mean(values), len(won), closed, mean(good), n)


@dataclass
class Customer:
    """A customer over a period."""

    won: int = 0
    orders: int = 0
    minutes: int = 0
    grade: str = ""


def owner_of(facts: Facts, deal: Row) -> str:
    """Whose a deal is: the company's, else the person's, else its own."""
    at_home = {row["id"]: row["company_id"] for row in facts["contact"]}
    return str(deal["company_id"] or at_home.get(deal["contact_id"]) or deal["contact_id"] or deal["id"])


def firstwins(facts: Facts) -> dict[str, str]:
    """When each deal that is won was won first, whatever pipelines it went through."""
    wins: dict[str, str] = {}
    for one in courses(facts):
        if one.won_at:
            wins[one.deal["id"]] = min(one.won_at, wins.get(one.deal["id"], one.won_at))
    return wins


def customers(facts: Facts, currency: str, first: str, last: str) -> tuple[dict[str, Customer], Counter[bool]]:
    """M20 and M24 by customer; M22 as won value by whether it came again. Who neither bought nor took time is out."""
    deals, rows = {row["id"]: row for row in facts["deal"]}, dict[str, Customer]()
    repeat: Counter[bool] = Counter()
    for deal_id, at in firstwins(facts).items():
        deal = deals[deal_id]
        if currency_of(facts, deal) != currency or not first <= facts.day(at) <= last:
            continue
        row = rows.setdefault(owner_of(facts, deal), Customer())
        row.won += deal["value"] or 0
        row.orders += 1
        repeat[deal["kind"] != "new"] += deal["value"] or 0
    for act in facts["activity"]:
        if act["minutes"] and act["at"] and first <= facts.day(act["at"]) <= last and act["deal_id"] in deals:
            rows.setdefault(owner_of(facts, deals[act["deal_id"]]), Customer()).minutes += act["minutes"]
    whole, before = sum(row.won for row in rows.values()), 0
    for row in sorted(rows.values(), key=lambda one: -one.won):
        share = Fraction(before, whole) if whole else Fraction(1)
        row.grade = "A" if share < Fraction(80, 100) else "B" if share < Fraction(95, 100) else "C"
        before += row.won
    return rows, repeat
