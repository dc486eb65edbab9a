"""One sentence a finding: what the other origins say, in a reader's words."""

from __future__ import annotations

from pipeline.corroboration.credits import CIRCULAR
from pipeline.corroboration.verdicts import Counted
from pipeline.ledger import NOT_BORNE_OUT, UNSOURCED
from pipeline.models import Claim, Evidence, VerdictName


def reason_for(claim: Claim, named: VerdictName, rule: str, counted: Counted, evidence: tuple[Evidence, ...]) -> str:
    """Return the reason of a verdict as one sentence."""
    if rule == UNSOURCED and named != "contradicted":
        return f"Credited to {claim.outlet}, but no other article in the story carries these words."
    if rule == NOT_BORNE_OUT and named != "contradicted":
        return f"Credited to {claim.outlet}, whose own article in the story does not carry these words."
    if rule == CIRCULAR and named != "contradicted":
        return (
            f"Credited to {claim.outlet}; all who carry these words credit one another, so that none is their source."
        )
    return _SENTENCES[named](counted, evidence)


def left_out(number: int) -> str:
    """Return the sentence on claims that may be of one matter and were not compared."""
    others = "1 other specific" if number == 1 else f"{number} other specifics"
    return f"Not compared: {others} that may be of the matter, less likely than those that were."


def not_heard(most: int) -> str:
    """Return the reason of a claim that was held against nothing; ``most``: how many of a kind a story hears."""
    return f"Not compared: the story has more than {most} specifics of this kind, of which the first of each article are heard."


def _origins(number: int) -> str:
    return f"{number} independent origin{'' if number == 1 else 's'}"


def _says(number: int) -> str:
    return "says" if number == 1 else "say"


def _backs(number: int) -> str:
    return "backs" if number == 1 else "back"


def _first(evidence: tuple[Evidence, ...], relation: str) -> str:
    return next((row.reason for row in evidence if row.relation == relation), "")


def _supported(counted: Counted, evidence: tuple[Evidence, ...]) -> str:
    number = len(counted.supporting)
    denying = len(counted.contradicting)
    against = f", {denying} {_says(denying)} otherwise" if denying else ""
    return f"{_origins(number)} {_says(number)} so too{against} ({_first(evidence, 'supports')})."


def _contradicted(counted: Counted, evidence: tuple[Evidence, ...]) -> str:
    number = len(counted.contradicting)
    backing = len(counted.supporting)
    backed = f"{backing} {_backs(backing)} it" if backing else "none backs it"
    return f"{_origins(number)} {_says(number)} otherwise, {backed} ({_first(evidence, 'contradicts')})."


def _contested(counted: Counted, evidence: tuple[Evidence, ...]) -> str:
    for_it, against = len(counted.supporting) + len(counted.qualifying), len(counted.contradicting)
    if not for_it:
        quoted = any(row.level.startswith("quote.") for row in evidence)
        return (
            f"{_origins(against)} {_says(against)} otherwise, and nobody else tells which is right, or whether both are one "
            f"{'saying' if quoted else 'thing'} ({_first(evidence, 'contradicts')})."
        )
    return (
        f"{_origins(for_it)} {_backs(for_it)} it, {against} {_says(against)} otherwise "
        f"({_first(evidence, 'contradicts')})."
    )


def _superseded(counted: Counted, evidence: tuple[Evidence, ...]) -> str:
    number = len(counted.superseding)
    gave = "gives" if number == 1 else "give"
    return f"{_origins(number)} {gave} the figure that took its place ({_first(evidence, 'supersedes')})."


def _qualified(counted: Counted, evidence: tuple[Evidence, ...]) -> str:
    number = len(counted.qualifying)
    return f"{_origins(number)} {_says(number)} something that fits it, not quite the same ({_first(evidence, 'qualifies')})."


def _uncorroborated(counted: Counted, _: tuple[Evidence, ...]) -> str:
    if not counted.filled:
        return f"Exclusive: none of {_origins(counted.opportunity)} that could have carried it speaks of this."
    return (
        f"None of {_origins(counted.opportunity)} that could have carried it says so; {counted.filled} of them "
        f"speak{'s' if counted.filled == 1 else ''} of the matter, neither clearly for it nor against it."
    )


def _not_checkable(_: Counted, __: tuple[Evidence, ...]) -> str:
    return "No other independent origin could have carried it."


_SENTENCES = {
    "supported": _supported,
    "contradicted": _contradicted,
    "contested": _contested,
    "superseded": _superseded,
    "qualified": _qualified,
    "uncorroborated": _uncorroborated,
    "not_checkable": _not_checkable,
}
