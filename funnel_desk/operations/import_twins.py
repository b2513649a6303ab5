"""Deals that a table tells anew and that may be here already: told as possible duplicates, never taken for one."""

from collections import defaultdict
from typing import NamedTuple

from funnel_desk.domain.search import folded
from funnel_desk.operations.import_likeness import LEAST
from funnel_desk.operations.import_look import Look

_MOST_COMPARED = 200
_FEW_LETTERS = 4


class Twin(NamedTuple):
    """A deal that is here."""

    deal_id: str
    title: str
    external_id: str


class DealTwins:
    """The deals of the workspace by company, to be asked about new ones."""

    def __init__(self, look: Look) -> None:
        self._by_company: dict[str, dict[str, Twin]] = defaultdict(dict)
        for deal_id, title, number, company in look.rows(
            "SELECT deal.id, title, external_id, company.name FROM deal LEFT JOIN company ON company.id = company_id"
            " ORDER BY deal.row_key"
        ):
            self._by_company[_name(company or "")].setdefault(_name(title), Twin(deal_id, title, number))

    def find(self, title: str, company: str, external_id: str) -> Twin | None:
        """A deal of the same company that is called so, or nearly so; other numbers tell deals apart."""
        known, key = self._by_company.get(_name(company), {}), _name(title)
        found = known.get(key)
        if found is None and company and len(key) >= _FEW_LETTERS and len(known) <= _MOST_COMPARED:
            found = _nearly(key, known)
        if found is None or (external_id and found.external_id and found.external_id != external_id):
            return None
        return found


def _nearly(key: str, known: dict[str, Twin]) -> Twin | None:
    from rapidfuzz import fuzz, process  # a compiled library that the start of the program does not wait for

    best = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=LEAST)
    return known[best[0]] if best is not None and _digits(best[0]) == _digits(key) else None


def _digits(key: str) -> str:
    return "".join(letter for letter in key if letter.isdigit())


def _name(text: str) -> str:
    return " ".join(folded(text).split())
