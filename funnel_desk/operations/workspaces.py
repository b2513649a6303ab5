"""New workspaces: a file with one pipeline made from a playbook."""

import zoneinfo
from pathlib import Path

from funnel_desk.domain.playbook import Playbook
from funnel_desk.domain.problems import Refusal, Trouble
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.storage.acts import Author
from funnel_desk.storage.file import FileClosed, NoLocks
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.lock import FileInUse, FolderClosed

DEFAULT_CURRENCY = "EUR"
NO_ZONE = "UTC"


class UnknownCurrency(Refusal):
    """The currency is none of ISO 4217."""

    message = N_("“{currency}” is no currency. Give its code of three letters, like EUR, USD or BYN.")


class UnknownTimeZone(Refusal):
    """The time zone is none of the IANA database."""

    message = N_("“{zone}” is no time zone. Give its name, like Europe/Minsk or America/New_York.")


def new_workspace(
    path: Path, author: Author, playbook: Playbook, *, currency: str = DEFAULT_CURRENCY, time_zone: str | None = None
) -> None:
    """Make a workspace file with one pipeline; in the time zone of the machine, if none is told.

    Raises UnknownCurrency, UnknownTimeZone, FileExists and FolderMissing; then nothing is left.
    """

    def begin(batch: Batch) -> None:
        add_pipeline(batch, playbook)

    Desk.create(
        path,
        author,
        currency=known_currency(currency),
        time_zone=zone_of_the_machine() if time_zone is None else known_zone(time_zone),
        begin=begin,
    )


def known_currency(told: str) -> str:
    """The ISO 4217 code that was told, in capitals. Raises UnknownCurrency."""
    from babel.numbers import is_currency

    code = told.strip().upper()
    if not is_currency(code):
        raise UnknownCurrency(currency=told)
    return code


def known_zone(told: str) -> str:
    """The IANA name of a time zone that was told. Raises UnknownTimeZone."""
    name = told.strip()
    if name not in zoneinfo.available_timezones():
        raise UnknownTimeZone(zone=told)
    return name


def zone_of_the_machine() -> str:
    """The IANA name of the zone that this machine's clock shows; UTC if it does not say."""
    from babel.localtime import get_localzone

    name = str(getattr(get_localzone(), "key", ""))
    return name if name in zoneinfo.available_timezones() else NO_ZONE


def open_desk(path: Path, author: Author) -> tuple[Desk, Trouble | None]:
    """Open a workspace for changing; where that cannot be, for looking only, with the reason.

    So it is with a file that another window holds, in a folder or on a medium that cannot be written, or of others'.
    Raises the Trouble of a file that cannot even be read.
    """
    try:
        return Desk(path, author), None
    except (FileInUse, FolderClosed, FileClosed, NoLocks) as why:
        return Desk(path, author, write=False), why
