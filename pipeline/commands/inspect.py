"""`twosource inspect`: what a run would read from files, and how, without a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import click

from pipeline.ingest import DumpMissing, Inspected, Settled, inspect_files, plan, precision, settle
from pipeline.ingest.cleaning import one_line
from pipeline.models import Article, DumpLocation, Rejected
from pipeline.report import Json, duplicate_row, quarantine_row, to_json
from pipeline.settings import ConfigError, load_settings
from pipeline.text import clipped

_WIDEST = 100  # characters of one value on the terminal


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--first", default=3, show_default=True, type=click.IntRange(0), help="articles, and rejections, shown of each file"
)
@click.option("--config", "config", type=click.Path(dir_okay=False), help="TOML file laid over config/scoring.toml")
@click.option("--json", "as_json", is_flag=True, help="print JSON, with every rejection")
def command(files: tuple[str, ...], first: int, config: str | None, as_json: bool) -> None:
    """Show what a run would read from FILE..., and how: formats, field names, first articles, rejections.

    FILE is a file, a folder or a quoted glob, as for --dump. Nothing is written.
    """
    try:
        settings = load_settings(config).ingest
        listed = list(chain.from_iterable(map(plan, files)))
    except (ConfigError, DumpMissing) as error:
        raise click.UsageError(str(error)) from error
    parts = list(inspect_files(dict.fromkeys(listed), settings))
    settled = settle(chain.from_iterable(part.articles for part in parts))
    if as_json:
        click.echo(to_json(_json(parts, settled, first)), nl=False)
        return
    for line in chain(*(_part_lines(part, first) for part in parts), _closing_lines(parts, settled, first)):
        click.echo(line)


def _json(parts: Sequence[Inspected], settled: Settled[Article], first: int) -> Json:
    return {
        "files": [_part_json(part, first) for part in parts],
        "articles": len(settled.articles),
        "duplicates": [duplicate_row(row) for row in settled.duplicates],
        "quarantine": [quarantine_row(row) for row in (*chain(*(part.rejected for part in parts)), *settled.rejected)],
    }


def _part_json(part: Inspected, first: int) -> Json:
    return {
        "file": part.location.file,
        "member": part.location.member,
        "packing": list(part.packing),
        "format": part.format,
        "dialects": dict(sorted(part.dialects.items())),
        "articles": len(part.articles),
        "rejected": len(part.rejected),
        "first": [_article_json(article) for article in part.articles[:first]],
    }


def _article_json(article: Article) -> Json:
    return {
        "id": article.id,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "precision": precision(article.published),
        "modified": article.modified,
        "language": article.language,
        "word_count": article.word_count,
        "authors": list(article.authors),
        "wires": list(article.wires),
        "genres": list(article.genres),
        "boilerplate": dict(sorted(Counter(mark.rule for mark in article.boilerplate).items())),
        "repairs": list(article.repairs),
    }


def _part_lines(part: Inspected, first: int) -> Iterator[str]:
    yield _place(part.location)
    yield f"  read as    {_reading(part)}"
    yield f"  records    {len(part.articles) + len(part.rejected)}: {_totals(len(part.articles), len(part.rejected))}"
    for article in part.articles[:first]:
        yield from _article_lines(article)
    yield from _rejected_lines(part.rejected, first)


def _reading(part: Inspected) -> str:
    packed = f", unpacked from {' in '.join(reversed(part.packing))}" if part.packing else ""
    fields = ", ".join(f"{name} ({count})" for name, count in sorted(part.dialects.items()))
    return f"{part.format or 'nothing known'}{packed}" + (f"; field names of {fields}" if fields else "")


def _totals(articles: int, rejected: int) -> str:
    return f"{articles} article{'s' * (articles != 1)}, {rejected} rejected"


def _article_lines(article: Article) -> Iterator[str]:
    yield f"  article    {_shown(article.id)}"
    yield f"    source     {_shown(article.source)}"
    yield f"    title      {_shown(article.title)}"
    known = precision(article.published)
    yield f"    published  {article.published or '-'}" + (f" (to the {known})" if known else "")
    yield f"    language   {article.language}, {article.word_count} words"
    if notes := _notes(article):
        yield f"    cleaning   {'; '.join(notes)}"


def _notes(article: Article) -> list[str]:
    rules = Counter(mark.rule for mark in article.boilerplate)
    notes = [f"{rule} ({count})" for rule, count in sorted(rules.items())]
    marked = (f"marked as {genre}" for genre in article.genres)
    return [*article.repairs, *notes, *marked, *(f"credited to {wire}" for wire in article.wires)]


def _rejected_lines(rejected: Sequence[Rejected], first: int) -> Iterator[str]:
    for row in rejected[:first]:
        place = row.location
        where = f"line {place.line}" if place.line else "whole"
        at = "" if place.byte_offset is None else f", byte {place.byte_offset}"
        yield f"  rejected   {row.reason} ({where}{at}): {_shown(row.detail)}"
        yield f"    hint       {row.hint}"
    if len(rejected) > first:
        yield f"  rejected   {len(rejected) - first} more: --json lists them all"


def _closing_lines(parts: Sequence[Inspected], settled: Settled[Article], first: int) -> Iterator[str]:
    rejected = sum(len(part.rejected) for part in parts) + len(settled.rejected)
    for row in settled.duplicates[:first]:
        yield f"{_place(row.location)}: {row.reason}, of {_shown(row.of)}"
    for conflict in settled.rejected[:first]:
        yield f"{_place(conflict.location)}: {conflict.reason}: {_shown(conflict.detail)}"
    yield f"in all: {_totals(len(settled.articles), rejected)}, {len(settled.duplicates)} duplicates"


def _place(location: DumpLocation) -> str:
    member = "" if location.member is None else f"!{location.member}"
    line = "" if location.line is None else f" line {location.line}"
    return one_line(f"{location.file}{member}{line}")


def _shown(value: str | None) -> str:
    """Return a value on one line, without what would steer a terminal, and cut."""
    if value is None:
        return "-"
    return clipped(one_line(value), _WIDEST)
