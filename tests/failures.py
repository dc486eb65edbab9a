"""What has broken other readers: the files of each row in ``cases/failures.json``, made on the spot."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import socket
import stat
import tarfile
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.ingest_dump import cases

BODY = "The bridge over the Elm was opened by Ada Quill."
FAILURES = cases("failures.json")
_Files = dict[str, bytes]


def make(row: dict[str, Any], folder: Path) -> None:
    """Put the files of one row into a folder of its own."""
    folder.mkdir(parents=True)
    if "make" in row:
        made = MAKERS[row["make"]](folder)
        if isinstance(made, bytes):
            made = {row["file"]: made}
        for name, data in (made or {}).items():
            (folder / os.fsdecode(name)).write_bytes(data)
        return
    data = bytes.fromhex(row["hex"]) if "hex" in row else row["content"].replace("BODY", BODY).encode()
    (folder / row["file"]).write_bytes(data)


def mixture(folder: Path, few: int | None = None) -> Counter[str]:
    """Put the files of all rows below one folder; return what must become of their records, by name.

    ``few`` tiny articles instead of a hundred thousand: the night's other stages take minutes for these.
    """
    expected: Counter[str] = Counter()
    for number, row in enumerate(FAILURES):
        make(row, folder / f"{number:03d}")
        kept = row["articles"]
        if row["case"] == "tiny articles" and few is not None:
            (folder / f"{number:03d}" / row["file"]).write_bytes(tiny(few))
            kept = few
        expected += Counter({"articles": kept, "duplicates": row.get("duplicates", 0)}) + Counter(row["reasons"])
    return expected


def _line(**fields: Any) -> bytes:
    return json.dumps({"text": BODY} | fields).encode() + b"\n"


def _lines(records: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(_line(**record) for record in records)


def _zip(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name may come twice
        for name, data in members:
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, method
            archive.writestr(info, data)
    return packed.getvalue()


def _tar(members: Iterable[tuple[str, bytes]], others: Iterable[tuple[str, bytes, str]] = ()) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind, target in others:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return packed.getvalue()


def _text(number: int) -> bytes:
    return f"{number} times. {BODY}".encode()


def _links(folder: Path) -> None:
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)


def _special(folder: Path) -> None:
    os.mkfifo(folder / "pipe.jsonl")
    with chdir(folder), socket.socket(socket.AF_UNIX) as listener:  # a socket's name may have 100 bytes
        listener.bind("socket.txt")


def _folders(folder: Path) -> _Files:
    (folder / "x.json").mkdir()
    (folder / "empty.csv").mkdir()
    return {"x.json/inner.txt": _text(1)}


def _too_deep(folder: Path) -> None:
    """Make a folder whose path is longer than any call to the system takes, also root's."""
    at = os.open(folder, os.O_RDONLY)
    for _ in range(17):
        os.mkdir("d" * 250, dir_fd=at)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)


def _encrypted(_: Path) -> bytes:
    data = bytearray(_zip([("a.txt", _text(1))], zipfile.ZIP_STORED))
    data[6] |= 1  # the flag in the member's own header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    return bytes(data)


def _damaged(_: Path) -> bytes:
    data = bytearray(_zip([("a.txt", _text(601)), ("b.txt", _text(602))], zipfile.ZIP_STORED))
    data[data.index(b"bridge")] ^= 1
    return bytes(data)


