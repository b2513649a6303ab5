"""How texts are compared when somebody looks for one: case folded, Cyrillic too, ё as е."""


def folded(text: str) -> str:
    """The text as search keeps and compares it."""
    return text.casefold().replace("ё", "е")


_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_OTHER = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)

PREFIX, WORD_START, MIDDLE = range(3)


def other_layout(text: str) -> str:
    """What the same keys would have written with the other layout, case folded: "ghbdtn" is "привет"."""
    return folded(text.casefold().translate(_OTHER))


def rank(name: str, wanted: str) -> int | None:
    """How well a folded name answers folded words: it begins so, a word of it does, or it holds them; None if not.

    Every word has to stand in it somewhere; how well tells the whole of them where it stands together, else the first.
    """
    words = wanted.split()
    if not all(word in name for word in words):
        return None
    phrase = " ".join(words)
    sought = phrase if phrase in name else (words[0] if words else "")
    if name.startswith(phrase):
        return PREFIX
    place = name.find(sought)
    while place > 0:
        if not name[place - 1].isalnum():
            return WORD_START
        place = name.find(sought, place + 1)
    return WORD_START if place == 0 else MIDDLE
