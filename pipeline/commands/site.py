"""`twosource site`: a published night as static pages."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.revisions import chosen
from pipeline.progress import Watched
from pipeline.report import SITE
from pipeline.settings import ConfigError, load_settings
from pipeline.site import build_site


@click.command("site")
@click.argument("folder", metavar="DIR")
@click.option("--date", help="Night, YYYY-MM-DD, or the head of a revision's fingerprint; default: the latest night.")
@click.option("--output", type=click.Path(file_okay=False), help="Folder of the pages; default: beside the revision.")
@click.option("--text", type=click.Choice(["full", "quotes", "none"]), help="How much of the articles the pages show.")
@click.option("--config", type=click.Path(dir_okay=False), help="TOML file laid over config/scoring.toml.")
def command(folder: str, date: str | None, output: str | None, text: str | None, config: str | None) -> None:
    """Lay a night out as pages that need no server and no script.

    DIR is an output folder of ScoreAll, or one night's folder in it. With --text quotes the pages hold the
    compared words but no whole texts, with none not even those: whole texts belong to their owners.
    """
    revision = chosen(folder, date)
    try:
        settings = load_settings(config)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
    target = Path(output) if output else revision.folder.with_name(f"{revision.fingerprint}{SITE}")
    try:
        articles = build_site(
            revision, target,
            shown=text or settings.site.text,  # type: ignore[arg-type]  # click lets no other word through
            data=None if output else "..", workers=settings.engine.workers, watch=Watched("site", None),
        )  # fmt: skip
    except FileExistsError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(f"{target}: {error.strerror or error}; name a folder that can be written to") from error
    click.echo(f"{articles} articles of {revision.date}: {target / 'index.html'}")
