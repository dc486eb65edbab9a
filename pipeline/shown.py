"""Words of articles as people are shown them, on pages and on a terminal: nothing in them hides, moves or breaks a line."""

from __future__ import annotations

import re

from pipeline.text import clipped as cut

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: object) -> str:
    """Return text in which no character hides, moves the cursor or turns the direction of reading."""
    return _INVISIBLE.sub("\ufffd", str(text))


def clipped(text: object, limit: int) -> str:
    """Return at most ``limit`` characters of a text, visible and on one line, with a mark where it was cut."""
    return cut(" ".join(visible(str(text)[: 4 * limit]).split()), limit)
