"""Whatever a dump is packed in, the same comes out of it, and nothing gets out of hand."""

from __future__ import annotations

import gzip
import io
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Article, Rejected
from tests.ingest_dump import articles, read
from tests.packing import PACKERS, STREAMS, tarred, zipped

_LINES = b"".join(b'{"id": "%03d", "text": "The bridge number %d was opened."}\n' % (n, n) for n in range(3))


def _reasons(outcomes: list[Article | Rejected]) -> list[str | None]:
    return [outcome.reason if isinstance(outcome, Rejected) else None for outcome in outcomes]


def _tar(**typed: bytes) -> bytes:
    """Return a tar archive with one text and members of other types, by name."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in typed.items():
            header = tarfile.TarInfo(name)
            header.type, header.linkname = kind, "/etc/passwd"
            archive.addfile(header)
        header = tarfile.TarInfo("a.txt")
        header.size = 22
        archive.addfile(header, io.BytesIO(b"The bridge was opened."))
    return packed.getvalue()


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("name", ["a", "a.txt", "a.zip", "a.parquet"])
def test_packing_is_told_by_content_and_changes_nothing(packer: str, name: str, tmp_path: Path) -> None:
    found = articles(read(tmp_path / name, PACKERS[packer](_LINES)))
    assert [(article.id, article.location.line, article.location.byte_offset) for article in found] == [
        ("000", 1, 0), ("001", 2, 57), ("002", 3, 114),
    ]  # fmt: skip
    inside = {"plain": 0, "zip in tar": 2, "tar.gz in zip": 2}.get(packer, 0 if packer in STREAMS else 1)
    assert {article.location.member for article in found} == {"/".join(["day/a"] * inside) or None}


@pytest.mark.parametrize("packer", STREAMS)
def test_streams_in_a_row_are_one(packer: str, tmp_path: Path) -> None:
    parts = b"".join(PACKERS[packer](line + b"\n") for line in _LINES.split(b"\n") if line)
    assert [article.id for article in articles(read(tmp_path / "a", parts))] == ["000", "001", "002"]


@pytest.mark.parametrize("packer", STREAMS)
def test_packed_text_is_named_without_its_packing(packer: str, tmp_path: Path) -> None:
    data = PACKERS[packer](b"The bridge was opened.")
    assert [article.id for article in articles(read(tmp_path / f"007.txt.{packer}", data))] == ["007"]


@pytest.mark.parametrize("packer", [packer for packer in PACKERS if packer != "plain"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_what_is_cut_says_so(packer: str, part: float, tmp_path: Path) -> None:
    packed = PACKERS[packer](_LINES)
    outcomes = read(tmp_path / "a", packed[: max(8, int(len(packed) * part))])
    assert any(isinstance(outcome, Rejected) for outcome in outcomes) or len(outcomes) == 3  # a tar's end is padding


@pytest.mark.parametrize("packer", [packer for packer in PACKERS if packer not in ("plain", "tar", "zip in tar")])
def test_what_unpacks_without_end_is_stopped(packer: str, tmp_path: Path) -> None:
    bomb = PACKERS[packer](b"word " * 4_000_000)
    outcomes = read(tmp_path / "a", bomb, max_archive_ratio=2, max_article_chars=100_000_000)
    assert _reasons(outcomes) == ["archive.bomb"]


def test_a_tar_member_that_is_no_file_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    data = _tar(link=tarfile.SYMTYPE, hard=tarfile.LNKTYPE, pipe=tarfile.FIFOTYPE, disk=tarfile.BLKTYPE)
    outcomes = read(tmp_path / "a.tar", data)
    assert _reasons(outcomes) == ["file.kind"] * 4 + [None]
    assert [outcome.location.member for outcome in outcomes] == ["link", "hard", "pipe", "disk", "a.txt"]


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "../../etc/passwd and more words")
    assert _reasons(read(tmp_path / "a.zip", packed.getvalue())) == ["file.kind"]


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt"])
@pytest.mark.parametrize("pack", [tarred, zipped])
def test_names_of_members_are_only_data(name: str, pack: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (found,) = articles(read(tmp_path / "in" / "a", pack(b"The bridge was opened.", name)))
    assert found.location.member == name
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "in"]


def test_a_tar_header_may_not_hold_more_than_a_name(tmp_path: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    assert _reasons(read(tmp_path / "a", header.tobuf(tarfile.GNU_FORMAT) + bytes(1024))) == ["archive.corrupt"]


def test_archives_nest_once_and_packings_thrice(tmp_path: Path) -> None:
    text = b"The bridge was opened."
    thrice = gzip.compress(gzip.compress(gzip.compress(text)))
    assert _reasons(read(tmp_path / "a", thrice)) == [None]
    assert _reasons(read(tmp_path / "a", gzip.compress(thrice))) == ["archive.nested"]
    assert _reasons(read(tmp_path / "a", tarred(tarred(tarred(text))))) == ["archive.nested"]


def test_an_office_document_is_named_as_such(tmp_path: Path) -> None:
    assert _reasons(read(tmp_path / "a.docx", zipped(b"<Types/>", "[Content_Types].xml"))) == ["format.unsupported"]


@given(st.sampled_from(sorted(PACKERS)), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=3)), min_size=1))
def test_damaged_packings_never_raise(packer: str, edits: list[tuple[int, bytes]]) -> None:
    damaged = bytearray(PACKERS[packer](_LINES))
    for place, data in edits:
        damaged[place % len(damaged) : place % len(damaged) + 1] = data or b"\0"
    with tempfile.TemporaryDirectory() as folder:
        assert all(
            outcome.hint for outcome in read(Path(folder) / "a", bytes(damaged)) if isinstance(outcome, Rejected)
        )
