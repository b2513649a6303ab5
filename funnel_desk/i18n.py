"""The words of the program in the language of the person."""


def N_(template: str) -> str:  # noqa: N802 - the customary name of "mark, do not translate yet"
    """Mark a template for the catalogs and return it unchanged."""
    return template


def translate(template: str, **values: object) -> str:
    """The template in the current language, its placeholders filled."""
    return template.format_map(values) if values else template


_ = translate
