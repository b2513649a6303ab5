"""How texts are compared when somebody looks for one: case folded, Cyrillic too, ё as е."""


def folded(text: str) -> str:
    """The text as search keeps and compares it."""
    return text.casefold().replace("ё", "е")
