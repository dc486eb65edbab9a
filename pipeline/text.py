"""Text with offsets: folding, paragraphs, sentences, terms. Every loop is linear in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from Stemmer import Stemmer

from pipeline.models import Article, Boilerplate, Position, Span, make_span
from pipeline.remembered import remembered
from pipeline.resources import words

# One code point for one code point, so that offsets into the folded text are offsets into the text.
_FOLD = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u200a": " ", "\t": " ",
    "\u2028": "\n", "\u2029": "\n", "\u0085": "\n",
}  # fmt: skip
_STOP = re.compile(r"[.!?…][.!?…]{0,8}[\"'”’»)\]]{0,3}(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SEVERAL = re.compile(r"'(?:'|[a-z]+'[a-z])")  # apostrophes that may part what spaces don't: "rock'n'roll"
_OF_WORDS = frozenset(f"{ascii_lowercase}'".encode())
_SPELLED = bytes(code if code in _OF_WORDS else ord(" ") for code in range(256))
_OPENERS = "\"'“‘«([-–— "
MAX_TOKEN = 60  # code points; a longer "word" is a hash or a broken encoding and carries no topic
_LONGEST_SENTENCE = 2_000  # code points; longer "sentences" are lists, tables or attacks


@dataclass(frozen=True, slots=True)
class Document:
    """An article's text, cut up once for all extractors.

    ``plain`` is the text folded (straight quotes, plain dashes and spaces) with boilerplate
    blanked out: a pattern run over it finds nothing there, at the same offsets.
    """

    article: str
    text: str
    plain: str
    title_end: int  # code points; 0 when the article has no title
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    sentence_starts: tuple[int, ...]

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence that holds a code point (the last one before it, between two)."""
        return self.sentences[(bisect_right(self.sentence_starts, offset) or 1) - 1]

    def position(self, offset: int) -> Position:
        """Return where in the article a code point stands; the lede is the sentence after the title, or the first two without one."""
        return "headline" if offset < self.title_end else "lede" if offset < self.lede_end() else "body"

    def lede_end(self) -> int:
        """Return where the lede ends, behind all of a text that is no longer."""
        second = bisect_right(self.sentence_starts, self.title_end) + 1
        return self.sentence_starts[second] if second < len(self.sentences) else len(self.text) + 1


def reach_back(offset: int, reach: int, floor: int = 0) -> int:
    """Return the offset so many code points before another, at least ``floor``: ``max`` takes thrice as long."""
    at = offset - reach
    return at if at > floor else floor  # noqa: FURB136 - see above


def fold(text: str) -> str:
    """Return text of the same length with typographic quotes, dashes and spaces made plain."""
    if text.isascii():
        return text.replace("\t", " ")
    for odd, plain in _FOLD.items():  # one replacement after the other: 40 times as fast as str.translate
        text = text.replace(odd, plain)
    return text


def lower_in_place(text: str) -> str:
    """Return text in lower case at the same offsets (code points that would grow stay as they are)."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def clipped(line: str, limit: int) -> str:
    """Return at most ``limit`` code points of a line, with a mark where it was cut."""
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def document(article: Article) -> Document:
    """Cut an article up for the extractors."""
    plain = blank(fold(article.text), article.boilerplate)
    paragraphs = tuple(find_paragraphs(plain))
    sentences = tuple([sentence for paragraph in paragraphs for sentence in find_sentences(plain, paragraph)])
    if not sentences:
        sentences = (Span(0, len(plain)),)
    return Document(
        article=article.id,
        text=article.text,
        plain=plain,
        title_end=len(article.title) if article.title else 0,
        paragraphs=paragraphs,
        sentences=sentences,
        sentence_starts=tuple([sentence.start for sentence in sentences]),
    )


def blank(text: str, stretches: tuple[Boilerplate, ...]) -> str:
    """Return text of the same length with newlines in place of boilerplate; spaces where the line goes on after it."""
    parts, done = [], 0
    for stretch in sorted(stretches, key=lambda mark: mark.start):
        start = max(done, stretch.start)
        if stretch.end > start:
            inside = start and text[start - 1] != "\n" and text[stretch.end : stretch.end + 1] not in ("\n", "")
            parts += [text[done:start], (" " if inside else "\n") * (stretch.end - start)]
            done = stretch.end
    return "".join(parts) + text[done:]


def find_paragraphs(text: str) -> list[Span]:
    """Return the non-blank lines of a text, trimmed."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line and (body := line.strip()):
            lead = start + line.find(body)
            spans.append(make_span(lead, lead + len(body)))
        start += len(line) + 1
    return spans


