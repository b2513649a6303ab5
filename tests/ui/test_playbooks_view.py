"""Pipelines are written in place, in the real window, by keys and by names of controls; deals follow at once."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from funnel_desk.domain.change_mark import FACTORS
from funnel_desk.domain.pipeline import Stage
from funnel_desk.domain.words import Words
from funnel_desk.operations.deals import new_deal
from funnel_desk.queries.pipeline_page import PipelinePage, pipeline_lines, pipeline_page
from funnel_desk.storage import check
from funnel_desk.ui.jobs import Jobs
from funnel_desk.ui.views.playbooks.forms import FACTOR_NAMES
from funnel_desk.ui.views.playbooks.page import PlaybooksPage
from funnel_desk.ui.views.playbooks.reminder import is_due
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window

DOWN, UP, ALT = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    path = make_shop(tmp_path / "shop.funnel", 12)
    with shop_window(qapp, path, view="playbooks") as window:
        window.resize(1280, 800)
        QApplication.processEvents()
        yield window


def page(window: Window) -> PlaybooksPage:
    return cast("PlaybooksPage", window.page())


def kept(window: Window) -> PipelinePage:
    """The first pipeline as it is kept."""
    bridge = page(window)._parts.bridge
    return bridge.ask(pipeline_page, bridge.ask(pipeline_lines)[0].pipeline.id)


def line(window: Window, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def stages(found: PipelinePage) -> list[Stage]:
    return [one for one in found.stages if not one.archived]


def names(found: PipelinePage) -> list[str]:
    return [one.name.en for one in stages(found)]


def contents(window: Window) -> object:
    return page(window)._parts.bridge.desk.read(lambda read: check.contents(read.connection))


def test_everything_of_a_step_is_written_in_place_and_undone(window: Window) -> None:
    outline = page(window).detail.outline
    before = contents(window)
    step = kept(window).steps[1]
    outline.choose(f"step:{step.id}")
    write(line(window, "playbooks.step.title"), "Find out all of it")
    write(line(window, "playbooks.step.days"), "9")
    write(line(window, "playbooks.step.every"), "3")
    say = window.findChild(QPlainTextEdit, "playbooks.step.say")
    assert say is not None
    say.setFocus()
    say.setPlainText("Good day, {contact}. **Well?**")
    QTest.keyClick(say, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = next(one for one in kept(window).steps if one.id == step.id)
    assert (now.title.en, now.title.ru) == ("Find out all of it", step.title.ru)
    assert (now.days, now.every, now.say.en) == (9, 3, "Good day, {contact}. **Well?**")
    for _ in range(4):
        page(window)._parts.bridge.undo()
    assert contents(window) == before


def test_a_script_is_read_while_it_is_written_and_a_wrong_placeholder_is_told(window: Window) -> None:
    detail = page(window).detail
    step = kept(window).steps[1]
    detail.outline.choose(f"step:{step.id}")
    say = window.findChild(QPlainTextEdit, "playbooks.step.say")
    assert say is not None
    say.setFocus()
    say.setPlainText("About {deal}, {contcat}")
    assert "house" in detail.editor._preview._card.text()
    assert "contcat" in detail.editor._preview._problem.text()
    QTest.keyClick(say, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept(window).steps[1].say == step.say
    assert say.toPlainText() == "About {deal}, {contcat}"  # what was refused is not lost


def test_stages_change_places_by_keys_and_stay_on_their_side(window: Window) -> None:
    outline = page(window).detail.outline
    was = names(kept(window))
    outline.choose(f"stage:{stages(kept(window))[0].id}")
    QTest.keyClick(outline, DOWN, ALT)
    assert names(kept(window)) == [was[1], was[0], *was[2:]]
    QTest.keyClick(outline, UP, ALT)
    assert names(kept(window)) == was
    last = next(one for one in reversed(stages(kept(window))) if one.side == "before")
    outline.choose(f"stage:{last.id}")
    QTest.keyClick(outline, DOWN, ALT)
    assert names(kept(window)) == was


def test_a_dropped_step_stands_where_it_was_dropped(window: Window) -> None:
    outline = page(window).detail.outline
    first, second, *_ = [one.id for one in kept(window).steps_of(stages(kept(window))[0].id)]
    outline.choose(f"step:{second}")
    item = next(one for one in outline._items() if one.data(0, Qt.ItemDataRole.UserRole) == f"step:{first}")
    outline.drop_at(outline.visualItemRect(item).topLeft())
    moved = [one.id for one in kept(window).steps_of(stages(kept(window))[0].id)]
    assert moved[:2] == [second, first]


def test_a_stage_is_added_named_and_archived_by_the_keyboard_alone(window: Window) -> None:
    outline = page(window).detail.outline
    outline.choose(f"stage:{stages(kept(window))[0].id}")
    outline.setFocus()
    QTest.keyClick(outline, Qt.Key.Key_Insert)
    name = line(window, "playbooks.stage.name")
    assert name.hasFocus()
    QTest.keyClicks(name, "Visit")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert names(kept(window))[1] == "Visit"
    outline.setFocus()
    QTest.keyClick(outline, Qt.Key.Key_Delete)
    assert "Visit" not in names(kept(window))
    assert any(one.archived and one.name.en == "Visit" for one in kept(window).stages)


def test_open_deals_of_an_archived_stage_count_where_it_is_said(window: Window) -> None:
    detail = page(window).detail
    before = kept(window)
    stage = next(one for one in stages(before) if before.open_deals.get(one.id))
    other = next(one for one in stages(before) if one.side == "before" and one.id != stage.id)
    detail.outline.choose(f"stage:{stage.id}")
    detail.editor._fill_menu()
    text = f"Archive; its deals count in “{other.name.en}”"
    action = next(one for one in detail.editor._more.menu().actions() if one.text() == text)
    action.trigger()
    after = kept(window)
    moved = before.open_deals[stage.id] + before.open_deals.get(other.id, 0)
    assert after.open_deals[other.id] == moved
    page(window)._parts.bridge.undo()
    assert kept(window).open_deals == before.open_deals


def test_a_change_is_noted_after_an_edit(window: Window) -> None:
    detail = page(window).detail
    stage = stages(kept(window))[0]
    detail.outline.choose(f"stage:{stage.id}")
    write(line(window, "playbooks.stage.probability"), "33 %")
    assert detail.editor.offer.isVisible()
    keep = window.findChild(QPushButton, "playbooks.note.keep")
    assert keep is not None
    keep.click()
    [mark] = kept(window).marks
    assert (mark.on_day, mark.stage_id) == ("2026-11-26", stage.id)
    assert stage.name.en in mark.text
    assert not detail.editor.offer.isVisible()


def test_a_refused_name_comes_back(window: Window) -> None:
    detail = page(window).detail
    first, second = stages(kept(window))[:2]
    detail.outline.choose(f"stage:{first.id}")
    name = line(window, "playbooks.stage.name")
    write(name, second.name.en)
    assert names(kept(window))[0] == first.name.en
    assert name.text() == first.name.en


def test_looked_through_today_is_kept_and_the_version_grows(window: Window) -> None:
    versions = len(kept(window).versions)
    review = window.findChild(QPushButton, "playbooks.review")
    assert review is not None
    review.click()
    assert kept(window).pipeline.reviewed_on == "2026-11-26"
    assert len(kept(window).versions) == versions + 1
    assert not review.isEnabled()


def test_nobody_is_reminded_before_three_months() -> None:
    assert not is_due("2026-09-01", "2026-11-26")
    assert is_due("2026-08-01", "2026-11-26")
    assert not is_due("", "2026-11-26")


def test_a_playbook_becomes_a_pipeline_of_ones_own_and_a_copy_is_one_more(window: Window) -> None:
    page(window).list.choose("book:startup")
    take = window.findChild(QPushButton, "playbooks.book.take")
    assert take is not None
    take.click()
    lines = page(window)._parts.bridge.ask(pipeline_lines)
    assert [one.pipeline.name.en for one in lines][1:] == ["Start-up: selling to companies"]
    assert page(window).detail.pipeline_id == lines[1].pipeline.id
    copy = window.findChild(QAction, "playbooks.copy")
    assert copy is not None
    copy.trigger()
    assert page(window)._parts.bridge.ask(pipeline_lines)[2].pipeline.name == Words(
        "Start-up: selling to companies 2", "Стартап: продажи компаниям 2"
    )


def test_a_saved_playbook_makes_an_equal_pipeline(window: Window, tmp_path: Path) -> None:
    page(window).save_playbook(str(tmp_path / "mine.toml"))
    first = kept(window)
    page(window).take_file(str(tmp_path / "mine.toml"))
    bridge = page(window)._parts.bridge
    second = bridge.ask(pipeline_page, bridge.ask(pipeline_lines)[1].pipeline.id)
    assert [(one.key, one.name, one.probability, one.hard_days) for one in second.stages] == [
        (one.key, one.name, one.probability, one.hard_days) for one in first.stages
    ]
    assert [(one.key, one.say, one.after, one.on_demand) for one in second.steps] == [
        (one.key, one.say, one.after, one.on_demand) for one in first.steps
    ]
    assert second.pipeline.price == first.pipeline.price


def test_the_builder_makes_a_pipeline_in_seven_pages_and_one_undo(window: Window) -> None:
    before = contents(window)
    page(window).build()
    builder = page(window).builder
    builder.next.click()
    assert builder._problem.text()
    QTest.keyClicks(line(window, "builder.direction"), "Windows")
    for _ in range(6):
        QTest.keyClick(builder, Qt.Key.Key_Right, ALT)
    assert "5 of 7" not in builder._count.text()
    builder.next.click()
    lines = page(window)._parts.bridge.ask(pipeline_lines)
    made = page(window)._parts.bridge.ask(pipeline_page, lines[1].pipeline.id)
    assert made.pipeline.name.en == "Windows"
    assert names(made) == ["First contact", "Need understood", "Offer made", "Terms agreed", "Paid", "Satisfied?"]
    assert [one.side for one in stages(made)] == ["before"] * 4 + ["won", "after"]
    assert all(one.say.en for one in made.steps)
    page(window)._parts.bridge.undo()
    assert contents(window) == before


def test_live_deals_follow_what_is_written(window: Window) -> None:
    bridge = page(window)._parts.bridge
    deal = bridge.desk.run(new_deal, title="Under way", company="Alfa")
    first = stages(kept(window))[0]

    def next_of() -> tuple[str, str]:
        [row] = bridge.desk.read(
            lambda read: read.sql(
                "SELECT step.key, next_due FROM deal_state JOIN step ON step.id = next_step_id WHERE deal_id = ?",
                deal.id,
            )
        )
        return str(row[0]), str(row[1])

    key, due = next_of()
    step = next(one for one in kept(window).steps_of(first.id) if one.key == key)
    page(window).detail.outline.choose(f"step:{step.id}")
    write(line(window, "playbooks.step.days"), "30")
    assert next_of() != (key, due)
    bridge.undo()
    assert next_of() == (key, due)


def test_every_factor_has_its_words() -> None:
    assert tuple(FACTOR_NAMES) == FACTORS


def is_writing(jobs: Jobs) -> bool:
    """Whether something is written apart just now; it changes while the window answers."""
    return jobs.writing


def test_what_derives_many_deals_anew_is_done_apart_from_the_window(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel_desk.ui.views.playbooks.acts.MANY_DEALS", 3)
    jobs = page(window)._parts.jobs
    step = kept(window).steps[1]
    page(window).detail.outline.choose(f"step:{step.id}")
    write(line(window, "playbooks.step.title"), "Words only")
    assert not is_writing(jobs)
    write(line(window, "playbooks.step.days"), "7")
    assert is_writing(jobs)
    until = time.monotonic() + 10
    while is_writing(jobs) and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    now = next(one for one in kept(window).steps if one.id == step.id)
    assert (now.title.en, now.days) == ("Words only", 7)


def test_the_pipeline_goes_out_as_a_document_for_the_team(window: Window, tmp_path: Path) -> None:
    page(window).save_regulation(str(tmp_path / "how we sell.pdf"))
    jobs, until = page(window)._parts.jobs, time.monotonic() + 20
    while jobs._running and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    assert (tmp_path / "how we sell.pdf").read_bytes().startswith(b"%PDF")


def test_leaving_a_field_keeps_what_was_written_in_it(window: Window) -> None:
    detail = page(window).detail
    first, second = stages(kept(window))[:2]
    detail.outline.choose(f"stage:{first.id}")
    name = line(window, "playbooks.stage.name")
    name.setFocus()
    name.setText("Written and left")
    detail.outline.choose(f"stage:{second.id}")
    assert names(kept(window))[:2] == ["Written and left", second.name.en]
    assert name.text() == second.name.en


def test_the_other_language_is_written_beside(window: Window) -> None:
    detail = page(window).detail
    first = stages(kept(window))[0]
    detail.outline.choose(f"stage:{first.id}")
    detail.editor.lang.choose("ru")
    name = line(window, "playbooks.stage.name")
    name.setText("Совсем другое")  # the test's keyboard knows no Cyrillic
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert stages(kept(window))[0].name == Words(first.name.en, "Совсем другое")
