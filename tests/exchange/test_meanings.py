import pytest

from funnel_desk.exchange import meanings


@pytest.mark.parametrize(
    "cell", ["Won", "Closed Won", "closedwon", "CLOSED_WON", "Успешно реализовано", "C2:WON", "Closed - Won"]
)
def test_words_for_won(cell: str) -> None:
    assert meanings.outcome_of_stage(cell) == "won"


@pytest.mark.parametrize(
    "cell", ["Lost", "Closed Lost", "closedlost", "Закрыто и не реализовано", "Не реализовано", "C6:LOSE"]
)
def test_words_for_lost(cell: str) -> None:
    assert meanings.outcome_of_stage(cell) == "lost"


@pytest.mark.parametrize("cell", ["Negotiation", "Won't answer", "Lost contact", "", "Закрытие", "open", "Closed"])
def test_other_stages_are_stages(cell: str) -> None:
    assert meanings.outcome_of_stage(cell) is None


def test_outcomes_and_flags() -> None:
    assert [meanings.outcome_of(cell) for cell in ("Open", "won", "LOST", "в работе", "S", "?")] == [
        "open",
        "won",
        "lost",
        "open",
        "won",
        None,
    ]
    assert [meanings.flag_of(cell) for cell in ("TRUE", "0", "Да", "maybe")] == [True, False, True, None]
    assert meanings.outcome_of_flags(is_won=True, is_closed=None) == "won"
    assert meanings.outcome_of_flags(is_won=False, is_closed=True) == "lost"
    assert meanings.outcome_of_flags(is_won=False, is_closed=False) == "open"
    assert meanings.outcome_of_flags(is_won=False, is_closed=None) is None
    assert meanings.outcome_of_flags(is_won=None, is_closed=True) is None


def test_kinds_directions_and_tags() -> None:
    assert [meanings.kind_of(cell) for cell in ("New Business", "up-sell", "Повторная продажа", "?")] == [
        "new",
        "up_sell",
        "repeat",
        None,
    ]
    assert [meanings.direction_of(cell) for cell in ("Inbound", "Исходящий", "x")] == ["in", "out", None]
    assert meanings.activity_kind_of("Звонок") == "call"
    assert meanings.tags_of("a, b;a|c,") == ("a", "b", "c")


def test_the_closing_column_of_an_open_deal_is_its_expected_close() -> None:
    assert meanings.closing("open", "2026-11-22", None) == (None, "2026-11-22")
    assert meanings.closing("open", "2026-11-22", "2026-12-01") == (None, "2026-12-01")
    assert meanings.closing("won", "2026-11-22", "2026-12-01") == ("2026-11-22", "2026-12-01")
