"""Today on paper: the lists with their boxes, phones and questions, on as many pages as it takes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.domain.people import Contact
from funnel_desk.exchange.today_sheet import DayOnPaper, day_on_paper, today_pdf
from funnel_desk.i18n import N_, PSEUDO, in_language
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import move_deal, new_deal
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.steps import tick_step
from funnel_desk.settings import Profile
from funnel_desk.storage.journal import Batch
from tests.desks import Clock, a_desk, stages
from tests.exchange.pdf_text import Shown, pages_of, words_of

ME = Profile("me", "Max", "North")
ON = "2026-11-26"
A4 = (595.28, 841.89)


@operation(N_("Note the phone"))
def note_phone(batch: Batch, name: str, phone: str) -> None:
    (contact,) = batch.find(Contact, name=name)
    batch.save(contact, replace(contact, phone=phone))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """One deal in each list."""
    made = a_desk(tmp_path, "security-systems", clock=Clock("2026-11-26T06:00:00Z"))
    known = stages(made)
    late = made.run(
        new_deal, title="Two gates", company="Progress Plant", contact="Irina Sokolova", value=1_240_000,
        currency="EUR", on="2026-11-20",
    )  # fmt: skip
    made.run(note_phone, "Irina Sokolova", "+375 29 000 00 00")
    made.run(tick_step, late.id, "write-down-interest", on="2026-11-20")
    timed = made.run(new_deal, title="Проходная", company="Завод «Вымпел»", contact="Пётр Ильич Лис", on="2026-11-26")
    made.run(plan_activity, timed.id, "meeting", "2026-11-26T11:30:00Z", text="Показать схему")
    idle = made.run(new_deal, title="Cameras", company="Tern Hotel", on="2026-11-14")
    made.run(move_deal, idle.id, known["objections"].id, on="2026-11-14")
    for step in ("collect-objections", "answer-objections"):
        made.run(tick_step, idle.id, step, on="2026-11-14")
    made.run(new_deal, title="Barrier", company="Meridian Yard", on="2026-11-01")
    yield made
    made.close()


@pytest.fixture
def day(desk: Desk) -> DayOnPaper:
    return desk.read(day_on_paper, ON)


def pieces(content: bytes) -> list[Shown]:
    return [piece for page in pages_of(content) for piece in page]


def beside(content: bytes, text: str) -> list[str]:
    """What stands on the line of a text, from left to right."""
    (found,) = [piece for piece in pieces(content) if piece.text == text][:1]
    line = [piece for piece in pages_of(content)[0] if abs(piece.y - found.y) < 2]
    return [piece.text for piece in sorted(line, key=lambda piece: piece.x)]


def test_the_day_and_the_groups(day: DayOnPaper) -> None:
    content = today_pdf(day, ME, "north.funnel")
    words = words_of(content).splitlines()
    assert words[:2] == ["Thursday, 26 November 2026", "4 deals want attention"]
    assert [word for word in words if word in {"Overdue", "Today", "No next action", "Stalled"}] == [
        "Overdue", "Today", "No next action", "Stalled",
    ]  # fmt: skip
    assert "Funnel Desk · north.funnel" in words


def test_an_item_tells_what_to_do_with_whom_by_phone_and_how_late(day: DayOnPaper) -> None:
    content = today_pdf(day, ME)
    assert beside(content, "Call Irina Sokolova") == [
        "Call Irina Sokolova", " · Progress Plant", "+375 29 000 00 00", "3 days late",
    ]  # fmt: skip
    assert beside(content, "Two gates · Details: Find out the details and the date")[-1] == "€12,400"


def test_what_has_a_time_tells_it_in_the_zone_of_the_workspace(day: DayOnPaper) -> None:
    assert beside(today_pdf(day, ME), "Meet Пётр Ильич Лис") == ["Meet Пётр Ильич Лис", " · Завод «Вымпел»", "14:30"]


def test_what_has_no_step_has_room_for_one(day: DayOnPaper) -> None:
    content = today_pdf(day, ME)
    assert beside(content, "Tern Hotel") == ["Tern Hotel", " · Cameras", "plan one"]
    assert beside(content, "Next step") == ["Next step", "Day"]
    assert "Objections, for 12 days" in words_of(content)


def test_the_stalled_tell_their_limit(day: DayOnPaper) -> None:
    content = today_pdf(day, ME)
    assert beside(content, "Meridian Yard") == ["Meridian Yard", " · Barrier", "25 days"]
    assert "Details: keep it or let it go · limit 10 days" in words_of(content)


def test_few_items_have_their_whole_words_with_the_question_bold(day: DayOnPaper) -> None:
    content = today_pdf(day, ME)
    words = " ".join(piece.text for piece in pieces(content))
    assert "Irina, good afternoon! This is Max from North" in words
    bold = " ".join(piece.text for piece in pieces(content) if piece.bold)
    assert "made this urgent just now?" in bold
    assert "good afternoon" not in bold


def many(day: DayOnPaper, times: int) -> DayOnPaper:
    today = day.today
    return replace(
        day,
        today=replace(
            today,
            overdue=today.overdue * times,
            today=today.today * times,
            no_next_action=today.no_next_action * times,
            stalled=today.stalled * times,
        ),
    )


def test_many_items_have_their_key_question_and_further_pages(day: DayOnPaper) -> None:
    content = today_pdf(many(day, 30), ME)
    pages = pages_of(content)
    assert len(pages) > 3
    words = words_of(content)
    assert "good afternoon! This is Max" not in words
    assert words.count("What happened, or nearly happened, that made this urgent just now?") == 30
    assert f"2 of {len(pages)}" in words
    assert all(page[0].text == "Thursday, 26 November 2026" for page in pages)


@pytest.mark.parametrize("times", [0, 1, 4, 30])
@pytest.mark.parametrize("lang", ["en", "ru", PSEUDO])
def test_everything_stands_on_the_page(day: DayOnPaper, times: int, lang: str) -> None:
    with in_language(lang):
        content = today_pdf(many(day, times), ME, "north.funnel")
    for page in pages_of(content):
        assert len({(piece.x, piece.y) for piece in page}) == len(page), "nothing stands on something else"
        for piece in page:
            assert 50 < piece.x < A4[0] - 45
            assert 25 < piece.y < A4[1] - 45


def test_in_russian(day: DayOnPaper) -> None:
    with in_language("ru"):
        content = today_pdf(day, ME)
    words = words_of(content)
    assert words.startswith("Четверг, 26 ноября 2026")
    assert "вопрос встал именно сейчас?" in " ".join(words.split())
    assert b"/Lang (ru)" in content


def test_a_free_day(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, name="empty.funnel")
    content = today_pdf(desk.read(day_on_paper, "2026-10-01"), ME)
    desk.close()
    assert "Nothing is waiting today: all deals have their next day." in words_of(content)


def test_equal_bytes_for_equal_days(desk: Desk, day: DayOnPaper) -> None:
    assert today_pdf(day, ME) == today_pdf(desk.read(day_on_paper, ON), ME)
    assert b"/CreationDate (D:20261126000000Z)" in today_pdf(day, ME)


naughty = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\n\t\x00\x1b\u202e漢😀W")), max_size=300)


@settings(max_examples=10)  # a document takes its time
@given(text=naughty, phone=naughty)
def test_nothing_typed_breaks_it(day: DayOnPaper, text: str, phone: str) -> None:
    item = day.today.overdue[-1]
    typed = replace(item, deal=text, company=text, contact=text, title=text)
    contact = Contact("c", text, phone=phone)
    strange = replace(
        day, today=replace(day.today, overdue=(typed, item)), contacts={**day.contacts, item.deal_id: contact}
    )
    content = today_pdf(strange, ME, text)
    assert "No next action" in words_of(content)
    assert all(piece.x < A4[0] - 45 for piece in pieces(content))
