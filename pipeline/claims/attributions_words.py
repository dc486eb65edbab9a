"""Which words hang on a "X said": those after it, before it, or the sentence around it; none where no words follow."""

from __future__ import annotations

import re

from pipeline.claims.attributions_around import SUBORDINATE, around_as, around_source, is_complete, is_opening, trimmed
from pipeline.claims.attributions_clause import CLAUSE_START, FINITE, NAMES_WORDS, is_brief, is_clause
from pipeline.claims.attributions_ends import end_of_words, next_words
from pipeline.claims.attributions_hearers import past_hearer
from pipeline.claims.quotes_unread import only_titles
from pipeline.claims.speakers import Saying, is_document
from pipeline.claims.speakers_scene import HIDDEN, Scene
from pipeline.claims.speakers_words import PREPOSITIONS, titles
from pipeline.models import Span, make_span
from pipeline.text import reach_back

LEAST_WORDS = 2  # of a content
_MOST_TITLES = 5
_THAT_REACH = 120  # code points between the verb and its "that"
# When and where it was said, between the verb and the words: "said on Monday (that)", "said in a statement".
_LEAD = re.compile(
    r"[\s,:-]{0,4}(?:(?:(?:on|late|early|earlier|last|this|next) ){0,2}"
    r"(?:\w{3,6}day(?: (?:night|morning|evening|afternoon))?|week|month|year|night|summer|spring|fall|autumn|winter)\b ?|in [12]\d{3}\b ?"
    r"|(?:yesterday|today|tonight|earlier|later|then|afterwards?|recently|flatly|simply|again)\b ?"
    r"|in an? (?:\w{3,10} )?(?:statement|tweet|letter|speech|interview|post|memo|email|e-mail|report|video|ruling|filing) ?"
    r"|(?:a few|several|two|three|\d{1,2}) (?:days|weeks|months|years|hours) (?:ago|earlier|later) ?"
    r"|at the time ){0,3}(?:,? ?that )?"
)
_TRAILER = re.compile(  # every alternative starts with a sign that the engine can skip to
    r", (?:(?:according to|as reported by|per|citing|as quoted by|but(?! only| not| also| did so)|while|though|although|whereas|yet) "
    r"|(?:he|she|they|it) (?:also |later |then )?(?:said|added|adds|says|told|wrote|noted|asked)\b"
    r"|and (?:[A-Z][\w.'-]+ ){1,4}(?:also |later |then )?(?:said|added|adds|says|told|wrote|noted|asked)\b"
    r"|(?:and|but) (?:(?:also|later|then) )?(?:said|added|told|wrote|noted|asked|suggested|insisted|argued|warned|accused|called|urged|referred)\b"
    r"|and (?!that )(?:[\w'.-]+ ){1,5}(?:said|says)\b"
    r"|(?:said|says|reported|reports|wrote|writes) (?=(?:the )?[A-Z])"
    r"|(?=\d+ percent ))"
    r"| (?:(?:as reported by|as quoted by|in an (?:attempt|effort) to) "
    r"|and (?:he|she|they|it) (?:also |later |then )?(?:said|added|adds|says|told|wrote|noted|asked)\b"
    r"|and (?:[A-Z][\w.'-]+ ){1,4}(?:also |later |then )?(?:said|added|adds|says|told|wrote|noted|asked)\b"
    r"|but (?:also )?(?:said|added)\b"
    r"|(?:while|whereas) (?=[A-Z]))"
    r"|; "
)
_NEGATED = re.compile(r"\b(?:not|never|declined|refused|no one|nobody|would|can|could|might|may|should|must)\b|n't\b")
_NEXT_DEED = re.compile(
    r" and (?:(?:also|later|then|has|have|had) ){0,2}(?:called|said|added|told|wrote|accused|urged|asked|warned|insisted)\b"
)
_NEXT_PARTICIPLE = re.compile(
    r" and (?:adding|saying|criticizing|criticising|calling|accusing|urging|asking|promising|warning|noting|praising|telling|blaming|arguing|insisting|claiming|describing|alleging)\b"
)
_DENIED = re.compile(r"(?:no|nothing|none|nobody|neither|nor|few|hardly)\b", re.IGNORECASE)
_CLOSES_CLAUSE = re.compile(
    r"\s*(?:[.,;!?)\n]|$)|\s(?:in|on|at|to|during|after|while|when|late|early|earlier|last|this|yesterday)\b|\s\w{3,6}day(?=[.,;\n]|$)"
)
_ELSEWHERE = re.compile(r" ?as much\b")  # "admits as much when he quotes a line that ..."
_WHEN_THAT = re.compile(r" (?:in|on|at|to|during|after|last|late|early|earlier)\b[^,.;:\n]{3,60} that ")
_PARTICIPLE = re.compile(r"(?:Asked|Pressed|Questioned|Speaking|Citing|Writing|Responding|Referring)\b")
_JOINED_VERB = re.compile(r" ?(?:(?:and|or) |(?:same|very) (?:day|night|week|month|year|morning|evening)\b)")
_INTRODUCES = re.compile(r'[:,]? "')
_COUNTED = re.compile(
    r"(?:at (?:least|most)|(?:more|less|fewer) than|up to|\w+ \$?\d|(?:about|around|over|nearly|some) (?:a|one|two|half|most|all)\b)",
    re.IGNORECASE,
)
_NO_CLAUSE_OPENS = PREPOSITIONS | {
    "ahead",
    "shortly",
    "soon",
    "upon",
    "because",
    "when",
    "while",
    "as",
    "alongside",
    "regarding",
    "amid",
    "up",
    "out",
    "off",
}
_GOES_ON = re.compile(r", (?:will|would|is|are|was|were|has|have|had|could|can|may|must|should)\b")
_RELATIVE = frozenset(("which", "who", "whom", "whose"))
_THINGS = frozenset(("something", "anything", "everything", "thing", "things"))  # "something he threatened to do"
_SAYS_NOTHING = re.compile(
    r" (?:saying|(?:not a word|nothing|anything|little|as much|so much|this way|that way|like this)\b(?! (?:is|was|has|had|will|would|can|could)\b))"
)
_HAS_VERB = re.compile(rf"{FINITE.pattern}|\b(?:it|that|he|she|there|what|who|here)'s ", re.IGNORECASE)
_NO_CLAUSE = 4  # words; as few without a verb only tell when: "Earlier this week, he said"
_SUPPOSED = frozenset(("if", "unless", "whether", "until"))


