"""A draft to an article: the one place where ``Article.text`` and all that hangs on it are made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from pipeline.ingest import fields
from pipeline.ingest.boilerplate import find_boilerplate
from pipeline.ingest.cleaning import clean, count_words, one_line, without_surrogates
from pipeline.ingest.genres import Look, find_genres
from pipeline.ingest.headline import split_headline
from pipeline.ingest.language import declared, detect
from pipeline.ingest.mapping import Draft
from pipeline.ingest.markup import to_text
from pipeline.ingest.mojibake import mended
from pipeline.ingest.reasons import Fault
from pipeline.ingest.wires import PICTURE, find_wires
from pipeline.models import Article, Boilerplate, DumpLocation
from pipeline.settings import IngestSettings

_LETTERS_A_WORD = 5  # for scripts written without spaces


@dataclass(frozen=True, slots=True)
class _Content:
    """Title and body as they will stand in the article."""

    title: str | None
    body: str
    mended: bool

    @property
    def text(self) -> str:
        return self.body if self.title is None else f"{self.title}\n\n{self.body}"


def from_draft(draft: Draft, location: DumpLocation, settings: IngestSettings) -> Article:
    """Return the article of a mapped record. Raises Fault where there's too little or too much text."""
    _check_length(draft.body, settings)
    written = (to_text(draft.title[: settings.max_article_chars]) if draft.title else "", to_text(draft.body))
    title, body = map(mended, written)
    content = _Content(one_line(title) or None, clean(body), (title, body) != written)
    return _compose(draft, content, location, settings)


def from_text(text: str, fallback_id: str, location: DumpLocation, settings: IngestSettings) -> Article:
    """Return the article of a text file. Raises Fault where there's too little or too much text."""
    _check_length(text, settings)
    plain = mended(text)
    content = _Content(*split_headline(clean(plain)), plain != text)
    nothing = Draft(
        id=fallback_id, url=None, source=None, title=None, body="", authors=(), published=None, language=None
    )
    return _compose(nothing, content, location, settings)


def _compose(draft: Draft, content: _Content, location: DumpLocation, settings: IngestSettings) -> Article:
    words = _count(content.body, settings)
    url = fields.address(draft.url)
    source = fields.name(None if draft.source is None else mended(to_text(draft.source))) or fields.host(url)
    authors = fields.authors((mended(to_text(author)) for author in draft.authors), source)
    key = without_surrogates(draft.id or url or _place(location))
    text, canonical = content.text, fields.canonical(url)
    marks = find_boilerplate(text, content.title, authors)
    return Article(
        id=key,
        source=source,
        url=url,
        title=content.title,
        published=draft.published,
        language=declared(draft.language) or detect(content.body),
        text=text,
        word_count=words + len((content.title or "").split()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        location=location,
        boilerplate=marks,
        authors=authors,
        repairs=(*draft.repairs, *(("repair.mojibake",) if content.mended else ())),
        wires=_wires(content, authors, source, marks),
        canonical_url=canonical,
        copy_of=_copy_of(draft, key, canonical),
        modified=draft.modified,
        genres=find_genres(Look(url, draft.sections, content.title, content.body, marks)),
    )


def _copy_of(draft: Draft, key: str, own: str | None) -> str | None:
    """Return what the dump calls the article a copy of: in so many words, or by another's address for its ``own``."""
    if draft.copy_of is not None:
        return without_surrogates(draft.copy_of) or key
    given = fields.canonical(fields.address(draft.canonical)) if draft.canonical else None
    return given if given and own and given != own else None


def _wires(
    content: _Content, authors: tuple[str, ...], source: str | None, marks: tuple[Boilerplate, ...]
) -> tuple[str, ...]:
    shift = len(content.text) - len(content.body)
    in_body = tuple(
        replace(mark, start=mark.start - shift, end=mark.end - shift) for mark in marks if mark.rule == PICTURE
    )
    return find_wires(content.body, authors, source, in_body)


def _check_length(body: str, settings: IngestSettings) -> None:
    if len(body) > settings.max_article_chars:
        raise Fault("text.too-long", f"{len(body)} characters, {settings.max_article_chars} at most")


def _count(body: str, settings: IngestSettings) -> int:
    words = count_words(body)
    if not any(char.isalnum() for char in body):
        raise Fault("text.empty", "no letter or digit in the body")
    if words < settings.min_words and len(body) < settings.min_words * _LETTERS_A_WORD:
        raise Fault("text.too-short", f"{words} words, {settings.min_words} at least")
    return words


def _place(location: DumpLocation) -> str:
    member = "" if location.member is None else f"!{location.member}"
    return f"{location.file}{member}#{location.line or 1}"
