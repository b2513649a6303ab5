"""How charts look: the colours of the program's themes, its type sizes, amounts in few letters."""

import tomllib
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Literal

from funnel_desk import resources
from funnel_desk.domain.money import major
from funnel_desk.i18n import ENGLISH, PSEUDO, language

Theme = Literal["light", "dark"]

FALLBACK = "DejaVu Sans"
"""Comes with the drawing library and knows Cyrillic."""

BODY, SMALL, TITLE = 13.0, 12.0, 17.0
"""Type sizes in px (1/96 inch)."""

SIGNIFICANT = 3
"""So many digits are enough of an amount on a chart."""

SHORT_FROM = 10_000
"""From so many on a count is told in few letters."""

_SHORTENED_FROM = 1000


@dataclass(frozen=True, slots=True)
class Style:
    """The colours of one theme (``#rrggbb``) and the family of letters; an unknown family falls back."""

    ground: str
    line: str
    text: str
    dim: str
    faint: str
    accent: str
    on_accent: str
    warn: str
    bad: str
    family: str = ""

    @property
    def families(self) -> list[str]:
        """The families to look for letters in, best first."""
        return [self.family, FALLBACK] if self.family in _installed() else [FALLBACK]


def load_style(theme: Theme = "light", family: str = "") -> Style:
    """The style of a theme; ``family`` is that of the system's interface."""
    told = tomllib.loads(resources.read_text("themes", f"{theme}.toml"))
    names = [item.name for item in fields(Style) if item.name != "family"]
    return Style(**{name: told[name] for name in names}, family=family)


def short_money(minor: int, currency: str) -> str:
    """An amount in few letters, in the current language: "€612K", "612 тыс. €"."""
    from babel.numbers import format_compact_currency

    amount = Decimal(major(minor, currency))
    spoken = ENGLISH if language() == PSEUDO else language()
    if abs(amount) < _SHORTENED_FROM:
        return format_compact_currency(amount.quantize(Decimal(1)), currency, locale=spoken)
    before_the_point = amount.adjusted() % 3 + 1
    return format_compact_currency(
        amount, currency, locale=spoken, fraction_digits=1 if before_the_point < SIGNIFICANT else 0
    )


def blend(colour: str, ground: str, part: float) -> str:
    """A shade between two colours: 1 is the first, 0 the second."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(part * ink + (1 - part) * paper):02x}" for ink, paper in pairs)


def short_month(month: str) -> str:
    """A month (``YYYY-MM``) in few letters, as it stands alone: "Jun", "июнь"."""
    from babel.dates import get_month_names

    spoken = ENGLISH if language() == PSEUDO else language()
    return str(get_month_names("abbreviated", "stand-alone", spoken)[int(month[5:7])])


def short_number(number: int) -> str:
    """A count in few letters: "12,400" as "12K"."""
    from babel.numbers import format_compact_decimal

    if number < SHORT_FROM:
        return str(number)
    return str(format_compact_decimal(number, locale=ENGLISH if language() == PSEUDO else language()))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _installed() -> frozenset[str]:
    from matplotlib.font_manager import fontManager

    return frozenset(fontManager.get_font_names())
