"""One story in memory, heard by the real stages, and heard again with one article changed or added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.ingest.boilerplate import find_boilerplate
from pipeline.ledger import NOT_BORNE_OUT, UNSOURCED
from pipeline.models import AGAINST, Article, Claim, Finding, Score, Story
from pipeline.scoring import score_article
from pipeline.settings import Settings
from pipeline.stories import PlannedStory, shelve, trace_origins


@dataclass(frozen=True, slots=True)
class Told:
    """A story's articles with claims and findings, by article id."""

    story: Story
    articles: Mapping[str, Article]
    claims: Mapping[str, tuple[Claim, ...]]
    findings: Mapping[str, tuple[Finding, ...]]
    texts: Mapping[str, str]  # by article: a name for its text, by which origins know equal ones
    settings: Settings

    def origins(self) -> int:
        """Return how many independent origins tell the story."""
        return len(set(self.story.origins))

    def pairs(self, article: str) -> list[tuple[Claim, Finding]]:
        """Return an article's claims with what was found on each."""
        return list(zip(self.claims[article], self.findings[article], strict=True))

    def words(self, claim: Claim) -> str:
        """Return the words of a claim's span."""
        return self.articles[claim.article].text[claim.span.start : claim.span.end]

    def score(self, article: str) -> Score:
        """Return an article's score."""
        return score_article(
            self.articles[article], self.story, self.claims[article], self.findings[article], self.settings
        )

    def among(self, ids: Collection[str]) -> Told:
        """Return the story heard as if only some of its articles told it."""
        articles = {id_: article for id_, article in self.articles.items() if id_ in ids}
        return _heard(self.story.id, articles, self.claims, self.texts, self.settings)

    def with_article(self, article: Article, claims: tuple[Claim, ...]) -> Told:
        """Return the story heard with an article put in another's place (by its id), or added.

        Which articles tell the story is taken as given; origins, findings and all that follows are found anew.
        """
        articles = {**self.articles, article.id: article}
        texts = {**self.texts, **_texts([article], self.settings)}
        return _heard(self.story.id, articles, {**self.claims, article.id: claims}, texts, self.settings)


def hear(story: str, articles: Sequence[Article], settings: Settings) -> Told:
    """Hear the articles of one story."""
    by_id = {article.id: article for article in sorted(articles, key=lambda article: article.id)}
    claims = {id_: extract(article, settings.claims) for id_, article in by_id.items()}
    return _heard(story, by_id, claims, _texts(by_id.values(), settings), settings)


def _texts(articles: Iterable[Article], settings: Settings) -> dict[str, str]:
    return {shelved.id: shelved.text for shelved in shelve(articles, settings)}


def _heard(
    name: str,
    articles: Mapping[str, Article],
    claims: Mapping[str, tuple[Claim, ...]],
    texts: Mapping[str, str],
    settings: Settings,
) -> Told:
    ids = tuple(sorted(articles))
    planned = PlannedStory(id=name, articles=ids, texts=tuple(texts[id_] for id_ in ids))
    story = trace_origins(planned, articles, settings)
    claims = with_statements(story, articles, claims, settings)
    findings: dict[str, list[Finding]] = {id_: [] for id_ in ids}
    for finding in corroborate(story, articles, claims, settings):
        findings[finding.article].append(finding)
    return Told(story, articles, claims, {id_: tuple(rows) for id_, rows in findings.items()}, texts, settings)


def remarked(article: Article) -> Article:
    """Return a rewritten article with its boilerplate marked anew, as ingest marks it."""
    return replace(article, boilerplate=find_boilerplate(article.text, article.title, article.authors))


def raises_alarm(finding: Finding) -> bool:
    """Tell whether a report speaks against a claim, and does not only fail to find it elsewhere."""
    return is_contradicted(finding) or is_not_sourced(finding)


def is_contradicted(finding: Finding) -> bool:
    """Tell whether others say otherwise."""
    return finding.verdict in AGAINST


def is_not_sourced(finding: Finding) -> bool:
    """Tell whether a quote's credit to an outlet is not borne out."""
    return finding.rule in (UNSOURCED, NOT_BORNE_OUT)
