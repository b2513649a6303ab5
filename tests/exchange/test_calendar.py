"""The calendar file: what a calendar program reads from it, that it updates, that nothing typed can break it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from icalendar import Calendar, Component, Event

from funnel_desk.domain.words import Words
from funnel_desk.exchange.calendar import calendar_agenda, calendar_file
from funnel_desk.i18n import in_language
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.steps import postpone_step
from funnel_desk.queries.agenda import Action
from funnel_desk.queries.revisions import Revision
from funnel_desk.queries.scripts import ScriptFacts
from funnel_desk.settings import Profile
from tests.desks import ZONE, Clock, a_desk

ME = Profile("me", "Max", "North")
ON = "2026-11-26"
FACTS: Mapping[str, ScriptFacts] = {
    "deal-1": ScriptFacts(deal="cameras for two gates", contact="Irina", company="Progress Plant")
}
LATELY = Revision(7, "2026-11-20T10:00:00Z")


def an_action(
    *,
    due: str = ON,
    kind: str = "call",
    title: Words | str = "Ask what they think",
    deal: str = "cameras for two gates",
    company: str = "Progress Plant",
    contact: str = "Irina Sokolova",
    phone: str = "+375 29 000 00 00",
    say: str = "{contact}, good morning, this is {me} from {my_company}. **Have you looked at it?**",
    ask: str = "What is missing, {contact}?",
    minutes: int | None = None,
    revision: Revision = LATELY,
) -> Action:
    return Action(
        uid="deal-1.entry-1.step-1.0", deal_id="deal-1", deal=deal, company=company, contact=contact,
        role="chief engineer", phone=phone, stage=Words("Offer", "Предложение"), kind=kind, title=title, due=due,
        minutes=minutes, say=Words(say, ""), ask=Words(ask, ""), revision=revision,
    )  # fmt: skip


def event_of(action: Action, on: str = ON, zone: str = ZONE) -> Event:
    (event,) = read_back(calendar_file(([action], FACTS), on, zone, ME)).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def said(event: Component, name: str) -> str:
    return str(event[name])


def read_back(content: bytes) -> Calendar:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar


def test_title_and_words() -> None:
    event = event_of(an_action())
    assert said(event, "summary") == "Call Irina Sokolova · Progress Plant"
    assert said(event, "description") == (
        "Irina, good morning, this is Max from North. Have you looked at it?\n\n"
        "Ask:\n– What is missing, Irina?\n\n"
        "Irina Sokolova · chief engineer · +375 29 000 00 00\n"
        "Progress Plant · cameras for two gates · Offer"
    )


@pytest.mark.parametrize(
    ("action", "title"),
    [
        (an_action(contact=""), "Call Progress Plant · cameras for two gates"),
        (an_action(contact="", company=""), "Ask what they think · cameras for two gates"),
        (an_action(company=""), "Call Irina Sokolova · cameras for two gates"),
        (an_action(kind="task", title="Draw the map of people"), "Draw the map of people · Progress Plant"),
        (an_action(kind="call", title="", contact="", company="", deal=""), "call"),
        (an_action(kind="carrier pigeon", title=""), "carrier pigeon · Progress Plant"),
    ],
)
def test_titles_of_other_actions(action: Action, title: str) -> None:
    assert said(event_of(action), "summary") == title


def test_in_russian() -> None:
    with in_language("ru"):
        event = event_of(an_action(title=Words("Ask", "Спросить"), kind="task"))
    assert said(event, "summary") == "Спросить · Progress Plant"
    assert "Предложение" in said(event, "description")


def test_a_day_is_the_whole_day_and_leaves_it_free() -> None:
    event = event_of(an_action(due="2026-12-01"))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 1), date(2026, 12, 2))
    assert said(event, "transp") == "TRANSPARENT"


def test_an_instant_is_a_time_in_the_zone_of_the_workspace() -> None:
    event = event_of(an_action(due="2026-11-26T07:15:00Z"))
    start = event.decoded("dtstart")
    assert start == datetime(2026, 11, 26, 10, 15, tzinfo=ZoneInfo(ZONE))
    assert f"DTSTART;TZID={ZONE}:20261126T101500".encode() in event.to_ical()
    assert event.decoded("dtend") - start == timedelta(minutes=30)
    assert "transp" not in event


@pytest.mark.parametrize(("kind", "minutes", "lasts"), [("visit", None, 60), ("call", None, 30), ("call", 90, 90)])
def test_how_long_it_lasts(kind: str, minutes: int | None, lasts: int) -> None:
    event = event_of(an_action(due="2026-11-26T07:15:00Z", kind=kind, minutes=minutes))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=lasts)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Tehran", "UTC"])
@pytest.mark.parametrize("due", ["2026-10-25T00:30:00Z", "2027-03-28T00:45:00Z", "2026-07-01T12:00:00.500Z"])
def test_the_zone_tells_the_same_instant_when_clocks_change(zone: str, due: str) -> None:
    content = calendar_file(([an_action(due=due)], FACTS), "2026-01-01", zone, ME)
    (event,) = read_back(content).walk("VEVENT")
    whole = datetime.fromisoformat(due).replace(microsecond=0)
    assert event.decoded("dtstart").astimezone(UTC) == whole
    assert event.decoded("dtend").astimezone(UTC) == whole + timedelta(minutes=30)
    if zone != "UTC":
        assert [said(found, "tzid") for found in read_back(content).walk("VTIMEZONE")] == [zone]


@pytest.mark.parametrize("due", ["2026-11-20", "2026-11-20T10:00:00Z"])
def test_what_is_late_stands_on_the_day_and_says_so(due: str) -> None:
    event = event_of(an_action(due=due))
    assert event.decoded("dtstart") == date(2026, 11, 26)
    assert "Was due 20 Nov 2026" in said(event, "description")


def test_the_day_is_cut_in_the_zone_of_the_workspace() -> None:
    after_midnight = event_of(an_action(due="2026-11-25T21:30:00Z"))
    assert after_midnight.decoded("dtstart") == datetime(2026, 11, 26, 0, 30, tzinfo=ZoneInfo(ZONE)), "not late"


def test_without_a_time_there_is_no_zone() -> None:
    assert not read_back(calendar_file(([an_action()], FACTS), ON, ZONE, ME)).walk("VTIMEZONE")


def test_nothing_to_do_is_a_calendar_too() -> None:
    content = calendar_file(([], {}), ON, ZONE, ME)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert not read_back(content).walk("VEVENT")


def test_the_journal_says_which_is_newer() -> None:
    event = event_of(an_action(revision=Revision(12, "2026-11-26T09:00:00.250Z")))
    assert event["sequence"] == 12
    assert event.decoded("last-modified") == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert event.decoded("dtstamp") == datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_a_later_day_is_newer_though_nobody_did_anything() -> None:
    first, second = (event_of(an_action(due="2026-11-20"), on).decoded("dtstamp") for on in (ON, "2026-11-27"))
    assert first < second


def test_equal_bytes_for_equal_things() -> None:
    found = ([an_action(), an_action(due="2026-12-24T10:00:00Z", kind="visit")], FACTS)
    assert calendar_file(found, ON, ZONE, ME) == calendar_file(found, ON, ZONE, ME)


naughty = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\r\n\t\\;,:\"'\x00\x07\x1b\x85\u2028\u2029\u202e\ufeff\u200b\x0b\x0c\x1c漢é😀"),
    ),
    max_size=120,
)


@given(title=naughty, deal=naughty, company=naughty, contact=naughty, phone=naughty, say=naughty, ask=naughty)
def test_nothing_typed_breaks_it(
    title: str, deal: str, company: str, contact: str, phone: str, say: str, ask: str
) -> None:
    action = an_action(title=title, deal=deal, company=company, contact=contact, phone=phone, say=say, ask=ask)
    content = calendar_file(([action, an_action()], FACTS), ON, ZONE, ME)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines), "folded"
    assert not [line for line in lines if set(line) & set(range(0x20))], "no control character, no lone line end"
    first, second = read_back(content).walk("VEVENT")
    assert said(second, "summary") == "Call Irina Sokolova · Progress Plant"
    assert "\n" not in said(first, "summary")
    for part in (" ".join(company.split()), " ".join(phone.split())):
        if part.isascii() and part.isprintable():
            assert part in said(first, "description")


def test_escaped_as_the_standard_says() -> None:
    content = calendar_file(([an_action(contact="", company="A; B, C \\ D", deal="x")], FACTS), ON, ZONE, ME)
    assert b"SUMMARY:Call A\\; B\\, C \\\\ D \xc2\xb7 x\r\n" in content


def test_from_a_workspace(tmp_path: Path) -> None:
    clock = Clock("2026-11-02T09:00:00Z")
    desk = a_desk(tmp_path, "security-systems", clock=clock)
    deal = desk.run(new_deal, title="Cameras", company="Progress Plant", contact="Irina Sokolova")
    desk.run(plan_activity, deal.id, "visit", "2026-11-05T08:00:00Z", text="Walk round")
    step, visit = events_of(desk)
    assert said(visit, "summary") == "Visit Irina Sokolova · Progress Plant"
    assert "this is North" in said(step, "description")
    clock.now = "2026-11-02T10:00:00Z"
    desk.run(postpone_step, deal.id, "write-down-interest", "2026-11-09")
    again = {str(event["uid"]): event for event in events_of(desk)}
    moved = again[str(step["uid"])]
    assert moved.decoded("dtstart") == date(2026, 11, 9)
    assert int(said(moved, "sequence")) > int(said(step, "sequence"))
    assert moved.decoded("last-modified") > step.decoded("last-modified")
    assert len(again) == 3, "the step after it is next now"


def events_of(desk: Desk) -> list[Event]:
    found = desk.read(calendar_agenda, "2026-11-02")
    return [
        event
        for event in read_back(calendar_file(found, "2026-11-02", ZONE, ME)).walk("VEVENT")
        if isinstance(event, Event)
    ]
