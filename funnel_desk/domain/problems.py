"""The two kinds of problem a person is told about; everything else that goes wrong is a bug.

A subclass is one reason. Its `message` is an English template with named placeholders, marked for translation
with `N_`; the values come as keyword arguments: ``raise UnknownStage(stage="Demo", line=7)``.
"""

from typing import ClassVar

from funnel_desk.i18n import N_


class Problem(Exception):
    """Something a person has to know: a template, and the values that fill it."""

    message: ClassVar[str] = N_("Something is not right.")

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        """The sentence in English."""
        return self.message.format_map(self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Keyword arguments survive copying and pickling."""
        return _revive, (type(self), self.values)


class Refusal(Problem):
    """A rule of the trade says no; nothing was changed. One line in the message bar."""

    message = N_("This cannot be done now.")


class Trouble(Problem):
    """The disk, a file or an input is not as it should be; nothing was changed. Says what the person can do."""

    message = N_("The file could not be used.")


def _revive(kind: type[Problem], values: dict[str, object]) -> Problem:
    return kind(**values)
