"""`twosource export`: a night's findings in the formats of others."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import click

from pipeline.commands.revisions import chosen
from pipeline.exports import COLUMNS, annotated, drafts, graded, ledger_rows
from pipeline.published import Revision
from pipeline.report import to_json_line
from pipeline.storage import StorageError, location, publish_chunks

Report = dict[str, Any]


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(["claimreview", "admiralty", "annotations", "ledger"]))
@click.option("--output", default="./reports", show_default=True, help="Folder or URL that ScoreAll wrote to.")
@click.option("--date", help="Night, YYYY-MM-DD, or the head of a revision's fingerprint; default: the latest night.")
@click.option("--article", help="Id of one article; default: all of the night.")
@click.option("--to", default="-", help="File or URL to write; default: standard output.")
def command(form: str, output: str, date: str | None, article: str | None, to: str) -> None:
    """Write a night's findings as FORMAT, for other programs.

    \b
    claimreview  drafts of schema.org ClaimReview, JSON-LD, one a line; marked as drafts, without a rating
    admiralty    information credibility 1 to 6 of each claim, with MISP's machine tag; JSON Lines
    annotations  W3C Web Annotations of each claim, JSON-LD, one a line
    ledger       what each claim cost, as CSV
    """  # noqa: D301 - the backspace is click's mark for lines that stay as they are
    revision = chosen(output, date)
    lines = _written(form, revision, [article] if article else revision.report_of)
    try:
        _write(to, lines)
    except (OSError, StorageError) as error:
        if to == "-":
            raise
        why = getattr(error, "strerror", None) or error
        raise click.UsageError(f"--to {to!r}: {why}; name a file that can be written to") from error


def _write(to: str, lines: Iterator[bytes]) -> None:
    """Write a file that is whole or absent; a device or pipe is written to as it is."""
    if to == "-":
        with click.open_file(to, "wb") as stream:
            stream.writelines(lines)
        return
    path = location(to)
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            file.writelines(lines)
    else:
        publish_chunks(path, lines)


def _written(form: str, revision: Revision, articles: Iterable[str]) -> Iterator[bytes]:
    reports = (revision.report(article) for article in articles)
    if form == "ledger":
        yield _csv_line(COLUMNS)
        yield from (_csv_line(row) for report in reports for row in ledger_rows(report))
        return

    @cache
    def url_of(article: str, night: str | None) -> str | None:
        report = revision.report_of_night(article, night)
        return report["article"]["url"] if report else None

    makers: dict[str, Callable[[Report], Iterator[Report]]] = {
        "claimreview": lambda report: drafts(report, url_of),
        "admiralty": graded,
        "annotations": annotated,
    }
    yield from (to_json_line(row) for report in reports for row in makers[form](report))


def _csv_line(row: Iterable[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(row)
    return line.getvalue().encode()
