"""What is remembered about the person: whole, private, and never a reason not to start."""

import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from funnel_desk import settings
from funnel_desk.settings import Profile, Settings

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def file() -> Path:
    return settings.config_folder() / "settings.json"


def test_nothing_is_written_by_looking() -> None:
    assert settings.load() == Settings()
    assert not settings.config_folder().exists()


@given(
    language=st.none() | st.sampled_from(["en", "ru"]),
    last_file=st.none() | texts,
    name=texts,
    window=st.dictionaries(texts, texts, max_size=4),
)
def test_what_was_saved_is_loaded(
    language: str | None, last_file: str | None, name: str, window: dict[str, str]
) -> None:
    saved = Settings(language, "dark", last_file, Profile("id", name, "North"), window)
    settings.save(saved)
    assert settings.load() == saved


def test_one_change_leaves_the_rest() -> None:
    settings.save(Settings(language="ru", theme="dark"))
    assert settings.change(lambda kept: replace(kept, last_file="a.funnel")) == settings.load()
    assert settings.load() == Settings(language="ru", theme="dark", last_file="a.funnel")


def test_the_author_is_made_once_and_keeps_the_id() -> None:
    settings.save(Settings(theme="light"))
    made = settings.profile()
    assert UUID(made.author_id).version == 7
    assert settings.profile() == made
    assert settings.load() == Settings(theme="light", profile=made)


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe{", b"null"])
def test_a_damaged_file_is_set_aside(damage: bytes) -> None:
    settings.save(Settings(theme="dark"))
    file().write_bytes(damage)
    assert settings.load() == Settings()
    assert file().with_name("settings.damaged.json").read_bytes() == damage
    assert not file().exists()
    settings.save(Settings(theme="light"))
    assert settings.load().theme == "light"


def test_one_wrong_entry_takes_no_other_with_it() -> None:
    settings.save(Settings(theme="dark"))
    kept = json.loads(file().read_text(encoding="utf-8"))
    file().write_text(json.dumps({**kept, "language": 7, "profile": {"author_id": None}, "window": [1]}))
    assert settings.load() == Settings(theme="dark")


def test_what_a_newer_program_wrote_is_kept() -> None:
    settings.save(Settings())
    file().write_text('{"density": {"rows": 2}, "theme": "light"}')
    settings.change(lambda kept: replace(kept, theme="dark"))
    assert json.loads(file().read_text(encoding="utf-8"))["density"] == {"rows": 2}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may read in another way")
def test_only_the_person_may_look() -> None:
    settings.save(Settings())
    assert stat.S_IMODE(file().stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.config_folder().stat().st_mode) == 0o700


def test_nothing_is_left_behind_when_saving_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(Settings(theme="dark"))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        settings.save(Settings(theme="light"))
    assert settings.load().theme == "dark"
    assert [place.name for place in settings.config_folder().iterdir()] == ["settings.json"]


def test_every_folder_moves_with_the_home(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [settings.config_folder(), settings.data_folder(), settings.log_folder()]
    assert {folder.parent for folder in folders} == {own_home}
    monkeypatch.delenv(settings.HOME_VARIABLE)
    assert all("funnel-desk" in str(folder) for folder in (settings.config_folder(), settings.data_folder()))
