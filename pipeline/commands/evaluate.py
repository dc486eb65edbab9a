"""`twosource evaluate`: what the scores of a dump are worth, without any label."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from pipeline.digests import code_digest
from pipeline.evaluation.page import reliability_svg, render
from pipeline.evaluation.results import tabulate
from pipeline.evaluation.run import read_dump, try_out
from pipeline.ingest import DumpFile, DumpMissing
from pipeline.report.encoding import to_json, without_surrogates
from pipeline.report.validation import check
from pipeline.runs import FINGERPRINT_DIGITS, dump_digest, dump_files
from pipeline.settings import ConfigError, Settings, fingerprinted, load_settings
from pipeline.storage import publish_bytes
from pipeline.version import VERSION

_DUMP_MISSING = 20
_PLANTS = 200
_MOST_SEEDS = 2**32 - 1


@click.command("evaluate")
@click.argument("dump")
@click.option("--config", type=click.Path(dir_okay=False), help="TOML file laid over config/scoring.toml")
@click.option(
    "--output", type=click.Path(file_okay=False), default="evaluation", help="folder to write", show_default=True
)
@click.option(
    "--seed", type=click.IntRange(0, _MOST_SEEDS), default=0, help="decides what is planted where", show_default=True
)
@click.option("--plants", type=click.IntRange(1), default=_PLANTS, help="fabrications at most", show_default=True)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="the night that the dump belongs to, for the record"
)
def command(  # noqa: PLR0913, PLR0917 - click hands over each option by its name
    dump: str, config: str | None, output: str, seed: int, plants: int, day: datetime | None
) -> None:
    """Measure on your own DUMP what a score notices, without labels.

    Plants known fabrications, and edits that change no fact, into stories that three independent origins or more tell;
    reports recall, false alarms and calibration in evaluation.json and evaluation.html.
    """
    try:
        settings = load_settings(config)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
    try:
        files = dump_files(dump, output)
    except DumpMissing as error:
        click.echo(f"Error: {error}".replace("check --dump", "check DUMP"), err=True)
        sys.exit(_DUMP_MISSING)
    _refuse_unusable(output, dump)
    run = {
        "date": day.date().isoformat() if day else None,
        "fingerprint": _fingerprint(files, settings, seed, plants),
        "pipeline_version": VERSION,
        "seed": seed,
        "plants": plants,
    }
    with tqdm(total=plants, desc="Planted", unit="", disable=not sys.stderr.isatty()) as bar:
        trials = try_out(read_dump(files, settings), settings, seed, plants, bar.update)
    table = tabulate(trials, run)
    try:
        _write(table, Path(output))
    except OSError as error:
        raise click.UsageError(f"--output {output!r}: {error.strerror}") from error
    click.echo(_closing_words(table, Path(output)))


def _refuse_unusable(output: str, dump: str) -> None:
    if not output:
        raise click.UsageError("--output is empty (an unset variable?): give it a value, or leave it out")
    if os.path.realpath(output) == os.path.realpath(dump):  # pathlib raises on a loop of links
        raise click.UsageError(f"--output {output!r} is the dump: name a folder beside it")


def _fingerprint(files: tuple[DumpFile, ...], settings: Settings, seed: int, plants: int) -> str:
    known = [code_digest(), dump_digest(files), fingerprinted(settings), seed, plants]
    return sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:FINGERPRINT_DIGITS]


def _write(table: dict[str, Any], output: Path) -> None:
    written = without_surrogates(table)
    check("evaluation", written)
    assert isinstance(written, dict)
    publish_bytes(output / "reliability.svg", reliability_svg(written).encode())
    publish_bytes(output / "evaluation.html", render(written).encode())
    publish_bytes(output / "evaluation.json", to_json(written))


def _closing_words(table: dict[str, Any], output: Path) -> str:
    where = f"Written: {output / 'evaluation.json'}, {output / 'evaluation.html'}"
    if table["message"]:
        return f"{table['message']}\n{where}"
    lines = [
        f"{table['sampling']['planted']} fabrications and {table['sampling']['null_edits']} null edits in {table['sampling']['sampled']} stories"
    ]
    for recall, drop in zip(table["overall"], table["score_drop"], strict=True):
        auroc = "no score drop to compare" if drop["auroc"] is None else f"AUROC of the score drop {drop['auroc']:.2f}"
        lines.append(f"{recall['way']}: {recall['alarmed']['count']} of {recall['planted']} with an alarm, {auroc}")
    moved = sum(row["moved"]["count"] for row in table["null_edits"])
    claims = sum(row["moved"]["of"] for row in table["null_edits"])
    lines.append(f"null edits: {moved} of {claims} verdicts moved")
    if table["calibration"]["brier"] is not None:
        lines.append(
            f"Brier score of the claims {table['calibration']['brier']:.3f}, resolution {table['calibration']['resolution']:.3f}"
        )
    return "\n".join([*lines, where])
