"""The guard against formulas: a cell that a spreadsheet might run gets an apostrophe, and gives it back when read.

An apostrophe also goes before a cell that begins with one already; so taking exactly one away restores every cell.
"""

import re

GUARD_COLUMN = "_fd_guard"
"""The column that tells our reader that the row is guarded; its cells are "1"."""

_BLANKS = r"\s\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x1f"
_DANGEROUS = re.compile(rf"'|[\t\r\n]|[{_BLANKS}]*[=+\-@＝＋－＠\u2212]")


def guard(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`."""
    return cell.removeprefix("'")
