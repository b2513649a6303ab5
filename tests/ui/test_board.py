"""The board of a pipeline in the real window: walked, moved and closed by keys and by drag."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.queries.board import board
from funnel_desk.queries.deals import deal_totals
from funnel_desk.storage import check
from funnel_desk.storage.journal import Batch
from funnel_desk.ui.models.paged import ROW
from funnel_desk.ui.views.deals.board import Board
from funnel_desk.ui.views.deals.board_column import MIME, CardsView
from funnel_desk.ui.views.deals.page import DealsPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window


@operation("Rule")
def rule(batch: Batch, key: str, exit_rule: str) -> None:
    stage = next(one for one in batch.find(Stage) if one.key == key)
    batch.save(stage, replace(stage, exit_rule=exit_rule))  # type: ignore[arg-type]  # one of its words


def stages(desk: Desk) -> list[Stage]:
    found = desk.read(board, DealFilter())
    assert found is not None
    return [column.stage for column in found.columns]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    first, second = stages(desk)[:2]
    for title, stage, value in (("Gate", first, 900_00), ("Door", first, 100_00), ("Yard", second, None)):
        desk.run(deals.new_deal, title=title, company=f"{title} Ltd", value=value, stage_id=stage.id)
    sold = desk.run(deals.new_deal, title="Sold", value=70_00, stage_id=second.id)
    desk.run(rule, first.key, "none")
    desk.run(rule, second.key, "none")
    desk.run(deals.win_deal, sold.id)
    gone = desk.run(deals.new_deal, title="Gone", stage_id=first.id)
    desk.run(deals.lose_deal, gone.id, reason="dear")
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="deals") as shown:
        page(shown)._listing.show_kind("board")
        shown.activateWindow()
        yield shown


def page(window: Window) -> DealsPage:
    return cast("DealsPage", window.page())


def shown_board(window: Window) -> Board:
    return cast("Board", named(window, Board, "deals.board"))


def desk(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def named(window: Window, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - a control of this kind
    found = page(window).findChild(cast("type[QObject]", kind), name)
    assert isinstance(found, kind), name
    return found


def cards(window: Window) -> list[list[str]]:
    """The titles in each column."""
    return [
        [column.cards.cards.row(place).title for place in range(column.cards.cards.rowCount())]  # type: ignore[union-attr]
        for column in shown_board(window)._columns
    ]


def titles(window: Window) -> list[str]:
    return [title for column in cards(window) for title in column]


def view(window: Window, column: int) -> CardsView:
    return shown_board(window)._columns[column].cards


def sums(window: Window, column: int) -> str:
    return str(named(window, QLabel, f"board.{shown_board(window)._columns[column].stage.key}.sums").text())


def table(window: Window) -> set[str]:
    model = named(window, QTableView, "deals.table").model()
    return {model.index(row, 0).data(ROW).title for row in range(model.rowCount())}


def contents(window: Window) -> dict[str, list[tuple[object, ...]]]:
    return desk(window).read(lambda read: check.contents(read.connection))


def stage_deal(window: Window, title: str) -> str:
    return str(desk(window).read(lambda read: read.sql("SELECT id FROM deal WHERE title = ?", title))[0][0])


def stand(window: Window, title: str) -> Stage:
    found = desk(window).read(
        lambda read: read.sql(
            "SELECT deal_state.stage_id FROM deal JOIN deal_state ON deal_id = id WHERE title = ?", title
        )
    )
    return next(stage for stage in stages(desk(window)) if stage.id == found[0][0])


def test_columns_are_stages_with_open_deals_and_what_they_add_up_to(window: Window) -> None:
    shown = cards(window)
    assert shown[:2] == [["Gate", "Door"], ["Yard"]]
    assert not any(shown[2:]), "closed deals stay off it"
    assert sums(window, 0).startswith("€1,000\nweighted €")
    won = next(column for column in shown_board(window)._columns if column.stage.side == "won")
    assert won is shown_board(window)._columns[-1], "stages after the sale are for what was won"


def test_a_card_says_all_of_itself_aloud(window: Window) -> None:
    index = view(window, 0).model().index(0, 0)
    said = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Gate, Gate Ltd, €900, ")
    desk(window).run(deals.edit_deal, stage_deal(window, "Gate"), value=None)
    assert "€900" not in str(view(window, 0).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_what_was_won_is_shown_where_all_deals_are(window: Window) -> None:
    page(window)._listing.show_filter(DealFilter())
    won = [column.stage.side for column in shown_board(window)._columns].index("won")
    assert cards(window)[won] == ["Sold"]
    assert "Gone" not in titles(window)
    page(window)._listing.show_filter(DealFilter(outcomes=("lost",)))
    texts = [one.text() for one in shown_board(window).findChildren(QLabel) if one.isVisibleTo(window)]
    assert "Lost deals stay off the board: the table shows them." in texts


def test_arrows_walk_and_enter_opens(window: Window) -> None:
    view(window, 0).setFocus()
    assert shown_board(window)._title == "Gate"
    QTest.keyClick(view(window, 0), Qt.Key.Key_Down)
    assert shown_board(window)._title == "Door"
    QTest.keyClick(view(window, 0), Qt.Key.Key_Right)
    assert shown_board(window)._title == "Yard"
    assert view(window, 1).hasFocus()
    assert not view(window, 0).currentIndex().isValid(), "one card is chosen"
    QTest.keyClick(view(window, 1), Qt.Key.Key_Right)
    assert shown_board(window)._title == "Yard", "nothing stands further on"
    QTest.keyClick(view(window, 1), Qt.Key.Key_Return)
    card = page(window)._card.deal
    assert card is not None
    assert card.situation.deal.title == "Yard"
    assert page(window)._both.detail_is_alone


def test_ctrl_and_arrows_move_the_deal_and_the_cursor_goes_with_it(window: Window) -> None:
    before = contents(window)
    view(window, 0).setFocus()
    QTest.keyClick(view(window, 0), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert "Gate" in cards(window)[1]
    assert view(window, 1).hasFocus()
    assert shown_board(window)._title == "Gate"
    assert window.messages.text().startswith("“Gate” is in ")
    QTest.keyClick(view(window, 1), Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert cards(window)[0] == ["Gate", "Door"]
    desk(window).undo()
    desk(window).undo()
    assert contents(window) == before


def test_a_stage_that_blocks_keeps_the_deal_and_says_why(window: Window) -> None:
    first = shown_board(window)._columns[0].stage
    desk(window).run(rule, first.key, "block")
    view(window, 0).setFocus()
    QTest.keyClick(view(window, 0), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert "cannot be left yet. Still to do:" in window.messages.text()
    assert cards(window)[0] == ["Gate", "Door"]


def test_a_stage_that_warns_asks_for_the_reason_in_place(window: Window) -> None:
    first = shown_board(window)._columns[0].stage
    desk(window).run(rule, first.key, "warn")
    view(window, 0).setFocus()
    QTest.keyClick(view(window, 0), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert named(window, QLabel, "board.about").text() == "Gate"
    reason = shown_board(window).findChild(QLineEdit, "board.because.text")
    assert isinstance(reason, QLineEdit)
    QTest.keyClicks(reason, "they were in a hurry")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert desk(window).read(lambda read: read.sql("SELECT because FROM stage_event ORDER BY at DESC, row_key DESC"))[
        0
    ][0] == ("they were in a hurry")
    assert not shown_board(window)._form.isVisible()
    assert view(window, 1).hasFocus()


def test_l_asks_why_and_the_card_leaves(window: Window) -> None:
    view(window, 1).setFocus()
    QTest.keyClick(view(window, 1), Qt.Key.Key_L)
    reason = shown_board(window).findChild(QComboBox, "board.lost.reason")
    assert isinstance(reason, QComboBox)
    QTest.keyClicks(reason, "too dear")
    note = shown_board(window).findChild(QLineEdit, "board.lost.note")
    assert isinstance(note, QLineEdit)
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert cards(window)[1] == []
    assert window.messages.text().startswith("“Yard” is closed as lost.")


def test_a_card_is_dragged_to_another_stage_and_won(window: Window) -> None:
    told = QMimeData()
    told.setData(
        MIME, desk(window).read(lambda read: read.sql("SELECT id FROM deal WHERE title = 'Yard'"))[0][0].encode()
    )
    won = view(window, len(shown_board(window)._columns) - 1)
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    won.aimed.emit(True)
    assert shown_board(window)._columns[-1].property("aimed") == "true"
    won.dropEvent(QDropEvent(QPointF(won.rect().center()), move, told, left, none))
    assert shown_board(window)._columns[-1].property("aimed") == "false"
    assert stand(window, "Yard").side == "won"
    assert cards(window)[1] == []


def test_table_board_and_card_agree_whoever_changes_what(window: Window) -> None:
    one = desk(window).run(deals.new_deal, title="News", value=5_00)
    assert "News" in cards(window)[0]
    assert "News" in table(window)
    view(window, 0).setFocus()
    desk(window).run(deals.edit_deal, one.id, title="Newer")
    assert "Newer" in cards(window)[0]
    desk(window).run(deals.lose_deal, one.id, reason="dear")
    assert "Newer" not in titles(window)
    assert "Newer" not in table(window)
    desk(window).undo()
    assert "Newer" in cards(window)[0]
    QTest.keyClicks(named(window, QLineEdit, "deals.search"), "yard")
    assert titles(window) == ["Yard"]


def test_the_sums_of_the_columns_are_those_of_the_list(window: Window) -> None:
    found = desk(window).read(board, DealFilter(outcomes=("open",)))
    whole = desk(window).read(deal_totals, DealFilter(outcomes=("open",)))
    assert found is not None
    assert sum(column.totals.count for column in found.columns) == whole.count
    assert sum(total.value for column in found.columns for total in column.totals.totals) == whole.totals[0].value


def test_many_deals_are_asked_for_apart_from_the_window(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_board(window), "_many", True)
    desk(window).run(deals.new_deal, title="Late")
    qtbot.waitUntil(lambda: "Late" in cards(window)[0], timeout=5_000)
