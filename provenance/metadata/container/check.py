"""Check "container": what kind of file it is, its size and parts, how it was coded, and what stands in its margins."""

from __future__ import annotations

from collections.abc import Iterator

from ...image.structure import payload
from ...model.context import Context
from ...model.evidence import Evidence, Fact
from ...model.image import Image
from ...model.limits import Limits
from ...model.outcome import Outcome, Ran
from ..xmp.packet import IPTC_EXTENSION, packet_text, property_value
from .cite import fact, of_kind
from .file_facts import extension, file_facts, trailers
from .icc import profile_facts
from .jpeg_facts import jpeg_facts
from .texts import texts

_PACKETS = 50


def check(image: Image, context: Context) -> Outcome:
    """Facts on type, size, parts, coding, texts and colour profile; traces on a wrong extension and trailing bytes."""
    found: list[Evidence] = [
        *file_facts(image),
        *_iptc(image),
        *extension(image),
        *trailers(image),
        *jpeg_facts(image),
        *texts(image, context.limits),
        *profile_facts(image, context.limits),
        *_packets(image, context.limits),
    ]
    found.extend(
        fact(image, "file.problems", "", problem, statement=problem)
        for problem in dict.fromkeys(image.structure.problems)
    )
    return Ran(evidence=tuple(found))


def _iptc(image: Image) -> Iterator[Fact]:
    for block in of_kind(image, "iptc")[:1]:
        yield fact(image, "iptc.present", f"{block.length_bytes} bytes", "present, not read by this version", block)


def _packets(image: Image, limits: Limits) -> Iterator[Fact]:
    for block in of_kind(image, "xmp")[:_PACKETS]:
        text, problem = packet_text(payload(image.data, block), limits)
        if problem:
            yield fact(image, "xmp.problems", "", problem, block, statement=problem)
            continue
        yield fact(image, "xmp.present", f"{block.payload_length_bytes} bytes", "present, read only in part", block)
        kind = property_value(text, IPTC_EXTENSION, "DigitalSourceType")
        kind = kind or property_value(text, IPTC_EXTENSION, "DigitalSourcetype")
        if kind:
            limits_ = ("Whoever wrote the packet chose this word; its absence says nothing.",)
            yield fact(image, "xmp.DigitalSourceType", kind, kind.rstrip("/").rpartition("/")[2], block, notes=limits_)
