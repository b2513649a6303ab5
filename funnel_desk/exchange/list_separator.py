"""The sign between cells that a spreadsheet on this computer expects in a CSV file: it follows the country's habits."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress

SEMICOLON = ";"
_SIGNS = frozenset({",", ";"})
_COMMA = frozenset({"en", "zh", "ja", "ko", "th", "he", "ar", "hi"})
"""Languages that write 1.5, so that the comma is free for lists."""
_WITH_DECIMAL_COMMA = frozenset({"en_ZA"})
_VARIABLES = ("LC_ALL", "LC_NUMERIC", "LANG")


def list_separator(environment: Mapping[str, str] | None = None) -> str:
    """A comma or a semicolon: what Windows is set to, else by the country; a semicolon where nobody tells."""
    told = _of_windows()
    if told in _SIGNS:
        return told
    known = os.environ if environment is None else environment
    name = next((known[one] for one in _VARIABLES if known.get(one)), "").partition(".")[0]
    language, _line, country = name.partition("_")
    return "," if country and language in _COMMA and name not in _WITH_DECIMAL_COMMA else SEMICOLON


def _of_windows() -> str:
    """What the region settings of Windows say; empty elsewhere."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Control Panel\International") as key:
            return str(winreg.QueryValueEx(key, "sList")[0])
    return ""
