"""What was said in calls that have no result yet, kept in the person's settings until they have one."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from funnel_desk.ui.memory import Memory

LONG_ENOUGH = 30
"""Seconds: who looked shorter than this and wrote nothing has not begun a call."""


@dataclass(slots=True)
class Draft:
    """An unfinished call: its note, its seconds, the answers by the line asked, and what else was heard.

    ``answers`` holds for each of the five questions "yes" or "no" and the evidence; ``heard`` holds the id of an
    objection ("" for one in the client's own words), those words, and the answer.
    """

    deal_id: str
    title: str = ""
    step_id: str = ""
    note: str = ""
    seconds: int = 0
    said: dict[str, str] = field(default_factory=dict)
    ticked: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    heard: list[list[str]] = field(default_factory=list)
    due: str = ""
    onward: bool = False

    @property
    def counts(self) -> bool:
        """Whether anything would be lost with it."""
        said = self.note or self.said or self.ticked or self.answers or self.heard
        return bool(said) or self.seconds >= LONG_ENOUGH

    def whole_note(self) -> str:
        """The note as the deal keeps it: what was written, then each line asked with its answer."""
        lines = [f"{line} – {answer}" for line, answer in self.said.items() if answer]
        return "\n".join(part for part in (self.note.strip(), *lines) if part)

    def minutes(self) -> int | None:
        """How long it took, in minutes begun; None if the clock never ran."""
        return -(-self.seconds // 60) or None


class Drafts:
    """The unfinished calls of one workspace by their deals, the newest last."""

    def __init__(self, memory: Memory, workspace: str) -> None:
        self._memory, self._name = memory, f"call.drafts.{workspace}"

    def all(self) -> list[Draft]:
        """Those that count."""
        return [one for one in self._read().values() if one.counts]

    def of(self, deal_id: str) -> Draft | None:
        """The unfinished call of a deal."""
        return self._read().get(deal_id)

    def keep(self, draft: Draft) -> None:
        """Keep one as it is now, as the newest; one that does not count is let go."""
        found = self._read()
        found.pop(draft.deal_id, None)
        if draft.counts:
            found[draft.deal_id] = draft
        self._write(found)

    def drop(self, deal_id: str) -> None:
        """It has its result."""
        found = self._read()
        if found.pop(deal_id, None) is not None:
            self._write(found)
            self.save()

    def save(self) -> None:
        """Write them to the disk now: they are to outlive a crash."""
        self._memory.save()

    def _read(self) -> dict[str, Draft]:
        found: dict[str, Draft] = {}
        with suppress(ValueError, TypeError, AttributeError):  # somebody has edited the settings by hand
            for kept in json.loads(self._memory.get(self._name) or "[]"):
                draft = Draft(**kept)
                found[draft.deal_id] = draft
        return found

    def _write(self, found: dict[str, Draft]) -> None:
        kept = [asdict(one) for one in found.values()]
        self._memory.put(self._name, json.dumps(kept, ensure_ascii=False) if kept else "")
