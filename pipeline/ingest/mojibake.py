"""Text that was decoded in the wrong encoding ("itâ€™s"), mended line by line where it shows the signs."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.ingest.cleaning import without_surrogates

# A lead byte of UTF-8 read as Windows-1252 or Latin-1, and a byte that may follow it: rare in clean text.
_SIGN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")

_LEAD = b"\xc3"  # with which all these lead bytes begin in UTF-8: quickly looked for, and most texts have none


def mended(text: str) -> str:
    """Return a text with its mojibake mended by ftfy, the very same object where there is no sign of any.

    Offsets are taken after this. Each line is judged by itself, so that clean lines stay as they are.
    """
    if text.isascii() or _LEAD not in text.encode("utf-8", "surrogatepass") or not _SIGN.search(text):
        return text
    lines = text.split("\n")
    mends = [_fixer()(without_surrogates(line)) if _SIGN.search(line) else line for line in lines]
    return text if mends == lines else "\n".join(mends)


@cache
def _fixer() -> Any:
    from ftfy import fix_encoding  # noqa: PLC0415 - its tables take a tenth of a second, and most dumps need none

    return fix_encoding
