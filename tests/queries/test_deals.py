from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk.operations.deals import lose_deal, new_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.deals import DealFilter, Total, deal_keys, deal_named, deal_rows, deal_totals
from tests.desks import a_desk


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
    assert titles(desk, DealFilter(), sort="value") == ["one", "two", "none"]
    assert titles(desk, DealFilter(), sort="value", descending=True) == ["two", "one", "none"]


def test_titles_sort_in_cyrillic_too(desk: Desk) -> None:
    for title in ("яблоко", "Ёлка", "Арбуз", "ель"):
        desk.run(new_deal, title=title)
    assert titles(desk, DealFilter(), sort="title") == ["Арбуз", "Ёлка", "ель", "яблоко"]


def test_every_column_sorts(desk: Desk) -> None:
    desk.run(new_deal, title="a", company="b", value=1, currency="EUR", owner="c", source="d", product="e")
    desk.run(new_deal, title="b")
    for column in (
        "title", "company", "stage", "value", "next_due", "last_touch", "created_at", "expected_close", "closed_at",
        "probability", "owner", "source", "product", "outcome",
    ):  # fmt: skip
        assert sorted(titles(desk, DealFilter(), sort=column)) == ["a", "b"]


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
