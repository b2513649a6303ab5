"""What currency the signs and words beside an amount mean. One sign may serve several: the first is the likeliest."""

_SIGNS = {
    "$": "USD CAD AUD NZD SGD HKD MXN ARS CLP COP",
    "us$": "USD",
    "usd$": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "€": "EUR",
    "евро": "EUR",
    "euro": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "р": "RUB BYN",
    "р.": "RUB BYN",
    "руб": "RUB BYN",
    "руб.": "RUB BYN",
    "рублей": "RUB BYN",
    "br": "BYN",
    "₴": "UAH",
    "грн": "UAH",
    "грн.": "UAH",
    "₸": "KZT",
    "тг": "KZT",
    "тг.": "KZT",
    "тенге": "KZT",
    "долл": "USD",
    "долл.": "USD",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "kr": "SEK NOK DKK ISK",
    "kr.": "DKK SEK NOK",
    "chf": "CHF",
    "fr": "CHF",
    "fr.": "CHF",
    "¥": "JPY CNY",
    "円": "JPY",
    "元": "CNY",
    "₹": "INR",
    "rs": "INR PKR",
    "rs.": "INR PKR",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "tl": "TRY",
    "₫": "VND",
    "฿": "THB",
    "r$": "BRL",
    "₾": "GEL",
    "֏": "AMD",
    "₼": "AZN",
}

CURRENCY_SIGNS = {sign: tuple(currencies.split()) for sign, currencies in _SIGNS.items()}
"""A sign or word in small letters to the ISO 4217 codes it may mean."""


def meant(candidates: tuple[str, ...], usual: str) -> str:
    """The currency that a sign means to somebody whose usual currency is this one; "" where there is no sign."""
    if usual in candidates or not candidates:
        return usual if candidates else ""
    return candidates[0]
