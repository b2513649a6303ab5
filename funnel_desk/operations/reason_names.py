"""Reasons for losing a deal, by everything they are called."""

from collections.abc import Iterable

from funnel_desk.domain.pipeline import LostReason
from funnel_desk.domain.search import folded


class ReasonNames:
    """Finds a known reason by its key, its name in either language, or its id."""

    def __init__(self, reasons: Iterable[LostReason]) -> None:
        self._ids: dict[str, str] = {}
        for reason in reasons:
            for name in (reason.key, reason.name.en, reason.name.ru, reason.id):
                if name:
                    self._ids.setdefault(folded(name.strip()), reason.id)

    def find(self, told: str) -> str | None:
        """The id of the reason that is called so."""
        return self._ids.get(folded(told.strip()))
