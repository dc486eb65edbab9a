"""The tables of docs/report.md that say what every field of every file is, from the schemas.

``python -m tests.reference`` renews them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "report.md"
MARK = "<!-- what follows is made from schemas/ by python -m tests.reference -->\n"
FILES = {
    "report": "A report: `reports/<xx>/<article id>.json`",
    "score-row": "A row of `scores.jsonl`",
    "claim-row": "A row of `claims.jsonl`",
    "summary": "`summary.json`",
    "index": "`index.json`",
    "quarantine": "A row of `quarantine.jsonl`",
}

NOT_FILES = ("article", "vocabulary", "evaluation")  # parts of the others; the last is of no night (docs/evaluate.md)

Schema = dict[str, Any]


def _load(name: str) -> Schema:
    loaded: Schema = json.loads((ROOT / "schemas" / f"{name}.json").read_bytes())
    return loaded


SCHEMAS = {path.stem: _load(path.stem) for path in sorted((ROOT / "schemas").glob("*.json"))}
SHARED = SCHEMAS["vocabulary"]["$defs"]


def reference() -> str:
    """Return everything below the mark."""
    titles = FILES | {name: schema["title"] for name, schema in SCHEMAS.items() if name not in {*FILES, *NOT_FILES}}
    parts = [_table(title, "".join(_rows(SCHEMAS[name], ""))) for name, title in titles.items()]
    shared = {name: schema for name, schema in SHARED.items() if schema.get("type") == "object"}
    parts += [_table("Shapes that several files share", "".join(_shared(shared)))]
    return "\n".join(parts)


def _table(title: str, rows: str) -> str:
    return f"\n### {title}\n\n| field | type | what |\n|---|---|---|\n{rows}"


def _shared(shapes: dict[str, Schema]) -> Iterator[str]:
    for name, schema in shapes.items():
        yield _row(f"*{name}*", "object", schema.get("description", ""))
        yield from _rows(schema, f"*{name}*.")


def _rows(schema: Schema, prefix: str) -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        path = f"{prefix}{name}"
        yield _row(path, _type(field), field.get("description", ""))
        inner = _resolved(field)
        if inner.get("type") == "array" and isinstance(inner.get("items"), dict):
            path, inner = f"{path}[]", _resolved(inner["items"])
        if inner.get("type") == "object" and inner not in SHARED.values():
            yield from _rows(inner, f"{path}.")
            yield from _by_kind(inner, path)


def _by_kind(schema: Schema, prefix: str) -> Iterator[str]:
    """Yield the rows of what a condition on ``kind`` adds: the shape of a claim's value."""
    for condition in schema.get("allOf", ()):
        kind = condition["if"]["properties"].get("kind", {}).get("const")
        for name, field in condition["then"]["properties"].items() if kind else ():
            if "properties" in field:
                yield _row(
                    f"{prefix}.{name}",
                    f"object, of {'an' if kind[0] in 'aeiou' else 'a'} {kind}",
                    field.get("description", ""),
                )
                yield from _rows(field, f"{prefix}.{name}.")


def _row(path: str, kind: str, words: str) -> str:
    shown = path if path.startswith("*") else f"`{path}`"
    return f"| {shown} | {kind} | {words.replace('|', chr(92) + '|')} |\n"


def _resolved(schema: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    uri, _, pointer = schema["$ref"].partition("#/$defs/")
    if not uri:  # inside its own document, where definitions have names of their own
        return next(one["$defs"][pointer] for one in SCHEMAS.values() if pointer in one.get("$defs", {}))
    document = SCHEMAS[uri.split(":")[3]]
    found: Schema = document["$defs"][pointer] if pointer else document
    return found


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        shape = _resolved(schema)
        name = schema["$ref"].rpartition("/")[2]
        return f"*{name}*" if shape in SHARED.values() and shape.get("type") == "object" else _type(shape)
    if either := schema.get("oneOf") or schema.get("anyOf"):
        return " or ".join(_type(choice) for choice in either)
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return ", ".join("null" if choice is None else f"`{choice}`" for choice in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}" if "items" in schema else "list"
    kinds = schema.get("type", "any")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def renewed(text: str) -> str:
    """Return a document with what follows its mark made anew."""
    return text.partition(MARK)[0] + MARK + reference()


def main(document: Path = DOCUMENT) -> None:
    """Write the tables into the document."""
    document.write_text(renewed(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
