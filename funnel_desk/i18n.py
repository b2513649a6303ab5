"""The words, amounts and dates of the program in the language of the person.

English sentences in the source are the keys of the catalogs. `N_` marks a sentence where it is written (domain,
storage, operations) and translates nothing; `_`/`translate` gives it in the current language where it is shown.
The current language belongs to the context (`contextvars`): a thread started by hand begins with English unless it
is run in a copy of the context of the one who starts it.
"""

import gettext
import locale as system_locale
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

DOMAIN = "funnel_desk"
ENGLISH = "en"
PSEUDO = "pseudo"
"""English, bracketed and lengthened: shows in a test what was never translated and what does not fit."""
LANGUAGES = (ENGLISH, "ru")
"""What a person can choose from."""

DayStyle = Literal["short", "medium", "long", "weekday", "spoken"]

_DAY_PATTERNS: Mapping[DayStyle, str] = {
    "short": "d MMM",
    "medium": "medium",
    "long": "long",
    "weekday": "EEEE, d MMMM",
    "spoken": "d MMMM",
}
_DATE_LOCALES = {"en": "en_GB"}  # the day before the month, the clock of 24 hours
_KEPT_BY_PSEUDO = re.compile(r"(\{[^{}]*\}|<[^<>]*>|&\w+;)")
_PSEUDO_LETTERS = str.maketrans("aeiouyAEIOUYcnszCNSZ", "áéíóúýÁÉÍÓÚÝçñšžÇÑŠŽ")

_current: ContextVar[str] = ContextVar("language", default=ENGLISH)


class Sayable(Protocol):
    """A template and the values that fill it, as problems carry them."""

    @property
    def message(self) -> str: ...

    @property
    def values(self) -> Mapping[str, object]: ...


@runtime_checkable
class Worded(Protocol):
    """A text written in several languages, as the words of the trade are."""

    def of(self, lang: str, /) -> str: ...


def N_(template: str, /) -> str:  # noqa: N802 - the customary name of "marked, translated where it is shown"
    """Mark a template for the catalogs and return it unchanged."""
    return template


def language() -> str:
    """The language of this context: one of `LANGUAGES`, or `PSEUDO` in tests."""
    return _current.get()


def set_language(name: str | None) -> str:
    """Speak this language from now on in this context; returns what was chosen: English for one we do not have."""
    chosen = nearest_language(name)
    _current.set(chosen)
    return chosen


@contextmanager
def in_language(name: str) -> Iterator[None]:
    """Speak another language for a while: a document for a customer, a test."""
    token = _current.set(nearest_language(name))
    try:
        yield
    finally:
        _current.reset(token)


def nearest_language(name: str | None) -> str:
    """The language of ours that a name such as "ru_RU.UTF-8" means."""
    plain = re.split(r"[_.@-]", (name or "").casefold(), maxsplit=1)[0]
    return plain if plain in {*LANGUAGES, PSEUDO} else ENGLISH


def system_language() -> str:
    """The language of ours that the person's system speaks, English if none."""
    return nearest_language(system_locale.getlocale()[0] or system_locale.setlocale(system_locale.LC_CTYPE, None))


def take_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take ``--lang ru`` or ``--lang=ru`` out of a command line, wherever it stands: (the last one told, the rest)."""
    told: str | None = None
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            told = next(words, "")
        elif word.startswith("--lang="):
            told = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return told, rest


def translate(template: str, /, **values: object) -> str:
    """The template in the current language with its placeholders filled; without values it stays a template."""
    sentence = _say(template)
    return sentence.format_map(values) if values else sentence


_ = translate


def ngettext(singular: str, plural: str, n: int, /, **values: object) -> str:
    """The right plural form for n, with ``{n}`` (unless given among the values) and the other placeholders filled."""
    spoken = language()
    if spoken == PSEUDO:
        sentence = pseudo(singular if n == 1 else plural)
    else:
        sentence = _catalog(spoken).ngettext(singular, plural, n)
    return sentence.format_map({"n": n, **values})


def pgettext(context: str, template: str, /, **values: object) -> str:
    """`translate` for a word that means different things in different places ("Lost" of a deal, of a letter)."""
    spoken = language()
    sentence = pseudo(template) if spoken == PSEUDO else _catalog(spoken).pgettext(context, template)
    return sentence.format_map(values) if values else sentence


def translate_problem(problem: Sayable) -> str:
    """What a problem says, in the current language; so do those of its values that are written in several."""
    spoken = language()
    values = {name: value.of(spoken) if isinstance(value, Worded) else value for name, value in problem.values.items()}
    return _say(problem.message).format_map(values)


def pseudo(template: str) -> str:
    """The sentence as the pseudo language says it; placeholders, tags and entities stay whole."""
    parts = _KEPT_BY_PSEUDO.split(template)
    accented = "".join(part if nth % 2 else part.translate(_PSEUDO_LETTERS) for nth, part in enumerate(parts))
    return f"[{accented}{'~' * (1 + len(template) // 3)}]"


def currency_digits(currency: str) -> int:
    """How many digits stand after the point in this currency: 2 for EUR, 0 for JPY, 3 for KWD."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def format_money(minor: int, currency: str) -> str:
    """An amount for people, from minor units; the hundredths are left out where they are zero."""
    digits = currency_digits(currency)
    shown = 0 if minor % 10**digits == 0 else digits
    pattern = _pattern("currency", _locale(), shown)
    text: str = pattern.apply(Decimal(minor).scaleb(-digits), _locale(), currency=currency, currency_digits=False)
    return text


