"""Reads CBOR (RFC 8949), in which C2PA claims are written, under limits: nothing is trusted to be short.

Maps become dicts, arrays tuples, byte strings bytes, text str, tags their content; null and undefined are None.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

MOST_ITEMS = 20_000
MOST_DEPTH = 32


class NotCborError(Exception):
    """The bytes are no CBOR this reader takes: cut off, too deep or too many."""


def decode(data: bytes) -> object:
    """The first item of `data`. Raises NotCborError."""
    try:
        return _Items(data).item(0)
    except (struct.error, IndexError, UnicodeDecodeError, OverflowError, TypeError) as error:
        raise NotCborError(str(error)) from error


@dataclass(slots=True)
class _Items:
    """A place in the bytes, and how many items were read up to there."""

    data: bytes
    at: int = 0
    read: int = 0

    def item(self, depth: int) -> object:
        self.read += 1
        if depth > MOST_DEPTH or self.read > MOST_ITEMS:
            raise NotCborError("too deep or too many items")
        head = self.data[self.at]
        self.at += 1
        major, extra = head >> 5, head & 0x1F
        if major == 7:
            return self._simple(extra)
        open_ended = extra == 31 and major in (2, 3, 4, 5)
        count = MOST_ITEMS if open_ended else self._argument(extra)
        if major in (0, 1):
            return count if major == 0 else -1 - count
        if major in (2, 3):
            taken = self._joined(count, depth) if open_ended else self._take(count)
            return taken if major == 2 else taken.decode("utf-8", "replace")
        if major == 4:
            return tuple(self.item(depth + 1) for _ in self._counted(count, open_ended=open_ended))
        if major == 5:
            turns = self._counted(count, open_ended=open_ended)
            return {self._key(depth + 1): self.item(depth + 1) for _ in turns}
        return self.item(depth + 1)  # a tag: its content

    def _key(self, depth: int) -> object:
        key = self.item(depth)
        return key if isinstance(key, str | int | bytes) else repr(type(key))

    def _counted(self, count: int, *, open_ended: bool) -> Iterator[None]:
        """One turn an item: as many as announced, or up to the break code (RFC 8949, section 3.2.1)."""
        if not open_ended and count > len(self.data) - self.at:  # each item takes a byte at least
            raise NotCborError("announces more items than there are bytes")
        for _ in range(count):
            if open_ended and self._broken():
                return
            yield None
        if open_ended:
            raise NotCborError("too many items")

    def _joined(self, count: int, depth: int) -> bytes:
        """The parts of a string of open length."""
        parts = [self.item(depth + 1) for _ in self._counted(count, open_ended=True)]
        return b"".join(part.encode("utf-8", "replace") if isinstance(part, str) else _raw(part) for part in parts)

    def _broken(self) -> bool:
        if self.data[self.at] != 0xFF:
            return False
        self.at += 1
        return True

    def _argument(self, extra: int) -> int:
        if extra < 24:
            return extra
        if extra > 27:
            raise NotCborError("of indefinite length")
        return int.from_bytes(self._take(1 << (extra - 24)), "big")

    def _take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) != count:
            raise NotCborError("cut off")
        self.at += count
        return taken

    def _simple(self, extra: int) -> object:
        if extra in (25, 26, 27):
            code, length = {25: (">e", 2), 26: (">f", 4), 27: (">d", 8)}[extra]
            return cast("float", struct.unpack(code, self._take(length))[0])
        if extra == 24:
            self._take(1)
        elif extra > 27:
            raise NotCborError("of indefinite length")
        return {20: False, 21: True}.get(extra)


def _raw(part: object) -> bytes:
    return part if isinstance(part, bytes) else b""
