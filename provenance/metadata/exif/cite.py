"""A fact of an EXIF block, with the bytes it was read from."""

from __future__ import annotations

from functools import cache

from ...model.evidence import Fact
from ...model.image import Block
from ..topics import topic
from .claims import METHOD, SOURCE
from .value import Value


def fact(block: Block, value: Value, verbatim: bool) -> Fact:
    """Cited by its own bytes where the block stands in the file as it is, else by the block's."""
    return Fact(
        source=SOURCE,
        statement=_stated(value.key),
        method=METHOD,
        limits=value.notes,
        key=value.key,
        raw=value.raw,
        normal=value.normal,
        block=block.kind,
        offset_bytes=block.payload_offset_bytes + (value.offset_bytes if verbatim else 0),
        length_bytes=value.length_bytes if verbatim else block.payload_length_bytes,
        block_sha256=block.sha256,
    )


def problem_fact(block: Block, problem: str) -> Fact:
    """What was refused of a block, cited by the whole of it."""
    return Fact(
        source=SOURCE,
        statement=problem,
        method=METHOD,
        key="exif.problems",
        raw="",
        normal=problem,
        block=block.kind,
        offset_bytes=block.payload_offset_bytes,
        length_bytes=block.payload_length_bytes,
        block_sha256=block.sha256,
    )


@cache  # of as many keys as the tables of tags have
def _stated(key: str) -> str:
    label = topic(key).label
    if key.startswith(("maker.", "apple.")):
        return f"The camera maker's own note gives the {label}."
    return f"The tags give the {label} (EXIF {key.partition('.')[2]})."
