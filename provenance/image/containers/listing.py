"""What a walker has seen of a container so far: blocks and problems, both under the limits."""

from __future__ import annotations

import hashlib

from ...model.image import Block, Structure
from ...model.limits import Limits
from ...model.text import visible
from .contents import words

CUT_SHORT = "The file is cut short"
_MOST_PROBLEMS = 60
# Blocks of an honest file overlap little: a TIFF is one block whose parts are listed again, a HEIF has its items inside
# a box. Three times the file leaves room for that and keeps crafted overlaps from costing hours of hashing.
_MOST_HASHED_TIMES = 3
# Not every part of a file becomes a block; a crafted file may hold millions that do not.
_STEPS_A_BLOCK = 10


class Listing:
    """Collects the blocks of one file. `data` is the whole file; offsets count from its first byte."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.end = len(data)
        self._view = memoryview(data)
        self._blocks: list[Block] = []
        self._problems: dict[str, None] = {}
        self._steps = _STEPS_A_BLOCK * limits.blocks
        self._hashable_bytes = _MOST_HASHED_TIMES * len(data) + 2**20

    def goes_on(self) -> bool:
        """Whether the walk may take another step; a problem is noted when it may not. Asked once for every part met."""
        self._steps -= 1
        if len(self._blocks) < self.limits.blocks and self._hashable_bytes >= 0 and self._steps >= 0:
            return True
        self.problem(
            f"Too many parts, or parts that overlap too often: after {len(self._blocks)} none is listed, and nothing "
            "beyond was read."
        )
        return False

    def add(self, kind: str, name: str, offset: int, length: int, payload: tuple[int, int] | None = None) -> bool:
        """List a block; `payload` is (offset, length) in the file, the whole block when left out. False when full."""
        start, size = payload if payload is not None else (offset, length)
        if size < 0 or start + size > self.end:
            start, size = min(start, self.end), max(0, min(size, self.end - start))
        self._hashable_bytes -= size
        if not self.goes_on():
            return False
        digest = hashlib.sha256(self._view[start : start + size]).hexdigest()
        self._blocks.append(
            Block(
                kind=kind,
                name=name,
                offset_bytes=offset,
                length_bytes=length,
                sha256=digest,
                payload_offset_bytes=start,
                payload_length_bytes=size,
            )
        )
        return True

    def trailer(self, offset: int) -> None:
        """List the bytes behind the end of the picture, if there are any."""
        if offset < self.end:
            self.add("trailer", words(self.data, offset, self.end), offset, self.end - offset)

    def problem(self, sentence: str) -> None:
        """Note what was refused, cut off or broken; the same sentence counts once."""
        if len(self._problems) < _MOST_PROBLEMS:
            self._problems.setdefault(sentence)
        elif len(self._problems) == _MOST_PROBLEMS:
            self._problems.setdefault("Further problems are not listed.")

    def cut_short(self, part: str, needed_bytes: int, there_bytes: int) -> None:
        """Note a part that reaches beyond the end of the file."""
        self.problem(f"{CUT_SHORT}: {part} needs {needed_bytes} bytes, {max(there_bytes, 0)} are there.")

    def structure(self, media_type: str, width_px: int = 0, height_px: int = 0, frames: int = 1) -> Structure:
        """What was collected, as the model has it."""
        return Structure(
            media_type=media_type,
            width_px=width_px,
            height_px=height_px,
            frames=frames,
            blocks=tuple(self._blocks),
            problems=tuple(self._problems),
        )


def shown(code: bytes) -> str:
    """A four-character code or keyword as harmless text."""
    return visible(code.decode("latin-1"), limit=40)
