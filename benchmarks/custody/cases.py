"""A case to measure on: real bytes, deposited by the library, sealed with a key of the run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from provenance.custody.keys import SigningKey, signing_key
from provenance.custody.sealing import seal
from provenance.custody.writing import REPORTED, Author, writing

AUTHOR = Author(at="2026-03-01T12:00:00Z", clock="stated", by="bench", tool="provenance benchmark")


def key() -> SigningKey:
    """A key of this run."""
    return signing_key(Path(tempfile.mkdtemp(prefix="keys-")))


def exported(root: Path, size_bytes: int, own: SigningKey) -> None:
    """A sealed, continued and sealed case of about `size_bytes`: two originals, two reports, an earlier seal."""
    part = size_bytes // 8
    for number in (1, 2):
        with writing(root, AUTHOR, create=True) as writer:
            writer.received(AUTHOR, os.urandom(2 * part), "jpg", f'received "picture {number}"')
            files = {"report.json": os.urandom(part // 3), "report.html": os.urandom(part)}
            inside = {f"data/reports/{number}/{name}": data for name, data in files.items()}
            writer.enter(AUTHOR, REPORTED, f"reported on {number}", files=inside)
            seal(writer, own, AUTHOR)


def in_memory(root: Path) -> dict[str, bytes]:
    """Every file of a case."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
