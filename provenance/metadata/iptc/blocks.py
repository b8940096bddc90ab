"""Where IPTC and Photoshop resources stand in a file: each stretch of them with the block it is cited by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...image.containers.sniff import JPEG
from ...image.containers.structure import payload
from ...model.image import Block, Image
from ...model.limits import Limits
from ..container.png_text import packed_profile, profile_name
from ..exif.inside import IPTC, PHOTOSHOP, inside
from .resources import Resource

# Photoshop splits its resources over several segments of 65 kB; other containers hold one block, or two.
BLOCKS = 200
# ImageMagick writes one of each kind; each may unpack to the size of a metadata block.
PROFILES = 4
_PROFILES = ("iptc", "8bim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Resources or bare IIM records in one piece, joined from the payloads of `blocks`.

    `packed` says that they stand in the file in another form (hexadecimal digits), so that no byte range is theirs.
    """

    blocks: tuple[Block, ...]
    content: bytes
    packed: bool = False

    @property
    def block(self) -> Block:
        """The first block of it."""
        return self.blocks[0]

    def cited(self, resource: Resource) -> Block:
        """The resource as a block of its own, where it stands in one piece in the file; otherwise its first block."""
        at = resource.offset_bytes
        for block in self.blocks if not self.packed else ():
            if at < block.payload_length_bytes:
                if at + resource.length_bytes > block.payload_length_bytes:
                    return block
                return replace(
                    block,
                    payload_offset_bytes=block.payload_offset_bytes + at,
                    payload_length_bytes=resource.length_bytes,
                    sha256=hashlib.sha256(resource.data(self.content)).hexdigest(),
                )
            at -= block.payload_length_bytes
        return self.block


def stretches(image: Image, limits: Limits) -> Iterator[Stretch]:
    """Every stretch in file order. The APP13 segments of a JPEG are one (Photoshop splits at any byte)."""
    own = [block for block in image.structure.blocks if block.kind == "iptc"][:BLOCKS]
    if image.structure.media_type == JPEG:
        if own:
            content = b"".join(payload(image.data, block) for block in own)
            yield Stretch(blocks=tuple(own), content=content)
        own = []
    for index, block in enumerate(own):
        if not any(_holds(other, block) for other in own[:index]):
            yield Stretch(blocks=(block,), content=payload(image.data, block))
    for block in inside(image, limits, IPTC, PHOTOSHOP):
        yield Stretch(blocks=(block,), content=payload(image.data, block))
    for block in _profiles(image)[:PROFILES]:
        yield Stretch(blocks=(block,), content=packed_profile(image.data, block, limits), packed=True)


def _profiles(image: Image) -> list[Block]:
    texts = (block for block in image.structure.blocks if block.kind == "text")
    return [block for block in texts if profile_name(image.data, block) in _PROFILES]


def _holds(outer: Block, inner: Block) -> bool:
    """Whether a block is listed within another, as the resources of a Photoshop file are."""
    start, end = outer.payload_offset_bytes, outer.payload_offset_bytes + outer.payload_length_bytes
    return start < inner.payload_offset_bytes < end
