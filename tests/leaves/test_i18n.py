"""Words, amounts and days in both languages."""

import contextvars
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk import i18n
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_

HOUSE = Path(__file__).parents[2]
NO_BREAK = "\N{NO-BREAK SPACE}"


class TooEarly(Refusal):
    """Something with a value in it."""

    message = "in {n} day"


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_the_catalogs_are_complete_and_compiled() -> None:
    done = subprocess.run(
        [sys.executable, HOUSE / "packaging" / "words.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_english_says_what_the_source_says() -> None:
    assert i18n.translate("today") == "today"
    assert i18n.translate("Hello {name}", name="Anna") == "Hello Anna"


def test_a_template_without_values_stays_a_template() -> None:
    assert i18n.translate("Hello {name}") == "Hello {name}"


def test_russian_comes_from_the_catalog() -> None:
    i18n.set_language("ru")
    assert i18n.translate(N_("today")) == "сегодня"
    assert i18n.translate("") == ""
    assert i18n.pgettext("nowhere", "unknown words {n}", n=3) == "unknown words 3"


@pytest.mark.parametrize(
    ("n", "english", "russian"),
    [
        (1, "1 day", "1 день"),
        (2, "2 days", "2 дня"),
        (5, "5 days", "5 дней"),
        (11, "11 days", "11 дней"),
        (21, "21 days", "21 день"),
    ],
)
def test_plurals(n: int, english: str, russian: str) -> None:
    assert i18n.format_days(n) == english
    with i18n.in_language("ru"):
        assert i18n.format_days(n) == russian
    assert i18n.language() == "en"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("ru_RU.UTF-8", "ru"), ("RU", "ru"), ("en-GB", "en"), ("de_DE", "en"), ("C", "en"), (None, "en"), ("", "en")],
)
def test_the_nearest_language(name: str | None, meant: str) -> None:
    assert i18n.nearest_language(name) == meant
    assert i18n.set_language(name) == i18n.language() == meant


def test_the_system_speaks_a_language_of_ours() -> None:
    assert i18n.system_language() in i18n.LANGUAGES


def test_a_thread_speaks_the_language_of_the_context_it_runs_in() -> None:
    i18n.set_language("ru")
    heard: list[str] = []
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(lambda: heard.append(i18n.translate("today")),))
    thread.start()
    thread.join()
    assert heard == ["сегодня"]


@pytest.mark.parametrize(
    ("line", "told", "rest"),
    [
        (["today", "a.funnel"], None, ["today", "a.funnel"]),
        (["today", "--lang", "ru", "a.funnel"], "ru", ["today", "a.funnel"]),
        (["--lang=en", "today"], "en", ["today"]),
        (["today", "--lang"], "", ["today"]),
        (["new", "--", "--lang", "ru"], None, ["new", "--", "--lang", "ru"]),
    ],
)
def test_the_language_is_taken_from_anywhere_in_the_line(line: list[str], told: str | None, rest: list[str]) -> None:
    assert i18n.take_language(line) == (told, rest)


def test_money() -> None:
    assert i18n.format_money(1_240_000, "EUR") == "€12,400"
    assert i18n.format_money(105_450, "USD") == "$1,054.50"
    assert i18n.format_money(1500, "JPY") == "¥1,500"
    assert i18n.format_money(-1500, "KWD") == "-KWD1.500"
    i18n.set_language("ru")
    assert plain(i18n.format_money(1_240_000, "EUR")) == "12 400 €"
    assert plain(i18n.format_money(105_450, "RUB")) == "1 054,50 ₽"


@given(minor=st.integers(-(10**15), 10**15), currency=st.sampled_from(["EUR", "JPY", "KWD", "BYN"]))
def test_money_loses_no_unit(minor: int, currency: str) -> None:
    shown = i18n.format_money(minor, currency)
    digits = "".join(sign for sign in shown if sign.isdigit())
    told = int(digits) if "." in shown else int(digits) * 10 ** i18n.currency_digits(currency)
    assert told == abs(minor)
    assert ("-" in shown) == (minor < 0)


def test_numbers() -> None:
    assert i18n.format_number(12345.678) == "12,345.678"
    assert i18n.format_number(12345, 2) == "12,345.00"
    assert i18n.format_percent(0.4) == "40%"
    i18n.set_language("ru")
    assert plain(i18n.format_number(12345.678, 1)) == "12 345,7"
    assert plain(i18n.format_percent(0.1234, 1)) == "12,3 %"


def test_days() -> None:
    assert i18n.format_day("2026-11-22", "short") == "22 Nov"
    assert i18n.format_day("2026-11-22") == "22 Nov 2026"
    assert i18n.format_day("2026-11-22", "long") == "22 November 2026"
    assert i18n.format_day("2026-11-22", "weekday") == "Sunday, 22 November"
    assert i18n.format_month("2026-12") == "December 2026"
    i18n.set_language("ru")
    assert i18n.format_day("2026-11-22", "weekday") == "воскресенье, 22 ноября"
    assert plain(i18n.format_day("2026-11-22", "long")) == "22 ноября 2026 г."


def test_moments_are_shown_in_the_zone_and_days_as_they_are() -> None:
    assert i18n.format_moment("2026-11-22T22:15:30Z", "Europe/Minsk") == "23 Nov 2026, 01:15"
    assert i18n.format_moment("2026-11-22", "Pacific/Auckland") == "22 Nov 2026"
    assert i18n.format_time("2026-11-22T22:15:30.5Z", "America/New_York") == "17:15"


@pytest.mark.parametrize(
    ("day", "english", "russian"),
    [
        ("2026-11-22", "today", "сегодня"),
        ("2026-11-23", "tomorrow", "завтра"),
        ("2026-11-21", "yesterday", "вчера"),
        ("2026-11-20", "2 days ago", "2 дня назад"),
        ("2026-11-27", "in 5 days", "через 5 дней"),
    ],
)
def test_days_as_seen_from_today(day: str, english: str, russian: str) -> None:
    assert i18n.format_relative_day(day, "2026-11-22") == english
    i18n.set_language("ru")
    assert i18n.format_relative_day(day, "2026-11-22") == russian


def test_a_problem_is_told_in_the_current_language() -> None:
    problem = TooEarly(n=1)
    assert str(problem) == i18n.translate_problem(problem) == "in 1 day"
    i18n.set_language("pseudo")
    assert i18n.translate_problem(problem) == "[íñ 1 dáý~~~~]"
    assert str(problem) == "in 1 day"


def test_pseudo_lengthens_and_keeps_what_is_not_words() -> None:
    i18n.set_language(i18n.PSEUDO)
    assert i18n.translate("Move {deal} to <b>Won</b>", deal="Kite") == "[Móvé Kite tó <b>Wóñ</b>~~~~~~~~~]"
    assert i18n.format_days(2) == "[2 dáýš~~~]"
    assert i18n.format_money(100, "EUR") == "€1"


def test_babel_waits_until_something_is_formatted() -> None:
    code = "import sys, funnel_desk.i18n as i; i.set_language('ru'); i._('today'); print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HOUSE)
    assert done.stdout.strip() == "False"
