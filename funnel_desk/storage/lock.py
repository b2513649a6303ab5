"""One writer a file: a lock of the operating system, held beside the workspace while somebody may write it."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.file import NoLocks, lock_path

ATTEMPTS = 5
HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}  # what systems say of a lock that somebody else has


class FileInUse(Trouble):
    """Another program (or another window) holds the file for writing."""

    message = N_("{file} is open in another window or program. Close it there, then try again.")


class FolderClosed(Trouble):
    """The folder does not let us write beside the file, which every change needs."""

    message = N_("{file} cannot be changed: its folder is read-only. Copy the file to a folder of your own.")


if sys.platform == "win32":  # pragma: no cover - the other system's half
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take_lock(path: Path) -> Callable[[], None]:
    """Hold the file for writing; call the result to let it go. Raises FileInUse, FolderClosed or NoLocks."""
    beside = lock_path(path)
    for _ in range(ATTEMPTS):
        try:
            descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:  # no right, a read-only disk, no room for a name
            raise FolderClosed(file=path) from error
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise (FileInUse if error.errno in HELD else NoLocks)(file=path) from error
        if _still_there(descriptor, beside):
            return lambda: _release(descriptor, beside)
        os.close(descriptor)  # the holder removed it between our open and our lock: this one guards nothing
    raise FileInUse(file=path)


def _still_there(descriptor: int, beside: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), beside.stat())
    except FileNotFoundError:
        return False


def _release(descriptor: int, beside: Path) -> None:
    # Windows does not remove a file that is open; there the empty file stays and is taken again next time.
    with contextlib.suppress(OSError):
        beside.unlink()
    os.close(descriptor)
