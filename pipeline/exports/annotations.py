"""Findings as W3C Web Annotations: each claim of an article as a stretch of its text, with its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points of prefix and suffix, by which a quote is found again in a page


def annotated(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an annotation a claim (Web Annotation Data Model, W3C Recommendation 23 February 2017).

    Positions count Unicode code points of the report's ``article.text``; in the page behind the address
    the quote with its prefix and suffix finds the place.
    """
    for claim in report["claims"]:
        yield {
            "@context": CONTEXT,
            "id": f"{_urn(report)}:{quote(claim['id'], safe='')}",
            "type": "Annotation",
            "motivation": "assessing",
            "generator": {"type": "Software", "name": f"twosource {report['run']['pipeline_version']}"},
            "body": [
                _words("tagging", claim["verdict"]),
                _words("tagging", claim["rule"]),
                _words("assessing", claim["reason"]),
            ],
            "target": _target(report, claim["span"]),
        }


def _urn(report: dict[str, Any]) -> str:
    return f"urn:twosource:{report['run']['fingerprint']}:{quote(report['article']['id'], safe='', errors='replace')}"


def _words(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain", "language": "en"}


def _target(report: dict[str, Any], span: dict[str, Any]) -> dict[str, Any]:
    article, start, end = report["article"], span["start"], span["end"]
    source: dict[str, Any] = {"id": article["url"] or _urn(report), "type": "Text", "format": "text/plain"}
    if article["language"] != "und":
        source["language"] = article["language"]
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span["text"],
                "prefix": article["text"][max(0, start - AROUND) : start],
                "suffix": article["text"][end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