def content_of(scene: Scene, saying: Saying) -> Span | None:
    """Return the words that hang on a saying."""
    sentence = saying.sentence
    if saying.kind.frame == "source":
        return around_source(scene, saying, sentence)
    lead = scene.narrative[sentence.start : saying.start].rstrip()
    if _tags_quote(scene, saying, lead):
        return None
    lead = _without_titles(lead)
    if lead.endswith(","):
        before = make_span(sentence.start, sentence.start + len(lead))
        parenthetical = scene.narrative.startswith(", ", saying.end) and saying.end + 20 < sentence.end
        if (parenthetical or _closes(scene, saying, sentence, before)) and not _opens_words(scene, saying, lead):
            return _before(scene, saying, before, parenthetical=parenthetical)
    if saying.inverted or _negative(scene, saying):
        return None
    return _after(scene, saying, sentence)


def _opens_words(scene: Scene, saying: Saying, lead: str) -> bool:
    """Tell whether a saying behind a comma does not hang on the words before it: "where, he said, ..."."""
    if saying.kind.form == "ing" and scene.narrative.startswith((" in ", ":"), saying.verb.end):
        return True
    inside = " " in lead and lead[:-1].rsplit(" ", 1)[-1].lower() in SUBORDINATE
    return inside or _INTRODUCES.match(scene.narrative, saying.end) is not None


def _before(scene: Scene, saying: Saying, before: Span, *, parenthetical: bool) -> Span | None:
    """Return the words before a saying that is set in them or behind them."""
    if scene.narrative.startswith("As ", before.start) and not saying.inverted:
        return trimmed(scene, make_span(saying.end, saying.sentence.end))
    parted = parenthetical and not is_complete(scene, before)  # "In May, he said, it will rain" hangs on what follows
    return None if parted or _quoted(scene, before) or is_opening(scene, before) else trimmed(scene, before)


