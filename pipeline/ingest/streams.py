"""Streams of bytes that may break: what came before the break is kept."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.reasons import Fault


def until_fault(chunks: Iterator[bytes]) -> Iterator[bytes | Fault]:
    """Yield a stream, and in the end the fault that broke it, if any.

    Who stops half-way may go on with ``chunks``: unlike ``yield from``, this never closes it.
    """
    while True:
        try:
            chunk = next(chunks)
        except StopIteration:
            return
        except Fault as fault:
            yield fault
            return
        yield chunk


def chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a stream with a chunk put back in front."""
    if first:
        yield first
    yield from rest


def with_head(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield a stream whose first chunk is at least ``size`` bytes long, if the stream is."""
    head = b""
    for chunk in until_fault(chunks):
        if isinstance(chunk, Fault):
            yield from chained(head, iter(()))
            raise chunk
        head += chunk
        if len(head) >= size:
            break
    yield from chained(head, chunks)


def gather(chunks: Iterator[bytes], limit: int) -> bytes:
    """Return all bytes of a stream; raise Fault beyond the limit, or where the stream breaks."""
    data, fault = gather_prefix(chunks, limit)
    if fault:
        raise fault
    return data


def gather_prefix(chunks: Iterator[bytes], limit: int) -> tuple[bytes, Fault | None]:
    """Return the bytes of a stream up to the limit or its break, and what ended it there."""
    parts: list[bytes] = []
    size = 0
    for chunk in until_fault(chunks):
        if isinstance(chunk, Fault):
            return b"".join(parts), chunk
        size += len(chunk)
        if size > limit:
            return b"".join(parts), Fault("document.too-large", f"more than {limit} bytes in one piece")
        parts.append(chunk)
    return b"".join(parts), None
