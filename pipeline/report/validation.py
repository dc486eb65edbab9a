"""Values against the schemas in ``schemas/``: offline, one compiled validator a schema and process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import jsonschema_rs

from pipeline.resources import folder

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SchemaName = Literal["report", "index", "summary", "quarantine", "article", "score-row", "claim-row", "evaluation"]
MAX_ERRORS = 20  # named in one message; a value of the wrong shape breaks a schema everywhere


class ReportInvalid(ValueError):  # noqa: N818 - says what is the matter, as callers name it
    """A value that breaks its schema or a law; the message lists what is wrong and where."""

    def __init__(self, name: str, errors: list[str]) -> None:
        self.name = name
        self.errors = errors
        super().__init__(f"{name}: " + "; ".join(errors[:MAX_ERRORS]))

    def __reduce__(self) -> tuple[type[ReportInvalid], tuple[str, list[str]]]:
        """Travel from a pool's process to the run: as it is, not as the message alone."""
        return ReportInvalid, (self.name, self.errors)


def check(name: SchemaName, value: object) -> bool:
    """Raise ReportInvalid unless a value holds its schema; return whether all its numbers are known to be finite.

    jsonschema-rs only ever accepts quickly (0.2 ms a report of 43 claims); what it refuses is
    judged and explained by jsonschema (45 ms), whose word counts. Only the former knows that NaN
    and infinity are no numbers; a test holds that the schemas leave them no other place.
    """
    if accepts_fast(name, value):
        return True
    if errors := schema_errors(name, value):
        raise ReportInvalid(name, errors)
    return False


def accepts_fast(name: SchemaName, value: object) -> bool:
    """Say whether jsonschema-rs finds nothing wrong."""
    return bool(_fast(name).is_valid(value))


def schema_errors(name: SchemaName, value: object) -> list[str]:
    """Return what jsonschema finds wrong, as ``what @ $.path``, in the order of the paths."""
    found = sorted(_authority(name).iter_errors(value), key=lambda error: error.json_path)
    return [f"{error.message[:200]} @ {error.json_path}" for error in found]


@cache
def schemas() -> Mapping[str, dict[str, Any]]:
    """Return every schema by its ``$id``."""
    loaded = [json.loads(path.read_bytes()) for path in sorted(folder("schemas").glob("*.json"))]
    return {schema["$id"]: schema for schema in loaded}


def schema_id(name: SchemaName) -> str:
    """Return the ``$id`` of a schema."""
    return f"urn:twosource:schema:{name}:1.0"


@cache
def _authority(name: SchemaName) -> Draft202012Validator:
    # Slow to load, and only asked about what was refused.
    from jsonschema import Draft202012Validator  # noqa: PLC0415
    from referencing import Registry  # noqa: PLC0415
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

    resources = [(uri, DRAFT202012.create_resource(schema)) for uri, schema in schemas().items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(schemas()[schema_id(name)], registry=registry)


@cache
def _fast(name: SchemaName) -> jsonschema_rs.Draft202012Validator:
    registry = jsonschema_rs.Registry(list(schemas().items()))
    return jsonschema_rs.Draft202012Validator(schemas()[schema_id(name)], registry=registry)
