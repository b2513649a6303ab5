"""A deal in one line, in both languages; what is ambiguous is asked, and nothing of the line is lost."""

import pytest
from hypothesis import example, given, strategies as st

from funnel_desk.domain.quick_day import read_when
from funnel_desk.domain.quick_line import pieces, read_line, settled
from funnel_desk.domain.quick_money import read_money

TODAY = "2026-11-25"  # a Wednesday


def test_a_russian_line() -> None:
    read = read_line("Завод Прогресс, 120 000 BYN, звонок завтра, реклама", TODAY, "EUR")
    assert (read.company, read.value, read.currency) == ("Завод Прогресс", 12_000_000, "BYN")
    assert (read.kind, read.when, read.source) == ("call", "2026-11-26", "реклама")
    assert not read.doubts
    assert not read.note


def test_an_english_line() -> None:
    line = "Acme Ltd, 12k EUR, call Friday 14:00, referral, +375 29 123-45-67, ann@acme.com, Ann Bell, #tag, Cameras"
    read = read_line(line, TODAY, "USD")
    assert (read.company, read.value, read.currency) == ("Acme Ltd", 1_200_000, "EUR")
    assert (read.kind, read.when, read.source) == ("call", "2026-11-27 14:00", "referral")
    assert (read.phone, read.email, read.contact) == ("+375 29 123-45-67", "ann@acme.com", "Ann Bell")
    assert (read.tags, read.title) == (("tag",), "Cameras")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("today", ["2026-11-25"]),
        ("завтра", ["2026-11-26"]),
        ("послезавтра", ["2026-11-27"]),
        ("в пятницу", ["2026-11-27"]),
        ("on Wednesday", ["2026-12-02"]),
        ("in 3 days", ["2026-11-28"]),
        ("через 3 дня", ["2026-11-28"]),
        ("через неделю", ["2026-12-02"]),
        ("12.12", ["2026-12-12"]),
        ("12.01.2027 в 9:30", ["2027-01-12 09:30"]),
        ("5 May", ["2027-05-05"]),
        ("5 мая", ["2027-05-05"]),
        ("May 5th 2pm", ["2027-05-05 14:00"]),
        ("2026-12-18", ["2026-12-18"]),
        ("03/04", ["2027-04-03", "2027-03-04"]),
        ("13/04", ["2027-04-13"]),
        ("29.02", ["2028-02-29"]),
        ("31.02", []),
        ("14:00", ["2026-11-25 14:00"]),
        ("some day", []),
    ],
)
def test_days(text: str, days: list[str]) -> None:
    assert list(read_when(text, TODAY)) == days


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("120 000 BYN", [12_000_000], "BYN"),
        ("12k EUR", [1_200_000], "EUR"),
        ("12,5 тыс. руб.", [1_250_000], "RUB"),
        ("1.5m $", [150_000_000], "USD"),
        ("€1,200.50", [120_050], "EUR"),
        ("1.200,50 €", [120_050], "EUR"),
        ("1,200", [120_000, 120], "GBP"),
        ("1.200 EUR", [120_000, 120], "EUR"),
        ("1 200,50", [120_050], "GBP"),
        ("12000 JPY", [12_000], "JPY"),
        ("500", [50_000], "GBP"),
        ("12 dogs", None, ""),
        ("12 34", None, ""),
    ],
)
def test_amounts(text: str, minor: list[int] | None, currency: str) -> None:
    read = read_money(text, "GBP")
    if minor is None:
        assert read is None
    else:
        assert read is not None
        assert (list(read.readings), read.currency) == (minor, currency)


def test_what_is_ambiguous_is_asked() -> None:
    read = read_line("Acme, 1,200 EUR, call 03/04", TODAY, "EUR")
    assert read.value is None
    assert read.when == ""
    assert [one.readings for one in read.doubts] == [("120000", "120"), ("2027-04-03", "2027-03-04")]
    both = settled(settled(read, read.doubts[0], "120000"), read.doubts[1], "2027-03-04")
    assert (both.value, both.currency, both.kind, both.when) == (120_000, "EUR", "call", "2027-03-04")
    assert not both.doubts


def test_an_action_without_a_day_and_a_day_without_an_action() -> None:
    assert read_line("Acme, call", TODAY, "EUR").kind == "call"
    assert read_line("Acme, tomorrow", TODAY, "EUR").kind == "task"


def test_a_company_is_a_company_whatever_it_is_called() -> None:
    assert read_line("May", TODAY, "EUR").company == "May"
    assert read_line("Сайт, 100", TODAY, "EUR").company == "Сайт"
    assert read_line("7 Days, 100", TODAY, "EUR").company == "7 Days"


WORDS = st.sampled_from(
    ["Acme", "120 000", "1,200", "BYN", "call", "звонок", "tomorrow", "03/04", "a@b.cd", "+375 29 1234567", "#t", "k",
     ",", ";", " ", "реклама", "12", ".", "25:99", "через", "99", "m", "\n", "-", "е"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join)))
@example("٣ BYN, ²k, ①")
@example("1e9, inf, nan")
def test_it_never_fails_and_loses_nothing(line: str) -> None:
    read = read_line(line, TODAY, "EUR")
    assert sorted([*(one.text for one in read.parts), *(one.text for one in read.doubts)]) == sorted(pieces(line))
    named = {"title": read.title, "company": read.company, "contact": read.contact, "source": read.source,
             "email": read.email, "phone": read.phone}  # fmt: skip
    for part in read.parts:
        if part.field in named:
            assert part.value == named[part.field]
        elif part.field == "note":
            assert part.value in read.note
        elif part.field == "tag":
            assert {tag.lstrip("#") for tag in part.value.split()} <= set(read.tags)
        elif part.field == "value":
            assert int(part.value) == read.value
        else:
            assert part.value.split()[0] == read.kind
