"""The desk: an open workspace, handed down to whoever acts on it.

It runs operations and tells who listens what was touched.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, TypeVar

import uuid6

from funnel_desk.domain.moments import Moment, instant
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.domain.workspace import Workspace
from funnel_desk.i18n import N_
from funnel_desk.storage.acts import ERASE, Act, Author, Touched
from funnel_desk.storage.file import VERSION, look_at, new_file
from funnel_desk.storage.history import GONE_BACK, TAKEN_OUT, HistoryEntry, history, kind_of, next_redo, next_undo
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.merging import Work, is_merge, withdraw_merge
from funnel_desk.storage.reader import Reader, Readers
from funnel_desk.storage.undo import Reversal, UnknownBatch
from funnel_desk.storage.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")


class NothingToUndo(Refusal):
    """The author has no act left that is not undone."""

    message = N_("There is nothing to undo.")


class NothingToRedo(Refusal):
    """Nothing was undone since the last act."""

    message = N_("There is nothing to redo.")


class ReadOnly(Refusal):
    """The desk was opened for looking only."""

    message = N_("This workspace is open for reading only.")


@dataclass(frozen=True, slots=True)
class Operation(Generic[P, T]):
    """One thing a person can do: a plain function over a batch, and the words that undo and history show for it."""

    label: str
    work: Callable[Concatenate[Batch, P], T]

    def __call__(self, batch: Batch, *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it as a part of a larger act."""
        return self.work(batch, *args, **kwargs)


def operation(label: str) -> Callable[[Callable[Concatenate[Batch, P], T]], Operation[P, T]]:
    """Make an operation of a function; ``label`` is a template whose arguments ``batch.relabel`` fills."""

    def decorate(work: Callable[Concatenate[Batch, P], T]) -> Operation[P, T]:
        return Operation(label, work)

    return decorate


def clock_of_the_machine() -> Moment:
    """Now, as an instant in UTC."""
    return instant(datetime.now(UTC))


def fresh_id() -> str:
    """A new id: a uuid7, which sorts by its time."""
    return str(uuid6.uuid7())