def _closes(scene: Scene, saying: Saying, sentence: Span, before: Span) -> bool:
    """Tell whether a saying ends the clause of the words before it: "It will rain, he said."."""
    lead = scene.words(before)
    if saying.kind.frame == "object" or (
        saying.kind.is_deed and scene.narrative[saying.end : saying.end + 1].isspace()
    ):
        return False
    if len(lead.split()) <= LEAST_WORDS or (
        len(lead.split()) <= _NO_CLAUSE and _HAS_VERB.search(scene.doc.plain, before.start, before.end) is None
    ):
        return False
    if _PARTICIPLE.match(lead) and not FINITE.search(lead, lead.find(" ")):
        return False
    if _CLOSES_CLAUSE.match(scene.narrative, saying.end) is None or _WHEN_THAT.match(scene.narrative, saying.end):
        return False
    return (scene.right(saying.end, sentence.end)[2] or ".") not in saying.kind.also


def _without_titles(lead: str) -> str:
    """Return the words before a subject without the titles that belong to it: "..., Professor"."""
    for _ in range(_MOST_TITLES):
        rest, _, last = lead.rpartition(" ")
        if last.lower() not in titles():
            break
        lead = rest.rstrip()
    return lead


def _only_titles(words: str) -> bool:
    """Tell whether what stands between a quote and its saying is nothing, or the speaker's titles."""
    if words.endswith(",") and words.rstrip(",").rsplit(" ", 1)[-1].lower() in titles() and not FINITE.search(words):
        return True
    return all(word.strip(",.-").lower() in titles() or not word.strip(",.-") for word in words.split())


def _tags_quote(scene: Scene, saying: Saying, lead: str) -> bool:
    """Tell whether all that is said is the quote right before: '"Is it safe?" she asked, smiling'."""
    if lead:
        mark = lead.rfind('"')
        if mark < 0 or saying.kind.form == "ing":
            return False
        gap = lead[mark + 1 :]
        closes = "," not in gap and _CLOSES_CLAUSE.match(scene.narrative, saying.end) is not None
        return _only_titles(gap) or (closes and only_titles(gap))
    text = scene.narrative
    quoted = text[reach_back(saying.start, 3) : saying.start].strip().endswith('"')
    return quoted and text[saying.end : saying.end + 1] in (",", ".")


def _is_no_clause(scene: Scene, saying: Saying, opener: str) -> bool:
    """Tell whether what follows is supposed, belongs to a thing said before, or is no words at all."""
    if opener in _SUPPOSED or opener in _THINGS or _SAYS_NOTHING.match(scene.narrative, saying.verb.end):
        return True
    return opener == "what" and scene.narrative.startswith((" about ", ","), saying.verb.end)


def _after(scene: Scene, saying: Saying, sentence: Span) -> Span | None:
    opener = _opener(scene, saying, sentence)
    if _is_no_clause(scene, saying, opener):
        return None
    text, start = scene.narrative, saying.verb.end
    reports = opener == "as" and saying.kind.frame in ("clause", "told", "outlet")
    around = around_as(scene, saying, sentence) if reports else None
    if around is not None:
        return around
    if saying.kind.frame == "told":
        start = past_hearer(scene, saying, start, sentence)
    begins = _begin(scene, saying, start, sentence)
    if begins is None:
        return None
    trailer = _TRAILER.search(text, begins, sentence.end)
    if saying.kind.frame == "object":  # "called it a lie and called for a vote"
        trailer = _NEXT_DEED.search(text, begins, trailer.start() if trailer else sentence.end) or trailer
        trailer = next_words(text, begins, trailer.start() if trailer else sentence.end) or trailer
    end = trailer.start() if trailer else sentence.end
    if saying.kind.form == "ing":
        joined = _NEXT_PARTICIPLE.search(text, begins, end)
        end = joined.start() if joined else end
    if saying.kind.form == "ing" and saying.subject is not None and saying.subject.span.end == saying.verb.start - 1:
        goes_on = _GOES_ON.search(text, begins, end)  # "tweets suggesting ..., will stay"
        end = goes_on.start() if goes_on else end
    if opener in SUBORDINATE or _is_relative(scene, saying) or _is_under(scene, saying, sentence):
        comma = text.find(", ", begins, end)
        end = comma if comma >= 0 else end
    if opener == "what" and FINITE.match(text, begins + text.startswith(" ", begins)):  # "what he said is right"
        return None
    names = saying.kind.stance == "denies" or saying.kind.lemma in NAMES_WORDS
    names = names and not text.endswith(" that ", 0, begins) and not is_clause(text, begins, end)
    clause = saying.kind.frame != "object" and not names
    content = trimmed(scene, make_span(begins, end_of_words(scene, begins, end, clause=clause)))
    return None if _quoted(scene, content) else content


