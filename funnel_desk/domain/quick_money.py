"""An amount as a seller jots it down: "120 000 BYN", "12k EUR", "1,5 млн", "$1,200.50"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from funnel_desk.domain.money import exponent
from funnel_desk.domain.search import folded

LARGEST = 2**63 - 1
_TIMES = {
    "k": 3, "к": 3, "т": 3, "тыс": 3, "тыс.": 3, "тысяч": 3, "тысячи": 3, "thousand": 3, "т.": 3,
    "m": 6, "mln": 6, "mio": 6, "million": 6, "м": 6, "млн": 6, "млн.": 6, "миллион": 6, "миллиона": 6, "миллионов": 6,
}  # fmt: skip
_SIGNS = {
    "€": "EUR", "евро": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "долл": "USD", "долл.": "USD",
    "доллар": "USD", "доллара": "USD", "долларов": "USD", "dollars": "USD", "£": "GBP", "₽": "RUB", "br": "BYN",
    "byn": "BYN", "₴": "UAH", "грн": "UAH", "грн.": "UAH", "₸": "KZT", "тенге": "KZT", "zł": "PLN", "zl": "PLN",
}  # fmt: skip
_ROUBLES = frozenset({"р", "р.", "руб", "руб.", "рублей", "рубля", "рубль", "roubles", "rubles"})
_ROUBLE_CURRENCIES = ("BYN", "RUB")
_CODES = frozenset(
    [
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "PLN",
        "CZK",
        "UAH",
        "BYN",
        "RUB",
        "KZT",
        "CNY",
        "JPY",
        "SEK",
        "NOK",
        "DKK",
        "HUF",
        "RON",
        "BGN",
        "TRY",
        "GEL",
        "AMD",
        "AZN",
        "UZS",
        "KGS",
        "MDL",
        "ILS",
        "INR",
        "AED",
        "CAD",
        "AUD",
        "NZD",
        "SGD",
        "HKD",
        "MXN",
        "BRL",
        "ARS",
        "ZAR",
        "KRW",
        "THB",
        "KWD",
    ]
)
_WHOLE = re.compile(
    r"^(?P<before>[^\d\s.,-]*)\s*(?P<number>\d[\d\s.,'’]*)\s*(?P<after>[^\d]*)$", re.UNICODE
)  # fmt: skip
_GROUPED = re.compile(r"^\d{1,3}(?:[ '’]\d{3})+$")
_THOUSANDS = 3
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Readings:
    """What an amount may be, in minor units, and its currency; ``told`` whether the line names one (or "k")."""

    readings: tuple[int, ...]
    currency: str
    told: bool


def read_money(text: str, usual: str) -> Readings | None:
    """The readings of an amount; None if it is none. Two where a sign may divide thousands or decimals ("1,200")."""
    found = _WHOLE.match(" ".join(text.split()))
    if not found:
        return None
    words = [*found["before"].split(), *_apart(found["after"])]
    currency, power = "", 0
    for word in words:
        code, times = _currency(word, usual), _TIMES.get(folded(word))
        if times is not None and not power:
            power = times
        elif code and not currency:
            currency = code
        else:
            return None
    code = currency or usual
    minors = []
    for number in _numbers(found["number"].strip().rstrip(".,")):
        minor = number.scaleb(power + exponent(code))
        if minor != minor.to_integral_value() or abs(minor) > LARGEST:
            continue
        minors.append(int(minor))
    if not minors:
        return None
    return Readings(tuple(dict.fromkeys(minors)), code, bool(currency or power))


def _apart(after: str) -> list[str]:
    """The words behind a number; "k€" is two."""
    words = []
    for word in after.split():
        if len(word) > 1 and word[0] in "kкmм" and _currency(word[1:], "") and not _currency(word, ""):
            words += [word[0], word[1:]]
        else:
            words.append(word)
    return words


def _currency(word: str, usual: str) -> str:
    if word.upper() in _CODES:
        return word.upper()
    if folded(word) in _ROUBLES:
        return usual if usual in _ROUBLE_CURRENCIES else "RUB"
    return _SIGNS.get(folded(word), "")


def _numbers(written: str) -> list[Decimal]:
    """The numbers that these digits and signs may be."""
    digits = [sign for sign in written if sign.isdigit()]
    if not digits or len(digits) > _MOST_DIGITS or not all(sign in "0123456789 .,'’" for sign in written):
        return []
    if written.isdigit():
        return [Decimal(written)]
    spaced = re.sub(r"[ '’]", "", written) if _fair(written) else ""
    if not spaced:
        return []
    signs = [sign for sign in spaced if sign in ".,"]
    if not signs:
        return [Decimal(spaced)]
    if len(set(signs)) > 1:
        return _mixed(spaced, signs)
    sign, groups = signs[0], spaced.split(signs[0])
    grouped = all(len(group) == _THOUSANDS for group in groups[1:]) and 1 <= len(groups[0]) <= _THOUSANDS
    readings = [Decimal("".join(groups))] if grouped and groups[0] != "0" and spaced == written else []
    if len(signs) == 1 and groups[1]:
        decimal = Decimal(f"{groups[0] or '0'}.{groups[1]}")
        readings.append(decimal)
    return readings if sign in ".," else []


def _fair(written: str) -> bool:
    """Whether spaces and apostrophes stand where thousands are divided."""
    whole = re.split(r"[.,]", written)[0]
    return not re.search(r"[ '’]", written) or (bool(_GROUPED.match(whole)) and not re.search(r"[.,].*[ '’]", written))


def _mixed(spaced: str, signs: list[str]) -> list[Decimal]:
    """Points and commas: the last kind is the decimal sign, and stands once."""
    last = signs[-1]
    if signs.count(last) > 1 or last in signs[:-1]:
        return []
    whole, _sign, fraction = spaced.rpartition(last)
    groups = whole.split(signs[0])
    if not fraction or any(len(group) != _THOUSANDS for group in groups[1:]) or not groups[0]:
        return []
    return [Decimal(f"{''.join(groups)}.{fraction}")]
