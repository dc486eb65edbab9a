"""ClaimReview drafts: what a fact checker may begin with. Nothing here is a fact check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pipeline.models import AGAINST

DRAFT = (
    "Draft made by a program from what other articles say; it is no fact check. Before it is published a person "
    "has to check the claim, rate it (reviewRating.ratingValue), and sign it (author, url, datePublished)."
)


def drafts(report: dict[str, Any], url_of: Callable[[str, str | None], str | None]) -> Iterator[dict[str, Any]]:
    """Yield a draft (schema.org ClaimReview, JSON-LD) of each claim that others deny, or whose outlet does not carry it.

    It has no rating, author, address or date: without these no consumer takes it for a review. ``url_of``
    gives the address of another article, by its id and, where it is not of the report's own night, that.
    """
    for claim in report["claims"]:
        if claim["verdict"] in AGAINST or claim["rule"] == "quote.not-borne-out":
            yield _draft(report, claim, url_of)


def _draft(
    report: dict[str, Any], claim: dict[str, Any], url_of: Callable[[str, str | None], str | None]
) -> dict[str, Any]:
    article, nights = report["article"], report["story"]["other_nights"]
    against, backing = claim["contradict"]["origins"], claim["support"]["origins"]
    told = f"Draft: {claim['verdict']}, {against} independent origins against it and {backing} for it"
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "creativeWorkStatus": "Draft",
        "abstract": DRAFT,
        "claimReviewed": claim["span"]["text"],
        "itemReviewed": {
            "@type": "Claim",
            "text": article["text"][claim["sentence"]["start"] : claim["sentence"]["end"]],
            "appearance": _known(
                {
                    "@type": "NewsArticle",
                    "identifier": article["id"],
                    "headline": article["title"],
                    "url": article["url"],
                    "datePublished": article["published"],
                    "publisher": article["source"] and {"@type": "Organization", "name": article["source"]},
                }
            ),
        },
        "reviewRating": {"@type": "Rating", "alternateName": told, "ratingExplanation": claim["reason"]},
        "citation": [_citation(row, url_of(row["article"], nights.get(row["article"]))) for row in claim["evidence"]],
    }


def _citation(row: dict[str, Any], url: str | None) -> dict[str, Any]:
    return _known(
        {
            "@type": "NewsArticle",
            "identifier": row["article"],
            "url": url,
            "publisher": row["source"] and {"@type": "Organization", "name": row["source"]},
            "text": row["span"]["text"],
            "description": row["reason"],
        }
    )


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}
