"""Where the window stood and how it was divided, kept in the person's settings between two days."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from funnel_desk import settings

_log = logging.getLogger(__name__)


class Memory:
    """Small texts by name. They are written to the settings once, when the window closes."""

    def __init__(self, kept: Mapping[str, str]) -> None:
        self._kept = dict(kept)

    def get(self, name: str) -> str:
        """What was kept under this name; empty if nothing."""
        return self._kept.get(name, "")

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name."""
        self._kept[name] = text

    def save(self) -> None:
        """Write it down. A disk that refuses costs the person a splitter's place, no more: it is logged."""
        try:
            settings.change(lambda known: replace(known, window=dict(self._kept)))
        except OSError as problem:
            _log.info("the window's place could not be kept: %s", type(problem).__name__)
