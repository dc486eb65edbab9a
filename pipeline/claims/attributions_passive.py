"""Whether a verb tells what was done to its subject: "he was told", "the losses would be written off"."""

from __future__ import annotations

import re

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|am|been|being|be)(?: (?:also|not|never|often|only|now|later|still|already|since|[a-z]{3,12}ly))? $"
)
_BEFORE_PASSIVE = (
    "was ", "were ", "is ", "are ", "am ", "been ", "being ", "be ", "ly ", "also ", "not ", "never ", "often ", "only ",
    "now ", "later ", "still ", "already ", "since ",
)  # fmt: skip
_REACH = 28  # code points before a verb


def is_passive(text: str, verb: int, cue: str) -> bool:
    """Tell whether the verb ``cue``, which begins at ``verb``, is a passive participle."""
    if cue.endswith("ing") or not text.endswith(_BEFORE_PASSIVE, 0, verb):
        return False
    return _PASSIVE.search(text[max(0, verb - _REACH) : verb]) is not None
