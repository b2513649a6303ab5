"""The grammar of the command line: commands found by folder, their help and mistakes in the person's language."""

import importlib
import sys
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from click.exceptions import BadParameter, UsageError

from funnel_desk import registry
from funnel_desk.i18n import N_, _

PROGRAM = "funnel-desk"
WIDTH = 100
_ROOM = __name__.rpartition(".")[0]


class WrongUsage(UsageError):
    """A command line that cannot be meant: a template and its values, told with the exit status 2."""

    def __init__(self, template: str, ctx: click.Context | None = None, **values: object) -> None:
        super().__init__(template, ctx or click.get_current_context(silent=True))
        self.values: Mapping[str, object] = values


class Formatter(click.HelpFormatter):
    """Help with its headings in the person's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Usage:") + " ")


class Context(click.Context):
    """What one command line meant."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is written as templates and said when it is asked for."""

    context_class = Context
    paragraphs: tuple[str, ...] = ()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = N_("Show this help.")
        return found

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click decides the signature
        """The summary, whole."""
        summary = self.help or ""
        return _(summary).rstrip(".")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for paragraph in (self.help or "", *self.paragraphs):
            formatter.write_paragraph()
            formatter.write_text(_(paragraph))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = [one for one in self.get_params(ctx) if isinstance(one, click.Option) and not one.hidden]
        rows = [(one.get_help_record(ctx), one.help or "") for one in params]
        formatter.write_paragraph()
        formatter.write_heading(_("Options"))
        formatter.indent()
        formatter.write_dl([(record[0], _(said)) for record, said in rows if record])
        formatter.dedent()

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the arguments are is told by the text of the command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise WrongUsage(N_("“{word}” is one word too many."), ctx, word=rest[0])
        return rest


class Group(Command, click.Group):
    """The program itself: every file of the folder is a command, imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = commands().get(cmd_name)
        return None if module is None else importlib.import_module(f"{_ROOM}.{module}").command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return click.Group.parse_args(self, ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        found = self.get_command(ctx, args[0])
        if found is None:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if near:
                raise WrongUsage(
                    N_("There is no command “{word}”; did you mean “{near}”?"), ctx, word=args[0], near=near[0]
                )
            raise WrongUsage(N_("There is no command “{word}”."), ctx, word=args[0])
        return args[0], found, args[1:]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def _format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        formatter.write_paragraph()
        formatter.write_heading(_("Commands"))
        formatter.indent()
        formatter.write_dl([(name, one.get_short_help_str()) for name, one in found if one and not one.hidden])
        formatter.dedent()


class Day(click.ParamType[str]):
    """A day, ``YYYY-MM-DD``."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        try:
            day = date.fromisoformat(value).isoformat()
        except ValueError:
            day = ""
        if day != value:
            raise BadParameter(N_("A day looks like 2026-11-22."), ctx, param)
        return day


def commands() -> dict[str, str]:
    """The commands and their modules, by the files of the folder: ``import_`` is "import", private ones are none."""
    return {name.rstrip("_").replace("_", "-"): name for name in registry.module_names(sys.modules[_ROOM])}


def cli_command(summary: str, *paragraphs: str) -> Callable[[Callable[..., int | None]], Command]:
    """Make a command of a function that may return an exit status; what its help says are templates, marked with N_."""

    def decorate(work: Callable[..., int | None]) -> Command:
        made = click.command(cls=Command, help=summary, options_metavar="[…]")(work)
        made.paragraphs = paragraphs
        made.context_settings = {"max_content_width": WIDTH}
        return made

    return decorate


def file_argument(work: Callable[..., Any]) -> Callable[..., Any]:
    """The workspace that a command is about: ``file``, a Path."""
    return click.argument("file", metavar="FILE", type=click.Path(path_type=Path, readable=False))(work)


def json_option(work: Callable[..., Any]) -> Callable[..., Any]:
    """Whether a program asks: ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help=N_("Answer with one JSON document."))(work)
