"""docs/report.md lists every field of every schema, and is up to date."""

from __future__ import annotations

from tests import reference


def test_the_tables_of_fields_are_those_of_the_schemas() -> None:
    """When a schema changed: python -m tests.reference."""
    text = reference.DOCUMENT.read_text(encoding="utf-8")
    assert text == reference.renewed(text)


def test_every_schema_of_a_file_has_its_table() -> None:
    tables = reference.reference().count("| field | type | what |")
    assert tables == len(reference.SCHEMAS) - len(reference.NOT_FILES) + 1  # the shared shapes


def test_no_field_is_left_without_a_word() -> None:
    rows = [line.split(" | ") for line in reference.reference().splitlines() if line.startswith(("| `", "| *"))]
    assert len(rows) > 100
    assert [row[0] for row in rows if not row[2].strip(" |")] == []
