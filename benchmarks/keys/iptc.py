"""IPTC datasets and Photoshop resources under the benchmark's keys."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.model.evidence import Evidence


def translated(items: Iterable[Evidence]) -> dict[str, object]:  # noqa: ARG001 - not read so far
    """Nothing so far."""
    return {}
