"""The card in the real window: what is known around a deal is told and taken down by the names of its controls."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListView, QWidget

from funnel_desk.domain.qualification import Criterion
from funnel_desk.operations.activities import log_activity, plan_activity
from funnel_desk.operations.commitment import flag_risk
from funnel_desk.operations.deals import edit_deal, move_deal, new_deal, win_deal
from funnel_desk.operations.obstacles import raise_obstacle
from funnel_desk.operations.own_fields import add_own_field, fill_own_field
from funnel_desk.operations.steps import tick_step
from funnel_desk.storage.situations import load
from funnel_desk.ui.route import CloseAsLost, ShowRecord
from funnel_desk.ui.views.deals.in_the_way import InTheWay
from tests.desks import stages
from tests.ui.card_bench import Bench
from tests.ui.shop import make_shop, shop_window


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
    path = make_shop(tmp_path / "shop.funnel", 0)
    with shop_window(qapp, path, view="deals") as window:
        window.resize(1280, 800)
        parts = window._parts
        assert parts is not None
        deal = parts.bridge.desk.run(
            new_deal, title="Gate", company="Alfa", contact="Ann", value=500_000, currency="EUR", owner="Max"
        )
        parts.route.go("deals", deal.id)
        yield Bench(window, deal.id)


def test_a_question_is_answered_with_evidence_and_undone(bench: Bench) -> None:
    bench.on_line("questions", "yes")
    bench.write("questions.evidence", "they asked for it")
    bench.press("questions.save")
    assert [(one.question, one.met, one.evidence) for one in bench.card.around.criteria] == [
        ("need", True, "they asked for it")
    ]
    assert "they asked for it" in bench.find(QAbstractButton, "questions.line.0").accessibleName()
    bench.on_line("questions", "unknown")
    assert not bench.card.around.criteria
    bench.parts.bridge.undo()
    bench.parts.bridge.undo()
    assert not bench.desk.read(lambda read: load(read.connection, Criterion))


def test_a_catalogued_objection_comes_with_its_answer_and_is_flagged_in_the_head(bench: Bench) -> None:
    bench.press("obstacles.add")
    field = bench.find(QComboBox, "obstacles.text")
    field.setEditText(field.itemText(0))
    bench.press("obstacles.save")
    (obstacle,) = bench.card.around.open_obstacles
    assert obstacle.objection_id
    assert obstacle.answer
    assert any(label.text() == "1 in the way" and label.isVisible() for label in bench.window.findChildren(QLabel))
    bench.on_line("obstacles", "removed")
    assert not bench.card.around.open_obstacles
    bench.on_line("obstacles", "again")
    assert bench.card.around.open_obstacles


def test_a_free_obstacle_without_words_is_refused_and_the_form_stays(bench: Bench) -> None:
    heard: list[str] = []
    bench.parts.bridge.refused.connect(heard.append)
    bench.press("obstacles.add")
    bench.press("obstacles.save")
    assert heard == ["Say in a few words what it is."]
    bench.write("obstacles.text", "Cables in the yard")
    bench.write("obstacles.kind", "fit")
    bench.press("obstacles.save")
    assert bench.card.around.obstacles[0].kind == "fit"


def test_people_are_written_down_and_drawn(bench: Bench) -> None:
    bench.on_line("people", "part")  # the contact of the deal
    bench.write("people.part", "influences")
    bench.write("people.attitude", "for")
    bench.press("people.save")
    bench.press("people.add")
    bench.write("people.name", "Pavel")
    bench.press("people.save")
    first, second = sorted(bench.card.around.stakeholders, key=lambda one: one.name)
    assert (first.name, first.contact_id, first.attitude) == (
        "Ann",
        bench.card.contact and bench.card.contact.id,
        "for",
    )
    assert second.part == "decides"
    chart = bench.find(QWidget, "people.map")
    assert chart.isVisible()
    assert "Ann: influences, for us" in chart.accessibleDescription()
    assert not chart.grab().isNull()
    bench.on_line("people", "change")
    bench.write("people.attitude", "against")
    bench.press("people.save")
    assert {one.attitude for one in bench.card.around.stakeholders} == {"for", "against"}


def test_conditions_risks_and_terms_are_noted_and_settled(bench: Bench) -> None:
    for act, fields in (
        ("condition", {"text": "The board agrees", "due": "2026-12-10"}),
        ("risk", {"kind": "competitor"}),
        ("terms", {"kind": "discount", "discount": "12,5 %"}),
    ):
        bench.press("terms.add")
        bench.choose("terms", act)
        for field, text in fields.items():
            bench.write(f"terms.{field}", text)
        bench.press("terms.save")
    around = bench.card.around
    assert around.conditions[0].due == "2026-12-10"
    assert around.risks[0].kind == "competitor"
    assert around.requests[0].discount == 1250
    bench.on_line("terms", "met", 0)
    bench.on_line("terms", "settled", 0)
    bench.on_line("terms", "given", 0)
    bench.write("terms.answer", "paid at once")
    bench.press("terms.save")
    around = bench.card.around
    assert around.conditions[0].met_at
    assert around.risks[0].settled_at
    assert (around.requests[0].decision, around.requests[0].answer) == ("given", "paid at once")


def test_who_is_not_satisfied_is_offered_another_sale(bench: Bench) -> None:
    bench.desk.run(win_deal, bench.deal_id)
    bench.press("after.add")
    bench.choose("after", "content")
    bench.write("after.mark", "below")
    bench.write("after.text", "it is dark")
    bench.press("after.save")
    assert bench.card.around.satisfactions[0].mark == "below"
    assert bench.find(QLineEdit, "linked.title").text() == "Gate, replaced"
    bench.press("linked.save")
    (later,) = bench.card.around.linked
    assert (later.kind, later.title) == ("change_sale", "Gate, replaced")
    bench.on_line("linked", "open")
    assert bench.find(QLabel, "card.title").text() == "Gate, replaced"


def test_waiting_and_claims_have_an_end(bench: Bench) -> None:
    bench.press("after.add")  # before the sale only waiting can be told
    bench.write("after.whom", "Stores")
    bench.write("after.expected_on", "2026-12-01")
    bench.press("after.save")
    bench.on_line("after", "ended")
    assert bench.card.around.waitings[0].ended_at
    bench.desk.run(win_deal, bench.deal_id)
    bench.press("after.add")
    bench.choose("after", "claim")
    bench.write("after.text", "One camera is dark")
    bench.press("after.save")
    bench.on_line("after", "settled", 0)
    bench.write("after.answer", "replaced")
    bench.press("after.save")
    assert bench.card.around.claims[0].answer == "replaced"


def test_a_loss_is_told_to_the_department_whose_reason_it_is(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.parts.route.go("deals", CloseAsLost(bench.deal_id))
    bench.write("lost.reason", "the ad promised something else")
    bench.press("lost.confirm")
    bench.press("feedback.add")
    assert bench.find(QLineEdit, "feedback.text").text() == "Lost: the ad promised something else"
    bench.press("feedback.save")
    bench.on_line("feedback", "copy")
    assert "the ad promised something else" in QGuiApplication.clipboard().text()
    for suffix, sign in (("txt", "Gate"), ("html", "<!DOCTYPE html>")):
        place = Path(bench.desk.path).with_name(f"card.{suffix}")
        monkeypatch.setattr(
            "funnel_desk.ui.views.deals.feedback.ask_save", lambda *given, place=place: given[-1](str(place))
        )
        bench.on_line("feedback", "save_as")
        assert sign in place.read_text(encoding="utf-8")
    bench.on_line("feedback", "handed")
    bench.on_line("feedback", "answer")
    bench.write("feedback.answer", "the ad is mended")
    bench.press("feedback.save")
    (card,) = bench.card.around.feedback
    assert (card.department, card.answer) == ("marketing", "the ad is mended")
    assert card.handed_at
    assert card.answered_at


def test_the_plan_of_talks_is_kept_in_order(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.desk.run(plan_activity, bench.deal_id, "call", "2026-12-05", text="Ask the owner")
    bench.press("talks.add")
    bench.choose("talks", "talk")
    bench.write("talks.text", "Show the gates at night")
    bench.write("talks.day", "2026-12-01")
    bench.press("talks.save")
    assert [(one.kind, one.text) for one in bench.card.planned] == [
        ("visit", "Show the gates at night"), ("call", "Ask the owner"),
    ]  # fmt: skip
    place = Path(bench.desk.path).with_name("plan.txt")
    monkeypatch.setattr("funnel_desk.ui.views.deals.talks.ask_save", lambda *given: given[-1](str(place)))
    bench.press("talks.add")
    bench.choose("talks", "save_as")
    text = place.read_text(encoding="utf-8")
    assert text.index("1. ") < text.index("Show the gates at night") < text.index("2. ") < text.index("Ask the owner")
    bench.on_line("talks", "change")
    bench.write("talks.day", "2026-12-09")
    bench.press("talks.save")
    assert [one.text for one in bench.card.planned] == ["Ask the owner", "Show the gates at night"]
    bench.on_line("talks", "done")
    bench.write("talks.note", "he agrees")
    bench.press("talks.save")
    assert [one.text for one in bench.card.planned] == ["Show the gates at night"]
    bench.on_line("talks", "delete")
    assert not bench.card.planned


def test_own_fields_have_editors_of_their_kind(bench: Bench) -> None:
    for name, kind, choices in (("Roof", "choice", "flat, steep"), ("Seen", "day", ""), ("Floor", "number", "")):
        bench.press("fields.add")
        bench.write("fields.name", name)
        bench.write("fields.kind", kind)
        bench.write("fields.choices", choices)
        bench.press("fields.save")
    bench.on_line("fields", "fill", 0)
    bench.write("fields.value", "steep")
    bench.press("fields.save")
    bench.on_line("fields", "fill", 1)
    bench.write("fields.value", "1 December 2026")
    bench.press("fields.save")
    assert dict(bench.card.situation.deal.own_fields) == {"Roof": "steep", "Seen": "2026-12-01"}
    bench.on_line("fields", "rename", 0)
    bench.write("fields.name", "Kind of roof")
    bench.press("fields.save")
    assert bench.card.situation.deal.own_fields["Kind of roof"] == "steep"
    bench.on_line("fields", "archive", 2)
    assert bench.card.around.fields[2].archived


def test_a_field_of_many_deals_is_renamed_apart_from_the_window(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    field = bench.desk.run(add_own_field, "Roof")
    bench.desk.run(fill_own_field, bench.deal_id, field.id, "flat")
    monkeypatch.setattr("funnel_desk.ui.views.deals.own_fields._MANY", 0)
    bench.on_line("fields", "rename")
    bench.write("fields.name", "Kind of roof")
    bench.press("fields.save")
    for _round in range(400):
        QTest.qWait(5)
        if not bench.parts.jobs._running:
            break
    assert dict(bench.card.situation.deal.own_fields) == {"Kind of roof": "flat"}
    bench.parts.bridge.undo()
    assert dict(bench.card.situation.deal.own_fields) == {"Roof": "flat"}


def test_risks_are_flagged_in_the_head_and_a_contact_is_opened(bench: Bench) -> None:
    bench.desk.run(flag_risk, bench.deal_id, "competitor")
    assert any(label.text() == "1 risk" and label.isVisible() for label in bench.window.findChildren(QLabel))
    wanted: list[object] = []
    bench.parts.route.wanted.connect(lambda _view, where: wanted.append(where))
    bench.on_line("people", "open")
    (where,) = wanted
    assert isinstance(where, ShowRecord)
    assert (where.kind, where.record_id) == ("contact", bench.card.situation.deal.contact_id)


def test_ones_own_chance_is_told_apart_and_given_back(bench: Bench) -> None:
    assert not bench.find(QAbstractButton, "card.reset_chance").isVisible()
    bench.desk.run(edit_deal, bench.deal_id, probability=7000)
    told = bench.find(QLabel, "card.chance").text()
    assert told.startswith("you say 70%, the stage ")
    bench.press("card.reset_chance")
    assert bench.card.situation.deal.probability is None


def test_a_close_that_slips_is_told_and_the_third_time_warned_of(bench: Bench) -> None:
    for day in ("2026-12-01", "2026-12-11", "2026-12-21"):
        bench.desk.run(edit_deal, bench.deal_id, expected_close=day)
    assert bench.find(QLabel, "card.slips").text() == "(moved 2 times, +20 days)"
    bench.desk.run(edit_deal, bench.deal_id, expected_close="2027-01-11")
    assert bench.find(QLabel, "card.slips").text() == "moved 3 times, +41 days: is it still real?"


def test_the_timeline_is_filtered_and_its_talks_changed_and_deleted(bench: Bench) -> None:
    bench.desk.run(log_activity, bench.deal_id, "call", text="spoke of the yard", minutes=8)
    events = bench.find(QListView, "card.timeline")
    assert events.model().rowCount() == 2
    bench.write("card.timeline.filter", "talks")
    assert events.model().rowCount() == 1
    events.activated.emit(events.model().index(0, 0))
    bench.choose("activity", "change")
    bench.write("activity.text", "spoke of the gate")
    bench.write("activity.minutes", "12")
    bench.press("activity.save")
    (talk,) = bench.card.situation.activities
    assert (talk.text, talk.minutes) == ("spoke of the gate", 12)
    events.activated.emit(events.model().index(0, 0))
    bench.choose("activity", "delete")
    assert not bench.card.situation.activities
    bench.parts.bridge.undo()
    assert bench.card.situation.activities


def test_an_offer_before_the_need_is_warned_of_beforehand_and_never_blocked(bench: Bench) -> None:
    assert not bench.find(QLabel, "card.too_early").isVisible()
    bench.desk.run(move_deal, bench.deal_id, stages(bench.desk)["offer"].id)
    assert bench.find(QLabel, "card.too_early").isVisible()
    told: list[str] = []
    bench.parts.bridge.told.connect(lambda sentence, _batch: told.append(sentence))
    model = bench.find(QListView, "card.steps").model()
    assert model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert told[-1].endswith("The need is not known yet: ask for it.")


def test_a_section_folds_and_stays_so(bench: Bench) -> None:
    bench.press("obstacles.add")
    bench.write("obstacles.text", "Cables")
    bench.press("obstacles.save")
    bench.press("obstacles.fold")
    assert not bench.find(QAbstractButton, "obstacles.line.0").isVisible()
    assert bench.parts.memory.get("fold.obstacles")
    bench.press("obstacles.add")
    assert bench.find(QAbstractButton, "obstacles.line.0").isVisible(), "adding opens it"
    QTest.keyClick(bench.find(QComboBox, "obstacles.text"), Qt.Key.Key_Escape)
    assert not bench.find(QComboBox, "obstacles.text").isVisible()


def test_rows_are_walked_and_opened_by_keys(bench: Bench) -> None:
    first, second = (bench.find(QAbstractButton, f"questions.line.{place}") for place in (0, 1))
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    bench.choose("questions", "no")
    QTest.keyClick(bench.find(QLineEdit, "questions.evidence"), Qt.Key.Key_Return)
    assert [(one.question, one.met) for one in bench.card.around.criteria] == [("value", False)]


def test_the_words_of_the_deal_before_do_not_stay(bench: Bench) -> None:
    assert bench.find(QWidget, "card.script").isVisible()
    deal = bench.desk.run(new_deal, title="Yard")
    for step in bench.desk.read(lambda read: read.sql("SELECT key FROM step WHERE stage_id = ?", deal.stage_id)):
        bench.desk.run(tick_step, deal.id, step[0])
    bench.parts.route.go("deals", deal.id)
    assert not bench.find(QWidget, "card.script").isVisible()


def test_a_form_about_what_is_undone_meanwhile_goes(bench: Bench) -> None:
    obstacle = bench.desk.run(raise_obstacle, bench.deal_id, "Cables")
    QApplication.processEvents()
    bench.on_line("obstacles", "answer")
    answer = bench.find(QLineEdit, "obstacles.answer")
    assert not answer.isHidden()
    bench.parts.bridge.undo()
    assert not answer.isVisible()
    bench.find(InTheWay, "card.obstacles").begin(obstacle.id, "answer")
    assert not answer.isVisible()
