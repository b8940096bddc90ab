"""How this package cites: a fact by the block it stands in, or by the whole file."""

from __future__ import annotations

from types import MappingProxyType

from ...model.evidence import Fact
from ...model.image import Block, Image
from ...model.source import FILE_STRUCTURE
from ..facts import fact_of
from ..topics import TOPICS, Topic, topic

METHOD = "container"


def _stated(about: Topic) -> str:
    return f"Read from the file's structure: {about.label}."


_STATEMENTS = MappingProxyType({key: _stated(about) for key, about in TOPICS.items()})


def fact(
    image: Image,
    key: str,
    raw: str,
    normal: str,
    block: Block | None = None,
    *,
    notes: tuple[str, ...] = (),
    statement: str = "",
) -> Fact:
    """A fact read from `block`; without one it speaks of the whole file and is cited by all its bytes."""
    said = statement or _STATEMENTS.get(key) or _stated(topic(key))
    if block is not None:
        return fact_of(
            block, source=FILE_STRUCTURE, method=METHOD, statement=said, key=key, raw=raw, normal=normal, notes=notes
        )
    return Fact(
        source=FILE_STRUCTURE,
        statement=said,
        method=METHOD,
        limits=notes,
        key=key,
        raw=raw,
        normal=normal,
        block="file",
        offset_bytes=0,
        length_bytes=image.original.size_bytes,
        block_sha256=image.original.sha256,
    )


def of_kind(image: Image, *kinds: str) -> list[Block]:
    """The blocks of some kinds, in file order."""
    return [block for block in image.structure.blocks if block.kind in kinds]
