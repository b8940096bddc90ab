"""What the sun's answers are worth: coverage of simulated scenes, and cost beside ShadowFinder's search.

    python -m benchmarks.sun [--scenes 1000]

Coverage: a place, a moment with the sun above 3 degrees, an upright object on ground that slopes by up to 5 degrees
either way along the shadow, both lengths measured with normal errors of which the error given is the 95 % point.
Counted is how often the sun's height lies in the band, and how often the true place and moment are not excluded. Cost:
the grid of ShadowFinder (0.5 degrees, latitudes -60 to 85) for one instant, ours beside its `find_shadows`, in the same
run; `pip install shadowfinder` (pandas, cartopy; 410 MB) first.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import time
from datetime import UTC, datetime, timedelta

import numpy as np

from provenance.model.place import Place
from provenance.model.time import Interval
from provenance.placetime.sun.answer import Answer, ask
from provenance.placetime.sun.position import position
from provenance.placetime.sun.shadow import Band, Measured, Shadow, band
from provenance.placetime.sun.world import inside

_TWO_SIDED_95 = 1.96
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


def scene(chance: random.Random) -> tuple[Shadow, Place, datetime, float]:
    """A measured shadow with the place, moment and sun's height that made it."""
    while True:
        moment = _FIRST + timedelta(seconds=chance.uniform(0, (_LAST - _FIRST).total_seconds()))
        place = Place(name="there", lat_deg=chance.uniform(-65, 75), lon_deg=chance.uniform(-180, 180), radius_km=1)
        height_deg = float(position(moment.timestamp(), place.lat_deg, place.lon_deg).altitude_deg)
        slope = math.radians(chance.uniform(-5, 5))
        steepness = math.tan(math.radians(height_deg)) - math.tan(slope)
        if height_deg > 3 and steepness > 0.02:
            break
    tall_px = chance.uniform(40, 400)
    long_px = tall_px / (steepness * math.cos(slope))
    errors = (chance.uniform(1, 0.05 * tall_px + 1), chance.uniform(1, 0.05 * long_px + 1))
    seen = [
        max(error + 1, length + chance.gauss(0, error / _TWO_SIDED_95))
        for length, error in zip((tall_px, long_px), errors, strict=True)
    ]
    shadow = Shadow(
        object_px=Measured(value=seen[0], error=errors[0]), shadow_px=Measured(value=seen[1], error=errors[1])
    )
    return shadow, place, moment, height_deg


def coverage(scenes: int, seed: int = 1) -> None:
    chance = random.Random(seed)
    inside = kept = 0
    widths = []
    for _ in range(scenes):
        shadow, place, moment, height_deg = scene(chance)
        found = band(shadow)
        inside += found.lowest_deg <= height_deg <= found.highest_deg
        widths.append(found.highest_deg - found.lowest_deg)
        when = Interval(moment - timedelta(minutes=1), moment + timedelta(minutes=1), True)
        kept += ask(place=place, time=when, shadow=shadow).answer is Answer.NOT_EXCLUDED
    print(f"scenes {scenes}, seed {seed}: true height in the band {inside / scenes:.3f}, true place and moment not")
    print(f"excluded {kept / scenes:.3f}, width of the band in the median {statistics.median(widths):.1f} degrees")


def cost(rounds: int = 7) -> None:
    latitudes, longitudes = np.arange(-60, 85.5, 0.5), np.arange(-180, 180, 0.5)
    moment = datetime(2024, 2, 29, 12, tzinfo=UTC)
    ours = _median_s(lambda: inside(moment, latitudes, longitudes, Band(lowest_deg=11.6, highest_deg=17.5)), rounds)
    print(f"calibration: sorting a million numbers {_median_s(_calibration, rounds) * 1000:.1f} ms")
    print(f"grid of {len(latitudes)} x {len(longitudes)}: ours {ours * 1000:.2f} ms")
    try:
        from shadowfinder import ShadowFinder
    except ImportError:
        print("not measured beside ShadowFinder: shadowfinder is not installed")
        return
    finder = ShadowFinder(10, 8, moment.replace(tzinfo=None), "utc")
    finder.generate_timezone_grid()
    theirs = _median_s(finder.find_shadows, rounds)
    print(f"ShadowFinder.find_shadows on its grid: {theirs * 1000:.1f} ms; ours is 1/{theirs / ours:.0f} of it")


def _calibration() -> None:
    np.sort(np.random.default_rng(0).random(1_000_000))


def _median_s(work: object, rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--scenes", type=int, default=1_000)
    asked = reader.parse_args()
    coverage(asked.scenes)
    cost()


if __name__ == "__main__":
    main()
