"""Finding anything by its name as it is typed: deals, companies, contacts, and what was seen last."""

from collections.abc import Sequence

from funnel_desk.domain.name_index import Named, NameIndex, index_names
from funnel_desk.domain.search import MIDDLE, PREFIX, WORD_START, folded
from funnel_desk.storage.reader import Reader

_FOUND = """
    SELECT found.rank, deal.id, deal.title, coalesce(company.name, contact.name, '')
      FROM (SELECT deal_id, outcome, row_key, CASE {ranks} END AS rank
              FROM deal_state WHERE {words}
             ORDER BY rank, outcome != 'open', row_key DESC LIMIT ?) AS found
      JOIN deal ON deal.id = found.deal_id
      LEFT JOIN company ON company.id = deal.company_id
      LEFT JOIN contact ON contact.id = deal.contact_id
     ORDER BY found.rank, found.outcome != 'open', found.row_key DESC
"""
_PEOPLE = """
    SELECT 'company', id, name, industry, '' FROM company
    UNION ALL
    SELECT 'contact', contact.id, contact.name, coalesce(company.name, ''),
           contact.email || ' ' || contact.phone || ' '
           || replace(replace(replace(replace(contact.phone, ' ', ''), '-', ''), '(', ''), ')', '')
      FROM contact LEFT JOIN company ON company.id = contact.company_id
"""
_RECENT = {
    "deal": """
        SELECT deal.title, coalesce(company.name, contact.name, '') FROM deal
          LEFT JOIN company ON company.id = deal.company_id
          LEFT JOIN contact ON contact.id = deal.contact_id WHERE deal.id = ?
    """,
    "company": "SELECT name, industry FROM company WHERE id = ?",
    "contact": """
        SELECT contact.name, coalesce(company.name, '') FROM contact
          LEFT JOIN company ON company.id = contact.company_id WHERE contact.id = ?
    """,
}


def find_deals(read: Reader, text: str, most: int) -> list[tuple[int, Named]]:
    """The best so many deals whose texts hold every word, with their rank; among equals open and new ones first."""
    words = folded(text).split()
    if not words:
        return []
    phrase = " ".join(words)
    ranks = (
        f"WHEN substr(search, 1, {len(phrase)}) = ? THEN {PREFIX}"
        f" WHEN instr(search, ' ' || ?) OR instr(search, char(10) || ?) THEN {WORD_START} ELSE {MIDDLE}"
    )
    statement = _FOUND.format(ranks=ranks, words=" AND ".join(["instr(search, ?) > 0"] * len(words)))
    found = read.sql(statement, phrase, phrase, phrase, *words, most)
    return [(row[0], Named("deal", row[1], row[2], row[3])) for row in found]


def people_index(read: Reader) -> NameIndex:
    """All companies and contacts by name; contacts by phone and address too."""
    return index_names(Named(*row) for row in read.sql(_PEOPLE))


def still_there(read: Reader, seen: Sequence[tuple[str, str]]) -> list[Named]:
    """What was seen, each a kind and an id, as it is called now; what is gone is left out."""
    found = []
    for kind, row_id in seen:
        rows = read.sql(_RECENT[kind], row_id) if kind in _RECENT else []
        found += [Named(kind, row_id, *rows[0])] if rows else []
    return found


def known_sources(read: Reader) -> list[str]:
    """Where deals came from so far, each once."""
    return [row[0] for row in read.sql("SELECT DISTINCT source FROM deal WHERE source != ''")]
