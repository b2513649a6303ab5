"""The files that come with the program: playbooks, presets, icons, themes, samples."""

from pathlib import Path


def root() -> Path:
    """The resource folder: the repository's own if there is one, else the copy inside the installed package."""
    here = Path(__file__).resolve().parent
    repository = here.parent
    return repository / "resources" if (repository / "pyproject.toml").is_file() else here / "_resources"


def path(*parts: str) -> Path:
    """Where a resource lies: ``path("playbooks", "startup.toml")``."""
    return root().joinpath(*parts)


def read_text(*parts: str) -> str:
    """A resource's text (UTF-8)."""
    return path(*parts).read_text(encoding="utf-8")


def files(folder: str, suffix: str = "") -> list[Path]:
    """The files of a resource folder whose names end so, by name; none if the folder is not there."""
    place = path(folder)
    if not place.is_dir():
        return []
    return sorted(file for file in place.iterdir() if file.is_file() and file.name.endswith(suffix))
