"""The playbooks to begin with: those that come with the program, and the person's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from funnel_desk import resources, settings
from funnel_desk.domain.playbook import Playbook, parse
from funnel_desk.domain.playbook_problems import PlaybookTrouble
from funnel_desk.domain.problems import Refusal, Trouble
from funnel_desk.domain.search import folded
from funnel_desk.i18n import N_

SUFFIX = ".toml"


class UnknownPlaybook(Refusal):
    """There is no playbook of this name."""

    message = N_("There is no playbook “{playbook}”. Known: {known}.")


class UnreadablePlaybook(Trouble):
    """The file cannot be read as text."""

    message = N_("{file} cannot be read as a playbook. It must be a text file in UTF-8 that you may read.")


@dataclass(frozen=True, slots=True)
class Shelf:
    """All playbooks in the order in which to offer them, the person's own last, and what is wrong with the others."""

    playbooks: tuple[Playbook, ...]
    troubles: tuple[Trouble, ...]


def own_folder() -> Path:
    """Where the person's own playbooks lie, one TOML file each; it need not be there."""
    return settings.data_folder() / "playbooks"


def shipped() -> list[Playbook]:
    """The playbooks that come with the program."""
    return [playbook_in(file) for file in resources.files("playbooks", SUFFIX)]


def shelf() -> Shelf:
    """The playbooks that come with the program and the person's own; one of an equal key takes the place of ours."""
    found: dict[str, Playbook] = {}
    troubles: list[Trouble] = []
    for file in (*resources.files("playbooks", SUFFIX), *_own_files()):
        try:
            playbook = playbook_in(file)
        except (PlaybookTrouble, UnreadablePlaybook) as trouble:
            troubles.append(trouble)
        else:
            found[playbook.key] = playbook
    return Shelf(tuple(found.values()), tuple(troubles))


def playbook_named(told: str) -> Playbook:
    """The playbook with this key or name, in either language, or in this file (``own.toml``).

    Raises:
        UnknownPlaybook: there is none.
        PlaybookTrouble: there is one, but something is wrong with its file.
    """
    if told.endswith(SUFFIX) and Path(told).is_file():
        return playbook_in(Path(told))
    on_shelf = shelf()
    wanted = folded(told.strip())
    for playbook in on_shelf.playbooks:
        if wanted in {folded(name) for name in _names(playbook)}:
            return playbook
    for trouble in on_shelf.troubles:
        if folded(Path(str(trouble.values["file"])).stem) == wanted:
            raise trouble
    raise UnknownPlaybook(playbook=told, known=", ".join(playbook.key for playbook in on_shelf.playbooks))


def playbook_in(file: Path) -> Playbook:
    """The playbook in a file. Raises PlaybookTrouble or UnreadablePlaybook."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadablePlaybook(file=file) from error
    return parse(text, file.name)


def _own_files() -> Sequence[Path]:
    folder = own_folder()
    return sorted(file for file in folder.iterdir() if file.name.endswith(SUFFIX)) if folder.is_dir() else []


def _names(playbook: Playbook) -> Iterator[str]:
    yield from (name for name in (playbook.key, playbook.name.en, playbook.name.ru) if name)
