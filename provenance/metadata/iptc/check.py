"""Check "iptc": the IPTC datasets and Photoshop resources of the file, and what they claim of time, place, author."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...model.context import Context
from ...model.evidence import Evidence, Fact, Trace
from ...model.image import Block, Image
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran
from ...model.source import FILE_TAGS
from ..facts import fact_of
from ..topics import topic
from . import resources as photoshop
from .blocks import Stretch, stretches
from .charset import declared
from .claims import METHOD, claims
from .iim import DataSet, records
from .names import key_of
from .photoshop import settings
from .value import Value, value

CODED_CHARACTER_SET = (1, 90)
# A caption and some hundred keywords are much; more facts would only bury the rest of the report.
MOST_FACTS = 2_000
# A file holds one, or two that disagree.
MOST_BLOCKS = 50


@dataclass(slots=True)
class _Read:
    """What was read so far of one file."""

    limits: Limits
    found: list[Evidence] = field(default_factory=list)
    blocks: list[tuple[Block, bytes]] = field(default_factory=list)
    digests: list[tuple[Fact, str]] = field(default_factory=list)
    values: list[dict[str, list[Value]]] = field(default_factory=list)


def check(image: Image, context: Context) -> Outcome:
    """Facts for the datasets and resources, claims by the file, and a trace where Photoshop's digest is stale."""
    read = _Read(limits=context.limits)
    some = False
    for stretch in stretches(image, context.limits):
        some = True
        _stretch(read, stretch)
    if not some:
        kind = image.original.media_type.removeprefix("image/").upper() or "file"
        note = f"no IPTC or Photoshop block in this {kind}; platforms remove it, so this says nothing about the picture"
        return Ran(note=note)
    if len(read.found) > MOST_FACTS:
        text = f"The IPTC and Photoshop blocks hold more than {MOST_FACTS:,} values; what follows was not read."
        read.found[MOST_FACTS:] = [_problem(read.blocks[0][0] if read.blocks else image.structure.blocks[0], text)]
    for values in read.values if context.claims else ():
        read.found.extend(claims(values, context.now))
    evidence = (*read.found, *_stale(read))
    return Ran(evidence=evidence, note="" if evidence else "the block holds none of the values that are read")


def _stretch(read: _Read, stretch: Stretch) -> None:
    if not photoshop.is_resources(stretch.content):
        _iim(read, stretch.block, stretch.content)
        return
    found = photoshop.resources(stretch.content)
    for item in found.items:
        data = item.data(stretch.content)
        if item.number == photoshop.IPTC:
            _iim(read, stretch.cited(item), data)
            continue
        for one in settings(item.number, data):
            key = f"photoshop.{one.key}"
            statement = f"The Photoshop resources give the {topic(key).label}."
            fact = _fact(stretch.cited(item), key, statement, Value(raw=one.raw, normal=one.normal, notes=one.notes))
            read.found.append(fact)
            if item.number == photoshop.IPTC_DIGEST:
                read.digests.append((fact, one.raw))
    read.found.extend(_problem(stretch.block, problem) for problem in found.problems)


def _iim(read: _Read, block: Block, iim: bytes) -> None:
    if len(read.blocks) >= MOST_BLOCKS:
        return
    found = records(iim, read.limits)
    charset = next((declared(one.data) for one in found.datasets if _place(one) == CODED_CHARACTER_SET), "")
    values: dict[str, list[Value]] = {}
    for item in found.datasets:
        if _place(item) == CODED_CHARACTER_SET or len(read.found) > MOST_FACTS:
            continue
        said, key = value(item, charset, read.limits), key_of(item.record, item.number)
        if said is not None:
            values.setdefault(key, []).append(said)
            label = topic(key).label
            statement = f"The IPTC block gives the {label} (dataset {item.record}:{item.number})."
            read.found.append(_fact(block, key, statement, said))
    read.blocks.append((block, iim))
    read.values.append(values)
    read.found.extend(_problem(block, problem) for problem in found.problems)


def _place(item: DataSet) -> tuple[int, int]:
    return item.record, item.number


def _stale(read: _Read) -> Iterator[Trace]:
    """Photoshop keeps an MD5 of the IPTC block it wrote (resource 1061); another one there came later."""
    if not read.blocks:
        return
    current = {hashlib.md5(data, usedforsecurity=False).hexdigest() for _, iim in read.blocks for data in _ends(iim)}
    for _, digest in read.digests[:1]:
        if digest.strip("0") and digest not in current:
            yield Trace(
                source=FILE_TAGS,
                statement="The IPTC block is not the one that Photoshop's digest of it was made from.",
                method=METHOD,
                limits=("Editorial programs rewrite the block in good faith; which fields differ cannot be seen.",),
                topic="iptc digest",
                value=f"stale: {digest}",
            )


def _ends(iim: bytes) -> tuple[bytes, ...]:
    """The block as it stands and without padding, which TIFF adds behind what the digest was made of."""
    return (iim, iim.rstrip(b"\0")) if iim.endswith(b"\0") else (iim,)


def _problem(block: Block, problem: str) -> Fact:
    return _fact(block, "iptc.problems", problem, Value(raw="", normal=problem))


def _fact(block: Block, key: str, statement: str, said: Value) -> Fact:
    return fact_of(
        block,
        source=FILE_TAGS,
        method=METHOD,
        statement=statement,
        key=key,
        raw=said.raw,
        normal=said.normal,
        notes=said.notes,
    )
