"""Opening a workspace for one command: to look at it, without its lock, or to write into it."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from funnel_desk import settings
from funnel_desk.domain.moments import day_of

if TYPE_CHECKING:
    from funnel_desk.operations.desk import Desk
    from funnel_desk.storage.acts import Author

NOBODY = settings.Profile("")


@contextmanager
def reading(file: Path) -> "Iterator[Desk]":
    """The workspace to look at: takes no lock, works on read-only files and while the window is open."""
    from funnel_desk.operations.desk import Desk
    from funnel_desk.storage.acts import Author

    profile = known_profile()
    desk = Desk(file, Author(profile.author_id, profile.author_name), write=False)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def writing(file: Path) -> "Iterator[Desk]":
    """The workspace to write into: refused while somebody else writes."""
    from funnel_desk.operations.desk import Desk

    desk = Desk(file, author())
    try:
        yield desk
    finally:
        desk.close()


def author() -> "Author":
    """Who writes: the person's profile, made on first use, under the name that the system knows where it has none."""
    from funnel_desk.storage.acts import Author

    profile = settings.profile()
    return Author(profile.author_id, profile.author_name or _login())


def known_profile() -> settings.Profile:
    """The person's profile as it is; looking at a file leaves nothing behind, not even that."""
    return settings.load().profile or NOBODY


def today_of(desk: "Desk") -> str:
    """The present day where the workspace is at home."""
    return day_of(desk.clock(), desk.workspace.time_zone)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # nobody is logged in, as in some containers
        return ""
