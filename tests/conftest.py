"""What every test stands on: its own home, no screen, English, and no warning that nobody expected."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings as hypothesis_settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from funnel_desk import i18n, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis_settings.register_profile("default", max_examples=30, deadline=None, suppress_health_check=_SLOW)
hypothesis_settings.register_profile("ci", max_examples=60, deadline=None, print_blob=True, suppress_health_check=_SLOW)
hypothesis_settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_SLOW)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")

ExpectLog = Callable[[str], None]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, data and logs of a test go to a folder of its own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(settings.HOME_VARIABLE, str(home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # lists in files for spreadsheets follow the country
    return home


@pytest.fixture(autouse=True)
def _begins_in_english() -> Iterator[None]:
    """Each test begins in English, whatever the one before spoke."""
    i18n.set_language(i18n.ENGLISH)
    yield
    i18n.set_language(i18n.ENGLISH)


@pytest.fixture(autouse=True)
def expect_log(caplog: pytest.LogCaptureFixture) -> Iterator[ExpectLog]:
    """A warning or worse in the log fails the test, unless it said before that a record with this text comes."""
    expected: list[str] = []
    yield expected.append
    surprises = [
        f"{record.name}: {record.getMessage()}"
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING
        and record.name != "matplotlib.font_manager"  # says once per machine that it looks for fonts
        and not any(text in record.getMessage() for text in expected)
    ]
    assert not surprises, "unexpected log records"
