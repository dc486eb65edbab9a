"""Outlets that no list knows, told by how a text uses them: who is quoted *by* a name that is no person.

A frame counts only where a name passes on another's words: "as reported by the Kyiv Ledger", "the
Ledger's Jane Doe reported: …", "Ledger Radio quoted: …", "per the Ledger,". One such frame makes the
name an outlet in the whole article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.claims.names import Name
from pipeline.text import reach_back

_BEFORE = re.compile(
    r"\b(?:reported|quoted|cited|relayed|published|aired) by (?:the )?$|\bas per (?:the )?$|, per (?:the )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?: \d{1,2}| [A-Z]{2,3})?(?:"
    r" (?:quoted|quotes|cited|cites|relayed|relays|detailed|carried|aired)(?: [a-z]{1,12}){0,3}:\s{0,3}\""
    r"| (?:detailed|emphasi[sz]ed|highlighted|noted|echoed|carried|covered|reported) [A-Z][^\s.,;:]{1,30}(?: [A-Z][^\s.,;:]{1,30}){0,2}"
    r"(?: [a-z]{2,14}){0,2} (?:calls?|views?|warnings?|remarks?|words|speech|statement|address|comments?|plea|demands?|message)\b"
    r"| reported (?:similar|similarly|the same)\b"
    r"|(?:'s?)? (?:[a-z]{3,14} )?(?:coverage|correspondents?|newsroom|newscast)\b"
    r"|(?:'s?)? (?:international|foreign|news|political|politics|business|sports) desk\b"
    r"|\.(?:com|net|org|co\.uk|tv|news)\b)"
)
_REPORTED = re.compile(r" (?:reported|quoted|cited|noted|wrote|relayed)\b[^.\n]{0,60}?[:\"]")
_BY = ("by ", "by the ", "per ", "per the ")  # how every frame before a name ends
_ENDS = ("y ", "e ", "r ", "Y ", "E ", "R ")  # how they do, to see at once
_REACH = 110  # code points after a name in which its frame stands


def houses(text: str, names: Sequence[Name], personal: Sequence[bool]) -> dict[str, str]:
    """Return the outlets of a text by the key of their name; ``personal`` tells which names are none, but a person's."""
    found: dict[str, str] = {}
    for number, name in enumerate(names):
        if personal[number] or name.kind == "place" or name.key in found:
            continue
        start, end = name.span.start, name.span.end
        if (
            _AFTER.match(text, end, end + _REACH)
            or (text.endswith(_ENDS, 0, start) and _is_credited(text, start, end))
            or (text.startswith("'", end) and _has_reporter(text, name, names[number + 1 : number + 2]))
        ):
            found[name.key] = name.full
    return found


def _is_credited(text: str, start: int, end: int) -> bool:
    """Tell whether "reported by" or the like stands before a name."""
    lead = text[reach_back(start, 30) : start]
    before = _BEFORE.search(lead) if lead[-8:].lower().endswith(_BY) else None
    if before is None:
        return False
    return "per" not in before.group() or text[end : end + 1] in (",", ".", "")


def _has_reporter(text: str, name: Name, following: Sequence[Name]) -> bool:
    """Tell whether a person and a verb of passing words on come after a name and its "'s"."""
    for person in following:
        between = text[name.span.end : person.span.start]
        if between in ("'s ", "' ") and " " in person.words:
            return _REPORTED.match(text[person.span.end : person.span.end + _REACH]) is not None
    return False
