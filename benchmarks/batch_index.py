"""What the index of a batch costs: grouping, pages and memory, for pictures that are all different and all alike.

python -m benchmarks.batch_index [PICTURES]
"""

from __future__ import annotations

import base64
import hashlib
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.asked import arguments, numbers
from provenance.batch.grouping import grouped
from provenance.batch.journal import Journal
from provenance.fingerprint.alike import PACKED_BYTES
from provenance.model.batch import Batch, Row
from provenance.report.index import pages

THUMBNAIL_BYTES = 3000


def row(number: int, code: bytes) -> Row:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return Row(
        name=f"inbox/{number:05}.jpg",
        path=f"/desk/inbox/{number:05}.jpg",
        sha256=digest,
        digest=digest,
        report_sha256=digest,
        report="20241115T090000Z-01234567",
        overall="no claim",
        seen_before="no match",
        codes=base64.b64encode(code).decode("ascii"),
    )


def measure(words: str, rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        places = [journal.note("key", one, bytes(THUMBNAIL_BYTES)) for one in rows]
        started_s = time.perf_counter()
        groups, _ = grouped(rows)
        grouped_s = time.perf_counter()
        batch = Batch(rows=tuple(rows), groups=groups, made_at="2024-11-15T09:00:00Z")
        sizes = [len(page) for _, page in pages(batch, lambda number: journal.thumbnail(places[number]))]
        made_s = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"{len(rows):,} pictures {words}: {len(groups)} groups in {grouped_s - started_s:.1f} s; {len(sizes)} pages, "
        f"the largest {max(sizes) / 1e6:.1f} MB, in {made_s - grouped_s:.1f} s; peak {peak_mb:.0f} MB"
    )


def main(number: int) -> None:
    random = np.random.default_rng(1)
    measure("all different", [row(one, random.bytes(PACKED_BYTES)) for one in range(number)])
    same = random.bytes(PACKED_BYTES)
    measure("all alike", [row(one, same) for one in range(number)])


if __name__ == "__main__":
    given = arguments(__doc__, most=1)
    main(*(numbers(__doc__, given) or [10_000]))
