"""What a map of the report costs: time to draw both of its sheets, and bytes of the file.

    python -m benchmarks.maps

Cases of different extent, each drawn several times in one process after the data are mapped; median and slowest, of the
processor's time. The first drawing of a process, which joins the coasts, is told apart.
"""

from __future__ import annotations

import dataclasses
import statistics
import time
from pathlib import Path

import provenance
from benchmarks.asked import arguments
from provenance.findings.weigh import weigh
from provenance.model.evidence import Claim, Evidence
from provenance.model.finding import Question
from provenance.model.place import Level, Place
from provenance.model.report import Report
from provenance.model.source import Grade, Source, SourceKind

ROOT = Path(__file__).resolve().parents[1]
TURNS = 9
CASES: dict[str, list[tuple[str, float, float]]] = {
    "inside one city": [("Maidan", 50.4501, 30.5234), ("Podil", 50.4662, 30.5166), ("Obolon", 50.5006, 30.4983)],
    "Crimea": [("Sevastopol", 44.6, 33.53), ("Kerch", 45.36, 36.47), ("Mariupol", 47.1, 37.55)],
    "Kashmir": [("Srinagar", 34.08, 74.8), ("Muzaffarabad", 34.36, 73.47), ("Leh", 34.16, 77.58)],
    "across the Pacific": [("Tokyo", 35.68, 139.69), ("Los Angeles", 34.05, -118.24), ("Honolulu", 21.31, -157.86)],
    "world": [
        ("Sydney", -33.87, 151.21),
        ("London", 51.5, -0.12),
        ("Santiago", -33.45, -70.66),
        ("Nairobi", -1.3, 36.8),
    ],
    "1,000 places": [(f"Place {n}", -60 + n * 37 % 120, -180 + n * 71 % 360) for n in range(1000)],
}


def said(name: str, lat_deg: float, lon_deg: float, *, tested: bool) -> Evidence:
    return Claim(
        source=Source(kind=SourceKind.PERSON, name=name, origin=name),
        statement="Somebody says so.",
        method="recorded by the desk",
        grade=Grade("B", 2),
        by=name,
        tested=tested,
        place=Place(name=name, lat_deg=lat_deg, lon_deg=lon_deg, radius_km=10, level=Level.CITY),
    )


def report(base: Report, evidence: tuple[Evidence, ...]) -> Report:
    weighed = weigh(evidence, (), tuple(Question))
    return dataclasses.replace(base, evidence=evidence, findings=weighed.findings, claims=weighed.claims)


def main() -> None:
    base = provenance.check(ROOT / "samples" / "stranger.jpg", references=[])
    founding = provenance.read_claims(ROOT / "samples" / "railcar_post.claims.yaml")
    cases = {"founding sample": tuple(founding)}
    for name, places in CASES.items():
        cases[name] = tuple(said(*place, tested=number == 0) for number, place in enumerate(places))
    started_s = time.process_time()
    provenance.draw_map(report(base, cases["Crimea"]))
    print(f"first drawing of a process: {time.process_time() - started_s:.2f} s")
    print("| case | drawing, median s | slowest s | map.svg, kB |\n|---|---|---|---|")
    for name, evidence in cases.items():
        made, taken = report(base, evidence), []
        for _ in range(TURNS):
            started_s = time.process_time()
            chart = provenance.draw_map(made)
            taken.append(time.process_time() - started_s)
        size = len(provenance.render_map(chart).encode()) if chart else 0
        print(f"| {name} | {statistics.median(taken):.2f} | {max(taken):.2f} | {size / 1000:.0f} |")


if __name__ == "__main__":
    arguments(__doc__)
    main()
