"""The weekly review in the real window: its steps by key, what can be done in place, the note, the weeks before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QPushButton, QWidget

from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.reviews import write_review
from funnel_desk.queries.deals import DealFilter, deal_ids
from funnel_desk.queries.weekly_review import weekly_review
from funnel_desk.ui.models.sections import ENTRY, Entry, Heading
from funnel_desk.ui.views.today.both import DayAndWeek
from funnel_desk.ui.widgets.segmented import Segmented
from funnel_desk.ui.widgets.two_line import TwoLineView
from funnel_desk.ui.window import Window
from tests.ui.shop import NOW, make_shop, open_shop, shop_window

SUNDAY = "2026-11-29"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """One deal of each step: lost, without an action, put off three times, won."""
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    made = {
        title: desk.run(deals.new_deal, title=title, company="Alfa", expected_close="2026-12-01", on="2026-11-02").id
        for title in ("Gate", "Yard", "Roof", "Wall")
    }
    desk.run(deals.lose_deal, made["Gate"], reason="too dear")
    for day in ("2026-12-10", "2026-12-20", "2027-01-15"):
        desk.run(deals.edit_deal, made["Roof"], expected_close=day)
    desk.run(deals.win_deal, made["Wall"])
    desk.run(write_review, "2026-11-22", "quiet", "call the sleeping ones")
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path) as shown:
        QTest.qWait(1)
        switch = shown.findChild(Segmented, "today.switch")
        assert switch is not None
        switch.choose("week")
        QTest.qWait(1)
        listed(shown).setFocus()
        yield shown
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk_of(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def listed(window: Window) -> TwoLineView:
    found = window.findChild(TwoLineView, "week.list")
    assert found is not None
    return found


def steps(window: Window) -> dict[str, list[str]]:
    model, found = listed(window).model(), dict[str, list[str]]()
    for row in (model.index(place, 0).data(ENTRY) for place in range(model.rowCount())):
        if isinstance(row, Heading):
            found[row.title.split(". ", 1)[1]] = []
        elif isinstance(row, Entry):
            found[list(found)[-1]].append(row.title)
    return found


def press(window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    QTest.qWait(1)


def go_to(window: Window, step: str) -> None:
    for _n in range(len(steps(window))):
        if listed(window).chosen_key().startswith(f"{step}:"):
            return
        press(window, Qt.Key.Key_J)
    raise AssertionError(step)


def field(window: Window, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert found is not None
    return found


def test_each_step_stands_in_the_list_with_its_deals_or_says_that_there_is_none(window: Window) -> None:
    found = steps(window)
    assert list(found) == [
        "Lost this week", "Stalled", "No next action", "Closing day put off", "Won this week", "What changed",
        "Next week", "In order", "Note and decisions",
    ]  # fmt: skip
    assert found["Lost this week"] == ["Alfa · Gate"]
    assert found["Closing day put off"] == ["Alfa · Roof"]
    assert found["Won this week"] == ["Alfa · Wall"]
    assert found["What changed"] == ["Too early to say whether anything changed"]


def test_a_day_put_off_three_times_is_called_a_wish(window: Window) -> None:
    row = next(
        entry
        for index in listed(window).sections.entry_indexes()
        if (entry := listed(window).sections.entry(index)) and entry.key.startswith("slipped:")
    )
    assert row.chip is not None
    assert (row.chip.text, row.detail) == ("a wish", "45 days later, put off 3 times")


def test_the_keys_go_from_step_to_step_to_the_note_and_keep_it(window: Window) -> None:
    seen = [listed(window).chosen_key().split(":")[0]]
    for _n in range(8):
        press(window, Qt.Key.Key_J)
        seen.append(listed(window).chosen_key().split(":")[0])
    assert seen == ["lost", "stalled", "without", "slipped", "won", "changes", "load", "order", "note"]
    assert QApplication.focusWidget() is field(window, "week.text")
    QTest.keyClicks(field(window, "week.text"), "jumpy week")
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    note = desk_of(window).read(weekly_review, now=NOW).note
    assert note is not None
    assert (note.on_day, note.text) == (SUNDAY, "jumpy week")
    assert steps(window)["Note and decisions"] == ["Noted"]


def test_a_draft_outlives_a_change_elsewhere(window: Window) -> None:
    go_to(window, "note")
    text = field(window, "week.text")
    assert isinstance(text, QPlainTextEdit)
    QTest.keyClicks(text, "half a thou")
    desk_of(window).run(deals.new_deal, title="Door")
    QTest.qWait(1)
    assert text.toPlainText() == "half a thou"


def test_a_next_action_is_planned_in_place_and_the_row_goes(window: Window) -> None:
    desk = desk_of(window)
    go_to(window, "slipped")
    held = listed(window).chosen_key().split(":")[1]
    press(window, Qt.Key.Key_P)
    words = field(window, "plan.text")
    forms = [one for one in window.findChildren(QLineEdit, "plan.text") if one.isVisible()]
    assert words is not None
    QTest.keyClicks(forms[0], "ask for the day")
    QTest.keyClick(forms[0], Qt.Key.Key_Return)
    QTest.qWait(1)
    assert held not in desk.read(deal_ids, DealFilter(outcomes=("open",), without_action=True))


def test_a_deal_is_left_in_peace_and_gets_another_closing_day_in_place(window: Window) -> None:
    go_to(window, "slipped")
    press(window, Qt.Key.Key_S)
    reason = next(one for one in window.findChildren(QLineEdit, "rest.reason") if one.isVisible())
    QTest.keyClicks(reason, "their budget comes in spring")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    QTest.qWait(1)
    assert desk_of(window).history()[0].label.startswith("Let")
    listed(window).setFocus()
    press(window, Qt.Key.Key_C)
    menu = next(one for one in window.findChildren(QMenu) if one.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    assert steps(window)["Closing day put off"] == ["No closing day was put off this week."]


def test_letting_it_go_leads_to_the_form_that_asks_why(window: Window) -> None:
    go_to(window, "slipped")
    press(window, Qt.Key.Key_L)
    page = window.page()
    assert page is not None
    assert page.objectName() == "view.deals"


def test_earlier_weeks_are_leafed_through_with_their_notes(window: Window) -> None:
    later = field(window, "week.later")
    assert isinstance(later, QPushButton)
    assert not later.isEnabled()
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    found = steps(window)
    assert "Stalled" not in found
    assert found["Note and decisions"] == ["Noted"]
    assert found["Lost this week"] == ["No deal was lost this week."]
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert "Stalled" in steps(window)
    go_to(window, "note")
    assert "call the sleeping ones" in field(window, "week.before").text()  # type: ignore[attr-defined]


def test_the_part_is_remembered_and_changed_by_key(qapp: QApplication, path: Path) -> None:
    with shop_window(qapp, path) as window:
        QTest.qWait(1)
        page = window.page()
        assert isinstance(page, DayAndWeek)
        assert page.switch.key() == "day"
        press(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert page.switch.key() == "week"
        page.keep()
        again = DayAndWeek(page._parts)
        assert again.switch.key() == "week"
        again.deleteLater()


def test_a_file_without_deals_says_so_in_each_step(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "empty.funnel", 0)) as window:
        QTest.qWait(1)
        switch = window.findChild(Segmented, "today.switch")
        assert switch is not None
        switch.choose("week")
        QTest.qWait(1)
        assert all(len(rows) == 1 for rows in steps(window).values())