def format_number(value: float | Decimal, digits: int | None = None) -> str:
    """A number with its thousands apart; `digits` after the point, by default as many as it needs, up to three."""
    from babel.numbers import format_decimal

    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=_locale())


def format_percent(ratio: float | Decimal, digits: int = 0) -> str:
    """A ratio from 0 to 1 as a percentage."""
    text: str = _pattern("percent", _locale(), digits).apply(ratio, _locale())
    return text


def format_day(day: str | date, style: DayStyle = "medium") -> str:
    """A day (ISO text or date) in one of the styles.

    Short "22 Nov", medium with the year, long "22 November 2026", weekday "Sunday, …", and spoken "22 November", as it
    is said within a sentence.
    """
    from babel.dates import format_date

    then = date.fromisoformat(day) if isinstance(day, str) else day
    return format_date(then, _DAY_PATTERNS[style], locale=_date_locale())


def format_month(month: str | date) -> str:
    """A month ("2026-12", or any day of it) as "December 2026"."""
    from babel.dates import format_skeleton

    first = date.fromisoformat(f"{month[:7]}-01") if isinstance(month, str) else month
    noon = datetime(first.year, first.month, 1, 12, tzinfo=UTC)  # a skeleton wants an instant; it is shown in UTC
    return format_skeleton("yMMMM", noon, locale=_date_locale())


def format_moment(moment: str, time_zone: str, style: DayStyle = "medium") -> str:
    """An instant (UTC ISO text) as day and time in the IANA zone; what is known only to the day, as that day."""
    if len(moment) <= len("2026-11-22"):
        return format_day(moment, style)
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(time_zone))
    return f"{format_day(local.date(), style)}, {local:%H:%M}"


def format_time(instant: str, time_zone: str) -> str:
    """The time of day of an instant in the IANA zone: "10:15"."""
    return f"{datetime.fromisoformat(instant).astimezone(ZoneInfo(time_zone)):%H:%M}"


def format_days(n: int) -> str:
    """A span: "1 day", "2 days"."""
    return ngettext("{n} day", "{n} days", n)


def format_relative_day(day: str | date, today: str | date) -> str:
    """A day as seen from today: "today", "tomorrow", "2 days ago", "in 3 days"."""
    then = date.fromisoformat(day) if isinstance(day, str) else day
    now = date.fromisoformat(today) if isinstance(today, str) else today
    ahead = (then - now).days
    near = {0: N_("today"), 1: N_("tomorrow"), -1: N_("yesterday")}
    if ahead in near:
        return translate(near[ahead])
    if ahead > 0:
        return ngettext("in {n} day", "in {n} days", ahead)
    return ngettext("{n} day ago", "{n} days ago", -ahead)


def _say(template: str) -> str:
    if not template:  # gettext answers the empty text with the header of its catalog
        return template
    spoken = language()
    return pseudo(template) if spoken == PSEUDO else _catalog(spoken).gettext(template)


@cache
def _catalog(name: str) -> gettext.NullTranslations:
    if name == ENGLISH:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, _catalog_folder(), [name])


def _catalog_folder() -> Path:
    """As `resources.root` finds it; said again here because leaves do not import each other."""
    here = Path(__file__).resolve().parent
    repository = here.parent
    resources = repository / "resources" if (repository / "pyproject.toml").is_file() else here / "_resources"
    return resources / "locale"


def _locale() -> "Locale":
    return _parsed_locale(ENGLISH if language() == PSEUDO else language())


def _date_locale() -> "Locale":
    plain = ENGLISH if language() == PSEUDO else language()
    return _parsed_locale(_DATE_LOCALES.get(plain, plain))


@cache
def _pattern(kind: Literal["currency", "percent"], spoken: "Locale", digits: int) -> "NumberPattern":
    """The locale's own pattern with so many digits after the point."""
    formats = spoken.currency_formats["standard"] if kind == "currency" else spoken.percent_formats[None]
    pattern: NumberPattern = copy(formats)
    pattern.frac_prec = (digits, digits)
    return pattern


@cache
def _parsed_locale(name: str) -> "Locale":
    from babel import Locale

    return Locale.parse(name)
