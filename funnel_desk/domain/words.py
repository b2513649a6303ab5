"""Words of the trade that live in data (stage names, scripts), in both languages of the program."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in English and Russian. An empty language is one that nobody has written yet."""

    en: str
    ru: str

    def of(self, lang: str) -> str:
        """The text in a language (``en``, ``ru``, ``ru_BY``…), or in the other one where that is still empty."""
        return (self.ru or self.en) if lang.lower().startswith("ru") else (self.en or self.ru)

    def __str__(self) -> str:
        """The text in English, as sentences of problems are by default."""
        return self.of("en")

    def __bool__(self) -> bool:
        """Whether there is anything to read in either language."""
        return bool(self.en or self.ru)
