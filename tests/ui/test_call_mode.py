"""Call mode in the window: how one comes to it, what helps while one talks, and what is kept of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from funnel_desk.domain.intervals import Rate
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.people import new_contact
from funnel_desk.queries.deal import deal_card
from funnel_desk.ui.call.aside import cold_words
from funnel_desk.ui.call.cold import days_of
from funnel_desk.ui.call.drafts import Draft, Drafts
from funnel_desk.ui.call.page import CallPage
from funnel_desk.ui.call.queue import Queue, kept_queue
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.palette_rows import deal_deeds
from funnel_desk.ui.view import Parts
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    path = make_shop(tmp_path / "shop.funnel", 0)
    desk = open_shop(path)
    for name in ("Irina", "Pavel", "Olga"):
        desk.run(new_contact, name=name, company="Plant", phone="+375 (17) 000-00-01")
        deal = desk.run(new_deal, title=f"Gate of {name}", company="Plant", contact=name, value=100_00)
        desk.run(plan_activity, deal.id, "call", "2026-11-25", text="About the gate")
    desk.close()
    with shop_window(qapp, path) as shown:
        shown.activateWindow()
        yield shown


def parts_of(window: Window) -> Parts:
    assert window._parts is not None
    return window._parts


def calling(window: Window) -> CallPage:
    found = window.page()
    assert isinstance(found, CallPage)
    return found


def press(window: Window, name: str) -> None:
    page = window.page()
    assert page is not None
    button = page.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()


def title(window: Window) -> str:
    found = calling(window).findChild(QLabel, "call.title")
    assert found is not None
    return found.text()


def trigger(window: Window, name: str) -> None:
    page = window.page()
    assert page is not None
    found = page.findChild(QAction, name)
    assert found is not None, name
    found.trigger()


def test_from_today_all_due_calls_are_walked(window: Window) -> None:
    QTest.qWait(10)
    press(window, "today.call")
    assert len(calling(window).queue()) == 3
    assert window.bar.findChildren(QLabel)
    trigger(window, "action.call.next")
    assert calling(window).caption().note == "2 of 3"
    calling(window).leave_crumb()
    assert window.page() is not None
    assert window._memory.get("view") == "today"  # call mode is nothing to begin the next day with


def test_from_the_card_the_list_and_the_palette(window: Window) -> None:
    window.go("deals")
    trigger(window, "action.deals.call")
    deal = calling(window).queue()[0]
    calling(window).leave_crumb()
    press(window, "card.call")
    assert calling(window).queue() == (deal,)
    calling(window).leave_crumb()
    _title, deeds = deal_deeds(parts_of(window), deal, lambda _deal, _stage: None)
    next(one for one in deeds if one.entry.key == "call").act()
    assert calling(window).queue() == (deal,)
    calling(window)._answer("refused")
    assert window.page() is not None
    assert window.page().objectName() == "view.deals"  # type: ignore[union-attr]  # to say why it is lost


def test_a_number_is_dialled_by_the_system(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    told: list[str] = []
    parts_of(window).bridge.refused.connect(told.append)
    press(window, "today.call")
    press(window, "call.dial")
    assert [url.toString() for url in asked] == ["tel:+375170000001"]
    assert told == ["No program for calls is set up on this computer."]


def test_the_clock_is_held_and_goes_on(window: Window) -> None:
    press(window, "today.call")
    clock = calling(window)._head.clock
    assert clock.runs
    press(window, "call.hold")
    held: bool = calling(window)._head.clock.runs
    assert not held
    clock.begin(75, runs=False)
    shown = calling(window).findChild(QLabel, "call.time")
    assert shown is not None
    assert shown.text() == "1:15"
    calling(window)._answer("done")
    assert calling(window)._head.clock.seconds() < 5


def test_a_refused_result_keeps_the_call(window: Window) -> None:
    press(window, "today.call")
    page, before = calling(window), title(window)
    page._foot.take_day("2020-01-01")
    told: list[str] = []
    parts_of(window).bridge.refused.connect(told.append)
    page._answer("no_answer")
    assert title(window) == before
    assert len(told) == 1
    assert "2020" in told[0]


def test_answers_are_in_the_note(window: Window) -> None:
    press(window, "today.call")
    page = calling(window)
    deal = page.queue()[0]
    page._words.asks.show_lines(["How many gates?"], [], {})
    field = page.findChild(QLineEdit, "call.ask.0")
    assert field is not None
    QTest.keyClicks(field, "two")
    assert page._words.asks.ticked() == ["How many gates?"]
    page._answer("done")
    bridge = parts_of(window).bridge
    card = bridge.ask(deal_card, deal, bridge.today())
    assert card is not None
    assert "How many gates? – two" in card.timeline[0].text or any(
        "How many gates? – two" in one.text for one in card.timeline
    )


def test_every_control_has_a_name(window: Window) -> None:
    press(window, "today.call")
    page = calling(window)
    fields: list[QWidget] = [*page.findChildren(QLineEdit), *page.findChildren(QAbstractButton)]
    nameless = [one for one in fields if one.isVisible() and not (one.accessibleName() or getattr(one, "text", str)())]
    assert not nameless


def test_drafts_outlive_what_is_odd() -> None:
    memory = Memory({"call.drafts.w": '[{"deal_id": "a", "note": "x"}, {"odd": 1}]', "call.queue": "[1, "})
    drafts = Drafts(memory, "w")
    assert [one.deal_id for one in drafts.all()] == ["a"]
    drafts.keep(Draft("b", seconds=5))
    assert drafts.of("b") is None
    drafts.keep(Draft("b", seconds=61, said={"Why?": "so"}, note="n"))
    found = drafts.of("b")
    assert found is not None
    assert (found.minutes(), found.whole_note()) == (2, "n\nWhy? – so")
    assert kept_queue(memory, "call.queue") == []
    queue = Queue(("a", "b", "a", "c"), "b")
    assert (len(queue), queue.deal_id, queue.walk(5), queue.walk(-9)) == (3, "b", "", "a")


def test_how_cold_calls_are_told() -> None:
    assert cold_words(Rate(4, 100)) == "4 of 100 cold calls became leads (1.6% – 9.8%)"
    assert cold_words(Rate(1, 3)).endswith("too early to say")
    assert cold_words(Rate(0, 0)) == "No cold calls yet."
    assert days_of("week", "2026-11-26").first == "2026-11-23"
    assert days_of("month", "2026-11-26").first == "2026-11-01"
    assert days_of("all", "2026-11-26").first is None
