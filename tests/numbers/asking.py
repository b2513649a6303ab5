"""The command line, asked in the same process; works inside a property, where no fixture does."""

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import Any, cast

from funnel_desk import cli


def text(*words: object) -> str:
    """What a person reads."""
    with redirect_stdout(StringIO()) as out:
        assert cli.main([str(word) for word in words]) == 0
    return out.getvalue()


def document(*words: object) -> dict[str, Any]:
    """What a program reads."""
    return cast("dict[str, Any]", json.loads(text(*words, "--json")))
