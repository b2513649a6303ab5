"""Deals are found ranked, people by name, number and address, and what is gone is no longer recent."""

from pathlib import Path

from funnel_desk.domain.search import MIDDLE, PREFIX, WORD_START
from funnel_desk.operations.deals import delete_deal, lose_deal, new_deal
from funnel_desk.operations.quick_add import quick_add
from funnel_desk.queries.finding import find_deals, known_sources, people_index, still_there
from tests.desks import a_desk


def test_ranks_and_order(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    for title in ("Reprogress", "Old Progress", "Progress, lost", "Progress"):
        made = desk.run(new_deal, title=title)
        if "lost" in title:
            desk.run(lose_deal, made.id, reason="too dear")
    found = desk.read(find_deals, "PROGRESS", 10)
    assert [(rank, one.name) for rank, one in found] == [
        (PREFIX, "Progress"), (PREFIX, "Progress, lost"), (WORD_START, "Old Progress"), (MIDDLE, "Reprogress"),
    ]  # fmt: skip
    assert len(desk.read(find_deals, "progress", 2)) == 2
    assert desk.read(find_deals, " ", 5) == []
    desk.close()


def test_people_sources_and_what_was_seen(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    made = desk.run(quick_add, company="Acme", contact="Ann Bell", phone="+375 (29) 123-45-67", source="ads")
    index = desk.read(people_index)
    assert [one.name for _rank, one in index.find("375291234567", 5)] == ["Ann Bell"]
    assert [one.kind for _rank, one in index.find("acme", 5)] == ["company"]
    assert desk.read(known_sources) == ["ads"]
    seen = [("deal", made.id), ("company", made.company_id or ""), ("contact", made.contact_id or ""), ("what", "x")]
    assert [one.name for one in desk.read(still_there, seen)] == ["Acme", "Acme", "Ann Bell"]
    desk.run(delete_deal, made.id)
    assert [one.kind for one in desk.read(still_there, seen)] == ["company", "contact"]
    desk.close()
