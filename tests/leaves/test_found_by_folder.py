"""Modules and files that are known because of the folder they lie in."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from funnel_desk import registry, resources


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    folder = tmp_path / "shelf_of_test"
    folder.mkdir()
    for name, text in {"__init__": "", "b": "VIEW = 2", "a": "VIEW = 1", "c": "", "_private": "VIEW = 3"}.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.startswith("shelf_of_test")]:
        monkeypatch.delitem(sys.modules, name)
    return importlib.import_module("shelf_of_test")


def test_modules_are_found_by_name_without_being_imported(shelf: ModuleType) -> None:
    assert registry.module_names(shelf) == ["a", "b", "c"]
    assert "shelf_of_test.a" not in sys.modules


def test_a_module_counts_if_it_has_the_constant(shelf: ModuleType) -> None:
    assert registry.discover(shelf, "VIEW") == {"a": 1, "b": 2}
    assert registry.discover_kind(shelf, "VIEW", int) == {"a": 1, "b": 2}


def test_a_constant_of_another_kind_is_a_mistake(shelf: ModuleType) -> None:
    with pytest.raises(TypeError, match=r"shelf_of_test\.a\.VIEW is not a str"):
        registry.discover_kind(shelf, "VIEW", str)


def test_resources_are_found_in_the_repository() -> None:
    house = Path(__file__).parents[2]
    assert resources.root() == house / "resources"
    assert "Plural-Forms" in resources.read_text("locale", "ru", "LC_MESSAGES", "funnel_desk.po")
    catalogs = resources.files("locale/ru/LC_MESSAGES", ".po")
    assert catalogs == [resources.path("locale", "ru", "LC_MESSAGES", "funnel_desk.po")]
    assert resources.files("no such folder") == []


def test_resources_are_found_inside_the_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "funnel_desk" / "resources.py"))
    assert resources.root() == tmp_path / "funnel_desk" / "_resources"
