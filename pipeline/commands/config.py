"""`twosource config`: the effective numbers, and where each comes from."""

from __future__ import annotations

import click

from pipeline.settings import ConfigError, effective


@click.command("config")
@click.option("--config", "path", type=click.Path(dir_okay=False), help="TOML file laid over config/scoring.toml")
def command(path: str | None) -> None:
    """Print every setting with its value and the file that it comes from."""
    try:
        rows = effective(path)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
    width = max(len(row.name) for row in rows)
    for row in rows:
        click.echo(f"{row.name:{width}}  {row.value!r}  ({row.origin.name})")
