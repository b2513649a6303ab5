"""Wrong usage, said in one sentence in the person's language."""

import click
from click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError

from funnel_desk.cli._grammar import PROGRAM, WrongUsage
from funnel_desk.i18n import _


def mistake(error: UsageError) -> str:
    """What is wrong with a command line, and where to read how it goes."""
    path = error.ctx.command_path if error.ctx else PROGRAM
    return " ".join((_sentence(error), _("See: {command} --help", command=path)))


def _sentence(error: UsageError) -> str:
    match error:
        case WrongUsage():
            said = _(error.message).format_map(error.values)
        case NoArgsIsHelpError():
            said = _("Which command?")
        case NoSuchOption(possibilities=[near, *_rest]):
            said = _("There is no option {option}; did you mean {near}?", option=error.option_name, near=near)
        case NoSuchOption():
            said = _("There is no option {option}.", option=error.option_name)
        case MissingParameter():
            said = _("{what} is missing.", what=_called(error))
        case BadParameter():
            said = _("{what} cannot be that. {why}", what=_called(error), why=_why(error))
        case BadOptionUsage():
            said = _("{option} is not used like that.", option=error.option_name)
        case _:
            said = error.message
    return said


def _why(error: BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return _("Choose one of: {choices}.", choices=", ".join(str(choice) for choice in kind.choices))
    if isinstance(kind, (click.types.IntParamType, click.IntRange)):
        return _("It must be a whole number.")
    return _(error.message)


def _called(error: BadParameter) -> str:
    if error.param is None:
        return PROGRAM
    return max(error.param.opts, key=len) if isinstance(error.param, click.Option) else str(error.param.metavar)
