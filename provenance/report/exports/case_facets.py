"""Facets of a CASE/UCO graph: what is known of a file's name, content and pixels (UCO 1.4, observable)."""

from __future__ import annotations

import re
from collections.abc import Callable

from .jsonld import Node, kept

Namer = Callable[[str], str]
"""The IRI of a part of the report."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


def file_facet(name: Namer, part: str, file_name: str, size_bytes: int = 0) -> Node:
    """A file by its name and size; no path."""
    return kept(
        {
            "@id": name(f"{part} file"),
            "@type": "uco-observable:FileFacet",
            "uco-observable:fileName": file_name,
            "uco-observable:sizeInBytes": size_bytes or None,
        }
    )


def content_facet(name: Namer, part: str, sha256: str, size_bytes: int = 0, media_type: str = "") -> Node:
    """A file by its bytes."""
    digest = {
        "@id": name(f"{part} digest"),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": sha256},
    }
    return kept(
        {
            "@id": name(f"{part} content"),
            "@type": "uco-observable:ContentDataFacet",
            "uco-observable:hash": digest if _SHA256.fullmatch(sha256) else None,
            "uco-observable:mimeType": media_type,
            "uco-observable:sizeInBytes": size_bytes or None,
        }
    )


def raster_facet(name: Namer, part: str, width_px: int, height_px: int) -> Node:
    """A picture by its pixels."""
    return {
        "@id": name(f"{part} raster"),
        "@type": "uco-observable:RasterPictureFacet",
        "uco-observable:pictureHeight": height_px,
        "uco-observable:pictureWidth": width_px,
    }
