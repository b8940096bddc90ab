"""Content Credentials under the benchmark's keys."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.model.evidence import Evidence, Fact, Trace

_GENERATORS = ("c2pa.generator.earlier", "c2pa.generator")


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """Whether a manifest store is embedded, and the generator that its first manifest names, as ExifTool tells it."""
    kept = list(items)
    present = any(isinstance(item, Trace) and item.value.startswith("embedded manifest store") for item in kept)
    found: dict[str, object] = {"c2pa.present": True} if present else {}
    named = [item.normal for item in kept if isinstance(item, Fact) and item.key in _GENERATORS]
    return found | ({"c2pa.generator": named[0]} if named else {})