def _zip_link(_: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return packed.getvalue()


def _cut_gzip(_: Path) -> bytes:
    notes = (hashlib.sha512(b"%d" % number).hexdigest() for number in range(20))  # as good as random: it won't pack
    data = _lines({"id": f"cut-{number}", "note": note} for number, note in enumerate(notes))
    whole = gzip.compress(data, mtime=0)
    return whole[: len(whole) // 2]


def _cut_tar(_: Path) -> bytes:
    return _tar([("a.txt", _text(501)), ("b.txt", _text(502) * 100)])[:2_500]


def _endless_tar(_: Path) -> bytes:
    header = tarfile.TarInfo("b.txt")
    header.size = 10**15
    return _tar([("a.txt", _text(503))])[:1_024] + header.tobuf(tarfile.GNU_FORMAT) + _text(504)


def tiny(count: int) -> bytes:
    """Return JSON Lines of so many articles of two words."""
    return b"".join(b'{"id":"t%d","text":"Tin %d."}\n' % (number, number) for number in range(count))


def _quotes(_: Path) -> bytes:
    words = ("bridge", "river", "mayor", "harbour", "council", "winter", "road")
    quotes = (f"“The {words[n % 7]} number {n} will open in {1900 + n % 150},” said Ada Quill." for n in range(5_000))
    return " ".join(quotes).encode()


def _ids(_: Path) -> bytes:
    ids: list[Any] = [
        "../../etc/passwd", "/etc/passwd", "..", ".", "a/../../b", "C:\\Windows\\x", "\\\\server\\share", "a\0b", "a\nb", "\t",
        "\u202eabc", "~", "%2e%2e%2f", "<script>alert(1)</script>", "😀", "index.json", "\ud800", "-rf", "$(id)", "a" * 10_000,
        "con", "NUL.txt", "Com1", "lpt9.json", "aux.", "x.", "x ", "Straße", "STRASSE", "Abc", "abc", "ABC",
        "caf\u00e9", "cafe\u0301", "\u200b", "{{7*7}}", "' or 1=1 --",
    ]  # fmt: skip
    return _lines({"id": id_, "title": f"Title {number}"} for number, id_ in enumerate(ids))


def _markup(_: Path) -> bytes:
    evil = '"><img src=x onerror=alert(1)><script>alert(document.cookie)</script>'
    keys = ("id", "title", "source", "author", "published", "language", "url", "section")
    return _line(**dict.fromkeys(keys, evil), text=f"{evil}<p>{BODY}</p><!-- {evil} --><iframe src='javascript:1'>")


def _names(_: Path) -> _Files:
    odd = (
        "new\nline.txt",
        "\x1b[31mred.txt",
        "\u202etxt.exe.txt",
        "-rf.txt",
        "%00.txt",
        "a b'\".txt",
        os.fsdecode(b"\xff\xfe.txt"),
    )
    return {name: _text(number) for number, name in enumerate(odd)} | {".hidden.txt": _text(9)}


def _bomb(pack: Callable[[bytes], bytes]) -> Callable[[Path], bytes]:
    return lambda _: pack(b'{"id": "bomb"' + b"\n" * 40_000_000)


def _zstd(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


def _wrapped(data: bytes, pack: Callable[[bytes], bytes], times: int) -> bytes:
    for _ in range(times):
        data = pack(data)
    return data


MAKERS: dict[str, Callable[[Path], bytes | _Files | None]] = {
    "nul bytes": lambda _: b"\0" * 1_000,
    "every byte": lambda _: bytes(range(256)) * 50,
    "utf-16 without mark": lambda _: _text(160).decode().encode("utf-16-le"),
    "a lost half of UTF-16": lambda _: (BODY * 100).encode("utf-16-le") + b"\0\xd8 \0",
    "utf-16": lambda _: BODY.encode("utf-16"),
    "utf-16 cut": lambda _: BODY.encode("utf-16")[:-1],
    "undecodable line": lambda _: _line(id="ud1") + b'{"id": "ud2", "text": "\x81\x8d\x8f\x90\x9d"}\n' + _line(id="ud3"),
    "surrogates": lambda _: _line(id="sur\udcff", title="\ud800 Title \udfff", source="\udc00", author="\ud800"),
    "surrogate bytes": lambda _: b'{"id": "sb", "text": "%s \xed\xa0\x80"}\n' % BODY.encode(),
    "control codes": lambda _: _line(id="ctl", text=f"\0\x01\x1b[2J{BODY}\x7f\x9b \u202eright\u2066 \u200d\u200c\ufeff\U000e0041"),
    "right to left": lambda _: _line(id="rtl", text="افتتحت آدا كويل الجسر فوق النهر يوم الاثنين، قال المسؤولون. 👩‍👩‍👧‍👦 शक्‍ति"),
    "not finite": lambda _: b'{"id": "nan", "text": "%s", "published": NaN, "author": -Infinity, "n": 1e400}\n' % BODY.encode(),
    "long number": lambda _: b'{"id": ' + b"9" * 5_000 + b', "text": "%s"}\n' % BODY.encode(),
    "deep line": lambda _: _line(id="dl").replace(b"}", b', "a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}") + _line(id="dl2"),
    "deep unclosed": lambda _: b'{"text":' * 50_000 + b"\n" + _line(id="du"),
    "deep document": lambda _: b'[{"a":' * 20_000 + b"1" + b"}]" * 20_000,
    "50 MB line": lambda _: b'{"text": "' + b"word " * 10_000_000 + b'"}\n' + _line(id="after-50mb"),
    "50 MB without a line end": lambda _: b'{"text": "' + b"word " * 10_000_000,
    "no full stop": lambda _: b"the mayor said that 120 people and " * 6_000,
    "one word of 900 kB": lambda _: b"a" * 900_000,
    "900 kB of brackets": lambda _: b"Open. " + b"([{<\"'" * 150_000,
    "900 kB of digits": lambda _: b"It cost " + b"1,234.5" * 128_000 + b" euros.",
    "zalgo": lambda _: (f"{BODY} H" + "\u0301\u0327" * 100_000).encode(),
    "too long": lambda _: b"word " * 250_000,
    "long title": lambda _: _line(id="lt", title="word " * 100_000),
    "blank lines": lambda _: b"\n" * 1_000_000 + _line(id="bl"),
    "only blank lines": lambda _: b" \n" * 100_000,
    "garbage lines": lambda _: b"{broken\n" * 1_000 + _line(id="gl"),
    "wide table": lambda _: b"id,text," + b",".join(b"c%d" % n for n in range(5_000)) + b"\nwt,%s\n" % BODY.encode(),
    "long field": lambda _: b"id,text\nlf," + b"word " * 100_000 + b"\n",
    "nul in a table": lambda _: b"id,text\n" + b"".join(b"nt%d,%s\n" % (n, BODY.encode()) for n in range(200)) + b"nt,It is\0 open.\n",
    "line separators": lambda _: f'{{"id": "ls", "text": "{BODY}\u2028{BODY}\u0085{BODY}"}}\n'.encode(),
    "mixed line ends": lambda _: _line(id="ml1").rstrip() + b"\r\n\r\n" + _line(id="ml2", text=f"{BODY}\r{BODY}\r\n{BODY}\v{BODY}"),
    "tiny articles": lambda _: tiny(100_000),
    "5,000 quotes": _quotes,
    "5,000 authors": lambda _: _line(id="5a", authors=[f"Ada Quill {n}" for n in range(5_000)], url="https://a.example/" + "a" * 9_000),
    "hostile ids": _ids,
    "markup everywhere": _markup,
    "hostile names": _names,
    "links": _links,
    "pipe and socket": _special,
    "folders named like files": _folders,
    "a path too long": _too_deep,
    "zip names": lambda _: _zip((name, _text(100 + n)) for n, name in enumerate(("../../up.txt", "/abs.txt", "C:\\c.txt", "a/../b.txt", "n\0ul.txt", ""))),
    "zip twice": lambda _: _zip([("a.txt", _text(201)), ("a.txt", _text(202))]),
    "zip of nothing": lambda _: _zip([]),
    "zip of hidden files": lambda _: _zip([("__MACOSX/a.txt", b"x"), (".DS_Store", b"x"), ("empty/", b"")]),
    "zip link": _zip_link,
    "zip encrypted": _encrypted,
    "zip damaged": _damaged,
    "zip cut": lambda _: _zip([("a.txt", _text(1))])[:-30],
    "zip nested": lambda _: _wrapped(_text(1), lambda data: _zip([("a", data)]), 3),
    "gzip nested": lambda _: _wrapped(_text(1), gzip.compress, 6),
    "gzip cut": _cut_gzip,
    "gzip damaged": lambda _: gzip.compress(_line(id="gd"))[:-8] + b"\0" * 8,
    "gzip with more after it": lambda _: gzip.compress(_line(id="gm")) + b"more",
    "gzip bomb": _bomb(gzip.compress),
    "bzip2 bomb": _bomb(bz2.compress),
    "xz bomb": _bomb(lzma.compress),
    "zstd bomb": _bomb(_zstd),
    "zip bomb": _bomb(lambda data: _zip([("a.jsonl", data)])),
    "tar links": lambda _: _tar([("a.txt", _text(301))], [("s.txt", tarfile.SYMTYPE, "/etc/passwd"), ("h.txt", tarfile.LNKTYPE, "../../x")]),
    "tar devices": lambda _: _tar([], [("null", tarfile.CHRTYPE, ""), ("pipe", tarfile.FIFOTYPE, ""), ("sda", tarfile.BLKTYPE, "")]),
    "tar names": lambda _: _tar((name, _text(400 + n)) for n, name in enumerate(("../../up.txt", "/abs.txt", "a/../../b.txt"))),
    "tar cut": _cut_tar,
    "tar member of a petabyte": _endless_tar,
}  # fmt: skip
