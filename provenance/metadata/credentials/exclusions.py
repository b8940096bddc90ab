"""What a BMFF hash and a hash of boxes leave out of a file: mere description, or part of the picture.

C2PA 2.2, sections 18.6 and 18.7. The lists are closed: what is not known to describe only may be part of the picture.
"""

from __future__ import annotations

from typing import Any

# What a BMFF hash leaves out by specification (C2PA 2.2, section 18.6, and the fillers `free` and `skip`).
_BMFF_USUAL = frozenset({"/ftyp", "/mfra", "/free", "/skip", "/emsg"})
# Other `uuid` boxes hold XMP and what programs keep; `meta` and all else says where and how the picture lies.
_BMFF_DESCRIBING = frozenset({"/uuid"})
# Names of boxes in a hash of boxes (C2PA 2.2, section 18.7): JPEG segments, PNG and RIFF chunks that merely describe.
_NAMED_STORE = frozenset({"C2PA", "caBX", "c2pa"})
_NAMED_DESCRIBING = frozenset(
    {"APP0", "APP1", "APP3", "APP11", "APP12", "APP13", "COM"}
    | {"eXIf", "tEXt", "zTXt", "iTXt", "tIME", "pHYs", "EXIF", "XMP ", "XMP"}
)
# The extended type of the store's `uuid` box, as base64 (C2PA 2.2, appendix A.5.1).
_BMFF_STORE = "2P7D1hsOSDySl1goh37EgQ=="


def bmff(assertion: dict[str, Any]) -> tuple[bool, bool]:
    """Whether a BMFF hash leaves out more than the specification lets it; whether more than mere description."""
    paths = [
        str(each.get("xpath"))
        for each in _dicts(assertion.get("exclusions"))
        if each.get("xpath") != "/uuid"
        or not any(part.get("value") == _BMFF_STORE for part in _dicts(each.get("data")))
    ]
    outside = [path for path in paths if path not in _BMFF_USUAL]
    return bool(outside), not _BMFF_DESCRIBING.issuperset(outside)


def boxes(assertion: dict[str, Any]) -> tuple[bool, bool]:
    """Whether a hash of boxes leaves out a box that is not the store; whether one that does not merely describe."""
    names: set[str] = set()
    for each in _dicts(assertion.get("boxes")):
        if each.get("excluded"):
            found = each.get("names")
            names |= {str(name) for name in found} if isinstance(found, list) else {""}
    outside = names - _NAMED_STORE
    return bool(outside), not outside <= _NAMED_DESCRIBING


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
