"""What is not imported is not waited for: start-up stays light, and the command line never sees Qt."""

import json
import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]
HEAVY = {"PySide6", "sqlalchemy", "alembic", "matplotlib", "numpy", "babel", "fpdf", "icalendar"}


def loaded_after(code: str) -> set[str]:
    """The libraries (top-level names) that are in memory after running this in a new process."""
    ask = f"{code}\nimport json, sys\nprint(json.dumps(sorted(name for name in sys.modules if '.' not in name)))"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return set(names)


def test_choosing_between_window_and_command_line_needs_nothing() -> None:
    loaded = loaded_after("from funnel_desk.__main__ import wants_command\nwants_command(['today', 'a.funnel'])")
    assert not loaded & {*HEAVY, "click"}


def test_the_window_comes_up_before_sql_and_charts() -> None:
    assert not loaded_after("import funnel_desk.app") & {"sqlalchemy", "alembic", "matplotlib", "numpy"}


def test_the_command_line_never_imports_qt() -> None:
    every_command = "import funnel_desk.cli\nfrom funnel_desk import registry\nlist(registry.modules(funnel_desk.cli))"
    assert not loaded_after(every_command) & {"PySide6", "shiboken6", "matplotlib"}


def test_help_is_quick() -> None:
    code = "from funnel_desk.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    assert not loaded_after(code) & HEAVY


def test_the_domain_is_pure() -> None:
    every_rule = (
        "import funnel_desk.domain\nfrom funnel_desk import registry\nlist(registry.modules(funnel_desk.domain))"
    )
    assert not loaded_after(every_rule) & {*HEAVY, "click"}
