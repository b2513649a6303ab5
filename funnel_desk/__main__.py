"""Command line or window? Decided by the first word, before anything heavy is imported."""

import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

from funnel_desk.i18n import take_language

_FOR_THE_COMMAND_LINE = {"--help", "-h", "--version"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command if the first word names one, else open the window; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if wants_command(words):
        from funnel_desk import cli

        return cli.main(words)
    from funnel_desk import app

    return app.main(words)


def wants_command(words: Sequence[str]) -> bool:
    """Whether these words are for the command line; `--lang` may stand anywhere.

    The window takes one file at most: a first word that is no command, followed by others or like the name of no file,
    is a mistyped command, and the command line knows best what to say about it.
    """
    _language, rest = take_language(words)
    plain = [word for word in rest if not word.startswith("-")]
    if not _FOR_THE_COMMAND_LINE.isdisjoint(rest[:1]):
        return True
    return bool(plain) and (plain[0] in command_names() or len(plain) > 1 or not _may_be_a_file(plain[0]))


def _may_be_a_file(word: str) -> bool:
    return bool(Path(word).suffix) or len(Path(word).parts) > 1 or Path(word).exists()


def command_names() -> set[str]:
    """The commands, by the files of the folder: `import_.py` is "import"; files with a leading underscore are none."""
    folder = Path(__file__).parent / "cli"
    names = (found.name for found in pkgutil.iter_modules([str(folder)]))
    return {name.rstrip("_").replace("_", "-") for name in names if not name.startswith("_")}


if __name__ == "__main__":
    sys.exit(main())
