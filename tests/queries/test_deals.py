from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.snooze import Snooze
from funnel_desk.operations.deals import lose_deal, new_deal, win_deal
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.queries.deals import SORTS, DealFilter, Total, deal_keys, deal_named, deal_rows, deal_totals
from funnel_desk.queries.hygiene import hygiene_report
from funnel_desk.storage.journal import Batch
from tests.desks import Clock, a_desk


@operation("Let it rest")
def let_rest(batch: Batch, deal_id: str) -> None:
    for until in ("2026-12-01", "2027-04-01"):
        batch.add(Snooze(batch.new_id(), deal_id, f"{until[:4]}-11-02T10:00:00Z", until, "they are on holiday"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def titles(desk: Desk, chosen: DealFilter, **order: object) -> list[str]:
    keys = desk.read(deal_keys, chosen, **order)  # type: ignore[arg-type]
    rows = {row.row_key: row.title for row in desk.read(deal_rows, keys)}
    return [rows[key] for key in keys]


def test_text_finds_folded_words_of_title_company_and_contact(desk: Desk) -> None:
    desk.run(new_deal, title="Замок ёлочный", company="Завод «Вымпел»", contact="Ирина Петровна")
    desk.run(new_deal, title="Gate", company="STRASSE GmbH")
    assert titles(desk, DealFilter("ЕЛОЧНЫЙ вымпел")) == ["Замок ёлочный"]
    assert titles(desk, DealFilter("ирина")) == ["Замок ёлочный"]
    assert titles(desk, DealFilter("straße")) == ["Gate"]
    assert titles(desk, DealFilter("100%")) == titles(desk, DealFilter("_")) == []


def test_sorting_puts_what_has_no_value_last_either_way(desk: Desk) -> None:
    for title, value in (("none", None), ("two", 2), ("one", 1)):
        desk.run(new_deal, title=title, value=value, currency="EUR")
    assert titles(desk, DealFilter(), sort=["value"]) == ["one", "two", "none"]
    assert titles(desk, DealFilter(), sort=["-value"]) == ["two", "one", "none"]


def test_titles_sort_in_cyrillic_too(desk: Desk) -> None:
    for title in ("яблоко", "Ёлка", "Арбуз", "ель"):
        desk.run(new_deal, title=title)
    assert titles(desk, DealFilter(), sort=["title"]) == ["Арбуз", "Ёлка", "ель", "яблоко"]


def test_every_column_sorts(desk: Desk) -> None:
    desk.run(new_deal, title="a", company="b", value=1, currency="EUR", owner="c", source="d", product="e")
    desk.run(new_deal, title="b")
    for column in [*SORTS, "own.region", 'own.a"b']:
        assert sorted(titles(desk, DealFilter(), sort=[column, "-title"])) == ["a", "b"]


def test_totals_keep_currencies_apart_and_weigh_by_the_stage(desk: Desk) -> None:
    desk.run(new_deal, title="a", value=1000, currency="EUR")
    desk.run(new_deal, title="b", value=1000, currency="EUR", probability=5000)
    desk.run(new_deal, title="c", value=70, currency="USD")
    desk.run(new_deal, title="d")
    won = desk.run(new_deal, title="won", value=300, currency="USD")
    desk.run(win_deal, won.id)
    found = desk.read(deal_totals, DealFilter())
    assert found.count == 5
    assert found.totals == (Total("EUR", 2, 2000, 550), Total("USD", 2, 370, 304))
    assert desk.read(deal_totals, DealFilter(outcomes=("won",))).totals == (Total("USD", 1, 300, 300),)


def test_outcome_and_stage_filters(desk: Desk) -> None:
    kept, gone = desk.run(new_deal, title="kept"), desk.run(new_deal, title="gone")
    desk.run(lose_deal, gone.id, reason="silence")
    assert titles(desk, DealFilter(outcomes=("open",))) == ["kept"]
    assert titles(desk, DealFilter(outcomes=("lost",))) == ["gone"]
    assert sorted(titles(desk, DealFilter(stage_id=kept.stage_id))) == ["gone", "kept"]


def test_a_deal_is_named_by_id_then_external_id_then_title(desk: Desk) -> None:
    first = desk.run(new_deal, title="X-1", external_id="A")
    second = desk.run(new_deal, title="twin", external_id="X-1")
    third = desk.run(new_deal, title="twin")
    assert desk.read(deal_named, first.id) == [first.id]
    assert desk.read(deal_named, "X-1") == [second.id]
    assert desk.read(deal_named, "twin") == [second.id, third.id]
    assert desk.read(deal_named, "nobody") == []


@given(st.text(max_size=30))
def test_any_text_can_be_searched_for(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    desk = a_desk(tmp_path_factory.mktemp("search"))
    desk.run(new_deal, title="Plain")
    assert len(desk.read(deal_keys, DealFilter(text.replace("\ud800", "")))) in {0, 1}
    desk.close()


DAY = "2026-11-02"


def test_filters_combine(desk: Desk) -> None:
    desk.run(new_deal, title="a", value=500, currency="EUR", source="web", owner="Ann", tags=("hot", "new"))
    desk.run(new_deal, title="b", value=900, currency="EUR", source="web", tags=("new",))
    desk.run(new_deal, title="c", value=900, currency="USD", segment="big", kind="repeat")
    assert titles(desk, DealFilter(sources=("web",))) == ["a", "b"]
    assert titles(desk, DealFilter(sources=("",))) == ["c"]
    assert titles(desk, DealFilter(sources=("web", ""), owners=("",))) == ["b", "c"]
    assert titles(desk, DealFilter(tags=("hot",))) == ["a"]
    assert titles(desk, DealFilter(tags=("hot", ""))) == ["a", "c"]
    assert titles(desk, DealFilter(least=600, currency="EUR")) == ["b"]
    assert titles(desk, DealFilter(most=500)) == ["a"]
    assert titles(desk, DealFilter(segments=("big",), kinds=("repeat",))) == ["c"]
    assert titles(desk, DealFilter(created="today", on=DAY)) == ["a", "b", "c"]
    assert titles(desk, DealFilter(created="last_month", on=DAY)) == []
    with pytest.raises(ValueError, match="day"):
        desk.read(deal_keys, DealFilter(overdue=True))


def test_amounts_sort_within_their_currency(desk: Desk) -> None:
    for title, value, currency in (("a", 5, "USD"), ("b", 900, "EUR"), ("c", 70, "EUR"), ("d", None, "")):
        desk.run(new_deal, title=title, value=value, currency=currency)
    assert titles(desk, DealFilter(), sort=["value"]) == ["c", "b", "a", "d"]
    assert titles(desk, DealFilter(), sort=["-value"]) == ["b", "c", "a", "d"]


def test_several_columns_sort_the_first_counting_most(desk: Desk) -> None:
    for title, source, owner in (("a", "x", "Bo"), ("b", "y", "Ann"), ("c", "x", "Ann")):
        desk.run(new_deal, title=title, source=source, owner=owner)
    assert titles(desk, DealFilter(), sort=["source", "owner"]) == ["c", "a", "b"]
    assert titles(desk, DealFilter(), sort=["-source", "-owner"]) == ["b", "a", "c"]


def test_more_deals_than_a_statement_takes_values(desk: Desk) -> None:
    made = desk.run(new_deal, title="a")
    ids = (made.id, *(f"none-{place}" for place in range(300_000)))
    assert titles(desk, DealFilter(keys=ids)) == ["a"]


def test_what_stalls_rests_or_is_late(tmp_path: Path) -> None:
    clock = Clock()
    desk = a_desk(tmp_path, "security-systems", clock=clock)
    for title in ("still", "resting"):
        desk.run(new_deal, title=title)
    resting = desk.read(deal_named, "resting")[0]
    desk.run(let_rest, resting)
    clock.now = "2027-03-02T09:00:00Z"
    assert titles(desk, DealFilter(stalled=True, on="2027-03-02")) == ["still"]
    assert titles(desk, DealFilter(snoozed=True, on="2027-03-02")) == ["resting"]
    assert titles(desk, DealFilter(stalled=True, on="2027-04-02")) == ["still", "resting"]
    assert titles(desk, DealFilter(stalled=True, on=DAY)) == []
    assert titles(desk, DealFilter(overdue=True, on="2027-03-02")) == ["still", "resting"]
    report = desk.read(hygiene_report, today="2027-04-02")
    assert report.stalled.part == 2
