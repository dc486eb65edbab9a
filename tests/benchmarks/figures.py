"""Every figure of the gate: what it is, on which files, and which way is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.benchmarks import altered, ecb_mentions, fever, five_w, planted, polnear, speed, stories, veracity
from tests.benchmarks.sets import Measured


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a floor it may not fall below, a ceiling it may not rise above, or neither (only reported)."""

    name: str
    definition: str
    bound: Literal["floor", "ceiling"] | None = "floor"
    unit: str = "share, 0..1"
    target: str = ""  # what the design asks for, where it does
    slack: float | None = None  # in the figure's unit; None: as the gate's EPSILON says

    @property
    def direction(self) -> int:
        """1 where more is better, -1 where less is, 0 where nothing is asked."""
        return {"floor": 1, "ceiling": -1, None: 0}[self.bound]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Figures that one run measures, from the files they are measured on (below the folder of the sets)."""

    measure: Callable[[Path], dict[str, Measured]]
    files: tuple[str, ...]
    figures: tuple[Figure, ...]


_CLUSTER = tuple(
    f"giveme5w1h/news_cluster/{name}" for name in ("articles.jsonl", "gold.events.jsonl", "silver.copy_pairs.jsonl")
)
_BASIL = ("basil/articles.jsonl", "basil/gold.events.jsonl")
_B_CUBED = "B-cubed F1 of the stories against {} events, each set as one dump, window open"
_FABRICATED = (
    "stories of 3 origins and more; a claim that 2 others bear out and nobody contradicts, falsified everywhere"
)
_MOVED = "share of claims of articles so rewritten that are gone or have another verdict: {}"

BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        stories.measure,
        (*_CLUSTER, *_BASIL, "ecbplus/articles.jsonl", "ecbplus/gold.docs.jsonl"),
        (
            Figure("stories.giveme5w1h", _B_CUBED.format("giveme5w1h's"), target="above .914"),
            Figure("stories.ecbplus", _B_CUBED.format("ECB+'s"), target="above .921"),
            Figure("stories.basil", _B_CUBED.format("BASIL's"), target="above .940"),
            Figure("origins.copies", "share of giveme5w1h's copy pairs in one origin"),
            Figure(
                "origins.false_unions",
                "pairs in one origin, of 1,000 pairs of giveme5w1h that are of different events or outlets and no copies",
                bound="ceiling",
                unit="pairs in 1,000",
                slack=0.15,  # three pairs
            ),
        ),
    ),
    Benchmark(
        polnear.figures,
        ("polnear/articles.jsonl", "polnear/gold.attributions.jsonl.gz"),
        (
            Figure("quotes.f1_exact", "PolNeAR: F1 of wholly quoted spans, to the code point"),
            Figure("quotes.f1_overlap", "PolNeAR: F1 of wholly quoted spans, 80 % of the tokens"),
            Figure("quotes.speaker", "PolNeAR: share of exactly found quotes with the right speaker"),
            Figure("attributions.recall", "PolNeAR: share of indirect statements at least half covered"),
            Figure("attributions.precision", "PolNeAR: share of attributions at least half in marked contents"),
        ),
    ),
    Benchmark(
        five_w.measure,
        ("giveme5w1h/gold_standard/articles.jsonl", "giveme5w1h/gold_standard/gold.5w1h.jsonl"),
        (
            Figure("five_w.when", "giveme5w1h: marked answers met by a date claim: same day or half the content words"),
            Figure("five_w.where", "giveme5w1h: marked answers met by a place claim: half the content words"),
        ),
    ),
    Benchmark(
        ecb_mentions.measure,
        ("ecbplus/articles.jsonl", "ecbplus/gold.mentions.jsonl.gz"),
        (
            Figure("ecb.time_date", "ECB+: marked dates in the body that a date claim touches"),
            Figure("ecb.loc_geo", "ECB+: marked places with capitals, half of these inside names found, untyped"),
            Figure("ecb.loc_fac", "ECB+: marked facilities, likewise"),
            Figure("ecb.human_part_per", "ECB+: marked people, likewise"),
        ),
    ),
    Benchmark(
        planted.measure,
        (_CLUSTER[0], _BASIL[0]),
        (
            Figure("planted.all", f"share of fabrications contradicted or contested; {_FABRICATED}"),
            Figure("planted.number", "of these: a number for another that can be (ages, percentages)"),
            Figure("planted.place", "of these: the city of an event"),
            Figure("planted.day", "of these: a weekday or day of the month"),
            Figure("planted.person", "of these: a person with a post"),
            Figure("planted.quote_word", "of these: a word of a quote that 2 others have too, in its place"),
            Figure("planted.quote_negated", 'of these: "not" put into a quote, between words that 2 others have too'),
            Figure("equal.percent", _MOVED.format("5% / 5 per cent"), "ceiling", target="0"),
            Figure("equal.thousands", _MOVED.format("1,500 / 1500"), "ceiling", target="0"),
            Figure("equal.quote_marks", _MOVED.format("straight / curly quotes"), "ceiling", target="0"),
            Figure(
                "equal.paragraphs", _MOVED.format("paragraphs after the third in reverse"), "ceiling", target="near 0"
            ),
            Figure(
                "equal.copy",
                _MOVED.format("one article a story copied under another outlet"),
                "ceiling",
                target="0",
                slack=0.0,
            ),
            Figure(
                "untouched.contradicted",
                "share of the claims of untouched articles called contradicted, stories of 3 origins and more",
                "ceiling",
                target="near 0",
                slack=0.001,  # the figure itself is some thousandths
            ),
        ),
    ),
    Benchmark(
        fever.measure,
        ("fever_symmetric/pairs.jsonl",),
        (
            Figure("fever.accuracy", "FEVER-symmetric: right on rows where both sides make a claim of one kind"),
            Figure("fever.comparable", "FEVER-symmetric: share of such rows", bound=None),
        ),
    ),
    Benchmark(
        altered.measure,
        (*_CLUSTER, "fakenews_amt/articles.jsonl", "fakenews_amt/gold.pairs.jsonl"),
        (
            Figure("altered.noticed", "FakeNewsAMT: pairs of a news item and its altered version with a contradiction"),
            Figure(
                "altered.false",
                "giveme5w1h: pairs of outlets on one event with a contradiction (longer texts, so more to err about)",
                "ceiling",
            ),
        ),
    ),
    Benchmark(
        veracity.measure,
        ("buzzfeed_webis/articles.jsonl.gz", "buzzfeed_webis/gold.veracity.jsonl"),
        (
            Figure("veracity.auc", "BuzzFeed-Webis: AUC of the score, mostly true against the doubted", bound=None),
            Figure("veracity.auc_low", "its 90 % bootstrap interval, from", bound=None),
            Figure("veracity.auc_high", "its 90 % bootstrap interval, to", bound=None),
            Figure("veracity.auc_in_portal", "the same AUC over pairs of one portal", bound=None),
            Figure("veracity.scored", "share of the judged articles that get a score", bound=None),
        ),
    ),
    Benchmark(
        speed.measure,
        ("basil/articles.jsonl",),
        (
            Figure(
                "speed.extract",
                "CPU time of claim extraction by that of writing, reading and tokenising the same texts as JSON",
                "ceiling",
                unit="times",
                slack=20.0,  # cold caches and a neighbour's load move it by half
            ),
        ),
    ),
)
