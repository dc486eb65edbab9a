"""The `twosource` command: what an operator or a reader asks of a dump, or of a finished run."""

from __future__ import annotations

import errno
from importlib import import_module

import click

from pipeline.published import NothingPublished, UnknownArticle
from pipeline.terminal import ready_streams
from pipeline.version import VERSION

# Subcommands, a room of pipeline.commands each, in the order of --help.
ROOMS = (
    "site",
    "explain",
    "diff",
    "export",
    "inspect",
    "validate",
    "config",
    "evaluate",
)


class Rooms(click.Group):
    """A group whose subcommands are imported only when they are asked for: none waits for another's libraries."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a subcommand; what it did not find, or could not read or write, ends the program with status 2 and one line."""
        ready_streams()
        try:
            return super().invoke(ctx)
        except (NothingPublished, UnknownArticle) as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader, head for one, has had enough
                raise
            raise click.UsageError(f"{error.filename or 'standard output'}: {error.strerror}") from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the subcommands, in the order of `--help`."""
        return list(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return one subcommand, None if there is none of that name."""
        if cmd_name not in ROOMS:
            return None
        command = import_module(f"pipeline.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="twosource")
def main() -> None:
    """Score news articles by what independent sources corroborate: `luigi --module pipeline ScoreAll`.

    These commands look at dumps before a run, and at what a run left.
    """
