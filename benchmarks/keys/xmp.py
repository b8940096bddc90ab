"""XMP properties under the benchmark's keys."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.model.evidence import Evidence, Fact

_KEYS = {"xmp.DigitalSourceType": "xmp.digital_source_type"}


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """The first packet that has a property speaks for it."""
    found: dict[str, object] = {}
    for fact in items:
        if isinstance(fact, Fact) and fact.key in _KEYS:
            found.setdefault(_KEYS[fact.key], fact.raw)
    return found
