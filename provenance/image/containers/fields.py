"""Big-endian fields read one after the other within bounds; past the end everything is zero and `overrun` is set."""

from __future__ import annotations


class Fields:
    """A reading position between two offsets of a file."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self._data = data
        self._at = start
        self._end = min(end, len(data))
        self.overrun = False

    @property
    def ended(self) -> bool:
        """Whether no byte is left."""
        return self._at >= self._end

    def take(self, length: int) -> bytes:
        """The next bytes; b"" when so many are not left."""
        start = self._at
        self._at += length
        if self._at > self._end:
            self.overrun = True
            return b""
        return self._data[start : self._at]

    def number(self, length: int) -> int:
        """The next `length` bytes as an unsigned integer."""
        return int.from_bytes(self.take(length), "big")

    def skip(self, length: int) -> None:
        """Pass over bytes."""
        self._at += length

    def text(self) -> bytes:
        """The bytes up to the next zero byte, without it."""
        stop = self._data.find(b"\x00", self._at, self._end)
        stop = self._end if stop < 0 else stop
        start, self._at = self._at, stop + 1
        return self._data[start:stop]
