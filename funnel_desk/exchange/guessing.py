"""Which one-byte encoding a text is in, judged by the words it gives.

Each byte above 127 is a letter in one encoding, a box corner in another. A reading is scored by the letters that it
gives: Russian letters by how common they are, broken words (a Latin letter beside a Cyrillic one, a capital after a
small letter, a digit inside a word) against it. That holds on a single word, where counting bytes does not.
"""

import re
from itertools import pairwise

CYRILLIC_FIRST = ("cp1251", "cp1252", "cp866", "koi8-r", "latin-1")
"""What is tried, the likeliest first: a tie goes to the earlier."""

SAMPLE_BYTES = 40_000
DOUBTFUL = 0.45
"""Below this score no reading is convincing."""

_COMMON = dict(zip("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", (6 - n * 0.17 for n in range(33)), strict=True))
_OTHER_CYRILLIC = dict.fromkeys("іїєґўћђјљњџѓќѕ", 0.6) | {"і": 2.5, "ў": 2.0, "є": 2.0, "ї": 2.0}
_LATIN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœšžÿ"
_LONE_LETTER = 0.8
_GOOD_SIGNS = "«»„“”‘’—–…№€°§\u00a0£²³½±×©®™•·"
_USUAL = (
    "ст но ен то на ов ни ра во ко по пр ро го не ре та ть ли ка ос ер ом ол ел ит ан ал ор ет ло ри ва ла от те де ес "
    "ль ат ин ти да за ле ог об тр ны ки ме ми мо ма со ск ся ис пе ад ия ие ии ый ой ая ое ых их ам ям ве ви си се до "
    "ду ук ус ку ту ру бо бы ав ай ей ин тв вн нн нт ча че чн чи ша ши же жи жа из зн ез ус рм рг рд рс сд лк дк мк "
    "св сл сп сч кл кр кт ок ак ик ек ук фи фо ци ца ща щи эт юч юр зв зы аз др дн дл го га ги гр бр бл ба бе би"
)
_USUAL_PAIRS = frozenset(_USUAL.split())
_TELLING_LINE = re.compile(rb"[^\r\n\x80-\xff]*+[\x80-\xff][^\r\n]*+")
_WORD = re.compile(r"[^\W\d_]+")


def guess_encoding(data: bytes) -> str | None:
    """The most convincing one-byte encoding of these bytes, or None when none convinces."""
    sample = telling_lines(data)
    best, best_score = None, float("-inf")
    for encoding in CYRILLIC_FIRST:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = plausibility(sample.decode(encoding))
        if score > best_score + 1e-9:
            best, best_score = encoding, score
    if best_score >= DOUBTFUL:
        return best
    return _second_opinion(sample) or best


def plausibility(text: str) -> float:
    """How much a text reads like words of people, per letter that is not ASCII: about -5 to 7."""
    signs = [sign for sign in text if sign > "\x7f"]
    if not signs:
        return 0.0
    total = sum(_sign_score(sign) for sign in signs if not sign.isalpha())
    total += sum(_word_score(word) for word in set(_WORD.findall(text)) if not word.isascii())
    total -= 4.0 * len(re.findall(r"\d[^\W\d_\x00-\x7f]|[^\W\d_\x00-\x7f]\d", text))
    weighed = sum(1 for sign in signs if not sign.isalpha())
    weighed += sum(sum(1 for c in word if c > "\x7f") for word in set(_WORD.findall(text)))
    return total / weighed


def _word_score(word: str) -> float:
    if len(word) == 1:
        return min(_LONE_LETTER, _letter_score(word))
    foreign = [letter for letter in word if letter > "\x7f"]
    score = sum(_letter_score(letter) for letter in foreign)
    small = word.lower()
    score += 1.5 * sum(left + right in _USUAL_PAIRS for left, right in pairwise(small))
    cyrillic = sum(_is_cyrillic(letter) for letter in word)
    if 0 < cyrillic < len(word):  # two alphabets in one word
        score -= 6.0 * len(foreign)
    score -= 5.0 * sum(left.islower() and right.isupper() for left, right in pairwise(word) if right > "\x7f")
    if word[0].islower() and word[1:].isupper():
        score -= 5.0 * len(foreign)
    if not cyrillic:  # accented letters stand alone among plain ones
        score -= 5.0 * sum(left > "\x7f" and right > "\x7f" for left, right in pairwise(word))
    return score


def _letter_score(letter: str) -> float:
    small = letter.lower()
    if small in _COMMON:
        return _COMMON[small]
    if small in _OTHER_CYRILLIC:
        return _OTHER_CYRILLIC[small]
    return 3.0 if small in _LATIN else -3.0


def _sign_score(sign: str) -> float:
    return 1.0 if sign in _GOOD_SIGNS else -3.0


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u04ff"


def telling_lines(data: bytes) -> bytes:
    """The first lines that have bytes above 127, some forty thousand bytes of them."""
    chosen: list[bytes] = []
    size = 0
    for found in _TELLING_LINE.finditer(data):
        chosen.append(found.group()[:SAMPLE_BYTES])
        size += len(chosen[-1])
        if size > SAMPLE_BYTES:
            break
    return b"\n".join(chosen)


def _second_opinion(sample: bytes) -> str | None:
    """For the languages that we do not know ourselves: Polish, Greek, Turkish… Rarely needed, slow to import."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return found.encoding if found is not None and found.encoding not in {"ascii", "utf_8"} else None
