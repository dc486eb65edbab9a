"""Are planted fabrications noticed, and do equal forms change nothing? On stories of three origins and more.

Only claims that two other origins bear out and nobody contradicts are falsified: there, the others have the truth.
Of a quote they must have the very words that are changed, in their place; who bears it out may carry only another part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.claims import extract
from pipeline.corroboration import corroborate, with_statements
from pipeline.evaluation.bearers import bearers
from pipeline.evaluation.moved import moved
from pipeline.models import Article, Claim, Finding, Story
from pipeline.stories import group_stories
from tests.benchmarks.planted_edits import EQUAL_FORMS, FABRICATIONS, Edits, with_edits
from tests.benchmarks.sets import Measured, order, read_articles, share
from tests.benchmarks.stories import EVENTS, open_window
from tests.night import Night, run_night

SETS = ("giveme5w1h", "basil")
_MOST = 120  # fabrications of a kind in a set: enough to tell 5 points apart, few enough for the gate's time
_NOTICED = frozenset({"contradicted", "contested"})
_ORIGINS = 3
_BEARERS = 2  # origins that must carry what is falsified
_SETTINGS = open_window()


def measure(evaluation: Path) -> dict[str, Measured]:
    """Return the share of fabrications noticed, verdicts moved by equal forms, and truths contradicted."""
    noticed: dict[str, list[bool]] = {kind: [] for kind in FABRICATIONS}
    shifted: dict[str, list[bool]] = {kind: [] for kind in (*EQUAL_FORMS, "copy")}
    untouched: list[bool] = []
    for name in SETS:
        night = run_night(read_articles(evaluation / EVENTS[name][0] / "articles.jsonl"), _SETTINGS)
        for kind in FABRICATIONS:
            noticed[kind] += _noticed(night, kind)
        for form in EQUAL_FORMS:
            shifted[form] += _moved_by_form(night, form)
        shifted["copy"] += _moved_by_copies(night)
        untouched += [finding.verdict == "contradicted" for id_ in _told(night) for finding in night.findings[id_]]
    figures = {f"planted.{kind}": share(hits) for kind, hits in noticed.items()}
    figures["planted.all"] = share([hit for hits in noticed.values() for hit in hits])
    figures |= {f"equal.{form}": share(hits) for form, hits in shifted.items()}
    figures["untouched.contradicted"] = share(untouched)
    return figures


def _told(night: Night) -> list[str]:
    """Return the ids of the articles in stories of three origins and more."""
    return [id_ for id_ in sorted(night.articles) if len(set(night.stories[id_].origins)) >= _ORIGINS]


def _noticed(night: Night, kind: str) -> list[bool]:
    hits: list[bool] = []
    for claim, edits in plantable(night, kind):
        changed = with_edits(night.articles[claim.article], edits)
        if changed.text != night.articles[claim.article].text:
            hits.append(_is_noticed(night, changed, claim, edits[0][1]))
        if len(hits) == _MOST:
            break
    return hits


def plantable(night: Night, kind: str) -> Iterator[tuple[Claim, Edits]]:
    """Yield the claims of a night that can be falsified, with the edits that do it, in an order of no meaning."""
    claim_kind, make = FABRICATIONS[kind]
    borne_out = [
        claim
        for id_ in _told(night)
        for claim, finding in night.pairs(id_)
        if claim.kind == claim_kind and finding.support.origins >= _BEARERS and not finding.contradict.origins
    ]
    for claim in sorted(borne_out, key=lambda claim: order(claim.article, claim.id)):
        edits = make(claim, night.text(claim))
        if edits and (claim.kind != "quote" or _is_borne(night, claim, edits[0])):
            yield claim, edits


def _is_borne(night: Night, claim: Claim, edit: tuple[str, str]) -> bool:
    return bearers(night.stories[claim.article], night.articles, claim.article, edit) >= _BEARERS


def _is_noticed(night: Night, changed: Article, claim: Claim, words: str) -> bool:
    """Tell whether a claim of the falsified kind that holds the new words is contradicted or contested."""
    return any(
        made.kind == claim.kind
        and finding.verdict in _NOTICED
        and words in changed.text[made.span.start : made.span.end]
        for made, finding in _heard_again(night, changed)
    )


def _heard_again(night: Night, changed: Article) -> list[tuple[Claim, Finding]]:
    """Return the changed article's claims and findings, its story and the others as they were."""
    made = extract(changed, _SETTINGS.claims)
    articles = {**night.articles, changed.id: changed}
    story = night.stories[changed.id]
    claims = with_statements(story, articles, {**night.claims, changed.id: made}, _SETTINGS)
    findings = corroborate(story, articles, claims, _SETTINGS)
    return list(zip(claims[changed.id], (row for row in findings if row.article == changed.id), strict=True))


def _moved_by_form(night: Night, form: str) -> list[bool]:
    hits: list[bool] = []
    for id_ in _told(night):
        changed = EQUAL_FORMS[form](night.articles[id_])
        if changed.text != night.articles[id_].text:
            hits += moved(night.pairs(id_), _heard_again(night, changed))
    return hits


def _moved_by_copies(night: Night) -> list[bool]:
    """Give each story a copy of one of its articles under another name; the stories are found anew."""
    stories = {night.stories[id_].id: night.stories[id_] for id_ in _told(night)}
    copied = [night.articles[min(story.articles, key=order)] for _, story in sorted(stories.items())]
    copies = {f"{one.id}-copy": replace(one, id=f"{one.id}-copy", source="The Copyist", url=None) for one in copied}
    articles = night.articles | copies
    claims = dict(night.claims)
    for id_, copy in copies.items():
        claims[id_] = extract(copy, _SETTINGS.claims)
    told = frozenset(_told(night))
    hits: list[bool] = []
    for story in group_stories(list(articles.values()), _SETTINGS):
        if told.intersection(story.articles):
            hits += _moved_in(night, story, articles, claims, told)
    return hits


def _moved_in(
    night: Night,
    story: Story,
    articles: dict[str, Article],
    claims: dict[str, tuple[Claim, ...]],
    told: frozenset[str],
) -> list[bool]:
    claims = with_statements(story, articles, claims, _SETTINGS)
    found = corroborate(story, articles, claims, _SETTINGS)
    hits: list[bool] = []
    for id_ in story.articles:
        if id_ in told:
            after = list(zip(claims[id_], (row for row in found if row.article == id_), strict=True))
            hits += moved(night.pairs(id_), after)
    return hits
