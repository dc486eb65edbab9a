"""Archives and packed files: what lies in them, and what they may not do."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from pipeline.models import Article, Rejected
from tests.ingest_dump import articles, read, reasons
from tests.packing import zip_of

_TEXT = b"The bridge was opened on Monday."


@pytest.mark.parametrize("cut", [200, 4_000, 8_000])
def test_a_truncated_gzip_keeps_its_good_prefix(cut: int, tmp_path: Path) -> None:
    data = b"".join(b'{"id": "%d", "text": "%s"}\n' % (n, os.urandom(40).hex().encode()) for n in range(200))
    outcomes = read(tmp_path / "a.jsonl.gz", gzip.compress(data)[:cut])
    assert isinstance(outcomes[-1], Rejected)
    assert outcomes[-1].reason == "archive.truncated"
    good = [outcome.id for outcome in outcomes if isinstance(outcome, Article)]
    assert good == [str(number) for number in range(len(good))]
    assert len(good) >= cut // 100


def test_archives_that_unpack_without_end_are_stopped(tmp_path: Path) -> None:
    bomb = b"word " * 4_000_000
    for name, data in (
        ("a.txt.gz", gzip.compress(bomb)),
        ("a.zip", zip_of(a__txt=bomb)),
        ("b", gzip.compress(gzip.compress(bomb))),
    ):
        assert reasons(read(tmp_path / name, data, max_archive_ratio=2, max_article_chars=100_000_000)) == [
            "archive.bomb"
        ], name


def test_zips_nest_once_and_no_deeper(tmp_path: Path) -> None:
    inner = zip_of(a__txt=_TEXT)
    assert reasons(read(tmp_path / "a.zip", zip_of(in__zip=inner))) == [None]
    assert reasons(read(tmp_path / "a.zip", zip_of(mid__zip=zip_of(in__zip=inner)))) == ["archive.nested"]


def test_names_inside_archives_are_only_data(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (found,) = articles(read(tmp_path / "in" / "a.zip", zip_of(**{"..-..-evil__txt": _TEXT}).replace(b"..-", b"../")))
    assert (found.id, found.location.file) == ("evil", "a.zip")
    assert found.location.member == "....../evil.txt".replace("....../", "../../")
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_encrypted_members_are_named(tmp_path: Path) -> None:
    data = bytearray(zip_of(a__txt=_TEXT))
    data[6] |= 1  # the flag in the member's own header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    assert reasons(read(tmp_path / "a.zip", bytes(data))) == ["archive.encrypted"]
