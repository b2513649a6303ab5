"""How names, addresses and numbers are made comparable, so that the same company or person is found written twice."""

import re

from funnel_desk.domain.search import folded

# Legal forms in the languages of the trade's neighbourhood; without dots, as `words_of` leaves them.
LEGAL_FORMS = frozenset({
    *("ооо", "зао", "оао", "пао", "ао", "ип", "одо", "чуп", "чтуп", "уп", "руп", "куп", "сп", "тоо", "чп", "фоп"),
    *("тов", "нпо", "гуп", "муп", "фгуп", "унп", "иооо", "сооо", "чпуп", "частное", "предприятие", "компания", "фирма"),
    *("llc", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "co", "company", "plc", "llp", "lp"),
    *("gmbh", "ag", "kg", "ohg", "ug", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps"),
    *("uab", "sia", "ou", "kft", "doo", "spzoo"),
})  # fmt: skip
LEAST_DIGITS = 6
"""A phone number with fewer digits is an extension, not a number."""
_SAME_DIGITS = 9
"""So many last digits of a number are alike, whatever stands before them: +375, 8, or nothing."""

_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_WORD = re.compile(r"[^\W_]+")
_NOT_DIGIT = re.compile(r"\D+")


def words_of(name: str) -> list[str]:
    """The words of a name: case folded, ё as е, without punctuation ("S.p.A." is one word)."""
    return _WORD.findall(_DOTTED.sub("", folded(name)))


def company_likeness(name: str) -> str:
    """The name of a company without its legal form; all of it where there is nothing else."""
    words = words_of(name)
    return " ".join([word for word in words if word not in LEGAL_FORMS] or words)


def person_likeness(name: str) -> str:
    """The name of a person whatever the order of its words."""
    return " ".join(sorted(words_of(name)))


def email_likeness(email: str) -> str:
    """An e-mail address as mail servers compare it; empty where it is none."""
    found = email.strip().casefold()
    return found if "@" in found.strip("@") else ""


def phone_likeness(phone: str) -> str:
    """The digits that a phone number shares with itself written another way; empty where there are too few."""
    digits = _NOT_DIGIT.sub("", phone)
    return digits[-_SAME_DIGITS:] if len(digits) >= LEAST_DIGITS else ""


def site_likeness(site: str) -> str:
    """The host of a web address, without www; empty where it is none."""
    host = re.sub(r"^[a-z]+://", "", site.strip().casefold()).split("/")[0].removeprefix("www.")
    return host if "." in host.strip(".") else ""
