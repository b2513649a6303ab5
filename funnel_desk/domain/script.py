"""The words to say: a script with placeholders becomes something that can be read aloud.

A script is plain text. ``{contact}`` and its like stand for what is known about the deal, ``**…**`` marks the key
question. What is not known leaves no hole: the sentence is turned so that it reads well without it.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

Style = Literal["plain", "bold", "filled"]
Span = tuple[str, Style]

PLACEHOLDERS = frozenset({
    "contact", "company", "deal", "me", "my_company", "last_offer", "last_offer_day", "days_since_invoice", "value",
    "product", "stage_days", "next_day",
})  # fmt: skip

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_STRAY_BRACE = re.compile(r"(\{[^{}]*\})|[{}]")
_TOKEN = re.compile(r"\*\*|\{[^{}]*\}")
_DAYS = frozenset({"days_since_invoice", "stage_days"})
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SENTENCE_ENDS = (".", "!", "?", "…")
_LONGEST_DAYS = 5  # digits; anything longer is no number of days


@dataclass(frozen=True, slots=True)
class _Neutral:
    """What is said where a value is missing: ``words``; after one of the lead-ins (patterns), its own words instead."""

    words: str
    leads: tuple[tuple[str, str], ...] = ()


_ENGLISH = {
    "contact": _Neutral("your colleague", ((r"\bdear\s+", "hello"),)),
    "company": _Neutral("your company"),
    "deal": _Neutral("this project"),
    "me": _Neutral("your sales manager"),
    "my_company": _Neutral("our company", ((r",?\s+this is\s+|\s+(?:from|at|of)\s+", ""), (r",\s*", ""))),
    "last_offer": _Neutral("our offer", ((r":\s+", ""), (r"\b(?:our|the)\s+offer\s+", "our offer"))),
    "last_offer_day": _Neutral("recently", ((r"\bon\s+", "recently"), (r"\s+(?:of|from)\s+", ""))),
    "days_since_invoice": _Neutral("some time"),
    "value": _Neutral("the amount we discussed", ((r",?\s+(?:for|of)\s+", ""),)),
    "product": _Neutral("our solution"),
    "stage_days": _Neutral("some time"),
    "next_day": _Neutral("on a day that suits you", ((r"\b(?:on|by|for)\s+", "on a day that suits you"),)),
}
_RUSSIAN = {
    "contact": _Neutral("ваш коллега", ((r"\bуважаем(?:ый|ая)\s+", "здравствуйте"),)),
    "company": _Neutral("ваша компания", ((r"\bкомпания\s+", "ваша компания"),)),
    "deal": _Neutral("наш вопрос"),
    "me": _Neutral("ваш менеджер"),
    "my_company": _Neutral("наша компания", ((r",\s*(?:компания\s+)?", ""), (r"\s+из\s+(?:компании\s+)?", ""))),
    "last_offer": _Neutral("наше предложение", ((r":\s+", ""), (r"\b(?:наше\s+)?предложение\s+", "наше предложение"))),
    "last_offer_day": _Neutral("недавно", ((r"\s+от\s+", ""),)),
    "days_since_invoice": _Neutral("некоторое время"),
    "value": _Neutral("сумма, которую мы обсуждали", ((r",?\s+на\s+(?:сумму\s+)?", ""),)),
    "product": _Neutral("наше решение"),
    "stage_days": _Neutral("некоторое время"),
    "next_day": _Neutral("в удобный вам день", ((r"\b(?:до|к)\s+", "в ближайшие дни"),)),
}

# A name that is called out goes together with one comma: "{contact}, good morning" and "Good morning, {contact}!".
_CALLED_FIRST = re.compile(r"(?P<marks>\**)\{contact\}(?P<close>\**),\s*(?P<open>\**)(?P<next>\w?)")
_CALLED_LATER = re.compile(r",\s*\{contact\}(?=\**\s*(?:[,.!?…;:)]|$))|(?<=\w)\s+\{contact\}(?=\**,|!)")


def placeholders(text: str) -> set[str]:
    """The names in braces in a script, known to the program or not."""
    return {match[1] for match in _PLACEHOLDER.finditer(text)}


def has_stray_brace(text: str) -> bool:
    """Whether a brace is left open or closed without its other half."""
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest


def has_open_bold(text: str) -> bool:
    """Whether a ``**`` has no other half."""
    return text.count("**") % 2 == 1


def fill(template: str, values: Mapping[str, str], lang: str) -> str:
    """The script as it is read aloud: values in their places, no braces, no bold marks.

    A missing or blank value is left out naturally in ``lang``. Days given as a bare number get their noun ("9 days").
    """
    return "".join(text for text, _ in spans(template, values, lang))


def spans(template: str, values: Mapping[str, str] | None = None, lang: str = "en") -> list[Span]:
    """The script in pieces for display: ``filled`` is what came from the deal, ``bold`` the key question."""
    known = {name: said for name, value in (values or {}).items() if (said := _say(name, value, lang))}
    text = _without_missing(_STRAY_BRACE.sub(r"\1", template), known, lang)
    paired_marks = text.count("**") // 2 * 2
    result: list[Span] = []
    position = marks = 0
    for token in _TOKEN.finditer(text):
        style: Style = "bold" if marks % 2 and marks < paired_marks else "plain"
        _add(result, text[position : token.start()], style)
        position = token.end()
        if token[0] == "**":
            marks += 1
        else:
            _add(result, known.get(token[0][1:-1], "…"), "filled")
    _add(result, text[position:], "plain")
    return result


def _add(result: list[Span], text: str, style: Style) -> None:
    """Append a piece; neighbours of one style become one."""
    if not text:
        return
    if result and result[-1][1] == style:
        text = result.pop()[0] + text
    result.append((text, style))


def _say(name: str, value: str, lang: str) -> str:
    """A value as it can stand in a sentence: one line, nothing that cannot be shown; empty if nothing is left."""
    visible = "".join(" " if char.isspace() else char for char in value if char.isspace() or _can_be_shown(char))
    said = " ".join(visible.split())
    if not any(unicodedata.category(char)[0] not in "CZ" for char in said):
        return ""
    is_count = said.isascii() and said.isdigit() and len(said) <= _LONGEST_DAYS
    return _days(int(said), lang) if is_count and name in _DAYS else said


def _can_be_shown(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in _BIDI_CONTROLS


def _days(days: int, lang: str) -> str:
    """So many days, in words that agree with the number."""
    if _is_russian(lang):
        if days == 0:
            return "меньше дня"
        tens, ones = days % 100, days % 10
        if 11 <= tens <= 14 or ones == 0 or ones >= 5:  # noqa: PLR2004 - the grammar of Russian numerals
            return f"{days} дней"
        return f"{days} день" if ones == 1 else f"{days} дня"
    if days == 0:
        return "less than a day"
    return "1 day" if days == 1 else f"{days} days"


def _is_russian(lang: str) -> bool:
    return lang.lower().startswith("ru")


def _without_missing(template: str, known: Mapping[str, str], lang: str) -> str:
    """The template with only those placeholders left whose values are known."""
    missing = (placeholders(template) & PLACEHOLDERS) - known.keys()
    if "contact" in missing:
        template = _CALLED_FIRST.sub(_drop_first_call, template)
        template = _CALLED_LATER.sub(_drop_later_call, template)
    neutral = _RUSSIAN if _is_russian(lang) else _ENGLISH
    for name in sorted(missing):
        template = _replace(template, name, neutral[name])
    return template


def _drop_first_call(match: re.Match[str]) -> str:
    """Leave a name out at the start of a sentence, where the next word takes the capital letter."""
    if not _starts_sentence(match.string[: match.start()]):
        return match[0]
    return match["marks"] + match["close"] + match["open"] + match["next"].upper()


def _drop_later_call(match: re.Match[str]) -> str:
    """Leave a name out after its comma, or after a greeting; after a preposition it is no call."""
    if match[0].startswith(","):
        return ""
    before = match.string[: match.start()].rpartition("\n")[2]
    word = re.split(r"[.!?…*]\s*", before)[-1].strip().casefold()
    return "" if word in _GREETINGS else match[0]


_GREETINGS = frozenset({
    "hello", "hi", "good morning", "good afternoon", "good day", "thank you", "thanks",
    "здравствуйте", "добрый день", "доброе утро", "спасибо",
})  # fmt: skip


def _replace(template: str, name: str, neutral: _Neutral) -> str:
    """Put neutral words in the place of one placeholder, with the lead-in, quotes or brackets that only it needed."""
    place = rf"(?:[«“„\"]\{{{name}\}}[»”“\"]|\{{{name}\}})"
    template = re.sub(rf"\s*\({place}\)", "", template)
    for lead, words in (*neutral.leads, ("", neutral.words)):
        template = re.sub(rf"(?:{lead}){place}", partial(_fit, words=words), template, flags=re.IGNORECASE)
    return template


def _fit(match: re.Match[str], *, words: str) -> str:
    """Neutral words with a capital letter where they begin a sentence."""
    return words[:1].upper() + words[1:] if _starts_sentence(match.string[: match.start()]) else words


def _starts_sentence(before: str) -> bool:
    head = before.rstrip(' \t\n*«“„"(')
    return not head or "\n" in before[len(head) :] or head.rstrip("»”").endswith(_SENTENCE_ENDS)
