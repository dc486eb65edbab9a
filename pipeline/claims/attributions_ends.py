"""Where reported words end: at the first comma behind a whole clause, for what follows may be the writer's own."""

from __future__ import annotations

import re

from pipeline.claims.attributions_around import SUBORDINATE
from pipeline.claims.attributions_clause import FINITE
from pipeline.claims.speakers_scene import HIDDEN, Scene

# Where a clause may end: a comma, a lone dash, a quote whose last comma stands within its marks.
_END = re.compile(rf', | --? (?!\w+ -)|(?<={HIDDEN})" (?!and "|")')
# A second verb without its subject may be the writer's: "found that it was void and sent the case back".
_SECOND_VERB = re.compile(
    r" and (?:(?:also|then|later|never|[a-z]+ly) )?(?:[a-z]{2,}ed|said|says|told|sent|wrote|made|gave|took|left|went|put|led|held)\b"
)
_ADDS = re.compile(r"(?:saying|adding|calling|arguing|noting|warning|insisting|citing|telling)\b")
_INNER = re.compile(r"\b(?:who|which|whom|when|if|because|what|how|both)\b")
_BEFORE_NOUN = re.compile(
    r"\b(?:a|an) [\w-]+, (?!\w+ing\b|which\b|who\b|where\b|as\b|and\b|but\b|an?\b|the\b)[a-z-]+ [a-z]"
)  # "a quiet, studious man"
_ROW = 30  # code points
_MOST_MARKS = 40  # of a sentence; bounds the work on a hostile one
_MORE = re.compile(r", | --? ")
_LIMITS = re.compile(r"(?:if|unless|until|provided|except|only|not|nor|than|rather|instead|especially if|even if)\b")
_JOINS = re.compile(r"(?:and|or) ")
_OPENS = SUBORDINATE - {"what", "how", "why", "whether", "that", "who", "which"} | frozenset(
    ("in", "on", "at", "for", "by", "under", "during", "after", "despite", "given", "with", "without", "to", "as", "even", "from")
)  # fmt: skip


def end_of_words(scene: Scene, start: int, end: int, *, clause: bool) -> int:
    """Return where the words end that begin at ``start``, at most at ``end``.

    "He will go, ending a long career" says that he will go; whether the rest was said is not told. What limits the
    clause ("if"), what is closed again ("the law, which ..., will go") and lists stay. The object of a verb (``clause`` is
    False) has no verb of its own and ends at any comma.
    """
    plain, at = scene.doc.plain, start
    end = _second_verb(scene, start, end, clause=clause)
    opening = scene.words(scene.word_after(start, end)).lower().rstrip(",") in _OPENS
    for _ in range(_MOST_MARKS):
        mark = _END.search(scene.narrative, at, end)
        if mark is None:
            break
        at = mark.end()
        quoted = scene.narrative[mark.start()] == '"'
        if quoted and plain[mark.start() - 1] != ",":
            continue
        if _ADDS.match(scene.narrative, at):
            return mark.start() + quoted
        if plain.startswith('"', at) or _is_in_a_row(scene.narrative, start, at):
            continue
        if clause and not quoted and (FINITE.match(plain, at) or FINITE.search(plain, start, mark.start()) is None):
            continue
        if clause and (opening or _LIMITS.match(scene.narrative, at)):
            opening = False
            continue
        more = _MORE.search(scene.narrative, at, end)
        if more is None or not clause or not _goes_on(plain, at, more.start(), more.end()):
            return mark.start() + quoted
        at = more.end()
    return end


def _is_in_a_row(text: str, start: int, at: int) -> bool:
    """Tell whether the comma before ``at`` only parts two words before a noun: "a quiet, studious man"."""
    found = _BEFORE_NOUN.search(text, max(start, at - _ROW), at + _ROW)
    return found is not None and found.start() < at < found.end()


def _second_verb(scene: Scene, start: int, end: int, *, clause: bool) -> int:
    """Return where a second verb begins that may belong to the writer's sentence, at most ``end``."""
    found = _SECOND_VERB.search(scene.narrative, start, end)
    if found is None:
        return end
    before = scene.doc.plain[start : found.start()]
    whole = not clause or before.split(" ", 1)[0].endswith("ing") or FINITE.search(before) is not None
    return found.start() if whole and _INNER.search(before) is None else end


def _goes_on(plain: str, start: int, comma: int, behind: int) -> bool:
    """Tell whether the next comma closes an insertion, or ends the list that begins here: "a school, a clinic, and a bridge"."""
    if FINITE.match(plain, behind + plain.startswith('"', behind)) is not None:
        return True
    return _JOINS.match(plain, behind) is not None and FINITE.search(plain, start, comma) is None
