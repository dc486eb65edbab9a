"""Who says: every reporting verb of the narrator with its subject, resolved to a speaker and an outlet."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from pipeline.claims.names_words import partisans
from pipeline.claims.speakers_leading import alone, clause_leading, leading, left_subject, opens_quote
from pipeline.claims.speakers_nouns import Subject, make_subject
from pipeline.claims.speakers_outlets import carrier
from pipeline.claims.speakers_phrases import does, is_hearer
from pipeline.claims.speakers_right import subject_after
from pipeline.claims.speakers_scene import Scene
from pipeline.claims.speakers_subjects import subject_before
from pipeline.claims.speakers_surnames import is_title
from pipeline.claims.speakers_verbs import verbs_of_saying
from pipeline.claims.speakers_who import Speaker, Voices
from pipeline.claims.speakers_words import (
    CLAUSE_WORDS,
    DETERMINERS,
    PREPOSITIONS,
    TIMES,
    Verb,
    document_nouns,
    pronouns,
    speaks,
    titles,
    verbs,
)
from pipeline.models import Span, make_span
from pipeline.record import maker, quickly_made
from pipeline.text import reach_back

# What may follow a name that is the subject of the verb before it: "said Larsen, who", "said Larsen of the union".
_CLOSES = re.compile(
    r"[,.;:!?\n\"(-]|$|\s*$| \(| (?:of|from|in|at|on|during|after|who|as|for|with|last|this|to|-|\w{3,6}day)\b"
)
_GERUND = re.compile(r" by \w+ing\b")  # "responded by mocking her"
_BEING = frozenset(("is", "are", "was", "were", "been"))
_BEFORE_PARTICIPLE = (PREPOSITIONS - {"of", "for"}) | CLAUSE_WORDS | TIMES
_ISSUED = re.compile(
    r"\b(?:issued|issues|released|releases|sent|posted|wrote|put out|e-?mailed|published|signed|gave|made) $"
)
_NOT_IN_PHRASE = frozenset(("from", "by", "with", "among", "to"))
_NOBODY: frozenset[str] = frozenset()
_PLURALS = frozenset(("people", "police", "men", "women", "children"))
_PHRASE_WORDS = 6
_TAG_REACH = 60  # code points between a quote and a verb that is no verb of saying by itself
_CLAUSES = re.compile(r"(?:, |; )(?:so|but|while|and|as|when|because|which|though|although) ")


@quickly_made
@dataclass(frozen=True, slots=True)
class Saying:
    """One "X said": where verb and subject stand, and who it is."""

    verb: Span
    cue: str  # as written, lower case
    kind: Verb
    subject: Subject | None
    speaker: Speaker | None
    outlet: str | None  # set where the subject is an outlet or its reporter
    inverted: bool  # "said X"
    sentence: Span  # of the verb
    start: int  # where subject and verb begin
    end: int  # and end


_make_saying = maker(Saying)


@dataclass(frozen=True, slots=True)
class Sayings:
    """The sayings of a text, in the order of their verbs."""

    each: tuple[Saying, ...]
    starts: list[int]  # of the verbs

    def within(self, start: int, end: int) -> tuple[Saying, ...]:
        """Return the sayings whose verb begins in a range of code points."""
        first = bisect_left(self.starts, start)
        return self.each[first : bisect_left(self.starts, end, first)]


def find_sayings(scene: Scene, voices: Voices) -> Sayings:
    """Return the reporting verbs that have a subject, in order; ``voices`` hears them."""
    sayings: list[Saying] = []
    for start, verb in verbs_of_saying(scene.doc.plain, scene.narrative):
        saying = _saying(scene, voices, sayings[-1] if sayings else None, start, verb)
        if saying is not None:
            sayings.append(saying)
            unnamed = saying.speaker is None or (saying.speaker.name is None and saying.kind.lemma == "ask")
            if saying.speaker is not None and saying.outlet is None and not unnamed:  # who is asked, answers
                voices.hear(saying.verb.start, saying.speaker)
    return Sayings(tuple(sayings), [saying.verb.start for saying in sayings])


def _saying(scene: Scene, voices: Voices, previous: Saying | None, start: int, verb: Verb) -> Saying | None:
    end = start + len(verb.written)
    sentence = scene.doc.sentence_at(start)
    if verb.frame == "tag" and not _follows_words(scene, start, sentence):
        return None
    if verb.frame in ("about", "that") and not (
        _matters(scene.narrative, verb, end, sentence) or (verb.frame == "that" and is_document(scene, start, sentence))
    ):
        return None
    subject, inverted = _subject(scene, previous, start, verb, sentence)
    if subject is None or _is_no_verb(scene, subject, verb):
        return None
    open_ = not inverted and (subject.name is None or is_title(subject.name.words))  # somebody named elsewhere
    barred = frozenset([name.key for name in scene.names_in(end, sentence.end)]) if open_ else _NOBODY
    goes_on = subject.pronoun is not None and previous is not None and _is_own(scene, previous, subject)
    speaker = previous.speaker if goes_on and previous is not None else voices.resolve(subject, barred)
    if speaker is None and subject.pronoun in ("it", "they"):  # "The union apologised for what it called"
        body = leading(scene, make_span(sentence.start, subject.span.start))
        named = body is not None and body.name is not None and not scene.is_personal(body.name)
        speaker = voices.resolve(body) if body is not None and named else None
    outlet = carrier(scene, subject)
    cue = scene.narrative[start:end].lower()
    begins = start if verb.form == "ing" or subject.span.start > start else subject.span.start
    ends = subject.span.end if inverted and subject.span.end > end else end
    return _make_saying(make_span(start, end), cue, verb, subject, speaker, outlet, inverted, sentence, begins, ends)


def _follows_words(scene: Scene, start: int, sentence: Span) -> bool:
    """Tell whether a verb stands right behind a quote that a comma keeps open: '"It rained," Doe offered'."""
    mark = scene.narrative.rfind('"', reach_back(start, _TAG_REACH, sentence.start), start)
    return mark > 0 and scene.doc.plain[mark - 1] in ",?!-"


def _is_own(scene: Scene, previous: Saying, subject: Subject) -> bool:
    """Tell whether a pronoun right behind a verb of saying is its speaker: "Doe said she believes"."""
    name = previous.speaker.name if previous.speaker is not None and previous.outlet is None else None
    if name is None or previous.inverted or subject.pronoun not in ("he", "she"):
        return False
    if scene.narrative[previous.verb.end : subject.span.start] not in (" ", " that "):
        return False
    known, told = scene.gender(name), pronouns()[subject.pronoun]
    if known is None:  # so the text tells the sex of who has a first name that no list has
        scene.genders[name.key] = told
    return known in (None, told)


def _is_no_verb(scene: Scene, subject: Subject, verb: Verb) -> bool:
    """Tell whether subject and verb are none: "the battleground states", "Time will tell"."""
    if verb.lemma == "state" and verb.form == "third":
        return subject.noun is not None and not speaks(subject.noun)
    return verb.written == "tell" and scene.narrative.startswith("Time will ", subject.span.start)


def _matters(text: str, verb: Verb, end: int, sentence: Span) -> bool:
    """Tell whether a verb of doing reports something here: a quote in its sentence, or "that" after it."""
    return text.find('"', sentence.start, sentence.end) >= 0 or (
        text[sentence.end - 1] == ":" or (verb.frame == "that" and text.startswith(" that ", end))
    )


def is_document(scene: Scene, verb: int, sentence: Span) -> bool:
    """Tell whether a text or poll stands right before a verb: what a poll "shows" is what it says."""
    return scene.left(verb, sentence.start)[2].lower() in document_nouns()


def _subject(
    scene: Scene, previous: Saying | None, start: int, verb: Verb, sentence: Span
) -> tuple[Subject | None, bool]:
    text, end = scene.narrative, start + len(verb.written)
    low = text.rfind('"', sentence.start, start) + 1 or sentence.start
    ahead = text[low:start].rstrip()
    after_quote = low > sentence.start and ahead.strip(" ,-") == ""
    if verb.frame == "source":
        return subject_after(scene, end, _clause_end(text, end)), True
    if verb.form == "ing":
        return _participle(scene, previous, make_span(start, end), low, sentence), False
    if after_quote or (ahead.endswith(",") and verb.frame == "clause" and _named_next(scene, end)):
        high = _clause_end(text, end)
        subject = subject_after(scene, end, high)
        if subject is not None:
            return subject, True
    tagged = low > sentence.start and _stands_before(scene, start, low)  # '"It rained," Doe said by telephone'
    if verb.form == "past" and text.startswith(" by ", end) and not (tagged or _GERUND.match(text, end)):
        doer = subject_after(scene, end + 3, _clause_end(text, end))
        if doer is not None or after_quote:
            return doer, True
    if ahead.endswith((" and", " but")) and verb.form in ("past", "third") and not after_quote:
        return _coordinate(scene, previous, low, start, sentence), False
    return None if after_quote else left_subject(scene, start, low, base=verb.form == "base"), False


def _stands_before(scene: Scene, verb: int, low: int) -> bool:
    """Tell whether a name or pronoun stands right before a verb: its subject."""
    begin, stop, word = scene.left(verb, low)
    return stop in scene.by_end or (begin <= stop and word.lower() in pronouns())


def _named_next(scene: Scene, end: int) -> bool:
    """Tell whether a name, with or without titles, comes right after the verb and no verb of its own after it."""
    at = end
    for _ in range(5):
        token = scene.word_after(at, len(scene.narrative))
        name = scene.name_at(token.start)
        if name is not None:
            return _CLOSES.match(scene.narrative, name.span.end) is not None
        if scene.words(token).lower() not in titles():
            return False
        at = token.end
    return False


def _clause_end(text: str, start: int) -> int:
    high = min(len(text), start + 200)
    line = text.find("\n", start, high)
    high = line if line >= 0 else high
    mark = text.find('"', start, high)
    return mark if mark >= 0 else high


def _participle(scene: Scene, previous: Saying | None, verb: Span, low: int, sentence: Span) -> Subject | None:
    """Return the subject of "saying": the name right before it, else that of its sentence."""
    start = verb.start
    begin, stop, written = scene.left(start, low)
    if written.endswith("ly") and stop not in scene.by_end:  # "Doe openly dismissing"
        begin, stop, written = scene.left(begin, low)
    name = scene.by_end.get(stop)
    if name is not None and does(scene, name, low):
        return make_subject(name.span, name=name)
    word = written.lower()
    if word in _BEING or word in document_nouns():
        doer = subject_before(scene, start, low)
        if doer is not None and word in document_nouns() and _ISSUED.search(scene.narrative[low : doer.span.start]):
            doer = leading(scene, make_span(sentence.start, start)) or doer
        return doer if doer is not None and (doer.noun is None or speaks(doer.noun)) else None
    if word.endswith("'s") or word in ("the", "a", "an", "of", "this", "his", "her", "their", "any", "no"):
        return None
    lower = written[:1].islower() and word[-1:].isalnum()
    noun = lower and word not in _BEFORE_PARTICIPLE and not word.endswith("ly") and not is_hearer(scene, begin, low)
    if (word.capitalize() in partisans() and written.isalpha()) or (noun and speaks(word) and word not in DETERMINERS):
        return _doers(scene, make_span(begin, stop), low)
    if noun and not (
        scene.words(verb) == "saying" and opens_quote(scene, verb.end)
    ):  # 'Doe dismissed the worries saying, "'
        return None
    far = _far_subject(scene, previous, word, start, sentence)
    return alone(scene, far) if noun else far


def _far_subject(scene: Scene, previous: Saying | None, word: str, start: int, sentence: Span) -> Subject | None:
    """Return the subject of a participle that is not beside it; ``word``: what stands before the participle."""
    if word == "as" and previous is not None and previous.kind.lemma in ("quote", "cite"):  # "quoted Doe as saying"
        quoted = scene.names_in(previous.verb.end, start, 1)
        told = subject_after(scene, previous.verb.end, start)
        named = make_subject(quoted[0].span, name=quoted[0]) if quoted and scene.is_personal(quoted[0]) else None
        return named or told or previous.subject
    part = max(sentence.start, scene.narrative.rfind("; ", sentence.start, start) + 1)
    passive = previous is not None and scene.narrative.startswith(" by ", previous.verb.end)  # "a law demanded by Doe"
    if previous is not None and previous.verb.start >= part and previous.subject is not None and not passive:
        restricts = " who " in scene.narrative[previous.subject.span.end : previous.verb.start]
        return (leading(scene, make_span(part, start)) if restricts else None) or previous.subject
    return clause_leading(scene, part, start) or leading(scene, make_span(part, start))


def _doers(scene: Scene, last: Span, low: int) -> Subject | None:
    """Return the noun phrase right before a participle: "voters saying", "a driver saying", not "the early warning"."""
    at = last.start
    for _ in range(_PHRASE_WORDS):
        start, stop, word = scene.left(at, low)
        word = word.lower()
        if not word or word in _NOT_IN_PHRASE or word in verbs():
            low = stop
            break
        at = start
    subject = subject_before(scene, last.end + 1, low)
    if subject is None or subject.noun is None:
        return subject
    definite = scene.right(subject.span.start, last.end)[2].lower() in DETERMINERS
    return subject if definite or subject.noun.endswith("s") or subject.noun in _PLURALS else None


def _coordinate(scene: Scene, previous: Saying | None, low: int, end: int, sentence: Span) -> Subject | None:
    """Return the subject of the second of two verbs: "She left early and said ..."."""
    after_quote = low > sentence.start and len(scene.words(make_span(low, end)).strip(" ,-")) <= len("and")
    since = sentence.start if after_quote else low  # '... "one thing," but added, "another"'
    carries = (
        previous is not None and previous.kind.frame == "outlet" and previous.outlet is None
    )  # "stars carrying it"
    if previous is not None and previous.verb.start >= since and not previous.inverted and not carries:
        return previous.subject
    if low != sentence.start:
        return None
    clause = max((found.end() for found in _CLAUSES.finditer(scene.narrative, low, max(low, end - 2))), default=low)
    return clause_leading(scene, clause, end) or leading(scene, make_span(clause, end))
