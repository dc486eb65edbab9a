"""The laws of the whole way from articles to scores, on the sample dump and on made-up texts."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims import extract, extract_all
from pipeline.models import Article, DumpLocation
from pipeline.report import Run, build_report, check_laws
from pipeline.resources import folder
from tests.night import SETTINGS, Night, read_dump, run_night

# Each example runs all stages over the sample: a few of them say as much as a hundred.
FEW = settings(max_examples=12, deadline=None)


@cache
def _sample() -> tuple[Article, ...]:
    return tuple(read_dump(folder("seeds")))


@cache
def _night() -> Night:
    return run_night(_sample())


def _judged(night: Night, article: str) -> tuple[Any, ...]:
    score = night.scores[article]
    verdicts = tuple((f.verdict, f.support.effective, f.contradict.effective, f.rule) for f in night.findings[article])
    return (score.value, score.low, score.high, score.ledger, verdicts)


def _copy(article: Article, name: str, source: str | None) -> Article:
    return replace(article, id=name, source=source, location=DumpLocation(file=f"{name}.txt"))


_outlets = st.one_of(st.none(), st.sampled_from(["Harbour Post", "The Daily Quay", "Coast Wire"]))


@FEW
@given(st.integers(0, 4), st.lists(_outlets, min_size=1, max_size=4))
def test_copies_change_no_other_article(which: int, outlets: list[str | None]) -> None:
    """Law 1: under any outlet's name, in any number."""
    sample = _sample()
    copies = [_copy(sample[which], f"copy{number}", outlet) for number, outlet in enumerate(outlets)]
    after = run_night([*sample, *copies])
    for article in sample:
        if article.id != sample[which].id:
            assert _judged(after, article.id) == _judged(_night(), article.id)


@FEW
@given(st.permutations(range(5)))
def test_order_has_no_effect(order: list[int]) -> None:
    """Law 4."""
    assert run_night(_sample()[number] for number in order).scores == _night().scores


def test_an_article_never_corroborates_itself_nor_its_origin() -> None:
    """Law 5."""
    night = _night()
    for id_, findings in night.findings.items():
        story = night.stories[id_]
        origin_of = dict(zip(story.articles, story.origins, strict=True))
        for finding in findings:
            assert all(row.article != id_ and row.origin != origin_of[id_] for row in finding.evidence)
            assert all(row.origin == origin_of[row.article] for row in finding.evidence)


def test_every_report_holds_its_laws() -> None:
    """Law 8: spans are their texts, ledgers add up."""
    night, run = _night(), Run(date="2025-01-01", fingerprint="0" * 16, pipeline_version="0")
    for id_, article in night.articles.items():
        report: dict[str, Any] = build_report(
            run, article, night.stories[id_], night.claims[id_], night.findings[id_], night.scores[id_]
        )
        check_laws(report)
        assert article.text[report["claims"][0]["span"]["start"] :].startswith(report["claims"][0]["span"]["text"])


def _rewritten(pattern: str, form: str) -> list[Article]:
    """Return the sample as read from files in which a form of a value is written otherwise."""
    with tempfile.TemporaryDirectory() as dump:
        changes = 0
        for path in sorted(folder("seeds").glob("*.txt")):
            text, times = re.subn(pattern, form, path.read_text("utf-8"))
            (Path(dump) / path.name).write_text(text, "utf-8")
            changes += times
        assert changes, "the sample has no such form"
        return read_dump(Path(dump))


@pytest.mark.parametrize(
    ("pattern", "form"),
    [
        (r"(\d) percent", r"\1%"),
        (r"(\d)%", r"\1 per cent"),
        (r"\b(\d{1,3}),(\d{3})\b", r"\1\2"),
        (r"\bfour years", "4 years"),
        (r"[’‘]", "'"),
        (r"[“”]", '"'),
    ],
)
def test_equal_forms_of_a_value_change_no_score(pattern: str, form: str) -> None:
    """Law 9."""
    after = run_night(_rewritten(pattern, form))
    for article in _sample():
        assert after.scores[article.id].value == _night().scores[article.id].value
        assert [f.verdict for f in after.findings[article.id]] == [f.verdict for f in _night().findings[article.id]]


_PIECES = (
    "The minister said", "“We will not wait,”", '"', "'", "”", "Anna Berg", "in Oslo", "12 people", "were killed",
    "on Thursday", "3.5 percent of GDP", "by 2030", "according to Coast Wire", "\n\n", "\n– Anna Berg\n", ".", "!", " ",
    "BBC’s", "$4.2bn", "1e400", "١٢", "🜁", "\u202e", "Dr.", "U.S.", "--", "(", ")", "10/12/2025", "half", "a dozen",
)  # fmt: skip
_texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(_PIECES), max_size=120).map(" ".join),
    st.text("“\"'”’.\n a1%", max_size=300),
)


@settings(max_examples=150, deadline=None)
@given(_texts, st.sampled_from(["2025-03-04", "2025-03-04T10:00:00+02:00", None]))
def test_no_text_makes_extraction_fail_and_every_span_is_text(text: str, published: str | None) -> None:
    """Laws 8 and 10."""
    article = replace(_sample()[0], text=text, title=None, published=published, boilerplate=())
    claims = extract(article, SETTINGS.claims)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        assert 0 <= claim.sentence.start <= claim.sentence.end <= len(text)
        values = (claim.quantity, claim.date, claim.place, claim.person_role, claim.quote, claim.attribution)
        assert sum(value is not None for value in values) == 1
        assert getattr(claim, claim.kind) is not None
        if claim.quote is not None:
            assert claim.quote.words


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(_texts, st.sampled_from(["en", "en", "en", "de"])), max_size=20))
def test_articles_that_are_extracted_together_yield_what_each_yields_alone(made: list[tuple[str, str]]) -> None:
    articles = [
        replace(_sample()[0], text=text, title=None, language=language, boilerplate=()) for text, language in made
    ]
    articles += _sample()
    alone = [extract(article, SETTINGS.claims) for article in articles]
    assert list(extract_all(articles, SETTINGS.claims)) == alone
