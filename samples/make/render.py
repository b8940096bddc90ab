"""Render the sample scenes: `python render.py NAME... [--out DIR] [--scale 0.4] [--samples 8]` (`all` for every scene).

Needs the `bpy` wheel (5.0), numpy and pillow.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import kit
import railyard
import scenes

YARD = {
    "reference/railcar_yard": lambda: railyard.build("main"),
    "reference/railcar_yard_b": lambda: railyard.build("b"),
    "railcar_other_angle": lambda: railyard.build("other"),
    "reference/yard_empty": lambda: railyard.build("main", with_gun=False),
}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", help="scene names, or: all, yard, others, list")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--scale", type=float, default=1.0, help="size factor for previews")
    parser.add_argument(
        "--samples",
        type=int,
        help="override the samples per pixel (the defaults suit two slow cores; the denoiser does the rest)",
    )
    args = parser.parse_args()
    jobs: dict[str, tuple] = {
        name: (build, (1200, 800), 24 if name.endswith("_yard") else 12, -0.05, scenes.NEUTRAL)
        for name, build in YARD.items()
    }
    jobs |= {
        scenes.path(name): (build, (900, 600), 12, exposure, balance)
        for name, (build, exposure, balance) in scenes.SCENES.items()
    }
    if args.names == ["list"]:
        print("\n".join(jobs))
        return
    wanted = [
        name
        for name in jobs
        if "all" in args.names
        or ("yard" in args.names and name in YARD)
        or ("others" in args.names and name not in YARD)
        or name in args.names
        or Path(name).name in args.names
    ]
    for name in wanted:
        build, size, samples, exposure, balance = jobs[name]
        started = time.time()
        build()
        built = time.time() - started
        target = args.out / (name + ".jpg")
        target.parent.mkdir(parents=True, exist_ok=True)
        kit.render(
            target, size, args.samples or samples, exposure, args.scale, seed=sum(map(ord, name)), balance=balance
        )
        print(f"{name}: built {built:.0f} s, total {time.time() - started:.0f} s", flush=True)
    sys.stdout.flush()
    os._exit(0)  # bpy's own shutdown is slow and may crash after the work is done


if __name__ == "__main__":
    main()
