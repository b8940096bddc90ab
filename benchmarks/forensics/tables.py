"""`python -m benchmarks.forensics.tables DIR... > provenance/findings/tables_by_make.tsv`: tables of cameras by maker.

A file counts where its tags name a maker, no program of `metadata.programs` but firmware, and the size that the picture
has; each picture once. One line: maker, digest of the quantisation tables, files.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from benchmarks.asked import arguments
from provenance import facts
from provenance.errors import InputError
from provenance.findings.tables import maker
from provenance.model.evidence import Fact

_EDITED = re.compile(
    r"adobe|photoshop|gimp|lightroom|picasa|paint|acdsee|irfan|windows|photos|aperture|snapseed|instagram|magick"
    r"|elements|viewer|editor|corel|ulead|capture nx|digikam|google|polyphony",
    re.IGNORECASE,
)


def main(folders: list[str]) -> None:
    """Print the table."""
    counted: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, ...]] = set()
    for path in sorted(
        path
        for folder in folders
        for path in Path(folder).rglob("*")
        if path.is_file() and path.stat().st_size < 20_000_000
    ):
        try:
            found = {item.key: item for item in reversed(facts(path, claims=False)) if isinstance(item, Fact)}
        except InputError:
            continue
        told = {key: fact.raw for key, fact in found.items()}
        size = (told.get("exif.PixelXDimension", ""), told.get("exif.PixelYDimension", ""))
        tables = found.get("jpeg.tables")
        if (
            tables is None
            or not told.get("exif.Make")
            or _EDITED.search(f"{told.get('exif.Software', '')} {told['exif.Make']}")
        ):
            continue
        real = re.findall(r"\d+", found["file.size"].normal) if "file.size" in found else []
        picture = (*size, *(told.get(f"exif.{name}", "") for name in ("Make", "Model", "DateTimeOriginal")))
        if not all(size) or sorted(size) != sorted(real[:2]) or picture in seen:
            continue
        seen.add(picture)
        counted[maker(told["exif.Make"]), tables.normal[:16]] += 1
    for (make, digest), count in sorted(counted.items()):
        print(f"{make}\t{digest}\t{count}")


if __name__ == "__main__":
    main(arguments(__doc__, 1, None))
