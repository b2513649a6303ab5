"""The few column types of the file. STRICT tables take only SQLite's own type names: each is TEXT or INTEGER."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, cast

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from funnel_desk.domain.words import Words

NO_WORDS_JSON = '{"en":"","ru":""}'


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(value: object) -> str:
    """The one form in which JSON is written: no spaces, no escapes of Cyrillic."""
    return _ENCODER.encode(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, kept as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: FBT001 - SQLAlchemy's signature
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        del dialect
        return None if value is None else bool(value)


class JsonText(TypeDecorator[Any]):
    """A value kept as JSON text; the subclasses say which."""

    impl = Text
    cache_ok = True
    empty: Callable[[], Any] = dict

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ANN401 - JSON is anything
        del dialect
        return None if value is None else dumps(natural(value))

    def process_result_value(self, value: str | None, dialect: Dialect | None) -> Any:  # noqa: ANN401 - JSON is anything
        del dialect
        if value in {"{}", "[]"}:  # what most rows have in most such columns
            return self.empty()
        return None if value is None else self.revive(json.loads(value))

    @staticmethod
    def revive(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
        """The Python value of what JSON holds."""
        return value


class WordsText(JsonText):
    """A text in the languages of the program."""

    cache_ok = True
    empty = partial(Words, "", "")

    def process_result_value(self, value: str | None, dialect: Dialect | None) -> Any:  # noqa: ANN401 - Words or None
        del dialect
        return None if value is None else _words(value)

    @staticmethod
    def revive(value: Mapping[str, str]) -> Words:
        return Words(value.get("en", ""), value.get("ru", ""))


class ListText(JsonText):
    """A list of texts, such as tags."""

    cache_ok = True
    empty = tuple

    @staticmethod
    def revive(value: list[str]) -> tuple[str, ...]:
        return tuple(value)


class MappingText(JsonText):
    """Texts by name, such as the user's own fields."""

    cache_ok = True


def natural(value: object) -> object:
    """A field's value as plain JSON: words become an object, tuples a list."""
    if isinstance(value, Words):
        return {"en": value.en, "ru": value.ru}
    if isinstance(value, tuple):
        return list(cast("tuple[object, ...]", value))
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    return value


def stored(value: object) -> object:
    """A plain JSON value as the column keeps it: objects and lists as JSON text, flags as 0 or 1."""
    if isinstance(value, dict | list):
        return dumps(value)
    if isinstance(value, bool):
        return int(value)
    return value


def revived(column_type: TypeEngine[Any], value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    """A plain JSON value as the field of a dataclass."""
    if value is None:
        return None
    if isinstance(column_type, JsonText):
        return column_type.revive(value)
    return value


@lru_cache(maxsize=4096)
def _words(text: str) -> Words:
    """Words out of their JSON; a list of deals reads the same few of them over and over."""
    return WordsText.revive(json.loads(text))
