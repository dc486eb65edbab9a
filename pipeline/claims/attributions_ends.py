"""Where reported words end: at the first comma behind a whole clause, for what follows may be the writer's own."""

from __future__ import annotations

import re

from pipeline.claims.attributions_around import SUBORDINATE, past_quote
from pipeline.claims.attributions_clause import FINITE
from pipeline.claims.speakers_scene import HIDDEN, Scene
from pipeline.claims.speakers_words import verbs

# Where a clause may end: a comma, a lone dash, a quote whose last comma stands within its marks.
_END = re.compile(rf', | --? (?!\w+ -)|"(?<={HIDDEN}.) (?!and "|")')
# A second verb without its subject may be the writer's: "denied the report and sent the case back".
SECOND_VERB = re.compile(
    r" (?P<joint>and|but) (?:(?:also|then|later|never|[a-z]+ly) )?"
    r"(?P<verb>(?!(?:need|feed|speed|seed|breed|bleed|indeed|exceed|proceed|succeed)\b)[a-z]{2,}ed|said|says|told|sent|wrote|made|gave|took|left|went|put|led|held)\b"
)
# What ends the object of a verb: "praised the plan saying ...", "called for a vote after the raid".
_NEXT_WORDS = re.compile(
    r"(?:(?:,? and| while)|(?<! for)(?<! of)(?<! in)(?<! by)) (?:saying|adding)\b| but (?:he|she|it|they|now|the)\b"
    r"|(?: (?:even|just|shortly|soon|hours|days|weeks|months|years))? (?:after|while) (?:[A-Z]|the|he|she|they|it|his|her|their)\b"
)
_NEXT_SIGNS = (" saying", " adding", " but ", " after ", " while ")  # one of them is in it
_MOST_VERBS = 8  # of a clause
_RELATIVE_CLAUSE = re.compile(r", (?:which|who|whose|whom|where) ")
_FOR_WHOM = re.compile(r"to (?:now |then )?[a-z]+ ")  # "it is wrong for Doe, who knew, to fire him"
_LEAST_BEFORE_DASH = 2  # spaces
_DASH = re.compile(r"(?<=\w)[—–](?=\w)")
_NO_MATTER = re.compile(r"\W?(?:no matter|regardless|whatever|however|once) ", re.IGNORECASE)
_ADDS = re.compile(r"(?:saying|adding|calling|arguing|noting|warning|insisting|citing|telling|writing|tweeting)\b")
_TELLS_MORE = re.compile(r"(?:said|told|\w+ed that) ")  # "said he feared it, admitted that it was so"
_INNER = re.compile(r"\b(?:who|which|whom|when|if|because|what|how|both)\b")
_BEFORE_NOUN = re.compile(
    r"\b(?:a|an) [\w-]+, (?!\w+ing\b|which\b|who\b|where\b|as\b|and\b|but\b|an?\b|the\b)[a-z-]+ [\w]"
)  # "a quiet, studious man", "a strict, harsh 12-step course"
_ROW = 30  # code points
_MOST_MARKS = 40  # of a sentence; bounds the work on a hostile one
_MORE = re.compile(r", | --? ")
_LIMITS = re.compile(r"(?:if|unless|until|provided|except|only|not|nor|than|rather|instead|especially if|even if)\b")
_JOINS = re.compile(r"(?:and|or) ")
_AWAITS = re.compile(r" (?:is|are|was|were|be|been|not|has|have|had|will|would)$")
INSERTED = re.compile(r", (?:in|at|for|under|of|on|by|to|perhaps|however|indeed)\b[^,.\n]{2,60}, ")
_AWAITS_REACH = 8  # code points
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b")
# A member of a row: no clause, no participle that adds to one, nobody who says something.
_MEMBER = re.compile(
    r"(?!(?:and|or|but|so|yet|who|which|whom|whose|where|when|while|as|if|because|including|such|not|nor|however|though|although|after|before|since|even|despite|given|according|with|without|along|\w+ing|\w+ed|he|she|it|they|we|I|you|there|that|this|in|on|at|by|for|from|to|also|too|then|instead|either|both|perhaps|like|likely|certain|able|weary|thereby|the|\w+ly)\b|\w+ to\b|an? [\w-]+(?: [\w-]+){0,4} (?:and|or)\b)"
    r"(?:[\w'$%.&-]+ ){0,4}?(?!him\b|her\b|them\b)[\w'$%.&-]+(?=,? (?:and|or) |, )"
)
_MOST_MEMBERS = 8
_LAST_REACH, _LAST_WORDS = 80, 9  # code points, words: of the last of a row, in which a verb would make it a subject
_OPENING_REACH = 160  # code points
_CLOSES_ROW = re.compile(r",? (?:and|or) (?!that\b|he\b|she\b|they\b|it\b|then\b)")
_TELLS = re.compile(  # a verb in the present behind an insertion: "the rule, with others, creates a risk"
    r"(?!(?:as|across|towards|besides|unless|plus|versus|minus|this|whereas|perhaps|always|sometimes|thus|less|says|adds|notes)\b)"
    r"[a-z]{2,}s (?:an?|the|his|her|its|their|that|no|more|up)\b"
)
_WITHIN_OPENING = re.compile(r"(?:and|or|who|which|including|an?) ")  # "while he told Rome, and all, she left"
_OPENED = re.compile(
    r"\b(?:and|or|but) that (?:when|while|if|although|because|since|prior to|after|before|despite|unlike) [^,]*$"
)
_OPENS = SUBORDINATE - {"what", "how", "why", "whether", "that", "who", "which"} | frozenset(
    ("in", "on", "at", "for", "by", "under", "during", "after", "despite", "given", "with", "without", "to", "as", "even", "from", "instead", "rather", "unlike", "regardless")
)  # fmt: skip


