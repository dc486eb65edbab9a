"""A report's claims as findings for a reader: gravest group first, both sides' words side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.ledger import AGAINST_CREDIT
from pipeline.models import AGAINST
from pipeline.shown import clipped
from pipeline.site.passages import Passage, Texts, TextShown, passage
from pipeline.site.words import RELATIONS, VERDICTS, VerdictWords

LINE_CHARS = 240  # of a claim's line
OPEN_EVIDENCE = 3  # rows that a finding shows at once; the others unfold
SHOWN_TIES = 10  # articles of one origin that an article's head names
NAMED_TIES = frozenset({"origin.same-url", "origin.same-publisher", "origin.wire-credit"})  # what is shared is no text


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that ask the same of a reader."""

    id: str
    title: str
    note: str
    with_evidence: bool
    aside: str = ""  # what a claim without evidence is told with: its "reason" or its "cost"


GROUPS = (
    Group("otherwise", "Others say otherwise", "Read both: at most one side can be right, and nothing here says which.", True),
    Group("credited", "Credited to an outlet, and not carried", "Ask for the original: outside this dump it may exist.", False, "reason"),
    Group("outgrown", "Outgrown by a later report", "A later report has a higher figure.", True),
    Group("matter", "Others speak of it, and none says so", "They may give it otherwise: look there first.", False, "cost"),
    Group("qualified", "Said more coarsely or more finely", "See whether the difference matters.", True),
    Group("supported", "Borne out", "Other independent origins say so too.", True),
    Group("alone", "Nobody else says it", "Others could have spoken of it. An exclusive is no lie, and costs little.", False),
    Group("open", "Could not be checked", "No other origin could have carried it: no part of the score.", False),
)  # fmt: skip
_ASIDES = {group.id: group.aside for group in GROUPS}
_GROUP_OF = {
    "contradicted": "otherwise", "contested": "otherwise", "superseded": "outgrown", "qualified": "qualified",
    "supported": "supported", "uncorroborated": "alone", "not_checkable": "open",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Another article's words on a claim."""

    row: dict[str, Any]
    words: Passage
    relation: VerdictWords
    night: str | None  # of an article that is not from the report's own night


@dataclass(frozen=True, slots=True)
class FindingView:
    """One claim with its verdict and what the others say."""

    number: int  # from 1, in the order of the text
    claim: dict[str, Any]
    words: Passage
    line: str  # the words on one line: of an attribution the sentence, for "she said" says nothing
    verdict: VerdictWords
    group: str
    evidence: tuple[EvidenceView, ...]

    @property
    def aside(self) -> str:
        """What its group tells beside the words of a claim in a row of its own; nothing where all are alike.

        Where another article gives the matter otherwise, its words: they are what is to be looked at.
        """
        field = _ASIDES[self.group]
        if not self.line or not field or not self.claim[field]:
            return ""
        told = str(self.claim[field])
        if self.group == "matter" and self.evidence:
            row = self.evidence[0].row
            told += f" The other side: “{clipped(row['span']['text'], LINE_CHARS)}” ({clipped(row['source'] or row['article'], 60)})."
        return told

    @property
    def unlisted(self) -> int:
        """Rows of evidence that the report counts but does not list."""
        return int(self.claim["evidence_total"]) - len(self.evidence)


def findings(report: dict[str, Any], texts: Texts | None, shown: TextShown = "full") -> list[FindingView]:
    """Return every claim of a report, gravest group first, dearest first in it.

    ``texts`` gives the context of the others' words; without it they stand alone.
    """
    views = [_finding(number, claim, report, texts, shown) for number, claim in enumerate(report["claims"], start=1)]
    order = [group.id for group in GROUPS]
    return sorted(views, key=lambda view: (order.index(view.group), view.claim["points"], view.number))


def grouped(views: Sequence[FindingView]) -> list[tuple[Group, list[FindingView]]]:
    """Return the groups that have findings, each with its own."""
    held = [(group, [view for view in views if view.group == group.id]) for group in GROUPS]
    return [(group, some) for group, some in held if some]


def group_of(claim: dict[str, Any]) -> str:
    """Return the id of a claim's group."""
    if claim["verdict"] in {"uncorroborated", "not_checkable"} and claim["rule"] in AGAINST_CREDIT:
        return "credited"
    if claim["verdict"] == "uncorroborated" and claim["speaking"]["origins"]:
        return "matter"
    return _GROUP_OF[claim["verdict"]]


def claim_line(claim: dict[str, Any], text: str, shown: TextShown, limit: int = LINE_CHARS) -> str:
    """Return a claim in a line that can stand alone: its words or, for an attribution, its sentence.

    Where not all text is shown, its words alone; none where no text is.
    """
    if shown == "none":
        return ""
    place = claim["sentence"]
    alone = shown == "full" and claim["kind"] == "attribution"
    return clipped(text[place["start"] : place["end"]] if alone else claim["span"]["text"], limit)


def _finding(
    number: int, claim: dict[str, Any], report: dict[str, Any], texts: Texts | None, shown: TextShown
) -> FindingView:
    return FindingView(
        number=number,
        claim=claim,
        words=passage(claim["span"], report["article"]["text"], shown),
        line=claim_line(claim, report["article"]["text"], shown),
        verdict=VERDICTS[claim["verdict"]],
        group=group_of(claim),
        evidence=tuple(
            _evidence(row, texts, shown, report["story"]["other_nights"].get(row["article"])) for row in _ordered(claim)
        ),
    )


def _ordered(claim: dict[str, Any]) -> list[dict[str, Any]]:
    """Return evidence as a reader wants it: who denies what is contradicted or contested comes first."""
    against = claim["verdict"] in AGAINST
    return sorted(claim["evidence"], key=lambda row: against and row["relation"] != "contradicts")


def _evidence(row: dict[str, Any], texts: Texts | None, shown: TextShown, night: str | None) -> EvidenceView:
    text = texts.of(row["article"]) if texts is not None and shown == "full" else None
    return EvidenceView(row, passage(row["span"], text, shown), RELATIONS[row["relation"]], night)
