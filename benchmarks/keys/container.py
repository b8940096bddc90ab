"""Facts on the container, its coding and its texts under the benchmark's keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

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
    "creationtime": "png.created",
}


def translated(items: Iterable[Evidence]) -> dict[str, object]:
    """Type, size, frames, JPEG coding, comments, PNG texts, colour profile."""
    found: dict[str, object] = {}
    for fact in items:
        if isinstance(fact, Fact) and (pair := _translated(fact)):
            key, value = pair
            if key.startswith("png.") or key not in found:  # of texts under one keyword the last speaks, as in ExifTool
                found[key] = value
    if estimate := found.pop("jpeg.estimate", None):
        found["jpeg.quality"] = estimate
    return found


def _translated(fact: Fact) -> tuple[str, object] | None:
    if fact.key in _FORMS:
        value = _FORMS[fact.key](fact)
        return None if value == "" else (fact.key, value)
    name = fact.key.removeprefix("png.text.").lower()
    if not fact.key.startswith("png.text.") or name not in _PNG:
        return None
    return _PNG[name], _moment(fact) if "creation" in name else fact.raw


def _type(fact: Fact) -> str:
    """ExifTool's name of a type: "NEF" of "image/x-nikon-nef"."""
    return _TYPES.get(fact.normal, fact.normal.rpartition("/")[2].rpartition("-")[2].upper())


def _moment(fact: Fact) -> str:
    """A moment that was brought into ISO form, as ExifTool writes it; any other text as it stands."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}.*", fact.normal) or fact.normal == fact.raw:
        return fact.raw
    return fact.normal[:10].replace("-", ":") + " " + fact.normal[11:]


def _ratios(fact: Fact) -> str:
    """The largest over the smallest sampling factor, across and down, as ExifTool has it."""
    pairs = [part.split() for part in fact.raw.split(",")]
    sides = [[int(pair[side]) for pair in pairs] for side in (0, 1)]
    return " ".join(f"{max(side) / min(side):g}" if min(side) else "0" for side in sides)


def _raw(fact: Fact) -> str:
    return fact.raw


def _normal(fact: Fact) -> str:
    return fact.normal


_FORMS: Mapping[str, Callable[[Fact], object]] = MappingProxyType(
    {
        "file.type": _type,
        "file.size": lambda fact: fact.raw.replace(" x ", " "),
        "file.comment": lambda fact: fact.raw.replace("\0", ""),
        "file.frames": _normal,
        "heif.rotation": _normal,
        "mpf.images": _normal,
        "jpeg.process": lambda fact: int(fact.raw.removeprefix("SOF")),
        "jpeg.tables": lambda fact: fact.normal[:16],
        "jpeg.subsampling": _ratios,
        "jpeg.quality": _raw,
        "jpeg.estimate": _raw,
        "jpeg.ducky": _raw,
        "jpeg.adobe_transform": _raw,
        "jpeg.jfif_version": _raw,
        "jpeg.jfif_density": _raw,
        "icc.sha256": lambda fact: fact.raw[:16],
        "icc.description": _raw,
        "png.modified": _raw,
    }
)
