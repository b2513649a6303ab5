"""The parts of the funnel's view: what is counted, groups side by side, over time, speed, discipline."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.process_losses import StepUse
from funnel_desk.queries.cohorts import cohorts_report
from funnel_desk.queries.own_figures import goals
from funnel_desk.ui.route import ShowStep
from funnel_desk.ui.views.funnel import counting
from funnel_desk.ui.views.funnel.discipline import care_sentence, losses_sentence
from funnel_desk.ui.views.funnel.page import FunnelPage
from funnel_desk.ui.window import Window
from tests.queries.desks import open_bench
from tests.ui.shop import NOW, make_shop, shop_window

DEALS = 160
ORACLE = ("1,2,3,4,won", "1,2,3,lost", "1,3,4,won", "1,2,3,2,3", "1,lost", "1,2", "2,3,lost", "1,2,3,4,lost")
ANSWERS = {
    "reached": [8, 7, 6, 3, 2],
    "entered": [7, 7, 7, 3, 2],
    "touched": [7, 6, 6, 3, 2],
    "strict": [7, 5, 4, 2, 1],
    "now": [0, 1, 1, 0, 2],
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_shop(tmp_path_factory.mktemp("shop") / "north.funnel", DEALS)


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="funnel") as shown:
        yield shown


def part(window: Window, key: str) -> Any:  # noqa: ANN401 - each part is a page of its own
    page = cast("FunnelPage", window.page())
    page.show_part(key)
    return page.part


def column(window: Window, name: str, number: int) -> list[str]:
    table = window.findChild(QTableView, name)
    assert isinstance(table, QTableView)
    model = table.model()
    return [str(model.index(row, number).data() or "") for row in range(model.rowCount())]


def wanted(window: Window) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    assert window._parts is not None
    window._parts.route.wanted.connect(lambda view, where: found.append((view, where)))
    return found


@pytest.mark.parametrize(("count", "told"), ANSWERS.items())
def test_the_oracle_in_the_window(qapp: QApplication, tmp_path: Path, count: str, told: list[int]) -> None:
    bench = next(benches := open_bench(tmp_path))
    for walk in ORACLE:
        bench.walk(walk)
    file = bench.desk.path
    for _rest in benches:
        pass
    with shop_window(qapp, file, view="funnel") as window:
        shown = part(window, "stages")
        combo = shown._choices.count
        combo.setCurrentIndex(combo.findData(count))
        assert column(window, "funnel.table", 1)[:5] == [str(number) for number in told]
        heard = shown._canvas.accessibleDescription()
        assert [int(one.split(": ")[1].split(",")[0]) for one in heard.split("; ")][:5] == told
        assert shown._note.text().startswith("All deals: ")


def test_a_second_click_on_a_bar_shows_its_deals(window: Window) -> None:
    shown, found = part(window, "stages"), wanted(window)
    shown._table.choose(0)
    shown._bar_pressed("stage:offer")
    assert not found
    shown._bar_pressed("stage:offer")
    assert len(found[0][1].keys) == int(column(window, "funnel.table", 1)[1])


def test_a_reason_shows_the_deals_lost_for_it(window: Window) -> None:
    shown, found = part(window, "stages"), wanted(window)
    shown._table.choose(1)
    row = shown._side.reasons._picture.rows[0]
    shown._side.reasons.canvas.named.emit(f"reason:{row.loss.key}")
    view, where = found[0]
    assert (view, len(where.keys)) == ("deals", row.loss.count)
    assert isinstance(where, DealFilter)


def test_a_group_is_held_against_all_others(window: Window) -> None:
    shown = part(window, "stages")
    by = shown._choices.by
    by.setCurrentIndex(by.findData("source"))
    assert shown._beside.isHidden()
    shown._groups.table.choose(1)
    against = shown._groups.against
    assert against.isVisibleTo(window)
    against.setCurrentIndex(1)
    assert not shown._beside.isHidden()
    mine, whole = shown._shown().report.funnel.win_rate, shown._seen.report.funnel.win_rate
    comparison = shown._beside._picture.report.lines[0][1]
    assert (comparison.share, comparison.other) == (mine, Rate(whole.part - mine.part, whole.base - mine.base))
    other = against.itemText(2)
    against.setCurrentIndex(2)
    assert shown._beside._picture.report.other == other


def test_the_leak_has_its_evidence_and_the_way_to_the_script(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "large.funnel", 600), view="funnel") as window:
        shown, found = part(window, "stages"), wanted(window)
        leak = shown._side.leak
        assert leak.isVisibleTo(window)
        assert "Most are lost there for this: " in leak.evidence.text()
        assert "was left undone in" in leak.evidence.text()
        leak.script.click()
        view, where = found[0]
        assert view == "playbooks"
        assert isinstance(where, ShowStep)
        assert where.step_id


def test_control_tab_shows_the_next_part(window: Window) -> None:
    page = cast("FunnelPage", window.page())
    page.show_part("stages")
    keys = {action.shortcut().toString(): action for action in page.actions()}
    keys["Ctrl+Tab"].trigger()
    assert page.switch.key() == "over_time"
    keys["Ctrl+Shift+Tab"].trigger()
    assert page.switch.key() == "stages"


def test_over_time_tells_the_months_and_which_of_them_mature(window: Window) -> None:
    shown = part(window, "over_time")
    assert window._parts is not None
    report = window._parts.bridge.ask(cohorts_report, shown.pipeline_id, now=NOW)
    heard = shown.block.canvas.accessibleDescription()
    for month in report.months:
        assert f"Deals {month.deals}, Part {month.won}, Of {month.won + month.lost}" in heard
    young = sum(one.maturing for one in report.months)
    assert f"{young} of their deals are open and younger" in shown.maturing.text()
    shown.step.setCurrentIndex(shown.step.findData(1))
    rate = report.months[0].conversions[1]
    assert f"Part {rate.part}, Of {rate.base}" in shown.block.canvas.accessibleDescription()


def test_a_change_is_noted_here_and_silent_while_it_is_too_early(window: Window) -> None:
    shown = part(window, "over_time")
    text = window.findChild(QLineEdit, "over_time.mark_text")
    assert isinstance(text, QLineEdit)
    text.setText("A new offer")
    QTest.keyClick(text, Qt.Key.Key_Return)
    QApplication.processEvents()
    line = shown.findChild(QLabel, "over_time.mark.1")
    assert isinstance(line, QLabel)
    assert "A new offer (win rate)." in line.text()
    assert "Too early to say: 0 decided since then" in line.text()
    assert window._parts is not None
    window._parts.bridge.undo()
    QApplication.processEvents()
    assert shown.findChild(QLabel, "over_time.mark.1") is None


def test_a_change_without_words_is_refused(window: Window) -> None:
    part(window, "over_time")
    button = window.findChild(QPushButton, "over_time.mark_note")
    assert isinstance(button, QPushButton)
    button.click()
    assert window.messages.text() == "Write in a few words what has changed."


def test_speed_tells_days_stalled_and_weeks(window: Window) -> None:
    shown = part(window, "speed")
    found = shown._found
    assert column(window, "speed.table", 3) == [str(one.days.n) for one in found.funnel.stages]
    assert column(window, "speed.table", 6) == [str(count) if count else "" for count in found.stalled]
    assert sum(found.stalled) > 0
    shown.table.choose(1)
    assert shown.flow._picture.weeks == found.flow.flows[1].weeks
    assert len(shown.flow._picture.weeks) == 12
    assert shown.velocity.text().endswith(" a day.")


def test_a_goal_tells_what_should_stand_where(window: Window) -> None:
    shown = part(window, "speed")
    amount = window.findChild(QLineEdit, "speed.goal")
    assert isinstance(amount, QLineEdit)
    assert shown._model.columnCount() == 7
    amount.setText("500000")
    QTest.keyClick(amount, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window._parts is not None
    goal = window._parts.bridge.ask(goals)[0]
    assert (goal.amount, goal.to_day) == (500_000_00, "2026-12-31")
    assert shown._model.columnCount() == 9
    assert "are still to be won until" in shown.filling.text()
    remove = window.findChild(QPushButton, "speed.goal_remove")
    assert isinstance(remove, QPushButton)
    remove.click()
    QApplication.processEvents()
    assert shown._model.columnCount() == 7


def test_discipline_is_told_and_a_step_opens_in_the_playbook(window: Window) -> None:
    shown, found = part(window, "discipline"), wanted(window)
    assert "of the required steps were done" in shown.done.text()
    assert shown.verdict.text().startswith("Too early to say whether care pays: 0 careful deals")
    assert column(window, "discipline.steps", 1) == [str(use.stays) for use in shown._uses]
    shown.steps.choose(0)
    QTest.keyClick(shown.steps, Qt.Key.Key_Return)
    assert isinstance(found[0][1], ShowStep)
    assert found[0][1].step_id == shown._uses[0].step.id


def test_of_three_nothing_is_said(window: Window) -> None:
    from funnel_desk.domain.discipline_report import Discipline

    use = part(window, "discipline")._uses[0]
    few = StepUse(use.step, 3, 0, 0, 0, 0, 0, Rate(0, 0), Rate(1, 3))
    assert losses_sentence([few]) == ""
    said = care_sentence(Discipline(Rate(1, 3), Rate(3, 3), Rate(0, 3), 6))
    assert said == "Too early to say whether care pays: 3 careful deals are closed, and 3 others."


@pytest.mark.parametrize("key", ["over_time", "speed", "discipline"])
def test_a_file_without_deals_says_what_belongs_here(qapp: QApplication, tmp_path: Path, key: str) -> None:
    with shop_window(qapp, make_shop(tmp_path / "new.funnel", 0), view="funnel") as window:
        shown = part(window, key)
        said = [one.text() for one in shown.findChildren(QLabel) if one.isVisibleTo(window)]
        assert any(text.startswith("Here you will see") for text in said)


@pytest.mark.parametrize("key", ["over_time", "speed", "discipline"])
def test_numbers_and_pictures_are_saved(window: Window, tmp_path: Path, key: str) -> None:
    shown = part(window, key)
    blocks = {"over_time": ["block"], "speed": ["ages", "flow"], "discipline": ["block"]}[key]
    for name in blocks:
        save = getattr(shown, name).save
        save.write_numbers(str(tmp_path / f"{name}.csv"))
        lines = (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == 1 + len(getattr(shown, name)._chart.numbers(getattr(shown, name)._picture).rows)
        assert window.messages.text() == f"Numbers saved: {name}.csv"
        for kind in ("png", "svg", "pdf"):
            save.write_picture(str(tmp_path / f"{name}.{kind}"))
            assert (tmp_path / f"{name}.{kind}").stat().st_size > 2000


def test_a_part_that_is_left_while_it_is_counted_asks_again_when_it_is_shown(
    qapp: QApplication, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MANY_DEALS", 10)
    with shop_window(qapp, path, view="funnel") as window:
        shown = part(window, "speed")
        assert shown._found is None
        part(window, "discipline")
        assert window._parts is not None
        jobs = window._parts.jobs
        qtbot.waitUntil(lambda: not jobs._running, timeout=20_000)
        assert shown._found is None
        part(window, "speed")
        qtbot.waitUntil(lambda: shown._found is not None, timeout=20_000)
        assert column(window, "speed.table", 0)


def test_the_menu_asks_where_to_save(window: Window) -> None:
    save = part(window, "over_time").block.save
    for action in (save.picture, save.numbers):
        action.trigger()
        (dialog,) = [one for one in window.findChildren(QFileDialog) if one.isVisible()]
        assert dialog.selectedFiles()[0].endswith(f"Win rate.{dialog.defaultSuffix()}")
        dialog.reject()
        QApplication.processEvents()
