"""Names by a spaCy model: the same guarantees as by the rules, and a clear word where the extra is missing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.names_spacy import find_names_spacy
from pipeline.extras import lacking_names, names_versions
from pipeline.settings import ConfigError, fingerprinted, load_settings
from tests.command import score_all
from tests.test_names import doc_of

_LABELS = ("PERSON", "GPE", "ORG", "NORP", "FAC", "DATE")
_WANTED = '[claims]\nnames = "spacy"\nspacy_model = "tiny_model"\n'
needs_spacy = pytest.mark.skipif(find_spec("spacy") is None, reason="needs the extra: pip install 'twosource[ner]'")


@dataclass
class Marker:
    """Stands in for a model: whatever a pattern meets is an entity, the labels in turn or by the words."""

    pattern: str
    labels: dict[str, str] = field(default_factory=dict)
    pipe_names = ("ner",)

    def pipe(self, texts: Iterator[str], batch_size: int) -> Iterator[SimpleNamespace]:
        """Yield each text parsed, as spaCy's own does."""
        assert batch_size > 0
        turn = cycle(_LABELS)
        for text in texts:
            yield SimpleNamespace(
                ents=[
                    SimpleNamespace(
                        start_char=found.start(), end_char=found.end(),
                        label_=self.labels[found.group()] if self.labels else next(turn),
                    )
                    for found in re.finditer(self.pattern, text)
                ]
            )  # fmt: skip


_THESE = {
    "Mr. Oberland's": "PERSON", "German Minister Lena Holt": "PERSON", "the Acme Group": "ORG", "Dakar": "ORG",
    "Reuters": "ORG", "Germans": "ORG", "Lena Holt": "PERSON",
}  # fmt: skip
_MODELS = {
    "marks_anything": Marker(r"(?s).{1,12}"),
    "marks_words": Marker(r"\S+(?: \S+)?"),
    "marks_these": Marker("|".join(map(re.escape, _THESE)), _THESE),
}


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a spaCy in place that knows the stand-ins alone."""
    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda name, **_: _MODELS[name]))


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("It was Mr. Oberland's idea.", [("Oberland", "person")]),
        ("So said German Minister Lena Holt today.", [("Lena Holt", "person")]),
        ("Workers of the Acme Group left.", [("Acme Group", "organisation")]),
        ("They met in Dakar at noon.", [("Dakar", "place")]),
        ("As Reuters reported, it rained.", [("Reuters", "outlet")]),
        ("Many Germans stayed.", []),
        ("Lena Holt Warns Of Hard Days\n\nLena Holt spoke.", [("Lena Holt", "person"), ("Lena Holt", "person")]),
    ],
)
def test_what_a_model_marks_is_cut_and_typed_as_the_rules_do(body: str, names: list[tuple[str, str]]) -> None:
    assert [(name.words, name.kind) for name in find_names_spacy(doc_of(body), "marks_these")] == names


@pytest.mark.usefixtures("stand_in")
def test_a_surname_is_tied_to_the_full_name() -> None:
    names = find_names_spacy(doc_of("German Minister Lena Holt spoke. Then Lena Holt left."), "marks_these")
    assert {(name.full, name.key) for name in names} == {("Lena Holt", "lena holt")}


_WORDS = [
    "The ",
    "Johann ",
    "Mr. ",
    "Wadephul",
    "'s ",
    "U.S. ",
    "(",
    ") ",
    "-",
    "—",
    "\n\n",
    "é",
    "Ø",
    " of ",
    ". ",
    "x" * 70,
]
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_WORDS), max_size=60).map("".join))


@given(_TEXTS, st.none() | st.text(min_size=1, max_size=60), st.sampled_from(["marks_anything", "marks_words"]))
@settings(max_examples=150)
def test_whatever_a_model_marks_names_are_their_text_in_order_and_apart(
    body: str, title: str | None, model: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda name, **_: _MODELS[name]))
        doc = doc_of(body, title)
        end = 0
        for name in find_names_spacy(doc, model):
            assert end <= name.span.start < name.span.end <= len(doc.text)
            assert doc.plain[name.span.start : name.span.end] == name.words
            assert name.full
            assert name.key
            end = name.span.end


@pytest.mark.usefixtures("stand_in")
def test_an_overlong_paragraph_is_read_to_its_end() -> None:
    body = "word " * 5_000 + "Reuters said so."
    assert [name.words for name in find_names_spacy(doc_of(body), "marks_these")] == ["Reuters"]


@needs_spacy
def test_a_saved_model_is_loaded_and_read(tmp_path: Path) -> None:
    import spacy  # noqa: PLC0415  # the rest of the file runs without it

    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Lena Holt"}, {"label": "GPE", "pattern": "Dakar"}])
    language.to_disk(tmp_path)
    names = find_names_spacy(doc_of("“Lena Holt’s plan,” they said.\n\nIt was made in Dakar."), str(tmp_path))
    assert [(name.words, name.kind) for name in names] == [("Lena Holt", "person"), ("Dakar", "place")]


def _wanting(tmp_path: Path) -> Path:
    overlay = tmp_path / "spacy.toml"
    overlay.write_text(_WANTED, "utf-8")
    return overlay


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch, components: str | None) -> None:
    """Make a spaCy in name only importable, and a model with these components (JSON), if any."""
    (folder / "spacy").mkdir()
    (folder / "spacy" / "__init__.py").touch()
    packages = {"spacy": ("3.8.0", "")}
    if components is not None:
        (folder / "tiny_model").mkdir()
        (folder / "tiny_model" / "__init__.py").touch()
        (folder / "tiny_model" / "meta.json").write_text(f'{{"components": {components}}}')
        packages["tiny_model"] = ("1.2.3", "[spacy_models]\ntiny_model = tiny_model\n")
    for name, (version, announced) in packages.items():
        receipt = folder / f"{name}-{version}.dist-info"
        receipt.mkdir()
        (receipt / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (receipt / "entry_points.txt").write_text(announced)
    monkeypatch.delitem(sys.modules, "spacy", raising=False)
    monkeypatch.syspath_prepend(folder)


def test_without_spacy_the_config_says_which_extra_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.extras.find_spec", lambda _: None)
    with pytest.raises(ConfigError) as refused:
        load_settings(_wanting(tmp_path))
    assert "pip install 'twosource[ner]'" in str(refused.value)
    assert "python -m spacy download tiny_model" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("components", "says"),
    [
        (None, "python -m spacy download tiny_model"),
        ('["tagger"]', "no component 'ner'"),
        ('["tok2vec", "ner"]', None),
    ],
)
def test_a_model_is_asked_for_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, components: str | None, says: str | None
) -> None:
    _install(tmp_path, monkeypatch, components)
    lacking = lacking_names("tiny_model")
    assert lacking == says if says is None else says in str(lacking)


def test_another_version_of_the_model_is_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, monkeypatch, '["ner"]')
    chosen = load_settings(_wanting(tmp_path))
    assert fingerprinted(chosen)["claims"]["versions"] == {"spacy": "3.8.0", "tiny_model": "1.2.3"}
    assert "versions" not in fingerprinted(load_settings())["claims"]
    assert names_versions("no_such_model") == {}


def test_the_command_refuses_before_it_starts(tmp_path: Path) -> None:
    run = score_all("--config", str(_wanting(tmp_path)), cwd=tmp_path)
    assert run.returncode == 2
    assert 'claims.names = "spacy"' in run.stderr
    assert not (tmp_path / "reports").exists()
