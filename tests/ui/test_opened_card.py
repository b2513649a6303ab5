"""A card that was opened by Enter keeps its place: its deal behind the list's back, and the keys after Escape."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from funnel_desk.domain.qualification import QUESTIONS
from funnel_desk.queries.deals import DealFilter, deal_keys, ids_of
from funnel_desk.ui.route import CloseAsLost
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals import listing
from funnel_desk.ui.views.deals.card import Card
from funnel_desk.ui.views.deals.questions import Questions
from funnel_desk.ui.views.deals.table import DealTable
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window

_PATIENCE = 10.0  # seconds


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window on a workspace whose list is read apart, as a large one is."""
    monkeypatch.setattr(listing, "MANY", 10)
    with shop_window(qapp, make_shop(tmp_path / "shop.funnel", 60)) as shown:
        shown.resize(1280, 800)
        shown.activateWindow()
        yield shown
        settle(shown)


def settle(window: Window) -> None:
    """Wait until what was asked about is shown."""
    QTest.qWait(80)
    until = time.monotonic() + _PATIENCE
    while parts_of(window).jobs._running and time.monotonic() < until:
        QTest.qWait(5)


def parts_of(window: Window) -> Parts:
    assert window._parts is not None
    return window._parts


def open_last(window: Window) -> str:
    """Go from today to the deal that stands last in the list; its id."""
    parts = parts_of(window)
    last = parts.bridge.ask(deal_keys, DealFilter(outcomes=("open",)), ("next_due",))[-1]
    (wanted,) = parts.bridge.ask(ids_of, [last])
    parts.route.go("deals", wanted)
    until = time.monotonic() + _PATIENCE
    table = window.findChild(DealTable)
    assert table is not None
    while (not table.model().rowCount() or parts.jobs._running) and time.monotonic() < until:
        QTest.qWait(5)
        QApplication.processEvents()
    QTest.qWait(80)
    return wanted


def test_the_list_that_comes_later_does_not_put_its_first_deal_into_the_opened_card(window: Window) -> None:
    wanted = open_last(window)
    card = window.findChild(Card, "card")
    assert card is not None
    deal = card.deal
    assert deal is not None
    assert deal.situation.deal.id == wanted


def test_escape_from_an_opened_card_gives_the_keys_to_the_list(window: Window) -> None:
    open_last(window)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    table = window.findChild(DealTable)
    assert table is not None
    assert table.isVisible()
    assert table.hasFocus()


def test_the_keys_never_go_to_a_list_under_an_opened_card(window: Window) -> None:
    open_last(window)
    window.go("deals")
    table, card = window.findChild(DealTable), window.findChild(Card, "card")
    focus = QApplication.focusWidget()
    assert table is not None
    assert card is not None
    assert focus is not None
    assert not table.hasFocus()
    assert focus is card or card.isAncestorOf(focus)


def test_tab_leads_to_the_values_of_the_filter_and_escape_closes_it_first(window: Window) -> None:
    window.go("deals")
    table = window.findChild(DealTable)
    assert table is not None
    QTest.keyClick(table, Qt.Key.Key_F)
    panel = QApplication.activePopupWidget()
    assert panel is not None
    assert panel.objectName() == "deals.filter.panel"
    QTest.keyClicks(panel.focusWidget(), "so")
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    values = panel.focusWidget()
    assert values is not None
    assert values.objectName() == "deals.filter.sources.find"
    QTest.keyClick(values, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_a_form_of_the_card_gives_its_focus_to_the_steps_and_finds_a_reason_by_a_word(window: Window) -> None:
    wanted = open_last(window)
    parts = parts_of(window)
    parts.route.go("deals", CloseAsLost(wanted))
    reason = window.findChild(QComboBox, "lost.reason")
    assert reason is not None
    name = reason.itemText(0)
    word = name.split()[-1][1:]
    reason.setFocus()
    QTest.keyClicks(reason, word)
    known = reason.completer()
    assert known is not None
    assert name in {known.completionModel().index(row, 0).data() for row in range(reason.count())}
    popup = known.popup()
    assert popup is not None
    popup.hide()
    QTest.keyClick(reason, Qt.Key.Key_Escape)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "card.steps"


def test_a_key_each_for_the_next_stage_a_log_and_an_obstacle(window: Window) -> None:
    open_last(window)
    card = window.findChild(Card, "card")
    assert card is not None
    before = card.deal
    for key, name in ((Qt.Key.Key_L, "log.text"), (Qt.Key.Key_J, "obstacles."), (Qt.Key.Key_M, "")):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, Qt.KeyboardModifier.ControlModifier)
        came = QApplication.focusWidget()
        assert came is not None
        assert came.objectName().startswith(name)
    after = card.deal
    assert before is not None
    assert after is not None
    assert before.situation.stage.id != after.situation.stage.id


def test_an_answered_question_keeps_the_keys(window: Window) -> None:
    open_last(window)
    questions = window.findChild(Questions)
    assert questions is not None
    questions.begin(QUESTIONS[0], "yes")
    evidence = window.findChild(QLineEdit, "questions.evidence")
    assert evidence is not None
    QTest.keyClicks(evidence, "fined in May")
    QTest.keyClick(evidence, Qt.Key.Key_Return)
    QTest.qWait(20)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "questions.line.0"