def _begin(scene: Scene, saying: Saying, start: int, sentence: Span) -> int | None:
    """Return where the words begin, None where what follows the verb is no words: "said to be", "argued his point"."""
    text, kind = scene.narrative, saying.kind
    lead = _LEAD.match(text, start, sentence.end)
    begins = lead.end() if lead else start
    if _JOINED_VERB.match(text, begins):  # "described and imitated how", "reported that same day"
        return None
    if text.endswith(" that ", 0, begins):
        brief = kind.is_deed and is_brief(text, begins, sentence.end)  # "argued that case Monday"
        return None if brief and not is_clause(text, begins, sentence.end) else begins
    if kind.frame in ("object", "that"):
        holds = (kind.frame == "object" and not text.startswith(",", start)) or (
            kind.form != "ing" and is_document(scene, saying.verb.start, sentence)
        )
        return begins if holds else None
    first = scene.right(begins, sentence.end)[2].lower()
    if (
        first in _RELATIVE and saying.kind.stance != "doubts" and saying.kind.lemma != "ask"
    ):  # "a thing he said which hurt"
        return None
    if first in _NO_CLAUSE_OPENS and first not in kind.also:  # "agreed to give what it said that it had" is a deed
        return _past_preposition(text, begins, sentence.end) if first != "to" or kind.frame == "told" else None
    return begins if not kind.is_deed or is_clause(text, begins, sentence.end) else None


def _past_preposition(text: str, start: int, end: int) -> int | None:
    """Return where words begin behind "in Rome that ...", or at a number: "at least 12 were hurt"."""
    if _ELSEWHERE.match(text, start):
        return None
    that = text.find(" that ", start, min(start + _THAT_REACH, end))
    if that > start and text[start:that].strip() in PREPOSITIONS:  # "in that case that"
        that = text.find(" that ", that + 1, min(start + _THAT_REACH, end))
    if that > start and "," not in text[start:that] and not FINITE.match(text, that + len(" that ")):
        return that + len(" that ")
    return start if _COUNTED.match(text, start, end) else None


def _opener(scene: Scene, saying: Saying, sentence: Span) -> str:
    """Return the word before the subject, lower case: what opens its clause."""
    subject = saying.subject
    if subject is None or subject.span.start > saying.verb.start:
        return ""
    if subject.name is not None:
        return scene.governor(subject.name, sentence.start)[0]
    return scene.left(subject.span.start, sentence.start)[2].lower()


def _is_under(scene: Scene, saying: Saying, sentence: Span) -> bool:
    """Tell whether a subject is in a clause that "after" and the like open, perhaps with its title between."""
    if saying.subject is None or saying.subject.span.start > saying.verb.start:
        return False
    before = CLAUSE_START.split(scene.narrative[sentence.start : saying.subject.span.start])[-1].split()
    return bool(before) and before[0].lower() in SUBORDINATE and len(before) <= _MOST_TITLES


def _is_relative(scene: Scene, saying: Saying) -> bool:
    subject = saying.subject
    return subject is not None and " who " in scene.narrative[subject.span.end : saying.verb.start]


def _quoted(scene: Scene, span: Span) -> bool:
    """Tell whether a stretch is nothing but quoted words."""
    return not scene.words(span).replace(HIDDEN, "").strip(' ",.:;-')


def _negative(scene: Scene, saying: Saying) -> bool:
    """Tell whether the subject did not say it, or only might: "did not confirm", "no commander has said", "could say"."""
    subject = saying.subject
    if subject is None:
        return False
    if _DENIED.match(scene.narrative, subject.span.start):
        return True
    start = max(
        subject.span.end, scene.narrative.rfind(", ", subject.span.end, saying.verb.start)
    )  # past ", who did not go,"
    return start < saying.verb.start and _NEGATED.search(scene.narrative, start, saying.verb.start) is not None
