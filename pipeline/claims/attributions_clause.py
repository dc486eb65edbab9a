"""Whether a clause of its own begins somewhere, or only the object of a verb: "declared he would go", "declared victory"."""

from __future__ import annotations

import re

CLAUSE_START = re.compile(r'[,;:"]')  # behind one of these another clause, or other words, may start
_BRIEF = 4  # words; too few for a clause of its own
_FIRST_CLAUSE = 120  # code points in which a clause shows its verb
# A clause of its own: it begins with its subject, or holds a finite verb before any other clause opens.
_PRONOUN = re.compile(
    r"(?:he|she|it|they|we|there|you|I|this|these|those|nobody|everyone)\b(?! (?:in|on|at|to|as|for|from|with|by|into|up|out|off)\b)"
)
_OTHER_CLAUSE = re.compile(
    r"[,;:(]| (?:and|but|that|which|who|whom|whose|where|when|while|before|after|because|as|if|saying|asking|telling|calling)\b"
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|cannot|could|may|might|must|should|shall|does|did|do|\w+n't|\w{2,}ed"
    r"|became|began|came|fell|felt|found|gave|got|grew|held|kept|knew|led|left|lost|made|meant|met|paid|put|ran|rose|said"
    r"|saw|sent|spent|stood|took|thought|told|went|won|wrote|wants|seems|remains|gets|gives|takes|makes|goes|comes|knows|deserves|represents|requires|allows|includes|provides|lacks"
    r"|violates|undermines|belongs|depends|becomes)\b"
    r"|'(?:re|ve|ll|d)\b"
)

# Verbs of words alone: what they take is what was said, be it no clause ("stressed the need for talks"). Not "offered a deal".
NAMES_WORDS = frozenset(
    ("stress", "emphasize", "emphasise", "reaffirm", "reiterate", "lament", "estimate", "propose", "repeat")
)

_BEFORE_ADJECTIVE = re.compile(r"\b(?:a|an|the|his|her|its|their|some|any|no|more|of|for) $")


def is_brief(text: str, start: int, end: int) -> bool:
    """Tell whether hardly any words stand before the next comma."""
    comma = text.find(",", start, end)
    return len(text[start : comma if comma >= 0 else end].split()) < _BRIEF


def is_clause(text: str, start: int, end: int) -> bool:
    """Tell whether a clause of its own begins here, not an object: "declared he would go", not "declared victory"."""
    if text[start : start + 1] == '"' or _PRONOUN.match(text, start):
        return True
    end = min(end, start + _FIRST_CLAUSE)
    other = _OTHER_CLAUSE.search(text, start, end)
    last = other.start() if other else end
    return any(not _is_adjective(text, start, found) for found in FINITE.finditer(text, start, last))


def _is_adjective(text: str, start: int, verb: re.Match[str]) -> bool:
    """Tell whether a form in "-ed" stands before a noun: "a classified briefing"."""
    return (
        verb.group().endswith("ed")
        and _BEFORE_ADJECTIVE.search(text, max(start, verb.start() - 8), verb.start()) is not None
    )
