"""`twosource diff`: what changed between two nights or revisions, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from pipeline.changes import ArticleChange, ClaimChange, Standing, Voice, changed_articles
from pipeline.commands.explanation import Terminal
from pipeline.commands.revisions import chosen
from pipeline.published import Revision
from pipeline.report import to_json
from pipeline.shown import clipped
from pipeline.site.words import KINDS, RELATIONS, VERDICTS, points_text, score_text

SHOWN_ARTICLES, SHOWN_CLAIMS, SHOWN_VOICES = 20, 5, 4  # unless all are asked for


@click.command("diff")
@click.argument("before", metavar="DATE")
@click.argument("after", metavar="DATE")
@click.option("--output", default="./reports", show_default=True, help="Folder or URL that ScoreAll wrote to.")
@click.option("--all", "everything", is_flag=True, help="Every article and claim, not only the furthest moved.")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
def command(before: str, after: str, output: str, everything: bool, as_json: bool) -> None:
    """Say what changed from one night to another, and which verdicts and evidence changed it.

    A DATE is a night (YYYY-MM-DD), or the head of a revision's fingerprint, to compare two revisions of one night.
    Two nights have dumps of their own: articles that both have are compared, those of one alone are counted, and
    what the later night changed in the earlier one's is told.
    """
    revisions = chosen(output, before), chosen(output, after)
    changes = changed_articles(*revisions)
    if as_json:
        named = {name: _run(revision) for name, revision in zip(("before", "after"), revisions, strict=True)}
        totals = Counter(change.change for change in changes)
        counts = {name: totals[name] for name in ("rescored", "added", "removed")}
        table = {**named, "counts": counts, "articles": [asdict(change) for change in changes]}
        click.echo(to_json(table | {"renewed": _renewed(*revisions)}), nl=False)
        return
    for line in _lines(*revisions, changes, Terminal.here(), everything=everything):
        click.echo(line)


def _run(revision: Revision) -> dict[str, str]:
    return {"date": revision.date, "fingerprint": revision.fingerprint}


def _lines(
    before: Revision, after: Revision, changes: list[ArticleChange], terminal: Terminal, *, everything: bool
) -> Iterator[str]:
    totals = Counter(change.change for change in changes)
    two = before.date != after.date
    names = {"added": f"only in {after.date}", "removed": f"only in {before.date}"} if two else {}
    told = ", ".join(f"{totals[name]} {names.get(name, name)}" for name in ("rescored", "added", "removed"))
    yield f"{before.date} ({before.fingerprint}) to {after.date} ({after.fingerprint}): {told}"
    listed = [change for change in changes if change.change == "rescored" or not two]
    shown = listed if everything else listed[:SHOWN_ARTICLES]
    for change in shown:
        yield from _article(change, terminal, everything=everything)
    if len(shown) < len(listed):
        yield f"… {len(listed) - len(shown)} more: --all"
    yield from _renewals(before, after, terminal)


def _renewed(before: Revision, after: Revision) -> list[dict[str, Any]]:
    """Return what one of two nights changed in articles of the other, as its summary tells; none of one night."""
    nights = {before.date, after.date}
    rows = [row for revision in (before, after) for row in revision.summary["changes"]]
    found = {
        row["article"]: row
        for row in rows
        if row["by"] and row["by"] != row["night"] and {row["by"], row["night"]} == nights
    }
    return [found[article] for article in sorted(found)]


def _renewals(before: Revision, after: Revision, terminal: Terminal) -> Iterator[str]:
    rows = _renewed(before, after)
    if rows:
        yield ""
        yield f"What the night of {rows[0]['by']} changed in articles of {rows[0]['night']}:"
    for row in rows:
        yield f"  {terminal.paint(clipped(row['article'], 100), bold=True)}: {row['change']}, {_score(row['before'], None)} to {_score(row['after'], None)}"
        for turned in row["why"][:SHOWN_CLAIMS]:
            labels = " to ".join(VERDICTS[turned[side]].label for side in ("before", "after"))
            yield f"    “{clipped(turned['text'], 70)}”: {labels}"


def _article(change: ArticleChange, terminal: Terminal, *, everything: bool) -> Iterator[str]:
    name = clipped(change.article, 100) + (f": {clipped(change.title, 100)}" if change.title else "")
    scores = " to ".join(_score(*side) for side in _sides(change))
    yield ""
    yield f"{terminal.paint(name, bold=True)}\n  {change.change}, {scores}"
    if change.text_changed:
        yield "  its text changed"
    for word, articles in (("joined", change.joined), ("left", change.left)):
        if articles:
            yield from terminal.wrapped(f"{word} its story: {_few([clipped(id_, 60) for id_ in articles])}", 2)
    shown = change.claims if everything else change.claims[:SHOWN_CLAIMS]
    for claim in shown:
        yield from _claim(claim, terminal)
    if len(shown) < len(change.claims):
        yield f"  … {len(change.claims) - len(shown)} more claims: --all"
    if change.reweighed:
        yield f"  {change.reweighed} other claims weigh otherwise: {change.reweighed_points:+.2f} points together"


def _sides(change: ArticleChange) -> Iterator[tuple[float | None, str | None]]:
    if change.change != "added":
        yield change.before, change.reason_before
    if change.change != "removed":
        yield change.after, change.reason_after


def _score(score: float | None, reason: str | None) -> str:
    return (f"no score ({reason})" if reason else "no score") if score is None else score_text(score)


def _claim(claim: ClaimChange, terminal: Terminal) -> Iterator[str]:
    sides = " to ".join(_stood(side, terminal) for side in (claim.before, claim.after))
    yield f"  {float(claim.moved):+7.2f}  {KINDS[claim.kind]} “{clipped(claim.words, 70)}”: {sides}"
    for word, voices in (("new", claim.gained), ("gone", claim.lost)):
        if voices:
            yield from terminal.wrapped(f"{word}: {_few([_voice(voice) for voice in voices])}", 11)


def _stood(standing: Standing | None, terminal: Terminal) -> str:
    if standing is None:
        return "not there"
    words = VERDICTS[standing.verdict]
    return f"{terminal.paint(f'{words.symbol} {words.label}', standing.verdict)} ({points_text(standing.points)})"


def _voice(voice: Voice) -> str:
    return f"{clipped(voice.article, 60)} {RELATIONS[voice.relation].label} ({voice.level})"


def _few(items: list[str]) -> str:
    more = f" and {len(items) - SHOWN_VOICES} more" if len(items) > SHOWN_VOICES else ""
    return ", ".join(items[:SHOWN_VOICES]) + more
