"""What the documentation says of sets larger than any that was measured is what is calculated."""

from pathlib import Path

import numpy as np

from benchmarks.archive.paper import HASHES_BITS, lines, segment_bytes, segments
from provenance.reference.codes import writing as code_writing

DOCUMENT = Path(__file__).parents[2] / "docs" / "measured" / "scale.md"


def test_the_table_on_paper_is_what_is_calculated() -> None:
    assert "\n".join(lines()) in DOCUMENT.read_text("utf-8")


def test_sizes_are_those_that_filling_measured() -> None:
    for pictures, measured in ((30_000, 164), (210_000, 161), (270_000, 397), (300_000, 373)):
        held = segments(pictures)
        assert sum(held) == pictures
        assert round(sum(segment_bytes(rows, bits) for rows in held for bits in HASHES_BITS) / sum(held)) == measured


def test_a_segment_takes_what_is_calculated(tmp_path: Path) -> None:
    for rows, bits in ((1000, 256), (140_000, 512)):
        path = tmp_path / f"{rows}"
        columns = np.zeros((bits // 64, rows), np.uint64)
        code_writing.write(path, [(columns, np.zeros((rows, 32), np.uint8))], bits // 8)
        assert path.stat().st_size == segment_bytes(rows, bits)
