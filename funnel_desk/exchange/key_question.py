"""The one question of a script that matters, marked in it with ``**``."""

import re
from collections.abc import Mapping

from funnel_desk.domain.script import fill
from funnel_desk.exchange.page import Run

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def key_question(template: str, values: Mapping[str, str], lang: str) -> str:
    """The key question of a script, filled; nothing where it marks none."""
    return " ".join(fill(found, values, lang).strip() for found in _BOLD.findall(template)).strip()


def words_to_say(template: str, values: Mapping[str, str], lang: str) -> list[Run]:
    """The script, filled, as runs: its key question bold, and whole whatever fills it."""
    filled = fill(template, values, lang)
    question = key_question(template, values, lang)
    before, found, after = filled.partition(question) if question else (filled, "", "")
    runs: list[Run] = [(before, "plain"), (found, "bold"), (after, "plain")]
    return [run for run in runs if run[0]]
