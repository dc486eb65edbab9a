"""In which encoding a dump is written is told, and the places of records stay those of its own bytes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.encodings import mended_utf8, told
from pipeline.ingest.lines import Utf8
from pipeline.models import Rejected
from tests.ingest_dump import articles, body, read

_ENGLISH = "The bridge over the Elm was opened by Ada Quill on Monday – “late”, as she said."
_RUSSIAN = "Мост через реку открыла мэр города Ада Квилл в понедельник утром, сообщили в администрации. " * 3
_GREEK = "Η γέφυρα πάνω από τον ποταμό άνοιξε τη Δευτέρα, ανακοίνωσε ο δήμαρχος της πόλης. " * 3
_JAPANESE = "新しい橋は月曜日に開通し、市長が式典に出席した。多くの市民が集まった。" * 4
_CHINESE = "大桥于星期一正式通车，市长出席了开幕仪式，许多市民前来参观。" * 4
_TAIWANESE = "大橋於星期一正式通車，市長出席了開幕儀式，許多市民前來參觀。" * 4
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_LEGACY = (
    (_RUSSIAN, "cp1251"), (_RUSSIAN, "koi8-r"), (_GREEK, "cp1253"), (_JAPANESE, "shift_jis"), (_JAPANESE, "euc-jp"),
    (_CHINESE, "gb18030"), (_TAIWANESE, "big5"),
)  # fmt: skip


@pytest.mark.parametrize("codec", [*_WIDE, "utf-16", "utf-32", "utf-8-sig", "utf-8", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.xml"])
def test_wide_text_is_read_with_a_mark_and_without(name: str, codec: str, tmp_path: Path) -> None:
    written = {
        "a.txt": _ENGLISH,
        "a.jsonl": json.dumps({"id": "1", "text": _ENGLISH}, ensure_ascii=False) + "\n",
        "a.json": json.dumps([{"id": "1", "text": _ENGLISH}], ensure_ascii=False),
        "a.csv": f'id,text\n1,"{_ENGLISH}"\n',
        "a.tsv": f"id\ttext\n1\t{_ENGLISH}\n",
        "a.xml": f"<rss><channel><item><guid>1</guid><description>{_ENGLISH}</description></item></channel></rss>",
    }
    (found,) = articles(read(tmp_path / name, written[name].encode(codec)))
    assert body(found) == _ENGLISH


@pytest.mark.parametrize(("text", "codec"), _LEGACY, ids=lambda value: value if len(value) < 20 else "")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_an_alphabet_of_its_own_is_told_by_its_letters(name: str, text: str, codec: str, tmp_path: Path) -> None:
    data = text if name == "a.txt" else json.dumps({"id": "1", "text": text}, ensure_ascii=False)
    (found,) = articles(read(tmp_path / name, data.encode(codec)))
    assert body(found) == text.strip()
    assert found.language != "en"


def test_one_line_in_another_encoding_changes_none_around_it(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": f"Café {n}. {_ENGLISH}"}, ensure_ascii=False) for n in range(3)]
    data = b"\n".join([lines[0].encode(), lines[1].encode("cp1252"), lines[2].encode()])
    assert [body(found)[:6] for found in articles(read(tmp_path / "a.jsonl", data))] == ["Café 0", "Café 1", "Café 2"]


def test_a_nul_here_and_there_costs_no_file(tmp_path: Path) -> None:
    data = f'id,text\n1,"{_ENGLISH}"\n2,"{_ENGLISH} 2\0."\n'.encode()
    assert [found.id for found in articles(read(tmp_path / "a.csv", data))] == ["1", "2"]


@given(st.randoms(use_true_random=False), st.integers(1, 5_000))
def test_bytes_that_are_no_text_are_not_made_into_one(chance: random.Random, size: int) -> None:
    data = chance.randbytes(size)
    found = told(data)
    assert found is None or found.mark or size < 40


@given(st.binary(max_size=200))
def test_any_bytes_can_be_mended_to_utf8_and_mended_ones_stay(data: bytes) -> None:
    mended = mended_utf8(data)
    assert mended_utf8(mended) == mended == mended.decode().encode()


@given(
    st.binary(max_size=200),
    st.sampled_from(["koi8-r", "latin1", "utf-16", "utf-7", "punycode", "idna", "rot13", "hex", "unicode_escape", "x"]),
)
def test_an_encoding_that_is_told_decodes_whatever_bytes_follow(data: bytes, declared: str) -> None:
    for whole in (data, f'<?xml version="1.0" encoding="{declared}"?><rss>'.encode() + data):
        found = told(whole)
        if found is not None:
            assert isinstance(whole[found.mark :].decode(found.codec, "replace"), str)


@pytest.mark.parametrize(("text", "codec"), _LEGACY, ids=lambda value: value if len(value) < 20 else "")
def test_places_in_an_alphabet_of_its_own_are_those_of_its_bytes(text: str, codec: str, tmp_path: Path) -> None:
    items = [f"<item><guid>{n}</guid><description>{text}</description></item>" for n in range(3)]
    document = f'<?xml version="1.0" encoding="{codec}"?>\n<rss><channel>{"".join(items)}<item/></channel></rss>'
    data = document.encode(codec)
    for found in read(tmp_path / "a.xml", data):
        at = found.location.byte_offset
        assert at is not None
        assert data[at:].startswith(b"<item/>" if isinstance(found, Rejected) else f"<item><guid>{found.id}".encode())


def test_a_byte_that_the_encoding_does_not_know_shifts_no_place() -> None:
    data = (_RUSSIAN * 20).encode("cp1251") + b"\x98" * 7 + _RUSSIAN.encode("cp1251")
    stream = Utf8(iter([data[:5_000], data[5_000:]]))
    recoded = b"".join(stream.chunks())
    assert recoded == f"{_RUSSIAN * 20}???????{_RUSSIAN}".encode()
    assert stream.original(recoded.rindex("Мост".encode())) == data.rindex("Мост".encode("cp1251"))
