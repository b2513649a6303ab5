"""Backups of a workspace in the user's data folder, or where the person wants one."""

from pathlib import Path

from funnel_desk import settings
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage import backup
from funnel_desk.storage.file import FileExists


class BackupStays(Trouble):
    """A backup that the system does not let go."""

    message = N_("The backup {file} cannot be deleted: {why}. It keeps what was erased; delete it by hand.")


def folder_of(path: Path) -> Path:
    """Where the backups of a workspace lie: a private folder by the batch that made it, whatever the file is called."""
    return settings.private_folder(
        settings.private_folder(settings.data_folder() / "backups") / backup.first_batch(path)
    )


def back_up(path: Path, now: Moment) -> Path:
    """Take a backup now."""
    return backup.back_up(path, folder_of(path), now)


def back_up_if_changed(path: Path, now: Moment) -> Path | None:
    """Take a backup if the workspace has changed since the newest one."""
    folder = folder_of(path)
    return backup.back_up(path, folder, now) if backup.is_stale(path, folder) else None


def copy_to(path: Path, target: Path) -> Path:
    """A checked copy of a workspace at a place of one's own; never over another file. Raises FileExists."""
    if target.exists():
        raise FileExists(file=target)
    return backup.write_copy(path, target)


def restore(path: Path, source: Path, now: Moment) -> Path:
    """Put a backup in the place of a workspace; gives the file that keeps what was there."""
    return backup.restore(path, source, now)


def newest(path: Path) -> Path | None:
    """The newest backup of a workspace."""
    found = backup.backups(folder_of(path))
    return found[-1] if found else None


def keep_up(path: Path, now: Moment) -> Moment:
    """Take a backup if the workspace has changed; gives when the newest one was taken."""
    made = back_up_if_changed(path, now) or newest(path)
    return backup.taken_at(made) if made else now


def how_many(path: Path) -> int:
    """How many backups of a workspace there are."""
    return len(backup.backups(folder_of(path)))


def forget_earlier(path: Path, now: Moment) -> int:
    """Take a backup now and delete all earlier ones, since they keep what was erased; gives how many went.

    Raises BackupStays.
    """
    folder = folder_of(path)
    earlier = backup.backups(folder)
    made = backup.back_up(path, folder, now)
    gone = [old for old in earlier if old != made and old.exists()]
    for old in gone:
        try:
            old.unlink()
        except OSError as error:
            raise BackupStays(file=old, why=error.strerror or str(error)) from error
    return len(gone)
