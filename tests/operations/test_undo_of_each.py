"""Each operation: done, undone as if it had never been, redone as if it had never been undone; and so is a restart."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from funnel_desk import operations
from funnel_desk.domain.deal import Deal
from funnel_desk.operations import (
    activities,
    bulk,
    deals,
    duplicates,
    people,
    pipelines,
    quick_add,
    saved_views,
    stages,
    steps,
)
from funnel_desk.operations.desk import Desk, Operation
from funnel_desk.storage import check
from tests.desks import a_desk, a_playbook, stages as stages_of
from tests.operations import scenes_of_figures, scenes_of_pipelines, today_scenes
from tests.operations.deal_scenes import DEAL_SCENES

Scene = Callable[[Desk, Deal], tuple[Operation[Any, Any], tuple[Any, ...], dict[str, Any]]]


def first_step(desk: Desk, deal: Deal) -> str:
    return str(desk.read(lambda read: read.sql("SELECT next_step_id FROM deal_state WHERE deal_id = ?", deal.id))[0][0])


def second_stage(desk: Desk) -> str:
    return next(stage.id for stage in stages_of(desk).values() if stage.position == 1)


def other_stage(desk: Desk) -> str:
    made = desk.run(pipelines.add_pipeline, a_playbook("apartment-doors"))
    return str(desk.read(lambda read: read.sql("SELECT id FROM stage WHERE pipeline_id = ?", made.id))[0][0])


def ticked(desk: Desk, deal: Deal) -> str:
    step = first_step(desk, deal)
    desk.run(steps.tick_step, deal.id, step, note="talked")
    return step


def lost(desk: Desk, deal: Deal) -> Deal:
    desk.run(deals.lose_deal, deal.id, reason="too dear")
    return deal


def moved(desk: Desk, deal: Deal) -> Deal:
    desk.run(deals.move_deal, deal.id, second_stage(desk))
    return deal


def three(desk: Desk, deal: Deal) -> list[str]:
    return [deal.id, *(desk.run(deals.new_deal, title=title, company="Beta").id for title in ("Two", "Three"))]


def viewed(desk: Desk, name: str = "Mine") -> str:
    return desk.run(saved_views.save_view, name, {"sources": "web"}, ("title",), ("-value",)).id


def planned(desk: Desk, deal: Deal) -> str:
    return desk.run(activities.plan_activity, deal.id, "call", "2026-11-09").id


def company(desk: Desk, name: str = "Beta") -> str:
    return desk.run(people.new_company, name=name, site="beta.by").id


def contact(desk: Desk, name: str = "Bob") -> str:
    return desk.run(people.new_contact, name=name, company="Beta").id


SCENES: dict[str, Scene] = {
    "new_deal": lambda *_: (deals.new_deal, (), {"title": "Another", "company": "New", "contact": "Bo", "value": 5}),
    "quick_add": lambda *_: (
        quick_add.quick_add,
        (),
        {
            "company": "New",
            "email": "a@b.cd",
            "phone": "+1 555",
            "kind": "call",
            "planned_for": "2026-11-09",
            "value": 5,
        },
    ),
    "edit_deal": lambda _, deal: (
        deals.edit_deal,
        (deal.id,),
        {"company": "Other", "contact": "", "value": 7, "tags": ("a", "б"), "custom": {"k": "v"}, "note": "\x00"},
    ),
    "delete_deal": lambda desk, deal: (deals.delete_deal, (moved(desk, deal).id,), {}),
    "move_deal": lambda desk, deal: (deals.move_deal, (deal.id, second_stage(desk)), {"because": "in a hurry"}),
    "explain_move": lambda desk, deal: (deals.explain_move, (moved(desk, deal).id, "in a hurry"), {}),
    "win_deal": lambda _, deal: (deals.win_deal, (deal.id,), {}),
    "lose_deal": lambda _, deal: (deals.lose_deal, (deal.id,), {"reason": "too dear", "note": "said so"}),
    "reopen_deal": lambda desk, deal: (deals.reopen_deal, (lost(desk, deal).id,), {}),
    "hand_over": lambda desk, deal: (deals.hand_over, (deal.id, other_stage(desk)), {}),
    "tick_step": lambda desk, deal: (steps.tick_step, (deal.id, first_step(desk, deal)), {"minutes": 5}),
    "skip_step": lambda desk, deal: (steps.skip_step, (deal.id, first_step(desk, deal)), {}),
    "postpone_step": lambda desk, deal: (steps.postpone_step, (deal.id, first_step(desk, deal), "2026-12-01"), {}),
    "untick_step": lambda desk, deal: (steps.untick_step, (deal.id, ticked(desk, deal)), {}),
    "log_activity": lambda _, deal: (activities.log_activity, (deal.id, "call"), {"text": "talked", "minutes": 3}),
    "plan_activity": lambda _, deal: (activities.plan_activity, (deal.id, "call", "2026-11-09"), {}),
    "finish_activity": lambda desk, deal: (activities.finish_activity, (planned(desk, deal),), {"note": "done"}),
    "move_activity": lambda desk, deal: (activities.move_activity, (planned(desk, deal), "2026-11-10"), {}),
    "add_pipeline": lambda *_: (pipelines.add_pipeline, (a_playbook("security-systems"),), {}),
    "edit_deals": lambda desk, deal: (bulk.edit_deals, (three(desk, deal), {"owner": "Bo", "touch_every": 7}), {}),
    "tag_deals": lambda desk, deal: (bulk.tag_deals, (three(desk, deal),), {"add": ["hot"], "remove": ["cold"]}),
    "move_deals": lambda desk, deal: (bulk.move_deals, (three(desk, deal), second_stage(desk)), {}),
    "lose_deals": lambda desk, deal: (bulk.lose_deals, (three(desk, deal),), {"reason": "too dear"}),
    "delete_deals": lambda desk, deal: (bulk.delete_deals, (three(desk, moved(desk, deal)),), {}),
    "plan_for_deals": lambda desk, deal: (bulk.plan_for_deals, (three(desk, deal), "call", "2026-11-09"), {}),
    "save_view": lambda *_: (saved_views.save_view, ("Mine", {"sources": "web"}, ("title",), ("-value",)), {}),
    "rename_view": lambda desk, _: (saved_views.rename_view, (viewed(desk), "Ours"), {}),
    "update_view": lambda desk, _: (saved_views.update_view, (viewed(desk), {"text": "a"}), {}),
    "delete_view": lambda desk, _: (saved_views.delete_view, (viewed(desk),), {}),
    "move_view": lambda desk, _: (saved_views.move_view, (*(viewed(desk), viewed(desk, "Other"))[:1], 1), {}),
    "set_stage_probability": lambda desk, _: (stages.set_stage_probability, (second_stage(desk), 1234), {}),
    "new_company": lambda *_: (people.new_company, (), {"name": "Beta", "site": "beta.by"}),
    "edit_company": lambda _, deal: (people.edit_company, (deal.company_id,), {"name": "Beta", "potential": 7}),
    "delete_company": lambda desk, _: (people.delete_company, (company(desk),), {}),
    "new_contact": lambda *_: (people.new_contact, (), {"name": "Bob", "company": "Alfa"}),
    "edit_contact": lambda _, deal: (people.edit_contact, (deal.contact_id,), {"company": "Beta", "phone": "1"}),
    "delete_contact": lambda desk, _: (people.delete_contact, (contact(desk),), {}),
    "merge_companies": lambda desk, deal: (
        duplicates.merge_companies,
        (company(desk), deal.company_id, {"name", "site"}),
        {},
    ),
    "merge_contacts": lambda desk, deal: (duplicates.merge_contacts, (contact(desk), deal.contact_id, {"name"}), {}),
    "tell_apart": lambda desk, deal: (duplicates.tell_apart, ("company", company(desk), deal.company_id), {}),
}
SCENES |= DEAL_SCENES
SCENES |= scenes_of_figures.SCENES
SCENES |= scenes_of_pipelines.SCENES
SCENES |= today_scenes.SCENES
TRIED_ELSEWHERE = {
    *("import_companies", "import_contacts", "import_activities", "import_steps"),
    *("import_deals", "import_history", "import_whole"),
    "settle",
    "_enter_records",
    "tell_facts",
}  # they need files or other people


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    assert desk.read(lambda read: check.findings(read.connection)) == []
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []
    desk.close()


def contents(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    return desk.read(lambda read: check.contents(read.connection))


@pytest.mark.parametrize("name", SCENES)
def test_done_undone_redone(desk: Desk, name: str) -> None:
    deal = desk.run(deals.new_deal, title="Deal", company="Alfa", contact="Ann", value=100, currency="EUR")
    what, args, kwargs = SCENES[name](desk, deal)
    before = contents(desk)
    _, batch = desk.run_named(what, *args, **kwargs)
    after = contents(desk)
    assert after != before
    undone = desk.undo()
    assert undone.kept == ()
    assert contents(desk) == before
    assert next(entry.undone for entry in desk.history() if entry.batch == batch)
    redone = desk.redo()
    assert redone.reverted == undone.reverted
    assert contents(desk) == after
    desk.undo(redone.batch)
    assert contents(desk) == before


def test_all_at_once_back_to_the_beginning_and_forth_again_over_a_restart(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    beginning = contents(desk)
    deal = desk.run(deals.new_deal, title="Deal", company="Alfa")
    desk.run(deals.edit_deal, deal.id, company="Beta", value=5)
    moved(desk, deal)
    ticked(desk, deal)
    lost(desk, deal)
    desk.run(deals.reopen_deal, deal.id)
    desk.run(deals.delete_deal, deal.id)
    end = contents(desk)
    for _ in range(7):
        desk.undo()
    assert contents(desk) == beginning
    desk.close()
    again = Desk(desk.path, desk.author, clock=desk.clock)
    for _ in range(7):
        again.redo()
    assert contents(again) == end
    again.close()


def test_every_operation_is_tried() -> None:
    found = {
        operation.work.__name__
        for module in pkgutil.iter_modules(operations.__path__, f"{operations.__name__}.")
        for operation in vars(importlib.import_module(module.name)).values()
        if isinstance(operation, Operation)
    }
    assert found - TRIED_ELSEWHERE == set(SCENES)
