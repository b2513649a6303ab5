"""Long work in threads of its own: at most one that writes and two that read; progress and cancel go to the strip."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, translate
from funnel_desk.progress import Cancelled, Progress

T = TypeVar("T")
_READERS = 2


class Jobs(QObject):
    """Starts work and hears of its end in the thread of the window.

    `began` (what, writes), `advanced` (done, total, what) and `ended` (writes) are for the strip; `stopped` (what) for
    a job that the person cancelled; `failed` carries the Problem of a job that nobody else explains.
    """

    began = Signal(str, bool)
    advanced = Signal(int, int, str)
    ended = Signal(bool)
    stopped = Signal(str)
    failed = Signal(object)
    _over = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(max_workers=_READERS, thread_name_prefix="reader")
        self._running: list[_Job[object]] = []
        self._closed = False
        self._over.connect(self._finish, Qt.ConnectionType.QueuedConnection)  # never before the starter goes on

    @property
    def writing(self) -> bool:
        """Whether long work writes now."""
        return any(job.writes for job in self._running)

    def read(self, what: str, work: Callable[[Progress], T], then: Callable[[T], None]) -> None:
        """Work that only reads: `work` is called in a thread, `then` with what it gave in the window's.

        Work without a name is not shown to the person.
        """
        self._start(_Job(what, work, then, writes=False), self._readers)

    def write(self, what: str, work: Callable[[Progress], T], then: Callable[[T], None]) -> bool:
        """Work that writes; False, and nothing begins, while other work does."""
        if self.writing:
            return False
        self._start(_Job(what, work, then, writes=True), self._writer)
        return True

    @Slot()
    def cancel(self) -> None:
        """Ask what runs to stop; what it wrote is rolled back."""
        for job in self._running:
            job.unwanted.set()

    def close(self) -> None:
        """Stop everything and wait for it; nobody hears of it any more."""
        self._closed = True
        self.cancel()
        for job in self._running:
            job.then = _nobody
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _start(self, job: "_Job[T]", pool: ThreadPoolExecutor) -> None:
        if self._closed:  # a timer of the window rang once more
            return
        self._running.append(job)  # type: ignore[arg-type]  # what a job gives only its own `then` sees
        if job.what:
            self.began.emit(job.what, job.writes)
        # The language of the person belongs to the context, and threads begin with none.
        job.future = pool.submit(copy_context().run, job.work, _Reporter(self, job.unwanted))
        job.future.add_done_callback(lambda _future: self._over.emit(job))

    @Slot(object)
    def _finish(self, job: "_Job[object]") -> None:
        if job not in self._running or job.future is None:
            return
        self._running.remove(job)
        if job.what:
            self.ended.emit(job.writes)
        if job.future.cancelled():
            return
        problem = job.future.exception()
        if problem is None:
            job.then(job.future.result())
        elif isinstance(problem, Cancelled):
            self.stopped.emit(job.what)
        elif isinstance(problem, Problem):
            self.failed.emit(problem)
        else:
            raise problem


@dataclass(eq=False)
class _Job(Generic[T]):
    what: str
    work: Callable[[Progress], T]
    then: Callable[[T], None]
    writes: bool
    unwanted: threading.Event = field(default_factory=threading.Event)
    future: Future[T] | None = None


class _Reporter:
    """The progress of one job, told from its thread."""

    def __init__(self, jobs: Jobs, unwanted: threading.Event) -> None:
        self._jobs, self._unwanted = jobs, unwanted

    def report(self, done: int, total: int, what: str = "") -> None:
        """Pass it on to the strip. Raises Cancelled when the person has changed their mind."""
        if self._unwanted.is_set():
            raise Cancelled
        self._jobs.advanced.emit(done, total, translate(what) if what else "")


def _nobody(_result: object) -> None:
    """The window is gone, and with it whoever waited."""


def stopped_sentence(what: str) -> str:
    """What the message bar says of cancelled work."""
    return _("Stopped: {what}. Nothing was changed.", what=what)
