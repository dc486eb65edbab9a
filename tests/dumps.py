"""Made-up dumps of any size: a few outlets on each of many events, with specifics that agree and differ."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_TOWNS = ("Aberdeen", "Bergen", "Coimbra", "Dresden", "Esbjerg", "Florence", "Groningen", "Heraklion")
_EVENTS = ("flood", "strike", "fire", "summit", "election", "trial", "storm", "merger")
_OUTLETS = ("Morning Courier", "Harbour Post", "The Ledger", "Northern Echo Wire", "Daily Compass")
_SYLLABLES = (
    "bar",
    "del",
    "fin",
    "gor",
    "hal",
    "kem",
    "lod",
    "mir",
    "nas",
    "pol",
    "rud",
    "sav",
    "tor",
    "vel",
    "wex",
    "zim",
)
_WAYS = (
    "Officials in {town} said on Monday that the {event} at {place} had cost {money} million euros and hit {count} people.",
    "The {event} at {place} near {town} hit {count} residents, the mayor's office said, and cost {money} million euros.",
    "At least {count} people were hit by the {event} at {place} in {town}, where damage was put at {money} million euros.",
    "“We counted {count} people at {place},” said Mayor Anna {name} in {town} of the {event}; the bill is {money} million euros.",
    "In {town}, the {event} at {place} left {count} people affected and a bill of {money} million euros, Anna {name} says.",
)
_TAILS = (
    "Mayor Anna {name} and the {place} council meet on 4 March 2026 about help; {share} percent of households applied.",
    "About {share} percent of households asked the {place} council for help; Anna {name} set a hearing for 4 March 2026.",
    "Anna {name} plans a hearing at {place} for 4 March 2026. Some {share} percent of households in {town} applied for aid.",
)


def articles(stories: int, outlets: int = 4) -> list[dict[str, Any]]:
    """Return articles as a JSON dump holds them; one outlet in three has other figures."""
    return [_article(story, outlet) for story in range(stories) for outlet in range(outlets)]


def write_jsonl(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    """Write records as JSON Lines and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(json.dumps(record).encode() + b"\n" for record in records))
    return path


def _article(story: int, outlet: int) -> dict[str, Any]:
    facts = {
        "town": _TOWNS[story % len(_TOWNS)],
        "event": _EVENTS[story // len(_TOWNS) % len(_EVENTS)],
        "count": 120 + 7 * story + (outlet % 3 == 2),
        "money": 3 + story % 40 + 2 * (outlet % 3 == 2),
        "share": 11 + story % 60,
        "place": f"{_word(story)} {_word(story + 5_000)}".title(),
        "name": _word(7 * story + 40_000).title(),
    }
    source = _OUTLETS[outlet % len(_OUTLETS)]
    sentences = (_WAYS[outlet % len(_WAYS)], _TAILS[(story + outlet) % len(_TAILS)])
    return {
        "id": f"a{story:05d}-{outlet}",
        "source": source,
        "url": f"https://www.{source.lower().replace(' ', '-')}.example/{story}",
        "title": "{event} at {place}: {count} people hit, {name} says".format(**facts),
        "published": f"2026-03-02T{6 + outlet:02d}:00:00Z",
        "text": " ".join(sentences).format(**facts),
    }


def _word(number: int) -> str:
    """Return a made-up word, another one for each number below 65,536."""
    digits = (number * 40_503 % 65_536).to_bytes(2, "big").hex()
    return "".join(_SYLLABLES[int(digit, 16)] for digit in digits)
