"""What many open deals bring in many draws (M16), all draws at once: a whole number holds a bit for each of them.

Draw by draw, a hundred thousand deals in ten thousand draws would be a thousand million throws. Here one deal is
thrown for every draw by some fifteen random numbers of ten thousand bits, and amounts are added up the way an
adder does it, bit by bit: the sums stand in columns, one number for all the ones, one for all the twos, and so on.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from random import Random

from funnel_desk.domain.chances import Chance

_WAITING = 2
"""So many numbers may wait in a column before they are added."""


def draw_sums(
    sure: int, chances: Iterable[Chance], draws: int, random: Random, watched: Iterable[str] = ()
) -> tuple[list[int], Mapping[str, int]]:
    """The sum of each draw; and for the deals that are ``watched`` in which draws they were won.

    A bit is set where a deal was won, the first draw's bit being the highest.
    """
    watch, seen = frozenset(watched), dict[str, int]()
    every = (1 << draws) - 1
    sums = _Columns()
    by_value = attrgetter("value")
    for value, alike in groupby(sorted(chances, key=lambda one: (one.value, one.win, one.lose, one.deal_id)), by_value):
        times = _Columns()
        for deal_id, _value, win, lose in alike:
            won = _thrown(win, win + lose, draws, random)
            if deal_id in watch:
                seen[deal_id] = won
            times.add(won if value > 0 else won ^ every, 0)
            sure += min(value, 0)  # less than nothing: all of it at first, and given back in the draws where it is lost
        sums.add_times(times, abs(value))
    return [sure + amount for amount in sums.read(draws)], seen


def bits(flags: Iterable[bool]) -> int:
    """Draws as one number, the first draw's bit being the highest."""
    return int("0" + "".join("1" if flag else "0" for flag in flags), 2)


def _thrown(win: int, cases: int, draws: int, random: Random) -> int:
    """The draws in which something happens that happens in ``win`` of ``cases``, exactly.

    Every draw has a random number between 0 and 1, thrown bit by bit until it is told from win / cases: on half of
    what is left by each throw.
    """
    won, untold = 0, (1 << draws) - 1
    rest = win
    while rest and untold:
        ones = untold & random.getrandbits(draws)
        rest *= 2
        if rest >= cases:  # the next bit of win / cases is 1: a 0 is less, and won
            rest -= cases
            won |= untold ^ ones
            untold = ones
        else:
            untold ^= ones
    return won


class _Columns:
    """Whole numbers of all draws in columns: those in the third one count four each. Nothing is below 0."""

    def __init__(self) -> None:
        self.columns: list[list[int]] = []

    def add(self, one: int, place: int) -> None:
        """Add 2 to the power of ``place`` in the draws whose bit is set."""
        columns = self.columns
        while True:
            while place >= len(columns):
                columns.append([])
            column = columns[place]
            if len(column) < _WAITING:
                column.append(one)
                return
            first, second = column
            either = first ^ second
            columns[place] = [either ^ one]
            one = first & second | either & one
            place += 1

    def add_times(self, times: "_Columns", amount: int) -> None:
        """Add an amount as often as ``times`` says, draw by draw."""
        places = [place for place in range(amount.bit_length()) if amount >> place & 1]
        for power, column in enumerate(times.columns):
            for one in column:
                for place in places:
                    self.add(one, place + power)

    def read(self, draws: int) -> list[int]:
        """The number of each draw."""
        place = 0
        while place < len(self.columns):
            while len(self.columns[place]) == _WAITING:
                self.add(0, place)
            place += 1
        digits = [format(column[0] if column else 0, f"0{draws}b") for column in reversed(self.columns)]
        return [int("".join(digit), 2) for digit in zip(*digits, strict=True)] if digits else [0] * draws
