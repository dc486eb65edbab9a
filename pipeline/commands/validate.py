"""`twosource validate`: a finished run against its schemas and laws."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.ingest.cleaning import one_line
from pipeline.verification import NoRunError, verify


@click.command("validate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Check what runs left in FOLDER, an output folder or one night's: shapes, sums, digests, places, nothing extra.

    Lists every violation with its file and ends with 1 if there is any, else with 0.
    """
    found = 0
    try:
        for night, violations in verify(folder):
            for violation in violations:
                click.echo(one_line(f"{night / violation.file}: {violation.what}"))
            found += len(violations)
            if not violations:
                click.echo(f"{night}: holds")
    except NoRunError as error:
        raise click.UsageError(str(error)) from error
    if found:
        click.echo(f"{found} violation{'s' * (found != 1)}")
        raise SystemExit(1)
