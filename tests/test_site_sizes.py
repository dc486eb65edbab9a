"""Pages stay small, however long an article or a list."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pipeline.site.article import article_view
from pipeline.site.pager import PAGE_BYTES, Block, Section
from pipeline.site.passages import Texts
from pipeline.site.press import Press
from pipeline.site.words import VERDICTS
from tests.command import NIGHT
from tests.pages import HOSTILE, MAX_PAGE, pages_of


def _giant(claims: int, text: str) -> dict[str, Any]:
    """Return a report of one long text whose claims overlap in every way, each with long evidence."""
    places = [(number * 7 % (len(text) - 3_000), 10 + number % 2_900) for number in range(claims)]
    row = {
        "article": HOSTILE, "source": HOSTILE, "origin": "o", "relation": "contradicts", "level": "quote.altered",
        "same_topic": 0.9, "span": {"start": 0, "end": 2_000, "text": text[:2_000]}, "reason": "&" * 900,
    }  # fmt: skip
    verdicts = list(VERDICTS)
    return {
        "run": {"date": NIGHT, "fingerprint": "0" * 16, "pipeline_version": "0"},
        "article": {
            "id": HOSTILE, "source": HOSTILE, "url": None, "title": "&" * 5_000, "published": None, "language": "en",
            "text": text, "word_count": 9, "boilerplate": [{"start": 5, "end": 9_000, "rule": "boilerplate.tags"}],
        },
        "story": {"id": "s-1", "articles": [HOSTILE], "independent_origins": 1, "origin_of": {HOSTILE: "o"}, "other_nights": {}, "same_origin": [{"article": HOSTILE, "rule": "origin.equal-text", "shared": HOSTILE, "similarity": 1.0}] * 99},
        "score": {
            "value": None, "status": "insufficient_evidence", "reason": "origins.too-few", "interval": None,
            "band": "none", "coverage": 0.0, "specificity": 0.0, "ledger": [], "summary": "&" * 900, "history": [],
        },
        "counts": {name: claims // len(verdicts) for name in verdicts},
        "claims": [
            {
                "id": f"c{number:03}", "kind": "quote", "rule": "quote.direct",
                "span": {"start": start, "end": start + length, "text": text[start : start + length]},
                "sentence": {"start": start, "end": start + length}, "value": {}, "speaker": "&" * 900, "outlet": None,
                "hedged": True, "negated": True, "verdict": verdicts[number % len(verdicts)], "points": 0.0,
                "support": {"origins": 1}, "contradict": {"origins": 1}, "silent": {"origins": 1}, "speaking": {"origins": 1}, "cost": "&" * 900,
                "reason": "&" * 900, "evidence": [row] * 20, "evidence_total": 99,
            }
            for number, (start, length) in enumerate(places)
        ],
        "limits": ["&" * 900],
    }  # fmt: skip


@pytest.mark.parametrize(("claims", "text"), [(300, "&<\"'" * 20_000), (40, "\U0001f30a\n" * 100_000)])
def test_no_page_of_the_longest_article_passes_half_a_megabyte(tmp_path: Path, claims: int, text: str) -> None:
    report = _giant(claims, text)
    press = Press(tmp_path, report["run"], "full")
    head, sections = article_view(report, Texts(lambda _: text), "full")
    press.pages("article.html.j2", head.path, sections, head=head, data=None, language="en")
    made = pages_of(tmp_path)
    assert len(made) > 1
    assert max(path.stat().st_size for path in tmp_path.rglob("*.html")) < MAX_PAGE
    found = [anchor for page in made.values() for anchor in page.ids if anchor.startswith("f-")]
    assert sorted(found) == sorted(f"f-{claim['id']}" for claim in report["claims"])
    for path, page in made.items():
        for link in (link for link in page.links if "#f-" in link or "#t-" in link):
            file, _, anchor = link.partition("#")
            target = (Path(path).parent / unquote(file)).as_posix() if file else path
            assert anchor in made[target].ids, (path, link)


def test_long_lists_go_on_to_further_pages_that_link_each_other(tmp_path: Path) -> None:
    row = {
        "article": HOSTILE,
        "title": "&" * 900,
        "source": HOSTILE,
        "published": None,
        "score": None,
        "band": "none",
        "reason": "claims.too-few",
    }
    section = Section("all", "Articles", "articles", (Block("scored", row),) * 2_000, total=2_000)
    press = Press(tmp_path, {"date": NIGHT, "fingerprint": "0" * 16, "pipeline_version": "0"}, "full")
    press.pages("list.html.j2", "articles.html", [section], title="Articles", lines=())
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.html")]
    assert len(sizes) > 2_000 * 900 / PAGE_BYTES
    assert max(sizes) < MAX_PAGE
