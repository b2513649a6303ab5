"""Imports point down: the contracts of pyproject.toml hold."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("cli", "ui", "charts", "exchange", "operations", "queries", "storage", "domain")
LEAVES = {"i18n", "progress", "registry", "resources", "settings"}


def test_imports_point_down() -> None:
    kept, report = contracts(HOUSE)
    assert kept, report


@pytest.mark.parametrize(
    ("file", "line", "noticed"),
    [
        ("domain/x.py", "import funnel_desk.ui", "domain is not allowed to import funnel_desk.ui"),
        ("pantry.py", "", "funnel_desk.pantry"),
        ("charts/x.py", "import sqlalchemy", "charts is not allowed to import sqlalchemy"),
        ("cli/x.py", "import PySide6", "cli is not allowed to import PySide6"),
        ("ui/x.py", "import funnel_desk.storage", "ui is not allowed to import funnel_desk.storage"),
        ("charts/x.py", "import funnel_desk.operations", "charts is not allowed to import funnel_desk.operations"),
        ("ui/x.py", "import matplotlib", "ui is not allowed to import matplotlib"),
    ],
)
def test_the_contracts_notice(tmp_path: Path, file: str, line: str, noticed: str) -> None:
    house = tmp_path / "funnel_desk"
    for room in ROOMS:
        (house / room).mkdir(parents=True)
        (house / room / "__init__.py").touch()
    for module in ("__init__", "__main__", "app", *LEAVES):
        (house / f"{module}.py").touch()
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    assert contracts(tmp_path)[0]
    (house / file).write_text(line, encoding="utf-8")
    kept, report = contracts(tmp_path)
    assert not kept
    assert noticed in report


@pytest.mark.parametrize("file", sorted((HOUSE / "funnel_desk" / "domain").rglob("*.py")), ids=lambda file: file.name)
def test_the_domain_knows_the_standard_library_and_the_leaves_only(file: Path) -> None:
    allowed = {*(f"funnel_desk.{leaf}" for leaf in LEAVES), "funnel_desk.domain"}
    for name in imported_names(ast.parse(file.read_text(encoding="utf-8"))):
        first = name.partition(".")[0]
        assert first in sys.stdlib_module_names or any(name == room or name.startswith(f"{room}.") for room in allowed)


@pytest.mark.parametrize("leaf", sorted(LEAVES))
def test_a_leaf_imports_nothing_of_ours(leaf: str) -> None:
    tree = ast.parse((HOUSE / "funnel_desk" / f"{leaf}.py").read_text(encoding="utf-8"))
    assert not [name for name in imported_names(tree) if name.partition(".")[0] == "funnel_desk"]


def contracts(house: Path) -> tuple[bool, str]:
    """Whether the contracts hold for the package in this folder, and the linter's report."""
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache", "--no-logo"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def imported_names(tree: ast.AST) -> list[str]:
    """Everything a module imports, wherever in it, as dotted names."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names
