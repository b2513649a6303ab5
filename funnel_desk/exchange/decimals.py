"""What commas and points mean in a column of numbers.

Decided for the column as a whole, from the cells that can be read in one way only. A column where every cell can be
read both ways (`1,234`) is ambiguous and asks the person.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from funnel_desk.exchange.numbers import DecimalSign, Written, take_apart, to_number
from funnel_desk.exchange.problems import AmbiguousDecimals

_STRAYS = 20
"""One cell against the rule is a bad row where at least this many obey it; more is an ambiguous column."""
_SWAPPED = str.maketrans(".,", ",.")
_THOUSANDS = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the cells of a column say about the decimal sign."""

    point: int = 0
    comma: int = 0
    doubtful: int = 0
    example: str = ""


def weigh(cells: Iterable[str]) -> Evidence:
    """Count the cells that speak for the point, for the comma, and those that may mean either."""
    point = comma = doubtful = 0
    example = ""
    for cell in cells:
        written = take_apart(cell)
        if written is None:
            continue
        sign = _decimal_sign(written)
        point += sign == "."
        comma += sign == ","
        if sign == "?":
            doubtful += 1
            example = example or cell
    return Evidence(point, comma, doubtful, example)


def _decimal_sign(written: Written) -> str:
    """The decimal sign this number must have, "?" when it may have either, "" when it tells nothing."""
    body = written.body
    points, commas = body.count("."), body.count(",")
    if points and commas:
        return "." if body.rindex(".") > body.rindex(",") else ","
    if points + commas == 0:
        return ""
    sign, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other
    whole, _sign, rest = body.partition(sign)
    groupable = len(rest) == _THOUSANDS and 1 <= len(whole) <= _THOUSANDS and not whole.startswith("0")
    return "?" if groupable and not written.grouped and not written.power else sign


def decide_decimal(header: str, cells: Iterable[str], told: DecimalSign | None = None) -> DecimalSign | None:
    """The decimal sign of a column of cells; None when it never matters.

    Raises: AmbiguousDecimals: nothing in the column tells, or it says both, and nothing was told.
    """
    if told is not None:
        return told
    listed = list(cells)
    evidence = weigh(listed)
    few, many = sorted((evidence.point, evidence.comma))
    if many and few * _STRAYS <= many:
        return "." if evidence.point > evidence.comma else ","
    if many or evidence.doubtful:
        example = evidence.example or next(cell for cell in listed if (w := take_apart(cell)) and _decimal_sign(w))
        readings = [str(number) for sign in (",", ".") if (number := to_number(example, sign)) is not None]
        first, second = readings if len(readings) == 2 else (example, example.translate(_SWAPPED))  # noqa: PLR2004
        raise AmbiguousDecimals(header=header, example=example, first=first, second=second)
    return None
