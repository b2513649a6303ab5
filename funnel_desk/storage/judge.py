"""What of a reversal may be done to one root, and what is kept: rules 17 to 21 of the journal. Pure.

The reversal is tried out on the history of the root before anything is written. What would not show, or what others
stand on, is taken out of it, and the rest is tried again until nobody objects.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from funnel_desk.i18n import N_
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.fold import Change, Facts, History, hidden_by
from funnel_desk.storage.moves import beside
from funnel_desk.storage.refold import Stored

CHANGED = N_("changed since")
BUILT_ON = N_("later acts build on it")
DELETED = N_("deleted since")
MOVED = N_("another move stands there now")
WITHOUT_OWNER = N_("what it belongs to is not there")


class Case(NamedTuple):
    """One root on which a batch is to be reversed.

    ``present`` are its rows as they are; ``dead`` the changes that do not count, ``referred`` the rows that other roots
    need; ``lamport`` is that of the batch, and ``redone`` tells that it was a redo; ``allowed`` are the moves beside
    which a move may come back, ``marked_at`` the Lamport counters of the marks that rule undone creations.
    """

    history: History
    present: Stored
    dead: Collection[int]
    referred: Collection[str]
    lamport: int
    redone: bool
    allowed: Collection[str]
    marked_at: Mapping[int, int]


class Verdict(NamedTuple):
    """What is done: the changes that cease to count and those that count again, and the rows as they are then.

    ``kept`` tells why rows (table, id) are left as they are, ``siblings`` the moves beside those that vanish.
    """

    down: set[int]
    up: set[int]
    facts: Facts
    kept: dict[tuple[str, str], str]
    siblings: set[str]


def judge(case: Case, down: Collection[int], up: Collection[int]) -> Verdict:
    """Try to reverse these changes of one root; what somebody objects to is kept."""
    down, up = set(down), set(up)
    kept: dict[tuple[str, str], str] = {}
    while True:
        trial = _Trial(case, down, up)
        objections = trial.objections()
        if not objections:
            return Verdict(down, up, trial.facts, kept, trial.siblings())
        whole = next((why for key, why in sorted(objections.items()) if _takes_all(case.history, key)), None)
        if whole is not None:
            kept = {(case.history.table, case.history.root): whole}
            down, up = set(), set()
        for key, why in objections.items():
            change = case.history.changes[key]
            if whole is None:
                kept.setdefault((change.tbl, change.row), why)
            down.discard(key)
            up.discard(key)


def _takes_all(history: History, key: int) -> bool:
    """A root's own row and a move are reversed with all that the batch did to the root, or not at all (rule 18)."""
    change = history.changes[key]
    return change.kind == "create" and (change.row == history.root or change.tbl == "stage_event")


class _Trial:
    """The root as it would be."""

    def __init__(self, case: Case, down: set[int], up: set[int]) -> None:
        self._case, self._down, self._up = case, down, up
        self._history = case.history
        self._dead = (set(case.dead) | down) - up
        self.facts = self._history.fold(self._dead, case.referred)

    def objections(self) -> dict[int, str]:
        """Why these changes cannot be reversed."""
        found: dict[int, str] = {}
        for key in self._down | self._up:
            change = self._history.changes[key]
            before, after = (change.tbl, change.row) in self._case.present, (change.tbl, change.row) in self.facts
            why = self._of_delete(key, before=before, after=after) if change.kind == "delete" else None
            if change.kind != "delete":
                if not before and not after:
                    why = DELETED
                elif key in self._up:
                    why = WITHOUT_OWNER if self._ownerless(change) else None
                elif change.kind == "create" and after and not self._stood_without(change):
                    why = BUILT_ON
                if why is None and change.kind == "set" and key in self._hidden(change):
                    why = CHANGED
            if why is not None:
                found[key] = why
        return found | self._moved()

    def _of_delete(self, key: int, *, before: bool, after: bool) -> str | None:
        if key in self._down:
            return None if after else DELETED
        if after:  # beside what was written before it was taken back it may stand again, as a disagreement
            change = self._history.changes[key]
            return None if (change.tbl, change.row) in self._older() else CHANGED
        return None if before else WITHOUT_OWNER

    def _hidden(self, change: Change) -> set[int]:
        """What the changes of its cell that stay as they are have replaced (rule 17)."""
        cell = self._history.rows[change.row].sets[change.field or ""]
        staying = [one.key for one in cell if one.key not in self._dead and one.key not in self._up]
        return hidden_by(staying, self._history.links)

    def _stood_without(self, created: Change) -> bool:
        """Whether a row that a redo brought back stood before that by what stands on it, and so may do so again."""
        if not self._case.redone:
            return False
        return (created.tbl, created.row) in self._older()

    def _older(self) -> Facts:
        """The rows that would stand without what is newer than the batch that is reversed."""
        newer = {key for key, change in self._history.changes.items() if change.lamport >= self._case.lamport}
        return self._history.fold(self._dead | (newer - self._up), ())

    def _ownerless(self, change: Change) -> bool:
        """Whether a change would come back to something that was undone since, and so is not there (rule 19)."""
        row = self._history.rows[change.row]
        for owner in row.parents if change.kind == "create" else [change.row]:
            made = self._history.created(owner)
            if made is None or made.key in self._up or made.key not in self._case.dead:
                continue
            absent = (made.tbl, owner) not in self._case.present
            if absent and self._case.marked_at.get(made.key, 0) > self._case.lamport:
                return True
        return False

    def _moved(self) -> dict[int, str]:
        """The moves that would come back beside a different one that was not there when they vanished (rule 21)."""
        now = self._moves_after()
        coming = {row for row in now if ("stage_event", row) not in self._case.present}
        if not coming:
            return {}
        blocked = any(others - set(self._case.allowed) for others in beside(now, coming, different=True).values())
        if not blocked:
            return {}
        return {key: MOVED for key in self._down | self._up if _takes_all(self._history, key)} or dict.fromkeys(
            self._down | self._up, MOVED
        )

    def siblings(self) -> set[str]:
        """The living moves beside those that vanish: beside these, and no others, they may come back (rule 20)."""
        names, present = BY_NAME["stage_event"].names, self._case.present
        before = {
            row: dict(zip(names, present["stage_event", row], strict=True))
            for row in self._history.rows
            if ("stage_event", row) in present
        }
        gone = {row for row in before if ("stage_event", row) not in self.facts}
        return set().union(*beside(before, gone, different=False).values()) if gone else set()

    def _moves_after(self) -> dict[str, dict[str, object]]:
        return {row: values for (table, row), values in self.facts.items() if table == "stage_event"}
