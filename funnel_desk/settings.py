"""What the program remembers about the person, apart from any workspace: a small JSON file of their own.

The author's identity lives here and not in the workspace: a copied workspace must not carry a copied identity.
A damaged file is set aside under another name and the defaults are used; entries that a newer program wrote are kept.
"""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import platformdirs
from uuid6 import uuid7

APP = "funnel-desk"
HOME_VARIABLE = "FUNNEL_DESK_HOME"
"""An environment variable that puts every folder of ours under one (a portable installation, a test)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who writes: the id that the journal knows, the name that colleagues see, and the company in scripts."""

    author_id: str
    author_name: str = ""
    my_company: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. `language` None follows the system; `theme` is system, light or dark."""

    language: str | None = None
    theme: str = "system"
    last_file: str | None = None
    profile: Profile | None = None
    window: Mapping[str, str] = field(default_factory=dict)
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    """The keys that the person chose, by command; empty where they want none."""
    unknown: Mapping[str, object] = field(default_factory=dict)
    """What a newer program wrote here, passed on untouched."""


def config_folder() -> Path:
    """Where the settings and the person's own presets lie."""
    return _folder("config", platformdirs.user_config_path(APP, appauthor=False))


def data_folder() -> Path:
    """Where a workspace goes that was never given a place, beside the person's own playbooks."""
    return _folder("data", platformdirs.user_data_path(APP, appauthor=False))


def log_folder() -> Path:
    """Where the log and the reports about bugs go."""
    return _folder("log", platformdirs.user_log_path(APP, appauthor=False))


def load() -> Settings:
    """The settings as they were saved; the defaults where nothing was, or nothing readable."""
    file = _file()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError):
        _set_aside(file)
        return Settings()
    try:
        kept = json.loads(text)
    except ValueError:
        kept = None
    if not isinstance(kept, dict):
        _set_aside(file)
        return Settings()
    return _from_json(kept)


def save(settings: Settings) -> None:
    """Write the settings whole or not at all; only the person may read them. Raises OSError."""
    folder = private_folder(config_folder())
    handle, name = tempfile.mkstemp(prefix=".settings-", dir=folder)  # 0600 from the start
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_to_json(settings), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(_file())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def change(edit: Callable[[Settings], Settings]) -> Settings:
    """Edit the settings as they are on disk now, so that two programs do not undo each other. Raises OSError."""
    settings = edit(load())
    save(settings)
    return settings


def profile() -> Profile:
    """Who writes; the author's id is made on first use. Raises OSError if it cannot be kept."""
    known = load().profile
    if known is not None:
        return known
    made = Profile(author_id=str(uuid7()))
    change(lambda settings: replace(settings, profile=made))
    return made


def private_folder(folder: Path) -> Path:
    """The folder, made if need be so that only the person can look inside. Raises OSError."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
    return folder


def _folder(name: str, customary: Path) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / name if home else customary


def _file() -> Path:
    return config_folder() / "settings.json"


def _set_aside(file: Path) -> None:
    """Best effort: when even that fails the defaults serve, and the next save says what is wrong."""
    try:
        file.replace(file.with_name("settings.damaged.json"))
    except OSError:
        return


def _to_json(settings: Settings) -> dict[str, object]:
    kept: dict[str, object] = {
        entry.name: getattr(settings, entry.name) for entry in fields(settings) if entry.name != "unknown"
    }
    if settings.profile is not None:
        kept["profile"] = {entry.name: getattr(settings.profile, entry.name) for entry in fields(settings.profile)}
    return {**settings.unknown, **kept}


def _from_json(kept: Mapping[str, object]) -> Settings:
    """Entry by entry: one that is not of its kind falls back to its default and takes no other with it."""
    return Settings(
        language=_text(kept, "language"),
        theme=_text(kept, "theme") or "system",
        last_file=_text(kept, "last_file"),
        profile=_profile(kept.get("profile")),
        window=_texts(kept.get("window")),
        shortcuts=_texts(kept.get("shortcuts")),
        unknown={name: value for name, value in kept.items() if name not in {entry.name for entry in fields(Settings)}},
    )


def _profile(kept: object) -> Profile | None:
    author_id = _text(kept, "author_id") if isinstance(kept, dict) else None
    if not isinstance(kept, dict) or not author_id:
        return None
    return Profile(author_id, _text(kept, "author_name") or "", _text(kept, "my_company") or "")


def _texts(kept: object) -> dict[str, str]:
    return {str(name): text for name, text in kept.items() if isinstance(text, str)} if isinstance(kept, dict) else {}


def _text(kept: Mapping[str, object], name: str) -> str | None:
    value = kept.get(name)
    return value if isinstance(value, str) else None
