"""What decoding in a child process costs: `python -m benchmarks.decoding`.

Prints, for a 12-megapixel JPEG made here (quality 90, 4:2:0), the least of ROUNDS wall times of

    plain       Image.open().convert("RGB").tobytes() in this process
    child       Decoder.decode() of the same bytes, child already running, pixels as an array in this process
    child+icc   the same with an ordinary sRGB profile in the file

taken in turns, then a picture of 8 x 8 pixels, the start, and the memory of the child before the first big picture.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.asked import arguments

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image, ImageCms

from provenance.image.decoding.decoder import Decoder
from provenance.model.image import WorkingCopy
from provenance.model.limits import Limits

ROUNDS = 15


def picture(profile: bytes = b"") -> bytes:
    """A 4000 x 3000 JPEG with smooth parts and noise, about 3.5 MB."""
    grey = Image.effect_noise((500, 375), 60).resize((4000, 3000), Image.Resampling.BICUBIC)
    turned = [grey, grey.transpose(Image.Transpose.FLIP_LEFT_RIGHT), grey.transpose(Image.Transpose.FLIP_TOP_BOTTOM)]
    buffer = io.BytesIO()
    Image.merge("RGB", turned).save(buffer, "JPEG", quality=90, icc_profile=profile)
    return buffer.getvalue()


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    data = picture()
    tagged = picture(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    limits = Limits()

    def decode(source: bytes) -> None:
        assert isinstance(decoder.decode(source, "image/jpeg", limits), WorkingCopy)

    start = time.perf_counter()
    with Decoder() as decoder:
        made = time.perf_counter() - start
        small = io.BytesIO()
        Image.new("RGB", (8, 8)).save(small, "JPEG")
        decode(small.getvalue())
        first = time.perf_counter() - start
        resident = _resident_bytes()
        actions: dict[str, Callable[[], object]] = {
            "plain": lambda: Image.open(io.BytesIO(data)).convert("RGB").tobytes(),
            "child": lambda: decode(data),
            "child+icc": lambda: decode(tagged),
            "8 x 8": lambda: decode(small.getvalue()),
        }
        times = {name: min(rounds) for name, rounds in _rounds(actions).items()}
    for name, taken in times.items():
        print(f"{name:10} {1000 * taken:7.1f} ms  {taken / times['plain']:.2f} x plain")
    print(f"Decoder() returns after {1000 * made:.1f} ms; first answer after {1000 * first:.0f} ms")
    print(f"child: {resident / 2**20:.0f} MiB resident")


def _resident_bytes() -> int:
    """Resident memory of this process's one child (Linux)."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return int(Path(f"/proc/{children[0]}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _rounds(actions: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            times[name].append(seconds(action))
    return times


if __name__ == "__main__":
    arguments(__doc__)
    main()
