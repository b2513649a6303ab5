"""What is to be done as a calendar file (iCalendar, RFC 5545), for a phone or any calendar program.

Everything is an event, not a task (VTODO): the calendars of phones, Google and Outlook read events from a file and
leave tasks out without a word. What has only a day is an event of that whole day which leaves the day free; what has
a time lasts as long as planned, else as such a talk usually does. What is late stands on the day for which the
calendar is made, since nobody looks for work in the past; its words say when it was due.

Importing the file again updates: an action keeps its UID, SEQUENCE and LAST-MODIFIED come from the journal. What was
done meanwhile is not in the new file, and stays in the calendar where it was.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from funnel_desk.domain.moments import day_of, is_day, parse_instant
from funnel_desk.domain.script import fill
from funnel_desk.exchange.action_words import items_of, said, to_do
from funnel_desk.exchange.clean_text import in_lines, one_line
from funnel_desk.i18n import _, format_moment, language
from funnel_desk.queries.agenda import Action, agenda
from funnel_desk.queries.scripts import ScriptFacts, script_facts, script_values
from funnel_desk.settings import Profile
from funnel_desk.storage.reader import Reader

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT = "-//Funnel Desk//Funnel Desk//EN"
DOMAIN = "funnel-desk"
USUAL_MINUTES: Mapping[str, int] = {"meeting": 60, "visit": 60, "demo": 60}
OTHER_MINUTES = 30
PARTS_APART = " · "
NAME = "Funnel Desk"

Agenda = tuple[Sequence[Action], Mapping[str, ScriptFacts]]


def calendar_agenda(read: Reader, on: str) -> Agenda:
    """What a calendar of a day (``YYYY-MM-DD``) is made of: the actions, and what their words say of each deal."""
    actions = agenda(read)
    deals = dict.fromkeys(one.deal_id for one in actions if one.deal_id)
    return actions, script_facts(read, list(deals), on)


def calendar_file(found: Agenda, on: str, zone: str, me: Profile) -> bytes:
    """The calendar in the current language; equal bytes for equal actions, days and profiles."""
    from icalendar import Calendar

    actions, facts = found
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", NAME)
    _add_zone(made, actions, on, zone)
    for action in actions:
        made.add_component(_event(action, on, zone, _words(action, facts, on, zone, me)))
    content: bytes = made.to_ical()
    return content


def _add_zone(made: "Calendar", actions: Sequence[Action], on: str, zone: str) -> None:
    """The rules of the time zone, for the years that occur; a calendar without times needs none."""
    from icalendar import Timezone

    days = [day_of(one.due, zone) for one in actions if not _whole_day(one, on, zone)]
    if days:
        first, last = date(int(min(days)[:4]) - 1, 1, 1), date(int(max(days)[:4]) + 1, 12, 31)
        made.add_component(Timezone.from_tzid(zone, first_date=first, last_date=last))


def _event(action: Action, on: str, zone: str, words: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one_line(action.uid)}@{DOMAIN}")
    changed = parse_instant(action.revision.at).replace(microsecond=0)
    midnight = datetime.combine(date.fromisoformat(on), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    event.add("dtstamp", max(changed, midnight))  # what is late moves on with the day, without an act of anybody
    event.add("last-modified", changed)
    event.add("sequence", action.revision.number)
    if _whole_day(action, on, zone):
        day = date.fromisoformat(max(day_of(action.due, zone), on))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        start = parse_instant(action.due).replace(microsecond=0)
        end = start + timedelta(minutes=action.minutes or USUAL_MINUTES.get(action.kind, OTHER_MINUTES))
        local = [moment.astimezone(ZoneInfo(zone)) for moment in (start, end)]
        if any(moment.fold for moment in local):  # the hour that comes twice: only UTC tells which is meant
            local = [start, end]
        event.add("dtstart", local[0])
        event.add("dtend", local[1])
    event.add("summary", _title(action))
    event.add("description", words)
    return event


def _whole_day(action: Action, on: str, zone: str) -> bool:
    return is_day(action.due) or day_of(action.due, zone) < on


def _title(action: Action) -> str:
    who = one_line(action.contact) or one_line(action.company)
    what = to_do(action.kind, who, action.title)
    of_whom = one_line(action.company) if action.contact and action.company else one_line(action.deal)
    return PARTS_APART.join(part for part in (one_line(what), of_whom) if part)


def _words(action: Action, facts: Mapping[str, ScriptFacts], on: str, zone: str, me: Profile) -> str:
    """What a person needs while talking: the words to say, what to ask, and whom and what it is about."""
    spoken = language()
    known = facts.get(action.deal_id or "")
    values = script_values(known, me.author_name, me.my_company) if known else {}
    asked = [fill(item, values, spoken) for item in items_of(action.ask)]
    paragraphs = [
        fill(said(action.say), values, spoken) or said(action.title),
        "\n".join([_("Ask:"), *(f"– {one_line(item)}" for item in asked)]) if asked else "",
        "\n".join(_about(action, on, zone)),
    ]
    return in_lines("\n\n".join(part for part in paragraphs if part))


def _about(action: Action, on: str, zone: str) -> list[str]:
    who = (action.contact, action.role, action.phone)
    what = (action.company, action.deal, said(action.stage))
    lines = [PARTS_APART.join(one_line(part) for part in parts if part) for parts in (who, what)]
    if day_of(action.due, zone) < on:
        lines.append(_("Was due {day}", day=format_moment(action.due, zone)))
    return [line for line in lines if line]
