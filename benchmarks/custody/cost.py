"""What custody costs: a check with a case against one with a folder, and verify against sha256sum over the same bytes.

python -m benchmarks.custody.cost [--picture FILE] [--rounds 7]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.custody.cases import AUTHOR, key
from provenance.custody.contents import FolderContents
from provenance.custody.sealing import seal
from provenance.custody.verifying import verify
from provenance.custody.writing import writing

SIZES = ((1, 1_000_000_000), (10, 10_000_000), (10_000, 20_000), (10, 100_000))
ROOT = Path(__file__).resolve().parents[2]


def turns(rounds: int, *actions: Callable[[], None]) -> list[str]:
    """Least wall and CPU seconds of each action and its children, taken in turn, with the ratios to the first."""
    times: list[list[tuple[float, float]]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, taken in zip(actions, times, strict=True):
            started_s, used_s = time.perf_counter(), sum(os.times()[:4])
            action()
            taken.append((time.perf_counter() - started_s, sum(os.times()[:4]) - used_s))
    told: list[str] = []
    base_s: tuple[float, ...] = ()
    for taken in times:
        wall_s, cpu_s = (min(one[column] for one in taken) for column in range(2))
        base_s = base_s or (wall_s, cpu_s)
        told.append(
            f"{wall_s:.4f} s wall ({wall_s / base_s[0]:.2f}), {cpu_s:.2f} s CPU ({cpu_s / max(base_s[1], 0.01):.2f})"
        )
    return told


def command(*words: object) -> None:
    """Run the program, quietly."""
    subprocess.run([sys.executable, str(ROOT / "cli.py"), *map(str, words)], check=True, capture_output=True)


def checking(picture: Path, rounds: int, scratch: Path) -> None:
    """`check --out` without a seal against the same with one, and `check --case`; a new folder each."""
    os.environ |= {"PROVENANCE_KEYS": str(scratch / "keys"), "PROVENANCE_EARLIER": "off"}
    command("key")
    count = iter(range(10**6))
    shared = ("check", picture, "--reference", ROOT / "samples" / "reference")
    plain, sealed, cased = turns(
        rounds,
        lambda: command(*shared, "--no-seal", "--out", scratch / f"bare{next(count)}"),
        lambda: command(*shared, "--out", scratch / f"out{next(count)}"),
        lambda: command(*shared, "--case", scratch / f"case{next(count)}"),
    )
    print(f"check {picture.name}\n  --no-seal: {plain}\n  --out:     {sealed}\n  --case:    {cased}", flush=True)


def verifying(name: str, files: int, size_bytes: int, rounds: int, scratch: Path) -> None:
    """`verify` against `sha256sum -c` over the same bytes; in a process of its own, and without its start."""
    root = scratch / "case"
    shutil.rmtree(root, ignore_errors=True)
    with writing(root, AUTHOR, create=True) as writer:
        for start in range(0, files, 1000):
            numbers = range(start, min(start + 1000, files))
            content = {f"data/reports/{start}/{number}.bin": os.urandom(size_bytes) for number in numbers}
            writer.enter(AUTHOR, "reported", "x", files=content)
        seal(writer, key(), AUTHOR)
    line = ["sha256sum", "-c", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    openssl = f"find {root} -type f -print0 | xargs -0 openssl dgst -sha256 > /dev/null"
    stock, fast, ours, inside = turns(
        rounds,
        lambda: subprocess.run(line, cwd=root, check=True).check_returncode(),
        lambda: subprocess.run(["sh", "-c", openssl], check=True).check_returncode(),
        lambda: command("verify", root),
        lambda: verify(FolderContents(root)) and None,
    )
    print(f"verify {name}\n  sha256sum -c:    {stock}\n  openssl dgst:    {fast}\n  verify:          {ours}")
    print(f"  without Python's start: {inside}", flush=True)


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--picture", type=Path, default=ROOT / "samples" / "railcar_post.png")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--only", choices=("verify", "check"), help="one half of it")
    asked = arguments.parse_args()
    scratch = Path(tempfile.mkdtemp())
    try:
        for files, size_bytes in SIZES if asked.only != "check" else ():
            verifying(f"{files:,} files of {size_bytes:,} bytes", files, size_bytes, asked.rounds, scratch)
        if asked.only != "verify":
            checking(asked.picture, asked.rounds, scratch)
    finally:
        shutil.rmtree(scratch)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
