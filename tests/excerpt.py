"""What a real run of the sample is held against: the golden report, and its excerpt in the README.

``python -m tests.excerpt`` renews both; read the difference before you commit it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[1] / "README.md"
GOLDEN = Path(__file__).resolve().parent / "cases" / "golden_report.json"
BLOCK = re.compile(r"(?<=<!-- excerpt -->\n```json\n).*?(?=```)", re.DOTALL)
UNRELIABLE = "003_elm"
DAY = "2025-10-17"

_WIDTH = 160  # code points; the excerpt should fit on the first screen
_SHOWN = (
    ("score", ("value", "interval", "band", "summary")),
    ("claim", ("span", "rule", "verdict", "points", "reason", "evidence")),
    ("evidence", ("article", "relation", "level", "span")),
)


def score_seeds(place: Path) -> Path:
    """Run the real command on the sample dump in an empty folder; return the folder of its index."""
    command = [sys.executable, "-m", "luigi", "--module", "pipeline", "ScoreAll", "--date", DAY]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    return place / "reports" / DAY


def read_reports(night: Path) -> list[dict[str, Any]]:
    """Return the reports of a night by id."""
    folder = night / json.loads((night / "index.json").read_bytes())["files"]["reports"]
    return [json.loads(path.read_bytes()) for path in sorted(folder.rglob("*.json"), key=lambda path: path.name)]


def golden(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report without what names the run: a fingerprint changes with every line of code."""
    return {key: value for key, value in report.items() if key != "run"}


def excerpt(report: dict[str, Any]) -> str:
    """Return what the README shows: the score, the dearest contradiction, the dearest unsourced quote."""
    claims = sorted(report["claims"], key=lambda claim: claim["points"])
    contradicted = next(claim for claim in claims if claim["verdict"] == "contradicted")
    unsourced = next(claim for claim in claims if claim["rule"] == "quote.unsourced-outlet")
    shown = {
        "score": _only(report["score"], "score"),
        "claims": [_claim(contradicted), _claim(unsourced)],
        "limits": report["limits"][:1],
    }
    return _laid_out(shown) + "\n"


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    return _only({**claim, "evidence": [_only(row, "evidence") for row in claim["evidence"][:1]]}, "claim")


def _only(value: dict[str, Any], part: str) -> dict[str, Any]:
    return {key: value[key] for key in dict(_SHOWN)[part]}


def _laid_out(value: Any, indent: str = "") -> str:
    """Return JSON that puts on one line whatever fits there."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= _WIDTH or not isinstance(value, (dict, list)):
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {_laid_out(item, deeper)}" for key, item in value.items()]
        return "{\n" + ",\n".join(deeper + item for item in items) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _laid_out(item, deeper) for item in value) + f"\n{indent}]"


def main() -> None:
    """Write the golden report, and its excerpt into the README."""
    with tempfile.TemporaryDirectory() as place:
        reports = {report["article"]["id"]: report for report in read_reports(score_seeds(Path(place)))}
    GOLDEN.write_text(json.dumps(golden(reports[UNRELIABLE]), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda _: excerpt(reports[UNRELIABLE]), text, count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