def find_sentences(text: str, paragraph: Span) -> list[Span]:
    """Return the sentences of one paragraph, in one scan over its full stops.

    One that goes on beyond all measure is cut between words: what is done a claim takes its sentence's length.
    """
    spans: list[Span] = []
    start, last = paragraph.start, paragraph.end
    for stop in _STOP.finditer(text, start, last):
        end = stop.end()
        if end >= last or not _ends_sentence(text, start, stop):
            continue
        _add(spans, text, start, end)
        start = end
        while start < last and text[start].isspace():
            start += 1
    if start < last:
        _add(spans, text, start, last)
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    if end - start > _LONGEST_SENTENCE:
        spans += _cut(text, start, end)
    else:
        spans.append(make_span(start, end))


def _cut(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    while end - start > _LONGEST_SENTENCE:
        reach = start + _LONGEST_SENTENCE
        space = text.rfind(" ", start + 1, reach)
        spans.append(Span(start, space if space > 0 else reach))
        start = space + 1 if space > 0 else reach
    spans.append(make_span(start, end))
    return spans


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    begin, end = stop.span()
    if not text[end + 1 : end + 2].isupper():  # else the next sentence begins plainly
        opened = text[end : end + 12].lstrip().lstrip(_OPENERS)
        if opened and opened[0].islower():
            return False
    if text[begin] != "." or end - begin > 1:
        return True
    last = _last_token(text[reach_back(begin, 20, start) : begin])
    if len(last) == 1 and last.isupper() and last != "I":
        return False
    return last.lower() not in _abbreviations()


def _last_token(text: str) -> str:
    """Return the last word of a text that ends with one, without the bracket or quote mark it opens."""
    if not text or text[-1].isspace():
        return ""
    last = text.rsplit(None, 1)[-1]
    return last if last.isalnum() else last[max(last.rfind("("), last.rfind('"'), last.rfind("“")) + 1 :]


@cache
def _abbreviations() -> frozenset[str]:
    return words("abbreviations")


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about a topic."""
    return words("stopwords")


_STEMMER = Stemmer("english", 0)  # its own cache is slower than none


@remembered(200_000)
def _stem(written: str) -> str:
    """Return the stem of a word, "" for a stop word; of several words between apostrophes, their stems with spaces."""
    if "'" in written:
        return " ".join(filter(None, map(_stem_of_one, _WORD.findall(written))))
    return _stem_of_one(written)


def _stem_of_one(word: str) -> str:
    bare = word.removesuffix("'s")
    content = 2 <= len(bare) <= MAX_TOKEN and bare not in stop_words()
    return str(_STEMMER.stemWord(bare)) if content else ""


def stem(word: str) -> str | None:
    """Return the English Snowball stem of a lower-case word, None for a stop word."""
    return _stem(word) or None


def terms(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of a folded text, sorted, each once."""
    low = text.lower()
    return terms_spelled(spelled(low)) if low.isascii() else stems_of(_WORD.findall(low))


def fits(text: str, encoding: str) -> bool:
    """Tell whether an encoding has every character of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def spelled(low: str) -> str:
    """Return a text in lower case with a space for all but "a" to "z" and apostrophes, at the same offsets."""
    return low.encode("ascii", "replace").translate(_SPELLED).decode("ascii")


def terms_spelled(bare: str) -> tuple[str, ...]:
    """Return the stems of the content words of what ``spelled`` left of an ASCII text, sorted, each once."""
    found = stems_of(bare.split())
    if "'" in bare and _SEVERAL.search(bare):  # one piece may have had several stems
        return tuple(sorted(set(" ".join(found).split())))
    return found


def stems_of(words: list[str]) -> tuple[str, ...]:
    """Return the stems of the content words among some in lower case, sorted, each once."""
    stems = set(map(_stem, words))
    stems.discard("")
    return tuple(sorted(stems))