class Desk:
    """An open workspace. ``write=False`` looks at the file without taking its lock."""

    def __init__(
        self,
        path: Path,
        author: Author,
        *,
        write: bool = True,
        clock: Callable[[], Moment] = clock_of_the_machine,
        new_id: Callable[[], str] = fresh_id,
    ) -> None:
        if look_at(path) < VERSION:
            from funnel_desk.storage.migrate import migrate  # once in the life of a file

            migrate(path)
        self.path = path
        self.author = author
        self.clock = clock
        self._new_id = new_id
        self._listeners: list[Callable[[Touched], None]] = []
        self._writer = Writer(path) if write else None
        self._readers = Readers(path)
        with ExitStack() as failing:
            failing.callback(self.close)
            self._workspace = self.read(lambda read: read.workspace)
            failing.pop_all()

    @staticmethod
    def create(
        path: Path,
        author: Author,
        *,
        currency: str,
        time_zone: str,
        begin: Callable[[Batch], object] = lambda _: None,
        clock: Callable[[], Moment] = clock_of_the_machine,
        new_id: Callable[[], str] = fresh_id,
    ) -> None:
        """Make a new workspace file; ``begin`` fills it within the one act that cannot be undone.

        Nothing is left if it fails.
        """
        with new_file(path) as passing:
            writer = Writer(passing)
            try:
                act = Act(N_("New workspace"), author, clock(), time_zone, new_id, kind="new")

                def fill(batch: Batch) -> None:
                    batch.add(Workspace(batch.new_id(), currency, time_zone))
                    begin(batch)

                writer.run(act, fill)
            finally:
                writer.close()

    @property
    def workspace(self) -> Workspace:
        """Currency and time zone of the file."""
        return self._workspace

    def run(self, what: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one thing: one batch, undoable as one. Whoever listens hears what was touched."""
        return self.run_named(what, *args, **kwargs)[0]

    def run_named(self, what: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, str | None]:
        """Do one thing; gives its result and the id of its batch (None where nothing changed)."""
        act = self._act(what.label)
        result, touched, batch = self._write().run(act, lambda batch: what.work(batch, *args, **kwargs))
        self._tell(touched)
        return result, batch

    def rehearse(self, what: Operation[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do one thing and take it all back, to see what would come of it."""
        found: list[T] = []

        def work(batch: Batch) -> None:
            found.append(what.work(batch, *args, **kwargs))
            raise _Rehearsed

        try:
            self._write().run(self._act(what.label), work)
        except _Rehearsed:
            return found[0]
        raise AssertionError

    def run_apart(self, work: Work[T]) -> T:
        """Write what is no act of a person, such as a merge, in one transaction. Whoever listens hears of it."""
        with self._write().transaction() as connection:
            result, touched = work(connection)
        self._tell(touched)
        return result

    def compact(self) -> None:
        """Write the file anew without the room that deleted and erased values left in it."""
        self._write().compact()

    def undo(self, batch: str | None = None) -> Reversal:
        """Take back a batch or a merge (by its record), or this author's newest act.

        Raises NothingToUndo, UnknownBatch, NothingLeft, and AlreadyWithdrawn.
        """
        target = batch or self.read(lambda read: next_undo(read.connection, self.author.id))
        if target is None:
            raise NothingToUndo
        if self.read(lambda read: is_merge(read.connection, target)):
            return self._withdraw(target)
        kind, label, arguments = self._kind(target)
        act = self._act(label, kind="redo" if kind == "undo" else "undo", arguments=arguments)
        return self._reverse(target, act)

    def redo(self) -> Reversal:
        """Bring back what this author undid last, unless something was done since. Raises NothingToRedo."""
        target = self.read(lambda read: next_redo(read.connection, self.author.id))
        if target is None:
            raise NothingToRedo
        _, label, arguments = self._kind(target)
        return self._reverse(target, self._act(label, kind="redo", arguments=arguments))

    def take_back_from(self, batch: str, root: str, title: Words | str) -> Reversal:
        """Take back what a batch did to one deal, pipeline, company or contact, and nothing else of it.

        ``title`` names it in the history. Raises UnknownBatch, NotUndoable, NotAnAct, NothingLeft.
        """
        kind, label, arguments = self._kind(batch)
        if kind != "act":
            raise NotAnAct
        act = self._act(TAKEN_OUT, kind="undo", arguments={**arguments, "act": label, "inside": title})
        found = self._write().reverse(batch, act, root)
        self._tell(found.touched)
        return found

    def go_back(self, batch: str) -> Reversal:
        """Take back all that this author did since a batch, it included, as one: a single redo brings it back.

        Raises UnknownBatch, NotUndoable, NotAnAct, NothingLeft.
        """
        found = self._write().go_back(batch, self._act_back(batch))
        self._tell(found.touched)
        return found

    def try_go_back(self, batch: str) -> Reversal:
        """What ``go_back`` would do; nothing is written."""
        return self._write().go_back(batch, self._act_back(batch), dry=True)

    def _act_back(self, batch: str) -> Act:
        kind, label, arguments = self._kind(batch)
        if kind != "act":
            raise NotAnAct
        return self._act(GONE_BACK, kind="undo", arguments={**arguments, "act": label})

    def history(self, limit: int | None = None) -> list[HistoryEntry]:
        """What was done, newest first."""
        return self.read(lambda read: history(read.connection, limit))

    def undo_names(self) -> tuple[HistoryEntry | None, HistoryEntry | None]:
        """The acts that undo and redo would take next."""

        def both(read: Reader) -> tuple[HistoryEntry | None, HistoryEntry | None]:
            by_id = {entry.batch: entry for entry in history(read.connection, None)}
            names = next_undo(read.connection, self.author.id), next_redo(read.connection, self.author.id)
            return by_id.get(names[0] or ""), by_id.get(names[1] or "")

        return self.read(both)

    def read(self, query: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask one question of the file; all within it sees one state. Any thread may ask."""
        with self._readers.session() as read:
            return query(read, *args, **kwargs)

    def listen(self, listener: Callable[[Touched], None]) -> Callable[[], None]:
        """Hear of every act after it is kept; call the result to hear no more."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """Let go of the file."""
        self._readers.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _write(self) -> Writer:
        if self._writer is None:
            raise ReadOnly
        return self._writer

    def _act(self, label: str, *, kind: str = "act", arguments: dict[str, object] | None = None) -> Act:
        return Act(label, self.author, self.clock(), self._workspace.time_zone, self._new_id, arguments or {}, kind)

    def _kind(self, batch: str) -> tuple[str, str, dict[str, object]]:
        found = self.read(lambda read: kind_of(read.connection, batch))
        if found is None:
            raise UnknownBatch(batch=batch)
        if found[0] == "new":
            raise NotUndoable
        if found[0] == ERASE:
            raise Erased
        return found

    def _reverse(self, target: str, act: Act) -> Reversal:
        found = self._write().reverse(target, act)
        self._tell(found.touched)
        return found

    def _withdraw(self, record: str) -> Reversal:
        return self.run_apart(lambda connection: withdraw_merge(connection, record, self._workspace.time_zone))

    def _tell(self, touched: Touched) -> None:
        if "workspace" in touched.tables:
            self._workspace = self.read(lambda read: read.workspace)
        if touched.ids:
            for listener in tuple(self._listeners):
                listener(touched)


class NotUndoable(Refusal):
    """Making the workspace is where its history begins."""

    message = N_("Making the workspace cannot be undone; delete the file instead.")


class Erased(Refusal):
    """Nobody has what was erased."""

    message = N_("What was erased is gone for ever; there is nothing to bring back.")


class NotAnAct(Refusal):
    """An undo or redo is no point to go back to: what it was about is."""

    message = N_("Choose an act to go back to before it; this one is an undo or a redo.")


class _Rehearsed(Exception):
    pass
