"""Where the real labelled texts lie, which belong to their publishers and are not in the project."""

from __future__ import annotations

import os
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
_FOLDER = Path(os.environ.get("TWOSOURCE_SHARED", _BESIDE))
SHARED: Path | None = _FOLDER if (_FOLDER / "eval").is_dir() else None
REASON = "needs the real texts in ../shared (or $TWOSOURCE_SHARED)"
