"""Files that are written: aside first, and put in their place only when all of it is there."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

from funnel_desk.exchange.import_problems import CannotWrite, SameFile
from funnel_desk.i18n import translate as _

File = TypeVar("File", TextIO, BinaryIO)


def refuse_same_file(out: Path, *sources: Path) -> None:
    """Keep what is read from being written over. Raises SameFile."""
    for source in sources:
        if out.resolve() == source.resolve():
            raise SameFile(file=out)


@contextmanager
def text_file(path: Path, encoding: str) -> Iterator[TextIO]:
    """A new text file, with line ends as they are written; nothing is left, or replaced, when the work in it fails.

    Raises CannotWrite before anything is done if the place cannot be written.
    """
    with _new_file(path, lambda place: place.open("w", encoding=encoding, newline="")) as out:
        yield out


def write_whole(*files: tuple[Path, bytes]) -> None:
    """Write files, all of them or none. Raises CannotWrite."""
    with ExitStack() as every:
        for path, content in files:
            out = every.enter_context(_new_file(path, lambda place: place.open("wb")))
            try:
                out.write(content)
                out.flush()
            except OSError as error:  # the disk is full, most likely
                raise _cannot_write(path, error) from error


@contextmanager
def _new_file(path: Path, opened: Callable[[Path], File]) -> Iterator[File]:
    """A file that is written aside and takes its place when the work in it is done."""
    if path.is_dir():
        raise CannotWrite(file=path, why=_("it is a folder"))
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):  # a device or a pipe is not to be replaced
        with _open(path, path, opened) as out:
            yield out
        return
    place = path.resolve()  # a link stays a link
    aside = place.with_name(f".{place.name}.{os.getpid()}.new")
    out = _open(path, aside, opened)
    try:
        with out:
            yield out
        try:
            aside.replace(place)
        except OSError as error:
            raise _cannot_write(path, error) from error
    finally:
        aside.unlink(missing_ok=True)


def _open(path: Path, place: Path, opened: Callable[[Path], File]) -> File:
    try:
        return opened(place)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> CannotWrite:
    return CannotWrite(file=path, why=error.strerror or str(error))
