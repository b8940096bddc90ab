"""What the film of a motion photo says of itself: it keeps a time, and often a place, when the tags are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...image.containers.film import film
from ...image.containers.samsung import parts
from ...model.evidence import Fact
from ...model.image import Block, Image
from ...model.limits import Limits
from ...model.text import visible
from .cite import fact, of_kind
from .stated_parts import stated_films

_LOOKED_FOR_BYTES = 4096
_MOST = 4
_WRITABLE = "Anybody can write or change it with free programs."
_CLOCK = "It should be UTC; some phones write their local time, and some the end of the film."


def films(image: Image, limits: Limits) -> Iterator[Fact]:
    """A fact for each value of the films behind or beside the picture, and of a sequence's own film boxes.

    A film that nothing but the file's XMP points to is cited by the packet that states it.
    """
    seen: set[int] = set()
    for block, start, end in (*_films(image), *stated_films(image, limits)):
        if start in seen or len(seen) >= _MOST:
            continue
        seen.add(start)
        for said in film(image.data, start, end, limits):
            if not said.value:
                continue
            key = f"film.{visible(said.name, limit=80)}"
            notes = (_WRITABLE, _CLOCK) if said.name == "created" else (_WRITABLE,)
            told = fact(image, key, said.value, " ".join(said.value.split()), block, notes=notes)
            statement = "The film inside the file says this of itself."
            yield replace(told, statement=statement)


def _films(image: Image) -> Iterator[tuple[Block, int, int]]:
    """Where films lie: the block, their first byte and their end."""
    for block in of_kind(image, "moov"):
        yield block, block.offset_bytes, block.offset_bytes + block.length_bytes
    for block in of_kind(image, "trailer", "auxiliary"):
        start, end = block.payload_offset_bytes, block.payload_offset_bytes + block.payload_length_bytes
        at = image.data.find(b"ftyp", start, min(end, start + _LOOKED_FOR_BYTES))
        if at >= start + 4:
            yield block, at - 4, end
        for part in parts(image.data, start, end):
            if image.data.startswith(b"ftyp", part.offset_bytes + 4):
                yield block, part.offset_bytes, part.offset_bytes + part.length_bytes
