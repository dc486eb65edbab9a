"""`twosource explain`: why one article scored what it did, from its report."""

from __future__ import annotations

import click

from pipeline.commands.explanation import Terminal, explanation
from pipeline.commands.revisions import chosen
from pipeline.report import to_json
from pipeline.site.passages import texts_of


@click.command("explain")
@click.argument("article", metavar="ID")
@click.option("--output", default="./reports", show_default=True, help="Folder or URL that ScoreAll wrote to.")
@click.option("--date", help="Night, YYYY-MM-DD, or the head of a revision's fingerprint; default: the latest night.")
@click.option("--all", "everything", is_flag=True, help="Every finding and all of its evidence, not only the dearest.")
@click.option("--json", "as_json", is_flag=True, help="The report itself.")
def command(article: str, output: str, date: str | None, everything: bool, as_json: bool) -> None:
    """Say why the article ID scored what it did: what cost how much, with both sides' words.

    The head of an id will do where only one article's begins with it.
    Its page of BuildSite and its report say the same, to the hundredth.
    """
    revision = chosen(output, date)
    report = revision.report(revision.article(article))
    if as_json:
        click.echo(to_json(report), nl=False)
        return
    texts = texts_of(revision, report["story"]["other_nights"])
    for line in explanation(report, texts, Terminal.here(), everything=everything):
        click.echo(line)
