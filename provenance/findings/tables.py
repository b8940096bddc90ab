"""Quantisation tables against the camera that the tags name, with the counts they rest on.

`tables_by_make.tsv`: maker, first 16 digits of the tables' digest, and in how many camera files they were met
(`python -m benchmarks.forensics.tables`). Many cameras have tables of their own, others libjpeg's: the
counts are told, and nothing is concluded from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..model.evidence import Evidence, Fact
from ..model.finding import Sentence
from ..model.text import counted, visible
from .wording import cited

LEAST_FILES = 5
"""Of a maker in the list, below which nothing is said."""
_FILE = Path(__file__).with_name("tables_by_make.tsv")


def maker(words: str) -> str:
    """The first word of EXIF Make, lower case: "NIKON CORPORATION" and "Nikon" are one."""
    parts = words.replace("\0", " ").split()
    return parts[0].strip(",.").lower()[:40] if parts else ""


def told(items: Sequence[Evidence]) -> list[Sentence]:
    """One sentence where the tags name one maker of whom the list has enough files, and the file has tables."""
    facts = [item for item in items if isinstance(item, Fact)]
    tables = [fact for fact in facts if fact.key == "jpeg.tables"]
    makes = [fact for fact in facts if fact.key == "exif.Make" and maker(fact.raw)]
    if not tables or len({maker(fact.raw) for fact in makes}) != 1:
        return []
    listed = _listed().get(maker(makes[0].raw), {})
    total, same = sum(listed.values()), listed.get(tables[0].normal[:16], 0)
    if total < LEAST_FILES:
        return []
    text = (
        f"Its quantisation tables are those of {same or 'none'} of {counted(total, 'camera file')} of "
        f"{visible(maker(makes[0].raw).capitalize(), limit=40)} in the list of this program, which holds few of the "
        "models there are."
    )
    return [cited(text, tables[0], makes[0])]


@cache
def _listed() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        make, digest, count = line.split("\t")
        found.setdefault(make, {})[digest] = int(count)
    return found
