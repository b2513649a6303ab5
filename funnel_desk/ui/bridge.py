"""Between the screen and the desk: runs operations, tells what came of them, and passes on the news as one signal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from funnel_desk.domain.moments import day_of
from funnel_desk.domain.problems import Problem, Refusal, Trouble
from funnel_desk.i18n import _, translate_problem
from funnel_desk.ui.jobs import Jobs
from funnel_desk.ui.kept import Kept, kept_sentence

if TYPE_CHECKING:  # SQLAlchemy comes with them, and the window is shown before that
    from funnel_desk.operations.desk import Desk, Operation

MANY_CHANGES = 5_000
"""What consists of more is taken back apart from the window."""

_ACT = "act"

P = ParamSpec("P")
T = TypeVar("T")


class Entry(Protocol):
    """An act in the history: a template of words and what fills it."""

    @property
    def label(self) -> str: ...

    @property
    def arguments(self) -> Mapping[str, object]: ...


class Reversal(Protocol):
    """What an undo did: how many changes it took back, and what it left as it was."""

    @property
    def reverted(self) -> int: ...

    @property
    def kept(self) -> Sequence[Kept]: ...


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """An operation was done, and this is what it gave; its batch is what undo takes back."""

    value: T
    batch: str | None


class Bridge(QObject):
    """One desk for all screens.

    `touched`: what an act changed (the desk's `Touched`), in the thread of the window whoever acted. `told`: a sentence
    about what was done and the batch that undo would take back (or ""). `refused`: why something was not done.
    `troubled`: what is wrong with a disk or a file.
    """

    touched = Signal(object)
    told = Signal(str, str)
    refused = Signal(str)
    troubled = Signal(str)
    _heard = Signal(object)

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._paused = self._closed = ""
        self._jobs: Jobs | None = None
        self._heard.connect(self._pass_on)
        self._stop_listening = desk.listen(self._heard.emit)

    def today(self) -> str:
        """The day that it is now in the workspace's time zone."""
        return day_of(self.desk.clock(), self.desk.workspace.time_zone)

    def ask(self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask one question of the file."""
        return self.desk.read(query, *args, **kwargs)

    def run(self, what: "Operation[P, T]", *args: P.args, **kwargs: P.kwargs) -> Done[T] | None:
        """Do one thing. None if it was not done: then the person has been told why."""
        if self.refuses():
            return None
        try:
            value, batch = self.desk.run_named(what, *args, **kwargs)
        except (Refusal, Trouble) as problem:
            self.explain(problem)
            return None
        return Done(value, batch)

    def tell(self, sentence: str, done: Done[T] | None = None) -> None:
        """Say what was done, with the way back if it changed anything."""
        self.told.emit(sentence, (done.batch or "") if done else "")

    def undo(self, batch: str | None = None) -> None:
        """Take back a batch, or the person's newest act; a large one apart from the window."""
        self._reverse(lambda: self.desk.undo(batch), batch, undone=True)

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._reverse(self.desk.redo, None, undone=False)

    def work_apart(self, jobs: Jobs) -> None:
        """Let these take back and bring back what is large."""
        self._jobs = jobs

    def go_back(self, batch: str, *, large: bool) -> None:
        """Take back all that this person did since a batch, as one; ``large`` work goes on apart from the window."""
        self._carry_out(lambda: self.desk.go_back(batch), large=large, undone=True)

    def take_back_from(self, batch: str, root: str, title: str) -> None:
        """Take back what an act did to one deal (or company …), and nothing else of it."""
        self._carry_out(lambda: self.desk.take_back_from(batch, root, title), large=False, undone=True)

    def reverse(self, act: Callable[["Desk"], Reversal]) -> None:
        """Take something back by an act of its own, and tell what came of it."""
        self._carry_out(lambda: act(self.desk), large=False, undone=True)

    def why_not(self) -> str:
        """Why nothing can be changed now; empty if it can."""
        return self._paused or self._closed

    def refuses(self) -> bool:
        """Whether nothing can be changed just now; the person is told why."""
        if self.why_not():
            self.refused.emit(self.why_not())
        return bool(self.why_not())

    def why_closed(self) -> str:
        """Why nothing can be changed for as long as this desk is open; empty if it can."""
        return self._closed

    def read_only(self, why: str) -> None:
        """Refuse to write for as long as this desk is open, with this sentence."""
        self._closed = why

    def undo_names(self) -> tuple[str, str]:
        """What undo and redo would take next, in words; empty where there is nothing."""
        undo, redo = self.desk.undo_names()
        return said(undo) if undo else "", said(redo) if redo else ""

    def explain(self, problem: Problem) -> None:
        """Tell a person about a problem, each kind in its way."""
        signal = self.refused if isinstance(problem, Refusal) else self.troubled
        signal.emit(translate_problem(problem))

    def pause(self, why: str) -> None:
        """Refuse to write, with this sentence, while long work writes; an empty one ends the pause."""
        self._paused = why

    def close(self) -> None:
        """Hear no more."""
        self._stop_listening()

    @Slot(object)
    def _pass_on(self, news: object) -> None:
        self.touched.emit(news)

    def _reverse(self, act: Callable[[], Reversal], batch: str | None, *, undone: bool) -> None:
        from funnel_desk.queries.history import act_size

        size = self.ask(act_size, batch, self.desk.author.id, undoing=undone)
        self._carry_out(act, large=size > MANY_CHANGES, undone=undone)

    def _carry_out(self, act: Callable[[], Reversal], *, large: bool, undone: bool) -> None:
        if self.refuses():
            return
        tell = partial(self._tell_reversal, undone=undone)
        if self._jobs is not None and large:
            self._jobs.write(_("Undo") if undone else _("Redo"), lambda _progress: act(), tell)
            return
        try:
            tell(act())
        except (Refusal, Trouble) as problem:
            self.explain(problem)

    def _tell_reversal(self, found: Reversal, *, undone: bool) -> None:
        label = said(self.desk.history(1)[0])
        sentence = _("Undone: {what}", what=label) if undone else _("Done again: {what}", what=label)
        if found.kept:
            from funnel_desk.queries.names import name_of

            stayed = kept_sentence(found.kept, lambda table, row: self.ask(name_of, table, row))
            sentence = f"{sentence}. {stayed}"
        self.told.emit(sentence, "")


def said(entry: Entry) -> str:
    """The words for an act in the history, in the person's language."""
    values = dict(entry.arguments)
    act = values.pop(_ACT, None)
    if isinstance(act, str):  # itself the label of an act
        values[_ACT] = translate_problem(_Label(act, values.copy()))
    return translate_problem(_Label(entry.label, values))


@dataclass(frozen=True, slots=True)
class _Label:
    message: str
    values: Mapping[str, object]
