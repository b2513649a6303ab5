"""Files that are written: aside first, and put in their place only when all of it is there."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from funnel_desk.exchange.import_problems import CannotWrite, SameFile
from funnel_desk.i18n import translate as _


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
    if path.is_dir():
        raise CannotWrite(file=path, why=_("it is a folder"))
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):  # a device or a pipe is not to be replaced
        with _open(path, path, encoding) as out:
            yield out
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    out = _open(path, aside, encoding)
    try:
        with out:
            yield out
        try:
            aside.replace(path)
        except OSError as error:
            raise CannotWrite(file=path, why=error.strerror or str(error)) from error
    finally:
        aside.unlink(missing_ok=True)


def _open(path: Path, opened: Path, encoding: str) -> TextIO:
    try:
        return opened.open("w", encoding=encoding, newline="")
    except OSError as error:
        raise CannotWrite(file=path, why=error.strerror or str(error)) from error
