"""The command line: one file per command, no window.

Exit status: 0 done; 1 refused or failed, with one plain sentence on standard error and nothing changed; 2 wrong usage.
"""

import io
import os
import sys
from collections.abc import Sequence

import click

from funnel_desk import __version__
from funnel_desk.cli import _answers, _grammar
from funnel_desk.domain.problems import Problem, Trouble
from funnel_desk.i18n import (
    LANGUAGES,
    N_,
    PSEUDO,
    _,
    in_language,
    nearest_language,
    system_language,
    take_language,
    translate_problem,
)

DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130


class SystemSaysNo(Trouble):
    """The operating system did not let us, for a reason that no command foresaw."""

    message = N_("{file}: the system says “{why}”. Put that right and try again.")


def main(words: Sequence[str]) -> int:
    """Do what a command line asks for; returns the exit status. ``--lang`` may stand anywhere in it."""
    told, rest = take_language(words)
    _write_utf8()
    with in_language(_language(told, rest)):
        if told is not None and nearest_language(told) != told.casefold():
            choices = ", ".join(LANGUAGES)
            _answers.tell(_("--lang cannot be that. Choose one of: {choices}.", choices=choices))
            return MISUSED
        try:
            return _obey(rest)
        except Problem as problem:
            _answers.tell(translate_problem(problem))
        except BrokenPipeError:
            _close_quietly()
            return DONE
        except OSError as error:
            if error.filename is None:  # the answer itself cannot be written
                _close_quietly()
            trouble = SystemSaysNo(file=error.filename or _grammar.PROGRAM, why=error.strerror or str(error))
            _answers.tell(translate_problem(trouble))
        except KeyboardInterrupt:
            _answers.tell(_("Stopped."))
            return STOPPED
        except Exception as bug:  # noqa: BLE001 - one of the two places where a bug ends: the other is the window
            from funnel_desk.cli._bugs import report

            _answers.tell(report(bug))
        return FAILED


def _obey(words: Sequence[str]) -> int:
    try:
        with program().make_context(_grammar.PROGRAM, list(words)) as context:
            status = context.command.invoke(context)
    except click.exceptions.Exit as exit_:
        status = exit_.exit_code
    except click.UsageError as error:
        from funnel_desk.cli._mistakes import mistake

        _answers.tell(mistake(error))
        return MISUSED
    sys.stdout.flush()
    return status if isinstance(status, int) else DONE


def program() -> click.Group:
    """The program with all its commands."""
    made = _grammar.Group(
        name=_grammar.PROGRAM,
        help=N_("Sales pipelines in one file that is yours. Without a command the window opens."),
        options_metavar="[…]",
        subcommand_metavar="COMMAND […]",
        context_settings={"max_content_width": _grammar.WIDTH},
    )
    made = click.version_option(__version__, message="%(prog)s %(version)s", help=N_("Show the version."))(made)
    lang = click.Option(
        ["--lang"], metavar="|".join(LANGUAGES), expose_value=False, help=N_("The language; may stand anywhere.")
    )
    made.params.append(lang)
    return made


def _language(told: str | None, words: Sequence[str]) -> str:
    """What was told; else English for programs, and for people what they chose in the window or their system speaks."""
    if told is not None:
        return told.casefold() if told.casefold() in {*LANGUAGES, PSEUDO} else system_language()
    if "--json" in words:
        return LANGUAGES[0]
    from funnel_desk import settings

    return settings.load().language or system_language()


def _write_utf8() -> None:
    """Say the same bytes on every system; what no encoding knows is escaped, never a reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_quietly() -> None:
    """Nobody can read on (`… | head`, a full disk): let the last flush at the end of the process go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file, as in a test
        return
