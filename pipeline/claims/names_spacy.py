"""The names of an article as a spaCy model sees them, tied together as the rules tie theirs.

Needs the extra ``ner``. The model says where a name is and of what kind; titles, headings, surnames
and keys are the business of the rules, so that all that reads names need not know who found them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from pipeline.claims.gazetteer import demonyms, name_key, places_named
from pipeline.claims.names import Name, tied
from pipeline.claims.names_forms import Mention, name_id
from pipeline.claims.names_words import NameKind, no_names, organisations, role_words, titles
from pipeline.models import Span
from pipeline.text import MAX_TOKEN, Document

# Labels of the OntoNotes scheme, which spaCy's English models use. Peoples (NORP), dates and figures are no names.
_KINDS: dict[str, NameKind | None] = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "ORG": "organisation",
    "FAC": None,  # whether it is a venue is read off its words
    "EVENT": None,
    "PRODUCT": None,
    "WORK_OF_ART": None,
    "LAW": None,
}
_FEEDING = ("tok2vec", "transformer")  # components that "ner" reads in some models, and carries itself in others
_GLUED = re.compile(rf"\S{{{MAX_TOKEN + 1},}}")  # no name, and spaCy's tokenizer takes quadratic time over it
_PASSAGE = 10_000  # code points the model sees at once: bounds its memory
_BATCH = 64  # passages; never of two articles, so that an article's names depend on it alone
_WORD = re.compile(r"\S+")
_EDGES = "\"'()[]{}<>,;:!?*•|/-… \n"
_ARTICLES = frozenset({"the", "a", "an"})


class _Entity(NamedTuple):
    start: int
    end: int
    kind: NameKind | None


def find_names_spacy(doc: Document, model: str) -> tuple[Name, ...]:
    """Return the names of an article, sorted, none over another; ``model``: import name of an installed spaCy model."""
    seen = [cut for entity in _entities(doc, _loaded(model)) if (cut := _cut(doc.plain, entity)) is not None]
    kinds = _usual_kinds(doc.plain, seen)
    mentions = []
    for start, end, _ in seen:
        words = doc.plain[start:end]
        mentions.append(Mention(start, end, words, _kind(words, kinds[name_id(words)]), opening=False))
    return tied(doc, mentions)


@cache
def _loaded(model: str) -> Any:
    """Return the model, loaded once a process, with no more components than its "ner" needs."""
    import spacy  # noqa: PLC0415  # an extra: only those who ask for it have it

    language = spacy.load(model, enable=[*_FEEDING, "ner"])
    for name in _FEEDING:
        if name in language.pipe_names and "ner" not in getattr(language.get_pipe(name), "listening_components", ()):
            language.disable_pipe(name)
    return language


def _entities(doc: Document, language: Any) -> Iterator[_Entity]:
    """Yield the model's entities of the kinds that are names, in offsets of the article."""
    passages = list(_passages(doc))
    texts = (_GLUED.sub(_blank, doc.plain[passage.start : passage.end]) for passage in passages)
    for passage, parsed in zip(passages, language.pipe(texts, batch_size=_BATCH), strict=True):
        for entity in parsed.ents:
            if entity.label_ in _KINDS:
                start, end = passage.start + entity.start_char, passage.start + entity.end_char
                yield _Entity(start, end, _KINDS[entity.label_])


def _passages(doc: Document) -> Iterator[Span]:
    """Yield the paragraphs, overlong ones cut at spaces."""
    for paragraph in doc.paragraphs:
        start = paragraph.start
        while paragraph.end - start > _PASSAGE:
            space = doc.plain.rfind(" ", start + 1, start + _PASSAGE)
            end = space if space > 0 else start + _PASSAGE
            yield Span(start, end)
            start = end
        yield Span(start, paragraph.end)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _cut(plain: str, entity: _Entity) -> _Entity | None:
    """Return an entity without articles, titles, possessive 's and marks at its ends; None if no name is left."""
    words = list(_WORD.finditer(plain, entity.start, entity.end))
    while len(words) > 1 and _leads(words[0].group(), entity.kind):
        del words[0]
    if not words:
        return None
    text = plain[words[0].start() : words[-1].end()]
    start = words[0].start() + len(text) - len(text.lstrip(_EDGES))
    end = start + len(_ended(text.strip(_EDGES)))
    left = plain[start:end]
    named = name_key(left) and any(letter.isupper() for letter in left)
    if not named or left in demonyms() or left in no_names() or left in titles():
        return None
    return _Entity(start, end, entity.kind)


def _leads(word: str, kind: NameKind | None) -> bool:
    """Tell whether a first word is no part of the name: an article, of a person also a title, role or people."""
    lower = word.lower()
    if lower in _ARTICLES or kind != "person":
        return lower in _ARTICLES
    return word in titles() or word in demonyms() or lower in role_words()


def _ended(words: str) -> str:
    """Return words without possessive 's and full stop; "U.S." keeps its own."""
    bare = words.removesuffix("'s").rstrip(_EDGES)
    return bare if "." in bare.rpartition(" ")[2].rstrip(".") else bare.rstrip("." + _EDGES)


def _usual_kinds(plain: str, seen: list[_Entity]) -> dict[str, NameKind | None]:
    """Map each name's key to the kind the model gives it most often, the first of them in a tie."""
    counts: dict[str, Counter[NameKind | None]] = {}
    for start, end, kind in seen:
        counts.setdefault(name_id(plain[start:end]), Counter())[kind] += 1
    return {key: kinds.most_common(1)[0][0] for key, kinds in counts.items()}


def _kind(words: str, seen: NameKind | None) -> NameKind | None:
    """Return the kind of a name: a listed one's is known; a known place that looks like anything else stays open."""
    listed = organisations().get(name_key(words))
    if listed is not None:
        return listed
    return None if seen != "place" and places_named(words) else seen
