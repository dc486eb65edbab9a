"""Whether a text makes it certain who says something; where it does not, no attribution is told.

An attribution that is missed costs little, a wrong one puts words into a mouth. So a subject counts only where its clause
begins with it, whole, and a verb only where it surely reports.
"""

from __future__ import annotations

import re

from pipeline.claims.attributions_clause import CLAUSE_START, FINITE, NAMES_WORDS, is_clause
from pipeline.claims.attributions_half import is_half
from pipeline.claims.attributions_torn import RUN_ON, is_torn
from pipeline.claims.speakers import Saying
from pipeline.claims.speakers_phrases import is_office
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_words import (
    CLAUSE_WORDS,
    PREPOSITIONS,
    TIMES,
    document_nouns,
    verbs,
)
from pipeline.models import Span
from pipeline.text import reach_back

_JOINTS = frozenset(("and", "or", "nor", "&"))
_MARKS = ',;:.!?"-()'
_RELATIVES = frozenset(("which", "whom", "who", "whose", "what", "how", "why", "than"))
_SUPPOSES = frozenset(("when", "whenever", "if", "unless", "whether", "once", "until"))
_OPENERS = (
    (CLAUSE_WORDS - _RELATIVES) | TIMES | {"later", "now", "today", "yesterday", "earlier", "after", "since", "before"}
)
_BEFORE_TITLE = re.compile(r'[,;:."()-]| (?:and|but|that|when|as|while|because|where|after|since) ')
_MOST_BEFORE = 5  # words of a title that no list has: "terrorism scholars Jane Doe"
_RELATIVE = re.compile(r" (?:who|which|that) ")  # "called the firm that left and said no": which of the two?
_ONLY_SEEMS = re.compile(r"\b(?!on\b)\w+ to (?:[a-z]+ly )?$")
_NOBODY = frozenset((
    "one", "some", "others", "many", "another", "several", "both", "most", "few", "those", "which", "none",
    "third", "half", "quarter", "majority", "people", "we", "i", "you",
))  # fmt: skip
_STANDS = frozenset(
    [
        "call",
        "accuse",
        "blame",
        "criticise",
        "criticize",
        "condemn",
        "denounce",
        "praise",
        "reject",
        "dismiss",
        "dispute",
        "refute",
        "rebut",
        "rebuke",
        "slam",
        "blast",
        "applaud",
        "commend",
        "deride",
        "mock",
        "decry",
        "describe",
        "characterise",
        "characterize",
        "label",
        "dub",
        "brand",
        "deplore",
        "laud",
    ]
)
_AS = frozenset(("describe", "characterise", "characterize"))
_INFERRED = frozenset(("want", "expect", "consider", "judge", "feel", "decide", "assume"))
_SHOUTED = re.compile(r"[A-Z]{4,} [A-Z][a-z]")  # "WATCH Doe": the caption of a film
_WHATEVER = re.compile(
    r"\b(?:what|whatever)(?: [\w.'-]+){0,5} $", re.IGNORECASE
)  # "contrary to what the mayor | Doe says"
_WHO_DID = re.compile(r"\bwho (?:\w+ly )?[a-z]+ $")  # "Republicans who heard | their testimony concluded"
_MAYBE = re.compile(r"(?:^|[,;] |\b(?:or|and|but) )(?:maybe|perhaps) ", re.IGNORECASE)
_MANNERS = frozenset(("law", "plan", "schedule", "custom", "protocol"))  # "conducted according to law"
_RECEIVED = re.compile(r"\b(?:received|got|obtained|saw|read)\b")  # "he received a message from them, confirming"
_CLAUSE_BETWEEN = re.compile(  # "Doe backed the plan, but six governors balked, saying"
    r", (?:but|while|though|although|yet) (?!(?:is|was|has|had|also|then|later|instead|\w+ed|\w+ly|said|says|told|went|took|made|gave|put|he|she|they|it)\b)"
)
_AND_OTHER = re.compile(r",? and (?:the )?[A-Z]")
_GOES_ON = re.compile(r"\b(?:is|are|was|were|been) (?:\w+ )?$")  # "is warning"
_PLAINLY = frozenset(("say", "claim", "admit", "acknowledge", "deny", "dismiss", "reject", "report", "tweet"))
_LEAST_TOLD = 20  # code points
_POINTERS = frozenset(("it", "him", "her", "them", "this", "that"))  # "rejected it twice" tells nothing
_COUNTS = frozenset(("poll", "polls", "survey", "surveys", "study", "studies"))
_BY = re.compile(r"\b(?:by|in|for|of|without|to|from|with|at|on|before|after|while|when|as|and|or|not|than) $")
_NOUN_REACH = 30  # code points
_NOTION_WORDS = 7
_NOTION = re.compile(  # what is rejected by words; a court rejects a bid by a deed
    r"\b(?:accusation|allegation|argument|assertion|characteri[sz]ation|charge|claim|comparison|criticism|idea|insinuation|notion|report|suggestion|theory|view)s?\b"
)
_CALLS = re.compile(r" (?:for|on) ")


