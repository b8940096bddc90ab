"""A fact of an EXIF block, with the bytes it was read from."""

from __future__ import annotations

from functools import cache

from ...model.evidence import Fact
from ...model.image import Block
from ...model.source import FILE_TAGS
from ..facts import fact_of
from ..topics import topic
from .claims import METHOD
from .value import Value


def fact(block: Block, value: Value, verbatim: bool) -> Fact:
    """Cited by its own bytes where the block stands in the file as it is, else by the block's."""
    return fact_of(
        block,
        source=FILE_TAGS,
        method=METHOD,
        statement=_stated(value.key),
        key=value.key,
        raw=value.raw,
        normal=value.normal,
        notes=value.notes,
        place=(value.offset_bytes, value.length_bytes) if verbatim else None,
    )


def problem_fact(block: Block, problem: str) -> Fact:
    """What was refused of a block, cited by the whole of it."""
    return fact_of(
        block, source=FILE_TAGS, method=METHOD, statement=problem, key="exif.problems", raw="", normal=problem
    )


@cache  # of as many keys as the tables of tags have
def _stated(key: str) -> str:
    label = topic(key).label
    if key.startswith(("maker.", "apple.")):
        return f"The camera maker's own note gives the {label}."
    return f"The tags give the {label} (EXIF {key.partition('.')[2]})."
