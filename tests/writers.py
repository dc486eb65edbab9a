"""The same articles written in every format that is read."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

Row = dict[str, str]  # id, title, text, url, published, author
COLUMNS = ("id", "title", "text", "url", "published", "author")


def _json_lines(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _json(rows: Sequence[Row]) -> bytes:
    return json.dumps({"status": "ok", "articles": rows}, indent=1).encode()


def _table(rows: Sequence[Row], delimiter: str) -> bytes:
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def _parquet(rows: Sequence[Row]) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table({name: [row[name] for row in rows] for name in COLUMNS}), written)
    return written.getvalue()


def _sqlite(rows: Sequence[Row]) -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE news (id TEXT, title TEXT, text TEXT, url TEXT, published TEXT, author TEXT)")
    database.executemany("INSERT INTO news VALUES (:id, :title, :text, :url, :published, :author)", rows)
    database.commit()
    return database.serialize()


def _rss(rows: Sequence[Row]) -> bytes:
    items = "".join(
        f'<item><guid isPermaLink="false">{row["id"]}</guid><title>{escape(row["title"])}</title><link>{row["url"]}</link>'
        f"<pubDate>{format_datetime(datetime.fromisoformat(row['published']))}</pubDate>"
        f"<dc:creator>{escape(row['author'])}</dc:creator><description>{escape(row['text'])}</description></item>"
        for row in rows
    )
    return f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{items}</channel></rss>'.encode()


def _atom(rows: Sequence[Row]) -> bytes:
    entries = "".join(
        f'<entry><id>{row["id"]}</id><title>{escape(row["title"])}</title><link href="{row["url"]}"/>'
        f"<published>{row['published']}</published><author><name>{escape(row['author'])}</name></author>"
        f"<content>{escape(row['text'])}</content></entry>"
        for row in rows
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


def _newsml(rows: Sequence[Row]) -> bytes:
    items = "".join(
        f'<newsItem guid="{row["id"]}"><itemMeta><link rel="irel:hasPermalink" href="{row["url"]}"/></itemMeta>'
        f"<contentMeta><contentCreated>{row['published']}</contentCreated><creator><name>{escape(row['author'])}</name>"
        f"</creator><headline>{escape(row['title'])}</headline></contentMeta>"
        f"<contentSet><inlineData>{escape(row['text'])}</inlineData></contentSet></newsItem>"
        for row in rows
    )
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{items}</itemSet></newsMessage>'.encode()


def _ninjs(rows: Sequence[Row]) -> bytes:
    return json.dumps([
        {
            "uri": row["id"], "url": row["url"], "versionCreated": row["published"], "contentCreated": row["published"],
            "by": row["author"], "headlines": [{"role": "main", "value": row["title"]}], "bodies": [{"value": row["text"]}],
        }
        for row in rows
    ]).encode()  # fmt: skip


def _page(row: Row) -> bytes:
    node = {
        "@type": "NewsArticle", "headline": row["title"], "articleBody": row["text"], "url": row["url"],
        "datePublished": row["published"], "author": {"name": row["author"]},
    }  # fmt: skip
    data = json.dumps(node).replace("</", "<\\/")
    return f'<!doctype html><html><head><script type="application/ld+json">{data}</script></head></html>'.encode()


def _warc(rows: Sequence[Row]) -> bytes:
    records = []
    for row in rows:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(row)
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {row['url']}\r\nContent-Type: application/http\r\n"
        records.append(head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block))
    return b"".join(records)


WRITERS: dict[str, Callable[[Sequence[Row]], bytes]] = {
    "jsonl": _json_lines,
    "json": _json,
    "csv": lambda rows: _table(rows, ","),
    "tsv": lambda rows: _table(rows, "\t"),
    "parquet": _parquet,
    "sqlite": _sqlite,
    "rss": _rss,
    "atom": _atom,
    "newsml": _newsml,
    "ninjs": _ninjs,
    "warc": _warc,
}