def is_sure(scene: Scene, saying: Saying, content: Span) -> bool:
    """Tell whether subject and verb of a saying are certain, given the words that hang on it."""
    label = saying.speaker.label if saying.speaker else ""
    if not label or label.lower() in _NOBODY or _SHOUTED.match(label) or RUN_ON.search(label):
        return False
    if is_torn(scene, saying, content):
        return False
    if saying.kind.frame == "source":
        return label.lower() not in _MANNERS
    if saying.kind.form == "ing" and not _GOES_ON.search(
        scene.narrative, reach_back(saying.verb.start, 24), saying.verb.start
    ):
        return _is_beside(scene, saying) and saying.kind.stance != "believes" and _reports(scene, saying, content)
    return is_whole(scene, saying) and not _is_supposed(scene, saying) and _reports(scene, saying, content)


def is_whole(scene: Scene, saying: Saying) -> bool:
    """Tell whether the subject left of a verb is all of it: no second half of two, nothing's object, no relative clause's."""
    subject = saying.subject
    if subject is None or subject.span.start > saying.verb.start:
        return True
    low = saying.sentence.start
    start, _, written = scene.left(subject.span.start, low)
    if subject.name is not None:
        word, start = scene.governor(subject.name, low)
        written = scene.narrative[start : start + len(word)]
        if word == "of" and is_office(scene, start, subject.name, low):
            start, _, written = scene.left(scene.left(start, low)[0], low)
    word = written.lower()
    if not word or written[-1] in _MARKS:
        return True
    if word in _JOINTS:
        return not is_half(scene, saying)
    before = scene.narrative[low : subject.span.start]
    if _is_open(before) or _is_thing(scene, saying):
        return False
    leads = (
        subject.name is None and word.endswith("ing") and word not in verbs()
    )  # "the person running the inquiry is wondering"
    governed = leads or word in _RELATIVES or word in PREPOSITIONS - TIMES or is_half(scene, saying)
    if governed or (
        word == "that" and not _reports_that(scene.narrative[low:start])
    ):  # "the courts that he says are slow"
        return False
    return word in _OPENERS or word.endswith("ly") or word in verbs() or not written.islower() or _is_titled(before)


def _is_open(before: str) -> bool:
    """Tell whether the words before a subject leave open whether it says anything: "whatever", "perhaps", "who heard"."""
    small = before.lower()  # cheap signs first: the patterns are slow, and seldom match
    return bool(
        ("what" in small and _WHATEVER.search(before))
        or (("aybe" in small or "erhap" in small) and _MAYBE.search(before))
        or ("who " in before and _WHO_DID.search(before))
    )


def _is_thing(scene: Scene, saying: Saying) -> bool:
    """Tell whether a name tells which thing is meant, or on whom "who" does not hang: "the Doe reports", "on Fox, who urge"."""
    name = saying.subject.name if saying.subject is not None else None
    if name is None:
        return False
    if scene.is_personal(name):
        return (
            saying.kind.form == "third"
            and saying.outlet is None
            and scene.narrative.endswith((" the ", "The "), 0, name.span.start)
        )
    return scene.outlet(name) is not None and " who " in scene.narrative[name.span.end : saying.verb.start]


def _reports_that(before: str) -> bool:
    """Tell whether "that" stands behind a verb of reporting, its hearer or its time, and opens no relative clause."""
    return any(word.strip('",') in verbs() for word in before.split()[-_MOST_BEFORE:]) or not before.strip()


def _is_titled(before: str) -> bool:
    """Tell whether the words before a subject can be its title: few, up to a stop, no verb and no preposition in them."""
    words = _BEFORE_TITLE.split(" " + before)[-1].split()
    return len(words) <= _MOST_BEFORE and not any(word in PREPOSITIONS or FINITE.fullmatch(word) for word in words)


def _is_supposed(scene: Scene, saying: Saying) -> bool:
    """Tell whether nobody says it here: "when critics say", "he seems to believe"."""
    subject = saying.subject
    if subject is None or subject.span.start > saying.verb.start:
        return False
    gap = scene.narrative[max(subject.span.end, saying.verb.start - 30) : saying.verb.start]
    far = scene.narrative[subject.span.end : saying.verb.start]
    if ("to " in gap and _ONLY_SEEMS.search(gap)) or (far.endswith((" and ", " but ")) and _RELATIVE.search(far)):
        return True
    if saying.kind.form not in ("base", "third"):
        return False
    before = scene.narrative[saying.sentence.start : subject.span.start]
    return bool(words := CLAUSE_START.split(before)[-1].lower().split()) and words[0] in _SUPPOSES