def end_of_words(scene: Scene, start: int, end: int, *, clause: bool) -> int:
    """Return where the words end that begin at ``start``, at most at ``end``.

    "He will go, ending a long career" says that he will go; whether the rest was said is not told. What limits the
    clause ("if"), what is closed again ("the law, which ..., will go") and lists stay. The object of a verb (``clause`` is
    False) has no verb of its own and ends at any comma.
    """
    plain, at = scene.doc.plain, start
    end = _before_dash(scene, start, past_quote(scene, _second_verb(scene, start, end, clause=clause)))
    first = scene.right(start, end)[2].lower().rstrip(",")
    opening = first in _OPENS or _NO_MATTER.match(plain, start) is not None
    for _ in range(_MOST_MARKS):
        mark = _END.search(scene.narrative, at, end)
        if mark is None:
            break
        at = mark.end()
        quoted = scene.narrative[mark.start()] == '"'
        if quoted and plain[mark.start() - 1] != ",":
            at -= 1  # a dash may follow, with its space
            continue
        if _ADDS.match(scene.narrative, at) or (
            clause and _TELLS_MORE.match(plain, at) and _has_verb(plain, start, mark.start())
        ):
            return mark.start() + quoted
        if plain.startswith('"', at) or _is_in_a_row(scene.narrative, start, at):
            continue
        if clause and not quoted and (FINITE.match(plain, at) or not _has_verb(plain, start, mark.start())):
            continue
        if clause and (opening or _LIMITS.match(scene.narrative, at)):
            opening = opening and _WITHIN_OPENING.match(plain, at) is not None
            continue
        if plain[mark.start()] == "," and (past := _past_comma(scene, start, at, end, clause=clause)) is not None:
            at = past
            continue
        more = _MORE.search(scene.narrative, at, end)
        if more is None or not _goes_on(plain, at, more.start(), more.end(), clause=clause):
            return mark.start() + quoted
        at = more.end()
    return end


