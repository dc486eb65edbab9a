"""Whether the words that a saying was given are whole: cut nowhere in the midst, and nobody else's saying among them."""

from __future__ import annotations

import re

from pipeline.claims.attributions_clause import FINITE, is_clause
from pipeline.claims.attributions_ends import INSERTED, SECOND_VERB, awaits_more
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import verbs
from pipeline.models import Span
from pipeline.text import reach_back

RUN_ON = re.compile(r"[.!?](?<=[a-z].)\"{0,2}[A-Z][a-z]")
_SAID_AGAIN = re.compile(r"\b(?:he|she|they) (?:also|then|later) (?:said|told|added|says)\b")
_SAYS_FIRST = re.compile(r"(?:He|She|They) (?:says|said|say) ")  # "She says it rains, she says"
# Words that another must follow.
_DANGLES = re.compile(
    r" (?:(?:and|or|but|says?|said|reports|reported|fact|sense|reason) that|which|whom|whose|and|but|or|the|an?|of|from|because|than|while|if)$"
)
_LONGEST_END = 20  # code points
_IN_A_PAPER = re.compile(r"(?:in|on|at|during|through|via|with|by) [^,;]*$")  # "confirmed that in a statement"
_SHORT = 5  # words
_RELATIVE = re.compile(r" (?:who|which|whose|where) ")


def is_torn(scene: Scene, saying: Saying, content: Span) -> bool:
    """Tell whether words are cut in brackets or marks, run into the next sentence, or may go on as somebody's deed."""
    text = scene.doc.plain[content.start : content.end]
    if text.count('"') % 2 or text.count("(") != text.count(")") or RUN_ON.search(text):
        return True
    beside_hearer = text.startswith(("already ", "who ")) and scene.narrative.endswith(", ", 0, content.start)
    again = (" also " in text or " then " in text or " later " in text) and _SAID_AGAIN.search(
        scene.narrative, content.start, content.end
    )
    if beside_hearer or again or _SAYS_FIRST.match(text):
        return True
    if _DANGLES.search(text, reach_back(len(text), _LONGEST_END)) or _is_parted(scene, saying, content):
        return True
    if _is_no_words(scene, saying, content):
        return True
    second = SECOND_VERB.match(scene.narrative, content.end)
    if second is not None and second["joint"] == "but" and second["verb"] not in verbs():
        return True  # whose deed is it: the source's, or that of whom it speaks?
    believed = saying.kind.stance == "believes"
    return believed and SECOND_VERB.search(scene.narrative, content.start, content.end) is not None


def _is_no_words(scene: Scene, saying: Saying, content: Span) -> bool:
    """Tell whether what follows a verb is who says it or where: "died a hero, said her father", "confirmed that in May"."""
    if content.start < saying.verb.end or saying.kind.frame == "object":
        return False
    seems = _seems_no_words(scene, saying, content)  # seldom, and sooner told than what a clause is
    return seems and not is_clause(scene.narrative, content.start, content.end)


def _seems_no_words(scene: Scene, saying: Saying, content: Span) -> bool:
    name, text = scene.name_at(content.start), scene.narrative
    if name is not None and name.span.end == content.end:  # "says Peter Lund (and Max Roth told her)"
        return True
    subject = saying.subject
    if subject is not None and _is_beset(scene, saying, subject.span):
        return True
    gap = text[subject.span.end : saying.verb.start] if subject is not None and saying.kind.lemma == "say" else ""
    if gap.endswith(", ") and saying.kind.form != "ing" and _RELATIVE.search(gap) is None:
        return any(verb.group().islower() for verb in FINITE.finditer(gap))
    few = text.endswith(" that ", 0, content.start) and text.count(" ", content.start, content.end) < _SHORT
    return few and _IN_A_PAPER.match(text, content.start) is not None


def _is_beset(scene: Scene, saying: Saying, subject: Span) -> bool:
    """Tell whether a verb behind a comma is no verb of what stands before: "The order, reports the Courier, is meant to"."""
    if (
        saying.kind.lemma == "say"
        or saying.kind.form == "ing"
        or scene.narrative[subject.end : saying.verb.start] != ", "
    ):
        return False
    low = scene.doc.sentence_at(subject.start).start
    return scene.left(subject.start, low)[2][-1:] != ","  # an apposition: "Her successor, Doe, pledged"


def _is_parted(scene: Scene, saying: Saying, content: Span) -> bool:
    """Tell whether words go on behind what parts them: "It is, in some ways, new", "The plan rests on a view, he said, that"."""
    text = scene.narrative
    ahead = content.end <= saying.start
    if ahead and text.startswith(", that ", saying.end):
        return True
    if not awaits_more(text, content.start, content.end):
        return False
    return text.startswith(", ", saying.end) if ahead else INSERTED.match(text, content.end) is not None
