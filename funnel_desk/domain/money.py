"""Money: integer minor units beside an ISO 4217 currency. No floats."""

from dataclasses import dataclass
from decimal import Decimal

DEFAULT_EXPONENT = 2

# Currencies whose number of decimals in CLDR is not two; a test holds this table against CLDR.
EXPONENTS: dict[str, int] = {
    code: digits
    for digits, codes in {
        0: "ADP AFN ALL BIF BYR CLP DJF ESP GNF IQD IRR ISK ITL JPY KMF KPW KRW LAK LBP LUF MGA MGF MMK MRO PYG RSD "
        "RWF SLL SOS STD SYP TMM TRL UGX UYI VND VUV XAF XOF XPF YER ZMK ZWD",
        3: "BHD JOD KWD LYD OMR TND",
        4: "CLF UYW",
    }.items()
    for code in codes.split()
}


@dataclass(frozen=True, slots=True)
class Amount:
    """So many minor units of one currency."""

    minor: int
    currency: str


def exponent(currency: str) -> int:
    """How many decimals the currency has (CLDR: JPY 0, KWD 3; two where nothing else is known)."""
    return EXPONENTS.get(currency, DEFAULT_EXPONENT)


def major(minor: int, currency: str) -> str:
    """The amount in major units as plain text with a point: ``105400, "USD"`` is ``"1054.00"``."""
    return str(Decimal(minor).scaleb(-exponent(currency)))
