"""The person's settings as the window uses them: a disk that refuses costs them a preference, no more."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from uuid6 import uuid7

from funnel_desk import settings

_log = logging.getLogger(__name__)


def remember(edit: Callable[[settings.Settings], settings.Settings]) -> None:
    """Change the person's settings; a disk that refuses costs them a preference, no more."""
    try:
        settings.change(edit)
    except OSError as problem:
        _log.info("the settings could not be kept: %s", type(problem).__name__)


def keep_shortcuts(kept: Mapping[str, str]) -> None:
    """Keep the keys that the person chose."""
    remember(lambda known: replace(known, shortcuts=dict(kept)))


def who() -> settings.Profile:
    """Who writes. Where the profile cannot be kept it lasts as long as the window."""
    try:
        return settings.profile()
    except OSError:
        return settings.Profile(str(uuid7()))
