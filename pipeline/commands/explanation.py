"""A report laid out for a terminal: the same findings in the same order as on the article's page."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click

from pipeline.shown import clipped
from pipeline.site.findings import SHOWN_TIES, EvidenceView, FindingView, findings, grouped
from pipeline.site.passages import Passage, Texts
from pipeline.site.rulebook import rule_words
from pipeline.site.waterfall import Step, waterfall
from pipeline.site.words import KINDS, points_text, score_text

SHOWN_FINDINGS, SHOWN_EVIDENCE = 5, 3  # of a group and of a finding, unless all are asked for
SHOWN_LISTED, LISTED_CHARS = 8, 40  # of a kind, where the rest of a group is listed by its words, and of each

_COLOURS = {
    "contradicted": "red", "contested": "yellow", "superseded": "magenta", "qualified": "yellow", "supported": "green",
    "contradicts": "red", "supersedes": "magenta", "qualifies": "yellow", "supports": "green",
}  # fmt: skip
_NARROWEST, _WIDEST = 60, 100  # columns


@dataclass(frozen=True, slots=True)
class Terminal:
    """How wide lines may be, and whether they may be coloured."""

    width: int
    colour: bool

    @classmethod
    def here(cls) -> Terminal:
        """Return the terminal that we write to; anything else than a terminal gets no colour."""
        width = min(max(shutil.get_terminal_size((_WIDEST, 0)).columns, _NARROWEST), _WIDEST)
        return cls(width, sys.stdout.isatty() and not os.environ.get("NO_COLOR"))

    def paint(self, text: str, name: str = "", *, bold: bool = False) -> str:
        """Return text in the colour of a verdict or relation, where there are colours."""
        return click.style(text, fg=_COLOURS.get(name), bold=bold) if self.colour else text

    def wrapped(self, text: str, indent: int) -> Iterator[str]:
        """Yield a paragraph in lines that fit."""
        space = " " * indent
        yield from textwrap.wrap(text, self.width, initial_indent=space, subsequent_indent=space, break_long_words=True)

    def headed(self, head: str, rest: str, indent: int, name: str = "") -> Iterator[str]:
        """Yield likewise a paragraph whose beginning is bold, in the colour of a verdict or relation."""
        first, *others = self.wrapped(head + rest, indent)
        shown = first.strip()[: len(head)]
        yield first.replace(shown, self.paint(shown, name, bold=True), 1)
        yield from others


def explanation(report: dict[str, Any], texts: Texts, terminal: Terminal, *, everything: bool = False) -> Iterator[str]:
    """Yield the lines that say why an article scored what it did."""
    views = findings(report, texts)
    yield from _head(report, terminal)
    yield from _fall(report, {view.claim["id"]: view for view in views}, terminal, everything=everything)
    for group, some in grouped(views):
        yield ""
        yield terminal.paint(f"{group.title} ({len(some)})", bold=True)
        yield from terminal.wrapped(group.note, 2)
        shown = some if everything else some[:SHOWN_FINDINGS]
        for view in shown:
            yield from _finding(view, terminal, everything=everything, brief=not group.with_evidence)
        if len(shown) < len(some):
            yield f"  … {len(some) - len(shown)} more: --all"
            yield from () if group.with_evidence else _others_by_kind(some[len(shown) :], terminal)
    yield ""
    yield terminal.paint("What this cannot tell", bold=True)
    for limit in report["limits"]:
        yield from terminal.wrapped(clipped(limit, 500), 2)


def _head(report: dict[str, Any], terminal: Terminal) -> Iterator[str]:
    article, score = report["article"], report["score"]
    title = f": {clipped(article['title'], 200)}" if article["title"] else ""
    yield from (terminal.paint(line, bold=True) for line in terminal.wrapped(clipped(article["id"], 120) + title, 0))
    if score["value"] is None:
        words = rule_words().get(score["reason"], score["reason"])
        yield from terminal.wrapped(f"{words.capitalize()}. That says nothing against the article.", 0)
    else:
        yield from terminal.wrapped(clipped(score["summary"], 500), 0)
    if score["interval"]:
        low, high = score["interval"]
        yield f"90 % interval {score_text(low)} to {score_text(high)}."
    for tie in report["story"]["same_origin"][:SHOWN_TIES]:
        night = report["story"]["other_nights"].get(tie["article"])
        other = clipped(tie["article"], 80) + (f" (night of {night})" if night else "")
        shared = f": “{clipped(tie['shared'], 100)}”" if tie["shared"] else ""
        yield from terminal.wrapped(f"One origin with {other}: {rule_words().get(tie['rule'], tie['rule'])}{shared}", 0)


def _fall(
    report: dict[str, Any], by_claim: dict[str, FindingView], terminal: Terminal, *, everything: bool
) -> Iterator[str]:
    score = report["score"]
    steps = waterfall(score, len(score["ledger"])) if everything else waterfall(score)
    if not steps:
        return
    yield ""
    yield terminal.paint("What cost how much, from 100 down", bold=True)
    yield f"  {'points':>7}  {'left':>6}"
    for step in steps:
        view = by_claim.get(step.claim or "")
        room = terminal.width - 20
        yield f"  {points_text(float(step.points)):>7}  {step.after:>6}  {_step_words(step, view, room, terminal)}"


def _step_words(step: Step, view: FindingView | None, room: int, terminal: Terminal) -> str:
    if view is not None:
        label = f" {view.verdict.symbol} {view.verdict.label}"
        words = clipped(view.line, max(10, room - len(label) - 2))
        return f"“{words}”{terminal.paint(label, view.claim['verdict'])}"
    return f"{step.others} others together" if step.others else rule_words().get(step.rule or "", str(step.rule))


def _finding(view: FindingView, terminal: Terminal, *, everything: bool, brief: bool) -> Iterator[str]:
    claim = view.claim
    told = f": {KINDS[claim['kind']]} {claim['id']}, {points_text(claim['points'])} points, {claim['rule']}"
    yield from terminal.headed(f"{view.verdict.symbol} {view.verdict.label}", told, 2, claim["verdict"])
    if brief:
        yield from terminal.wrapped(f"“{view.line}”{'' if view.aside else _outlet(claim)}", 6)
        yield from terminal.wrapped(clipped(view.aside, 400), 6)
        return
    yield from terminal.wrapped(clipped(claim["reason"], 400), 6)
    yield from terminal.wrapped(claim["cost"] or "", 6)
    yield from _sides(view, terminal, everything=everything)


def _others_by_kind(views: Sequence[FindingView], terminal: Terminal) -> Iterator[str]:
    # Claims that cost little are many: their words alone, so that a figure does not hide behind fifty quotes.
    for kind, name in KINDS.items():
        lines = dict.fromkeys(clipped(view.line, LISTED_CHARS) for view in views if view.claim["kind"] == kind)
        words = [f"“{line}”" for line in lines]
        more = f" and {len(words) - SHOWN_LISTED} more" if len(words) > SHOWN_LISTED else ""
        yield from terminal.wrapped(f"{name}: {', '.join(words[:SHOWN_LISTED])}{more}" if words else "", 6)


def _outlet(claim: dict[str, Any]) -> str:
    return f" (credited to {clipped(claim['outlet'], 80)})" if claim["outlet"] else ""


def _sides(view: FindingView, terminal: Terminal, *, everything: bool) -> Iterator[str]:
    claim = view.claim
    yield from terminal.wrapped(f"this article: {_quoted(view.words)}", 6)
    shown: Sequence[EvidenceView] = view.evidence if everything else view.evidence[:SHOWN_EVIDENCE]
    for item in shown:
        night = f" of the night of {item.night}" if item.night else ""
        source = f", {clipped(item.row['source'], 60)}" if item.row["source"] else ""
        told = f"{item.relation.symbol} {item.relation.label}, {clipped(item.row['article'], 80)}{night}{source}"
        for line in terminal.wrapped(f"{told} ({item.row['level']}):", 6):
            yield terminal.paint(line, item.row["relation"])
        yield from terminal.wrapped(_quoted(item.words), 8)
    if len(shown) < claim["evidence_total"]:
        yield f"      … {claim['evidence_total'] - len(shown)} more"


def _quoted(words: Passage) -> str:
    return " ".join(f"{words.before}⟦{words.words}⟧{words.after}".split())
