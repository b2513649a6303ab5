"""Keeps None, True, False and NotImplemented alive on Python 3.11 and older.

PySide6 6.12 is built against headers in which these four are immortal (Python 3.12 and later), so it gives them back
without counting: each call of a Qt method that returns nothing takes one reference of None away. Where they are not
immortal the program would end in "deallocating None" after some thousand calls. A count that never runs out makes them
as good as immortal; on later Pythons nothing is done.
"""

import ctypes
import sys

_IMMORTAL_SINCE = (3, 12)
_PLENTY = 1 << 40  # more calls than a window makes in years, and far from the end of a 64-bit count


def keep_singletons_alive() -> None:
    """Give the four a count that never runs out. Calling it again does no harm."""
    if sys.version_info >= _IMMORTAL_SINCE or sys.implementation.name != "cpython":
        return
    for single in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(single))  # the count is the first field of every CPython object
        if count.value < _PLENTY // 2:
            count.value += _PLENTY
