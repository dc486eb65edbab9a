"""Every record that crosses a stage.

Frozen values. Offsets are code points of ``Article.text``, half-open; dates are ISO 8601; sums are in
the unit that the field's comment names; absence is ``None``, never 0 or an empty string.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.record import quickly_made

ClaimKind = Literal["quantity", "date", "place", "person_role", "quote", "attribution"]
Position = Literal["headline", "lede", "body"]
Relation = Literal["supports", "qualifies", "supersedes", "contradicts"]
VerdictName = Literal["supported", "qualified", "superseded", "contradicted", "contested", "uncorroborated", "not_checkable"]  # fmt: skip
ScoreStatus = Literal["scored", "insufficient_evidence"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points of one article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpLocation:
    """Where a record lies in the dump."""

    file: str  # path relative to the dump, "/" between parts
    member: str | None = None  # name inside an archive; data only, never a path to write to
    line: int | None = None  # 1-based line (JSON Lines, CSV) or 1-based element (JSON array)
    byte_offset: int | None = None  # of the record in the decompressed file or member


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """A stretch of text that is not the article: marked, never deleted, yields no claims."""

    start: int
    end: int
    rule: str  # stable id, e.g. "boilerplate.comment-form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read: ``text`` is title, blank line, body, in NFC."""

    id: str  # the dump's own id, untouched
    source: str | None  # publisher as the dump names it
    url: str | None
    title: str | None
    published: str | None  # ISO 8601; a bare date where the dump has no time
    language: str  # ISO 639-1, "und" where undetermined
    text: str
    word_count: int
    sha256: str  # of text, UTF-8
    location: DumpLocation
    boilerplate: tuple[Boilerplate, ...] = ()
    authors: tuple[str, ...] = ()
    wires: tuple[str, ...] = ()  # agencies that the article is credited to ("(AP)", "Reuters")
    repairs: tuple[str, ...] = ()  # what was mended in the text before any offset was taken, e.g. "repair.mojibake"
    canonical_url: str | None = None  # url without scheme, "www.", query and fragment
    copy_of: str | None = None  # id, canonical_url or key of the text it is called a copy of; its own id: unsaid
    modified: str | None = None  # ISO 8601; when it was last changed
    genres: tuple[str, ...] = ()  # sorted; what it is other than a report: "opinion", "satire", "live-blog", ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A record that could not be read, with its place, the reason and what to do."""

    location: DumpLocation
    reason: str  # stable code, e.g. "json.syntax"
    detail: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A record that repeats another one of the dump."""

    id: str
    of: str  # the id of the article that was kept
    location: DumpLocation
    reason: str  # stable code, e.g. "duplicate.same-record"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityValue:
    """An interval in a canonical unit; ``None`` is unbounded."""

    low: float | None
    high: float | None
    unit: str  # "1", "percent", an ISO 4217 code, "km", "kg", ...
    counted: str | None  # what is counted ("troops"), singular or plural as written, lower case
    approximate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue:
    """Days, inclusive; both ends ``None`` when the date cannot be resolved to the calendar."""

    earliest: str | None  # YYYY-MM-DD
    latest: str | None  # YYYY-MM-DD
    granularity: Literal["day", "week", "month", "quarter", "season", "year", "decade", "range", "time"]
    weekday: str | None  # "monday" ... "sunday", when the text names one
    relative: str | None  # "last year", lower case; or a day of a year that nobody tells ("may 7")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValue:
    """A place by containment: ``within`` goes from the next larger place outwards."""

    name: str  # canonical name
    within: tuple[str, ...]  # ("Germany",)
    venue: str | None  # hall, forum, stadium, street, ... when the text names one
    event: str | None  # lemma of what happened there ("speech", "attack"); None: a mere mention


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRoleValue:
    """Who, as what, of what."""

    person: str  # fullest name in the article
    role: str | None  # "foreign minister", lower case
    organisation: str | None  # "Germany", "NATO"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteValue:
    """Words between quote marks."""

    words: str  # without the outer marks
    partial: bool  # a fragment inside the writer's own sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionValue:
    """Who is named as the source of which words."""

    source: str
    cue: str  # "according to", "reported", as written, lower case
    content: Span | None  # the words that hang on it


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A specific that another article could confirm or deny. Exactly one value field is set."""

    id: str  # unique in its article
    article: str  # article id
    kind: ClaimKind
    rule: str  # stable dotted id of the extraction rule, e.g. "place.event-venue"
    span: Span
    sentence: Span
    position: Position
    speaker: str | None  # who says it, full name where the article gives one
    outlet: str | None  # the outlet it is credited to, kept apart from the speaker
    hedged: bool
    negated: bool
    confidence: float  # 0..1, that the text says what value says
    terms: tuple[str, ...]  # stems of the content words around it, sorted, unique
    anchors: tuple[str, ...]  # normalised names around it, sorted, unique
    quantity: QuantityValue | None = None
    date: DateValue | None = None
    place: PlaceValue | None = None
    person_role: PersonRoleValue | None = None
    quote: QuoteValue | None = None
    attribution: AttributionValue | None = None
    subject: str | None = None  # normalised name that a figure or date belongs to, where the grammar tells
    near: tuple[str, ...] = ()  # stems of the plain words next to the span: what happened, of what


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginLink:
    """Two articles of one origin and the reason."""

    first: str  # article id
    second: str  # article id
    rule: str  # "origin.same-publisher", "origin.contained-text", ...
    detail: str  # the shared words, wire, publisher or address
    similarity: float  # 0..1: containment for text rules, 1.0 for declared ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How much text two origins of a story share, without being one origin."""

    first: str  # origin id, the smaller
    second: str  # origin id
    jaccard: float  # 0..1, of the shingles of one representative article each


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles on one event, with who shares whose origin."""

    id: str
    articles: tuple[str, ...]  # sorted ids
    origins: tuple[str, ...]  # origin id of each article, in the order of ``articles``
    links: tuple[OriginLink, ...]  # why articles share an origin
    overlaps: tuple[Overlap, ...]  # pairs of origins that share any text, sorted


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many stand on one side of a claim."""

    origins: int
    articles: int
    effective: float  # effective number of independent origins, N(X)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What another article says on a claim, pointing at its text."""

    article: str
    source: str | None
    origin: str
    relation: Relation
    level: str  # the comparison level that fired, e.g. "quantity.overlap"
    same_topic: float  # probability that both speak of the same thing
    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The counts of a finding without one of the other origins."""

    origin: str
    support: float  # effective origins
    contradict: float  # effective origins


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the other origins of the story say on one claim, counted."""

    article: str
    claim: str  # claim id
    verdict: VerdictName
    rule: str  # the claim's rule, or the rule that speaks against it ("quote.unsourced-outlet")
    support: Tally
    contradict: Tally
    silent: Tally  # origins that had the opportunity and say nothing
    opportunity: int  # other origins that could have carried it
    filled: int  # of these, origins that fill the same slot with any value
    specificity: float  # 0..1
    without: tuple[LeftOut, ...]  # one row an origin that speaks, by origin id
    reason: str
    evidence: tuple[Evidence, ...]  # strongest first, capped
    evidence_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimScore:
    """How far independent origins bear one claim out, and what that costs the article."""

    claim: str
    probability: float | None  # 0..1; None: not checkable
    uncertainty: float | None  # 0..1
    points: float  # hundredths, never positive


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """Points that one claim or rule costs."""

    claim: str | None
    rule: str
    points: float  # hundredths, never positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """An article's consistency score; ``100 + sum(points) == value`` in hundredths."""

    article: str
    value: float | None  # 0..100
    status: ScoreStatus
    reason: str | None  # code when not scored
    low: float | None  # 90 % interval
    high: float | None
    band: str  # "high", "medium", "low", "none"
    coverage: float  # 0..1, weight of the claims on which the others speak
    specificity: float  # mean specificity of the checkable claims, 0..1
    claims: tuple[ClaimScore, ...]
    ledger: tuple[LedgerRow, ...]
    summary: str
