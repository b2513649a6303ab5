"""The story of the demo workspace: half a year of deals, and what is planned on its last evening."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from funnel_desk.domain.playbook import Playbook
from funnel_desk.operations.demo_calendar import Calendar
from funnel_desk.operations.demo_cast import Cast, Line
from funnel_desk.operations.demo_life import Deed, Life

TODAY_AT = ((10, 0), (11, 30), (14, 15), (16, 0))
LATE_PLANS, AHEAD_PLANS = 2, 6


def tell(cast: Cast, playbooks: Mapping[str, Playbook], calendar: Calendar, rng: Random) -> list[Deed]:
    """All that was done, in the order of time. Nothing is written here."""
    lives: list[Life] = []
    deeds: list[Deed] = []
    for line in cast.lines:
        titles = _titles(line, rng)
        for _ in range(line.deals):
            life = Life(cast, playbooks, calendar, rng, len(lives), line, titles)
            lives.append(life)
            deeds += life.deeds()
    waiting = [life for life in lives if life.is_waiting]
    rng.shuffle(waiting)
    days = [calendar.at(calendar.today, hour, minute) for hour, minute in TODAY_AT]
    days += [(calendar.today - timedelta(days=1 + n)).isoformat() for n in range(LATE_PLANS)]
    days += [(calendar.today + timedelta(days=1 + n)).isoformat() for n in range(AHEAD_PLANS)]
    deeds += [life.plan(day) for life, day in zip(waiting, days, strict=False)]
    return sorted(deeds, key=lambda deed: (deed.at, deed.deal))


def _titles(line: Line, rng: Random) -> dict[str, list[str]]:
    """Titles in each language, in any order; each is used once."""
    found = {
        lang: [job.format(place=place) for place in line.places[lang] for job in jobs]
        for lang, jobs in line.jobs.items()
    }
    for titles in found.values():
        rng.shuffle(titles)
    return found
