"""What was chosen for a file, remembered by its headers in the person's settings, for the next one like it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256

from funnel_desk.exchange.fields import FIELDS
from funnel_desk.exchange.plan import ImportOptions
from funnel_desk.ui.dialogs.import_draft import Told
from funnel_desk.ui.memory import Memory

_KEY = "import.files"
_MOST = 30
_KEPT = ("what", "any_kind", "pipeline", "date_order", "decimal", "match", "preset", "only", "wipe_empty", "header_row")


def remember(memory: Memory, headers: Sequence[str], told: Told) -> None:
    """Keep what was told about a file with these headers; the oldest of many are forgotten."""
    options = {name: value for name, value in asdict(told.options).items() if name in _KEPT}
    files = {**_files(memory)}
    files.pop(_name(headers), None)
    files[_name(headers)] = {"options": options, "fields": told.fields, "words": told.words}
    memory.put(_KEY, json.dumps(dict(list(files.items())[-_MOST:]), ensure_ascii=False))


def recalled(memory: Memory, headers: Sequence[str]) -> Told | None:
    """What was told about a file with these headers; None for one that is new, or if it cannot be read."""
    kept = _files(memory).get(_name(headers))
    try:
        if not isinstance(kept, dict):
            return None
        options = ImportOptions(**{name: kept["options"][name] for name in _KEPT})
        if options.what not in FIELDS:
            return None
        fields = tuple((str(header), str(wanted)) for header, wanted in kept["fields"] if header in headers)
        words = tuple(((str(header), str(cell)), str(meaning)) for (header, cell), meaning in kept["words"])
    except (KeyError, TypeError, ValueError):
        return None
    return Told(options, fields, words)


def forget(memory: Memory, headers: Sequence[str]) -> None:
    """Let go of it."""
    files = _files(memory)
    files.pop(_name(headers), None)
    memory.put(_KEY, json.dumps(files, ensure_ascii=False))


def _files(memory: Memory) -> dict[str, object]:
    try:
        files = json.loads(memory.get(_KEY) or "{}")
    except ValueError:
        return {}
    return files if isinstance(files, dict) else {}


def _name(headers: Sequence[str]) -> str:
    return sha256("\n".join(sorted(headers)).encode()).hexdigest()[:16]
