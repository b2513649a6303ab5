"""Amounts on the command line: in major units, as one would say them."""

import re
from decimal import Decimal
from typing import Any

import click
from click.exceptions import BadParameter

from funnel_desk.cli._grammar import WrongUsage
from funnel_desk.domain.money import exponent
from funnel_desk.i18n import N_

_GAPS = re.compile(r"(?<=\d)[\s_'’](?=\d{3})")
_NUMBER = re.compile(r"\d+(?:[.]\d+|,\d{1,2})?")
_MOST_DIGITS = 15


class MajorAmount(click.ParamType[Decimal]):
    """An amount of money in major units, nought or more: 1000000, 1 000 000, 1054.50."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ANN401
        if isinstance(value, Decimal):
            return value
        plain = _GAPS.sub("", str(value).strip())
        if not _NUMBER.fullmatch(plain):
            raise BadParameter(N_("An amount looks like 1000000 or 1054.50."), ctx, param)
        amount = Decimal(plain.replace(",", "."))
        if amount.adjusted() >= _MOST_DIGITS:
            raise BadParameter(N_("That is too large an amount."), ctx, param)
        return amount


def minor_units(amount: Decimal, currency: str) -> int:
    """The amount in minor units. Raises WrongUsage where the currency has nothing as small."""
    exact = amount.scaleb(exponent(currency))
    if exact != int(exact):
        raise WrongUsage(
            N_("{amount} {currency} has more decimals than the currency has."), amount=amount, currency=currency
        )
    return int(exact)
