"""What a score cannot tell, chosen by the article's situation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.ledger import UNSOURCED
from pipeline.models import NOT_COMPARED, Article, Claim, Finding, Score, Story

ALWAYS = (
    "The score measures how far independent origins in this dump agree with the article, not what is true: "
    "sources that agree can be wrong together, and one that stands alone can be right."
)
REPORTED = (
    "Quotes and attributions: that something was said is what another outlet can bear out; "
    "whether it is so is not measured."
)
FAILED = "No score is given: twosource itself failed on this story, which says nothing against the article."
ALONE = "No score is given: there was too little to compare the article with, which says nothing against it."
SILENCE = "An origin that leaves a specific out does not deny it; silence costs less than a contradiction."
OUTLETS = (
    "A quote credited to an outlet is called unsourced when nobody in this dump carries it; "
    "outside the dump it may well have been published."
)
UNDATED = (
    "The article has no publication date: days such as “Thursday” stay unresolved, and who wrote first is not known."
)
NO_SOURCE = (
    "The dump names no publisher for {count} of the articles compared; each counts as independent "
    "unless its text shows a common origin."
)
LANGUAGE = "The text is in a language that twosource does not read or could not tell ({language}): few or no claims were found."
GENRES = {
    "opinion": "Marked as opinion: its facts are compared like anybody's, its judgements are not.",
    "satire": "Marked as satire: what it invents is compared as if it were meant.",
    "live-blog": "Marked as a live blog: earlier entries may be superseded by later ones of the same page.",
    "listicle": "Marked as a list: its items may belong to several stories.",
    "stub": "Marked as a stub: only the beginning of the article is in the dump.",
}
INTERVAL = (
    "With one origin more or less, or a claim misread, the score could lie anywhere from {low:.0f} to {high:.0f}."
)
CUT = "Of some claims only the strongest evidence is listed; evidence_total gives the full count."
UNCOMPARED = (
    "The story has too many like specifics to hold each against all: {count} of {total} were held against the likeliest alone, or against none; "
    "their reasons say so."
)
UNCHECKABLE = "{count} of {total} specifics could not be checked by anyone else and are not part of the score."
NOTHING_FOUND = "No checkable specifics were found in the text."

_READ = "en"  # the grammar of the extractors is English, whatever languages the config lets in


def limits_of(
    article: Article, story: Story, claims: Sequence[Claim], findings: Sequence[Finding], score: Score
) -> tuple[str, ...]:
    """Return the sentences that a reader of this report must know, the general one first."""
    return (
        ALWAYS,
        *_about_claims(claims, findings),
        *_about_article(article, story, findings),
        *_about_score(score),
    )


def _about_claims(claims: Sequence[Claim], findings: Sequence[Finding]) -> Iterator[str]:
    if not claims:
        yield NOTHING_FOUND
    if any(claim.kind in {"quote", "attribution"} or claim.speaker for claim in claims):
        yield REPORTED
    if any(finding.rule == UNSOURCED for finding in findings):
        yield OUTLETS
    if any(finding.silent.origins for finding in findings):
        yield SILENCE
    if uncheckable := sum(finding.verdict == "not_checkable" and finding.rule != NOT_COMPARED for finding in findings):
        yield UNCHECKABLE.format(count=uncheckable, total=len(findings))
    if uncompared := sum(finding.uncompared > 0 for finding in findings):
        yield UNCOMPARED.format(count=uncompared, total=len(findings))
    if any(finding.evidence_total > len(finding.evidence) for finding in findings):
        yield CUT


def _about_article(article: Article, story: Story, findings: Sequence[Finding]) -> Iterator[str]:
    sources = {row.article: row.source for finding in findings for row in finding.evidence}
    unnamed = sum(source is None for source in {**sources, article.id: article.source}.values())
    if unnamed and len(story.articles) > 1:
        yield NO_SOURCE.format(count=unnamed)
    if article.published is None:
        yield UNDATED
    if article.language != _READ:
        yield LANGUAGE.format(language=article.language)
    yield from (GENRES[genre] for genre in article.genres if genre in GENRES)


def _about_score(score: Score) -> Iterator[str]:
    if score.status == "insufficient_evidence":
        yield FAILED if score.reason == NOT_COMPARED else ALONE
    elif score.low is not None and score.high is not None:
        yield INTERVAL.format(low=score.low, high=score.high)
