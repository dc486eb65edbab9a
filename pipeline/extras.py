"""Extras of the installation that a config may call for: whether they are there, and in which version."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path

_ENGINES = {"dask": "distributed", "spark": "pyspark"}  # import name by extra; the engine bears the extra's name
_MODELS = "spacy_models"  # the group under which packages of spaCy models announce themselves


_PAGES = ("trafilatura", "lxml", "justext", "lxml_html_clean", "htmldate")  # what decides about a page's main text


def lacking_html() -> str | None:
    """Return what is missing to find the main text of pages and how to get it, None if nothing is."""
    if find_spec("trafilatura") is None:
        return "trafilatura is not installed; pip install 'twosource[html]'"
    return None


def html_versions() -> dict[str, str]:
    """Return the versions of what finds the main text of pages; none where it is missing."""
    try:
        return {package: version(package) for package in _PAGES}
    except PackageNotFoundError:
        return {}


def lacking_names(model: str) -> str | None:
    """Return what is missing to find names with a spaCy model and how to get it, None if nothing is.

    ``model`` is the import name of an installed package. Nothing is imported, so that asking is cheap.
    """
    if find_spec("spacy") is None:
        return f"spaCy is not installed; pip install 'twosource[ner]', then python -m spacy download {model}"
    if model not in entry_points(group=_MODELS).names:
        return f"spaCy has no model {model!r}; python -m spacy download {model}, or see docs/ner.md"
    if "ner" not in _components(model):
        return f"the spaCy model {model!r} finds no names (it has no component 'ner'); name another"
    return None


def lacking_engine(engine: str) -> str | None:
    """Return how to get what an engine runs on, None if nothing is missing."""
    if engine in _ENGINES and find_spec(_ENGINES[engine]) is None:
        return f"{_ENGINES[engine]} is not installed; pip install 'twosource[{engine}]'"
    return None


def names_versions(model: str) -> dict[str, str]:
    """Return the versions of spaCy and of a model, which decide about its names; none where it is missing."""
    try:
        return {package: version(package) for package in ("spacy", model)}
    except PackageNotFoundError:
        return {}


def _components(model: str) -> list[str]:
    """Return the names of a model's components, as its package lists them."""
    spec = find_spec(model)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        listed: list[str] = json.loads((Path(folder) / "meta.json").read_bytes())["components"]
        return listed
    return []
