"""What ingestion makes of a dump: articles, and what became of all other records."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.record import maker, quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points of one article's text."""

    start: int
    end: int


make_span = maker(Span)  # for where they are made by the hundred


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class DumpLocation:
    """Where a record lies in the dump."""

    file: str  # path relative to the dump, "/" between parts
    member: str | None = None  # name inside an archive; data only, never a path to write to
    line: int | None = None  # 1-based line (JSON Lines, CSV) or 1-based element (JSON array)
    byte_offset: int | None = None  # of the record in the decompressed file or member


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """A stretch of text that is not the article: marked, never deleted, yields no claims."""

    start: int
    end: int
    rule: str  # stable id, e.g. "boilerplate.comment-form"


@quickly_made
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