def _is_beside(scene: Scene, saying: Saying) -> bool:
    """Tell whether a participle goes with a subject: behind a comma or quote, or right behind a name or text."""
    text, start = scene.narrative, saying.verb.start
    if saying.subject is not None and _RECEIVED.search(text, min(saying.subject.span.end, start), start):
        return False
    if text.endswith((", ", '" ', "- "), 0, start):
        return not _is_far(scene, saying)
    if scene.left(start, max(0, start - _NOUN_REACH))[2].lower() in document_nouns():
        return True
    subject = saying.subject
    adjacent = subject is not None and subject.span.end == start - 1
    return saying.kind.lemma in ("say", "tell") and adjacent and not _BY.search(text[max(0, start - 12) : start])


def _is_far(scene: Scene, saying: Saying) -> bool:
    """Tell whether another clause, or another who acts too, stands between a subject and its participle."""
    subject = saying.subject
    if subject is None or subject.span.end > saying.verb.start:
        return False
    between = scene.narrative[subject.span.end : saying.verb.start]
    return _CLAUSE_BETWEEN.search(between) is not None or (
        subject.name is not None and _AND_OTHER.match(between) is not None
    )


def _reports(scene: Scene, saying: Saying, content: Span) -> bool:
    """Tell whether a verb that may be a deed, a stand or a thought surely reports these words."""
    kind, after = saying.kind, content.start >= saying.verb.end
    if kind.frame == "object":
        return kind.lemma in _STANDS and after and _takes_stand(scene, saying, content)
    if kind.stance == "believes" and after and scene.narrative.startswith((" about ", " of "), saying.verb.end):
        return False  # "thinks about his father"
    if kind.stance == "believes" and (kind.lemma in _INFERRED or (kind.frame == "clause" and _is_group(saying))):
        return False
    if after and FINITE.match(scene.narrative, content.start):  # "whom he says is guilty"
        return False
    if not after or scene.narrative.endswith(" that ", 0, content.start):
        return True
    counts = saying.subject is not None and saying.subject.noun in _COUNTS
    told = kind.lemma in NAMES_WORDS and kind.form in ("past", "third") and content.end - content.start >= _LEAST_TOLD
    plainly = (told or (kind.lemma in _PLAINLY and not _is_filed(scene, saying, content))) and not _is_circumstance(
        scene, content
    )
    plain = plainly or kind.stance == "doubts" or counts or scene.narrative[content.start] == '"'
    return plain or _is_said(scene, saying, content)


def _is_filed(scene: Scene, saying: Saying, content: Span) -> bool:
    """Tell whether a person reports a thing to somebody, not that something is so: "Doe, who first reported the complaint"."""
    name = saying.speaker.name if saying.speaker is not None and saying.outlet is None else None
    filed = saying.kind.lemma == "report" and content.start == saying.verb.end + 1
    return filed and name is not None and scene.is_personal(name)


def _is_circumstance(scene: Scene, content: Span) -> bool:
    """Tell whether what follows a verb only tells when or where it was said: "said over a lunch of beans"."""
    first = scene.right(content.start, content.end)[2].lower()
    return first in PREPOSITIONS - CLAUSE_WORDS and not is_clause(scene.narrative, content.start, content.end)


def _is_said(scene: Scene, saying: Saying, content: Span) -> bool:
    first = scene.right(content.start, content.end)[2].lower()
    if first == "about" and content.start > saying.verb.end + 1:  # "told a story about a mother"
        return False
    return first in saying.kind.also or first in CLAUSE_WORDS or is_clause(scene.narrative, content.start, content.end)


def _is_group(saying: Saying) -> bool:
    """Tell whether no one, but a group, is said to think something: that is the writer's summary."""
    return saying.subject is None or (saying.subject.name is None and saying.subject.pronoun not in ("he", "she"))


def _takes_stand(scene: Scene, saying: Saying, content: Span) -> bool:
    """Tell whether the object of a verb is what it names: "called the plan "absurd"", "blamed the mayor for it"."""
    text, lemma = scene.narrative[content.start : content.end], saying.kind.lemma
    pointed = scene.narrative.endswith(" that ", 0, content.start)  # "disputed that assessment"
    if (
        pointed
        or text.startswith("as ")
        or (  # "an exercise he derided as a waste"
            text.split(" ", 1)[0] in _POINTERS and " as " not in text and " for " not in text and '"' not in text
        )
    ):
        return False
    if saying.kind.form not in ("past", "third"):
        return lemma in ("call", "accuse") and '"' in text
    if lemma == "call":
        return '"' in text or _CALLS.match(scene.narrative, saying.verb.end) is not None or _names_thing(text)
    if lemma == "reject" and '"' not in text:
        return _NOTION.search(" ".join(text.split()[:_NOTION_WORDS])) is not None
    needed = {"accuse": (" of ",), "blame": (" for ", " on "), **dict.fromkeys(_AS, (" as ",))}.get(lemma)
    return needed is None or any(word in text for word in needed)


def _names_thing(text: str) -> bool:
    """Tell whether what is called something ends with what it is called: "Lund a coward", "the report a fraud"."""
    return re.search(r"\w (?:a|an) \w+", text) is not None
