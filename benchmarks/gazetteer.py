"""What the gazetteer finds in texts and what it costs.

    python -m benchmarks.gazetteer [--misses]

Mentions: 200 words in sentences of five languages with the place that is meant, to a tenth of a degree
(tests/accuracy/data/mentions.tsv). Found: a mention covers the word and has the place among its candidates; top 3: it
is one of the first three. Distances: sentences of four languages (tests/accuracy/data/distances.tsv), sets "a" and "b"
written before the rules were tried on either, set "c" after both had been worked on. Right: just the distance that the
sentence states, both ends and length, or none where it states none; a false alarm is a note on a right distance.
Cost: processor time of one thread, each call with a new argument; the load in a fresh process, by the clock.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from provenance.gazetteer.borders import FILE as BORDERS
from provenance.gazetteer.borders import country_at
from provenance.gazetteer.find import Candidate, find
from provenance.gazetteer.mentions import mentions
from provenance.gazetteer.nearest import nearest
from provenance.gazetteer.table import FILE as SETTLEMENTS
from provenance.gazetteer.table import table
from provenance.model.place import Place
from provenance.placetime.distance import audit, geodesic_km
from provenance.placetime.stated import Said, distances

DATA = Path(__file__).resolve().parents[1] / "tests" / "accuracy" / "data"
NEAR_KM = 30.0
SAME_LENGTH = 0.01


@dataclass(frozen=True)
class Meant:
    """One word in a text and the place it means."""

    language: str
    name: str
    lat_deg: float
    lon_deg: float
    text: str
    word: str


@dataclass(frozen=True)
class Stated:
    """One sentence and the distance it states, if any."""

    part: str
    language: str
    ends: tuple[str, str] | None
    km: float
    noted: str
    sentence: str


def _lines(name: str) -> list[list[str]]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def meant() -> list[Meant]:
    found = []
    for language, place, text, word in _lines("mentions.tsv"):
        name, _, lat, lon = place.split(",")
        found.append(Meant(language, name, float(lat), float(lon), text, word))
    return found


def stated() -> list[Stated]:
    found = []
    for part, language, ends, noted, sentence in _lines("distances.tsv"):
        pair, _, km = ends.partition("=")
        start, _, end = pair.partition(">")
        both = None if ends.strip() == "-" else (start.strip(), end.strip())
        found.append(Stated(part, language, both, float(km or 0), noted, sentence))
    return found


def rank(one: Meant) -> int:
    """Place of the right candidate, 1 and up; 0 where no mention covers the word or none of its candidates is right."""
    start = one.text.index(one.word)
    for mention in mentions(one.text):
        if mention.start <= start < mention.end or start <= mention.start < start + len(one.word):
            for number, candidate in enumerate(mention.candidates, 1):
                if _away_km(candidate, one.lat_deg, one.lon_deg) <= NEAR_KM:
                    return number
    return 0


def _away_km(candidate: Candidate, lat_deg: float, lon_deg: float) -> float:
    there = Place(name="", lat_deg=lat_deg, lon_deg=lon_deg)
    km = geodesic_km(Place(name="", lat_deg=candidate.lat_deg, lon_deg=candidate.lon_deg), there)
    return 0.0 if km is None else km


def right(one: Stated, said: tuple[Said, ...]) -> bool:
    """Whether just the distance of the sentence was found: its length and both ends, in either order."""
    if one.ends is None:
        return not said
    if len(said) != 1 or abs(said[0].distance.km - one.km) > SAME_LENGTH * one.km:
        return False
    wanted, got = one.ends, (said[0].distance.start, said[0].distance.end)
    return any(all(_same(a, b) for a, b in zip(wanted, order, strict=True)) for order in (got, got[::-1]))


def _same(wanted: str, got: str) -> bool:
    """Whether the place that is meant is among those that the found name may mean."""
    if not wanted or not got:
        return wanted == got
    name, _, cc = wanted.partition(",")
    there = find(name, cc=cc)[0]
    return any(_away_km(one, there.lat_deg, there.lon_deg) <= NEAR_KM for one in find(got))


def notes(said: tuple[Said, ...]) -> bool:
    """Whether the audit would write a note."""
    audits = [audit(one.distance, words=one.words) for one in said if one.distance.start]
    return any(one is not None and one.flagged for one in audits)


def accuracy(*, misses: bool) -> None:
    ranks = [(one, rank(one)) for one in meant()]
    for language in sorted({one.language for one, _ in ranks}):
        got = [number for one, number in ranks if one.language == language]
        print(
            f"mentions {language}: {len(got)}, found {sum(map(bool, got))}, in the top 3 {sum(0 < n <= 3 for n in got)}"
        )
    print(f"mentions: {_found([number for _, number in ranks])}")
    counts: dict[str, Counter[str]] = {}
    missed = [f"{one.name}: {one.text}" for one, number in ranks if not 0 < number <= 3]
    for one in stated():
        said = distances(one.sentence)
        count = counts.setdefault(f"{one.part}", Counter())
        kind = "stated" if one.ends else "none stated"
        count[kind] += 1
        ok = right(one, said)
        count[f"{kind}, right"] += ok
        alarm = notes(said)
        count["false alarms"] += alarm and one.noted != "yes"
        count["notes due"] += one.noted == "yes"
        count["notes given"] += alarm and one.noted == "yes"
        if not ok or alarm != (one.noted == "yes"):
            missed.append(f"{one.part} {one.language} alarm={alarm}: {one.sentence} -> {[s.distance for s in said]}")
    for part, count in sorted(counts.items()):
        print(f"distances, set {part}: {dict(count)}")
    if misses:
        print("\n".join(missed))


def _found(ranks: list[int]) -> str:
    return f"{len(ranks)}, found {sum(map(bool, ranks))}, in the top 3 {sum(0 < one <= 3 for one in ranks)}"


LOAD = (
    "import time; t = time.perf_counter(); from provenance.gazetteer.{0} import {0}; {0}(); "
    "print(time.perf_counter() - t)"
)


def cost() -> None:
    chance, data = random.Random(1), table()
    rows = [data.row(chance.randrange(data.settlements)) for _ in range(2_000)]
    words = [one.word for one in meant()]
    print(f"calibration: sorting 100,000 numbers {_calibration_ms():.1f} ms")
    print(f"find, names of 2,000 settlements: {_spread([lambda one=one: find(one.name) for one in rows])}")
    print(f"find, 200 inflected words: {_spread([lambda word=word: find(f'{word} ') for word in words])}")
    spots = [(min(90.0, one.lat_deg + 0.05), min(180.0, one.lon_deg + 0.05)) for one in rows]
    print(f"country_at, 2,000 positions: {_spread([lambda spot=spot: country_at(*spot) for spot in spots])}")
    print(f"nearest, 2,000 positions: {_spread([lambda spot=spot: nearest(*spot) for spot in spots])}")
    text = " ".join(one.text for one in meant())
    print(f"mentions in a text of {len(text):,} characters: {_spread([lambda: mentions(text)] * 5)}")
    for module in ("table", "borders"):
        command = [sys.executable, "-c", LOAD.format(module)]
        times = [float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(5)]
        print(f"load of {module}, import included: {statistics.median(times) * 1000:.0f} ms")
    for file in (SETTLEMENTS, BORDERS):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


def _spread(calls: list[Callable[[], object]]) -> str:
    spent = []
    for call in calls:
        start = time.thread_time()
        call()
        spent.append((time.thread_time() - start) * 1000)
    spent.sort()
    return f"median {statistics.median(spent):.3f} ms, 99 of 100 below {spent[int(len(spent) * 0.99) - 1]:.3f} ms"


def _calibration_ms() -> float:
    numbers = [random.Random(0).random() for _ in range(100_000)]
    start = time.perf_counter()
    sorted(numbers)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--misses", action="store_true", help="list what was missed")
    asked = reader.parse_args()
    accuracy(misses=asked.misses)
    cost()


if __name__ == "__main__":
    main()