def next_words(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find what ends the object of a verb: words of another, or when it was."""
    stretch = text[start:end]
    return _NEXT_WORDS.search(text, start, end) if any(map(stretch.__contains__, _NEXT_SIGNS)) else None


def _past_comma(scene: Scene, start: int, at: int, end: int, *, clause: bool) -> int | None:
    """Return from where words that begin at ``start`` go on behind the comma before ``at``; None where they end at it."""
    plain, comma = scene.doc.plain, scene.doc.plain.rindex(",", start, at)
    if clause and (inserted := INSERTED.match(plain, comma)) and awaits_more(plain, start, comma):
        return inserted.end()  # "it is, in some ways, new"
    row = _past_row(scene, at, end)
    not_only = plain.startswith("but ", at) and _NOT_ONLY.search(plain, start, at) is not None
    return row if row > at or not_only or _is_opened(plain, start, comma) else None


def _has_verb(plain: str, start: int, end: int) -> bool:
    """Tell whether a stretch has a verb that belongs to no relative clause: "plans, which some have embraced" has none."""
    relative = _RELATIVE_CLAUSE.search(plain, start, end)
    if relative is None:
        return FINITE.search(plain, start, end) is not None
    closes = plain.find(", ", relative.end(), end)
    behind = closes >= 0 and FINITE.search(plain, closes, end) is not None
    return behind or FINITE.search(plain, start, relative.start()) is not None


def _before_dash(scene: Scene, start: int, end: int) -> int:
    """Return where a stretch ends before a dash without spaces that no second one closes: the writer's own words."""
    text = scene.doc.text
    if text.find("—", start, end) < 0 and text.find("–", start, end) < 0:
        return end
    dashes = [found.start() for found in _DASH.finditer(text, start, end) if scene.narrative[found.start()] != HIDDEN]
    long = len(dashes) == 1 and scene.doc.plain.count(" ", start, dashes[0]) >= _LEAST_BEFORE_DASH
    return dashes[0] if long else end


def _is_in_a_row(text: str, start: int, at: int) -> bool:
    """Tell whether the comma before ``at`` only parts two words before a noun: "a quiet, studious man"."""
    found = _BEFORE_NOUN.search(text, max(start, at - _ROW), at + _ROW)
    return found is not None and found.start() < at < found.end()


def _second_verb(scene: Scene, start: int, end: int, *, clause: bool) -> int:
    """Return where a second verb begins that may belong to the writer's sentence, at most ``end``.

    Of a clause that is one of saying, or one behind "but": "held her down and tried to run" goes on.
    """
    at = start
    for _ in range(_MOST_VERBS):
        found = SECOND_VERB.search(scene.narrative, at, end)
        if found is None:
            break
        at = found.start() + 1
        before = scene.doc.plain[start : found.start()]
        saying = found["joint"] == "but" or found["verb"] in verbs()
        if not clause and _INNER.search(before) is None:
            return found.start()
        if clause and saying and FINITE.search(before) is not None and _INNER.search(before) is None:
            return found.start()
    return end


def _goes_on(plain: str, start: int, comma: int, behind: int, *, clause: bool) -> bool:
    """Tell whether the next comma closes an insertion, or ends the list that begins here: "a school, a clinic, and a bridge"."""
    if FINITE.match(plain, behind + plain.startswith('"', behind)) is not None:
        return True
    joins = _JOINS.match(plain, behind) is not None
    if clause and (_FOR_WHOM.match(plain, behind) or (_TELLS.match(plain, behind) and not _JOINS.match(plain, start))):
        return True
    return clause and joins and FINITE.search(plain, start, comma) is None


def _is_opened(plain: str, start: int, comma: int) -> bool:
    """Tell whether a comma only closes what opens a second clause: "it is small and that if it grows, all will see"."""
    return _OPENED.search(plain, max(start, comma - _OPENING_REACH), comma) is not None


def _past_row(scene: Scene, at: int, end: int) -> int:
    """Return where the last of a row begins whose next one begins at ``at``, else ``at``: "Oslo, Bergen and Turku"."""
    plain, begins = scene.doc.plain, at
    for _ in range(_MOST_MEMBERS):
        member = _MEMBER.match(plain, at, end)
        if member is None or FINITE.search(plain, at, member.end()) is not None:
            break
        closes = _CLOSES_ROW.match(plain, member.end(), end)
        if closes is not None:
            last = plain[closes.end() : min(end, closes.end() + _LAST_REACH)].split(",")[0].split()
            return begins if any(word in verbs() for word in last[:_LAST_WORDS]) else closes.end()
        at = member.end() + len(", ")
    return begins


def awaits_more(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends with a verb that more must follow: "it is", "they would"."""
    return _AWAITS.search(text, max(start, end - _AWAITS_REACH), end) is not None
