"""Facts on the container, its coding and its texts under the benchmark's keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from provenance.model.evidence import Evidence, Fact

_TYPES = {"image/vnd.adobe.photoshop": "PSD", "image/x-icon": "ICO"}
_PNG = {
    "software": "png.software",
    "parameters": "png.parameters",
    "prompt": "png.prompt",
    "workflow": "png.workflow",
    "comment": "png.comment",
    "title": "png.title",
    "author": "png.author",
    "description": "png.description",
    "creation time": "png.created",
}

_BY_NORMAL = ("file.frames", "heif.rotation", "mpf.images")
_BY_RAW = (
    *("jpeg.quality", "jpeg.estimate", "jpeg.ducky", "jpeg.adobe_transform", "jpeg.jfif_version", "jpeg.jfif_density"),
    *("file.comment", "icc.description", "png.modified"),
)


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """Type, size, frames, JPEG coding, comments, PNG texts, colour profile."""
    found: dict[str, object] = {}
    for fact in items:
        if isinstance(fact, Fact) and (pair := _translated(fact)):
            found.setdefault(*pair)
    if estimate := found.pop("jpeg.estimate", None):
        found["jpeg.quality"] = estimate
    return found


def _exif_form(fact: Fact) -> str:
    """A moment that was brought into ISO form, as ExifTool writes it; any other text as it stands."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}.*", fact.normal) or fact.normal == fact.raw:
        return fact.raw
    return fact.normal[:10].replace("-", ":") + " " + fact.normal[11:]


def _ratios(factors: str) -> str:
    """The largest over the smallest sampling factor, across and down, as ExifTool has it."""
    pairs = [part.split() for part in factors.split(",")]
    sides = [[int(pair[side]) for pair in pairs] for side in (0, 1)]
    return " ".join(f"{max(side) / min(side):g}" if min(side) else "0" for side in sides)


def _translated(fact: Fact) -> tuple[str, object] | None:
    if fact.key == "file.type":
        return "file.type", _TYPES.get(fact.normal, fact.normal.rpartition("/")[2].rpartition("-")[2].upper())
    if fact.key == "file.size":
        return "file.size", fact.raw.replace(" x ", " ")
    if fact.key == "jpeg.process":
        return "jpeg.process", int(fact.raw.removeprefix("SOF"))
    if fact.key == "jpeg.tables":
        return "jpeg.tables", fact.normal[:16]
    if fact.key == "jpeg.subsampling":
        return "jpeg.subsampling", _ratios(fact.raw)
    if fact.key == "icc.sha256":
        return "icc.sha256", fact.raw[:16]
    if fact.key in _BY_NORMAL:
        return fact.key, fact.normal
    if fact.key in _BY_RAW:
        return (fact.key, fact.raw) if fact.raw else None
    name = fact.key.removeprefix("png.text.").lower()
    if name == "creation time":
        return "png.created", _exif_form(fact)
    return (_PNG[name], fact.raw) if fact.key.startswith("png.text.") and name in _PNG else None
