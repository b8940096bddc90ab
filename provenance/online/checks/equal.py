"""A Match by equal bytes: what a service handed over is the picture under test, byte for byte."""

from __future__ import annotations

from ...model.image import Image
from ...model.matches import Answer, Match, Reference
from ...model.publication import CopyKind
from ...model.source import THIS_PROGRAM


def equal_bytes(image: Image, *, kept_by: str, name: str, method: str) -> Match:
    """That what `kept_by` handed over under `name` has the bytes of the picture; it holds without pixels, too."""
    return Match(
        source=THIS_PROGRAM,
        statement=f"{name[:1].upper()}{name[1:]}, as {kept_by} gave it, has the bytes of the picture.",
        method=method,
        reference=Reference(set_name=kept_by, image_id=image.original.sha256, name=name),
        answer=Answer.COPY,
        copy=CopyKind.EXACT,
        fingerprint="sha256",
        distance_bits=0,
        radius_bits=0,
        transform="as it is",
    )
