"""Where IPTC and Photoshop resources stand in a file: each stretch of them with the block it is cited by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...image.sniff import JPEG
from ...image.structure import payload
from ...model.image import Block, Image
from ...model.limits import Limits
from ..container.png_text import packed_profile, profile_name
from .resources import Resource

# Photoshop splits its resources over several segments of 65 kB; other containers hold one block, or two.
BLOCKS = 200
_PROFILES = ("iptc", "8bim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Resources or bare IIM records in one piece; `whole` when they stand so in the file, unpacked and unsplit."""

    block: Block
    content: bytes
    whole: bool

    def cited(self, resource: Resource) -> Block:
        """The resource as a block of its own, where it stands in one piece in the file; otherwise its first block."""
        if not self.whole:
            return self.block
        return replace(
            self.block,
            payload_offset_bytes=self.block.payload_offset_bytes + resource.offset_bytes,
            payload_length_bytes=resource.length_bytes,
            sha256=hashlib.sha256(resource.data(self.content)).hexdigest(),
        )


def stretches(image: Image, limits: Limits) -> Iterator[Stretch]:
    """Every stretch in file order. The APP13 segments of a JPEG are one (Photoshop splits at any byte)."""
    blocks = [block for block in image.structure.blocks if block.kind in ("iptc", "text")][: BLOCKS * 100]
    own = [block for block in blocks if block.kind == "iptc"][:BLOCKS]
    if image.structure.media_type == JPEG:
        if own:
            content = b"".join(payload(image.data, block) for block in own)
            yield Stretch(block=own[0], content=content, whole=len(own) == 1)
        return
    for index, block in enumerate(own):
        if not any(_holds(other, block) for other in own[:index]):
            yield Stretch(block=block, content=payload(image.data, block), whole=True)
    for block in blocks:
        if block.kind == "text" and profile_name(image.data, block) in _PROFILES:
            yield Stretch(block=block, content=packed_profile(image.data, block, limits), whole=False)


def _holds(outer: Block, inner: Block) -> bool:
    """Whether a block is listed within another, as the resources of a Photoshop file are."""
    start, end = outer.payload_offset_bytes, outer.payload_offset_bytes + outer.payload_length_bytes
    return start < inner.payload_offset_bytes < end
