"""Content Credentials under the benchmark's keys."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.model.evidence import Evidence, Trace


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """Whether a manifest store is embedded."""
    present = any(isinstance(item, Trace) and item.value.startswith("embedded manifest store") for item in items)
    return {"c2pa.present": True} if present else {}
