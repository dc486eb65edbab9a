"""The last of a night: what is told of it, to a collector of metrics and to who watches."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.progress import closing_words
from pipeline.runs import Night
from pipeline.textfile import write_textfile


def close_night(night: Night, finished: float) -> str:
    """Renew the textfile that ``[operation]`` names, and return the closing words; ``finished`` in seconds since 1970."""
    places = night.places
    if textfile := night.settings.operation.textfile:
        stages = json.loads(places.metrics.read_bytes())["stages"]
        write_textfile(Path(textfile), json.loads(places.index.read_bytes()), stages, finished)
    return closing_words(json.loads((places.revision / "summary.json").read_bytes()), places.index)
