"""`twosource config`: the effective numbers, where each comes from, and why it is what it is."""

from __future__ import annotations

import shutil
import textwrap

import click

from pipeline.report import to_json
from pipeline.settings import ConfigError, EffectiveKey, effective


@click.command("config")
@click.option("--config", "path", type=click.Path(dir_okay=False), help="TOML file laid over config/scoring.toml")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON array.")
def command(path: str | None, as_json: bool) -> None:
    """Print every setting: its value, the file it comes from, its range, its unit and the reason for it."""
    try:
        rows = effective(path)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(to_json([_object(row) for row in rows]), nl=False)
        return
    width = max(len(row.name) for row in rows)
    columns = max(shutil.get_terminal_size((100, 0)).columns, 60)
    for row in rows:
        click.echo(f"{row.name:{width}}  {row.value!r}  ({row.origin.name}; {row.allowed})")
        if row.comment:
            click.echo(textwrap.fill(row.comment, columns, initial_indent="    ", subsequent_indent="    "))


def _object(row: EffectiveKey) -> dict[str, object]:
    return {
        "name": row.name,
        "value": row.value,
        "origin": row.origin.name,
        "allowed": row.allowed,
        "comment": row.comment or None,
    }
