"""The deals to call, one after the other: their ids and where one is; what came of those that are done."""

import json
from collections.abc import Sequence
from contextlib import suppress

from funnel_desk.ui.memory import Memory

_MOST_KEPT = 500


class Queue:
    """Walks on without asking for what lies ahead. `done` holds by deal its title and the talk that was logged."""

    def __init__(self, deal_ids: Sequence[str], first: str = "") -> None:
        self.ids = list(dict.fromkeys(deal_ids))
        self.place = self.ids.index(first) if first in self.ids else 0
        self.done: dict[str, tuple[str, str]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def deal_id(self) -> str:
        """Whom to call now; empty at the end."""
        return self.ids[self.place] if self.place < len(self.ids) else ""

    def walk(self, by: int) -> str:
        """Go on or back; gives the deal there, "" beyond the end."""
        self.place = min(max(0, self.place + by), len(self.ids))
        return self.deal_id

    def passed_over(self) -> list[str]:
        """Those without a result, up to where one is, and all of them at the end."""
        return [one for one in self.ids if one not in self.done]

    def keep(self, memory: Memory, name: str) -> None:
        """Remember what lies ahead."""
        ahead = self.ids[self.place : self.place + _MOST_KEPT]
        memory.put(name, json.dumps(ahead) if len(ahead) > 1 else "")


def kept_queue(memory: Memory, name: str) -> list[str]:
    """The deals that lay ahead when the window was closed, or crashed."""
    with suppress(ValueError, TypeError):
        found = json.loads(memory.get(name) or "[]")
        return [one for one in found if isinstance(one, str)]
    return []
