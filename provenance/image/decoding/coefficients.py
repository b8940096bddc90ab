"""The quantised DCT coefficients of a JPEG's luminance, read by libjpeg in a process of its own, under limits.

The library is jpeglib (extra `jpeg`): C code on bytes of strangers, so it never runs in this process. A child is
started for each picture that is asked, since few are; see docs/adr/0038-blind-methods.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ...model.image import Refusal
from ...model.limits import Limits
from .child import ended_by
from .memory_file import mapped, memory_file, seal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOT_INSTALLED = Refusal(reason="jpeglib is not installed", remedy="pip install 'provenance-desk[jpeg]'")
_SCRIPT = Path(__file__).with_name("coefficients_child.py")
_SIDE = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coefficients:
    """Luminance as the file stores it, not turned upright."""

    quantised: NDArray[np.int16] = field(repr=False)
    """Shape (block rows, block columns, 8, 8): vertical frequency, then horizontal."""
    steps: NDArray[np.int32]
    """The quantisation table, shape (8, 8), in the same order."""


def coefficients(data: bytes, limits: Limits, *, within_s: float | None = None) -> Coefficients | Refusal:
    """Read them. Never raises for what a file does: a refusal says why there are none."""
    if find_spec("jpeglib") is None:
        return NOT_INSTALLED
    wall_s = limits.decode_wall_s if within_s is None else max(0.1, min(limits.decode_wall_s, within_s))
    request = {
        "search_path": [str(Path(entry).absolute()) for entry in sys.path if entry],
        "memory_bytes": limits.decode_memory_bytes,
        "cpu_s": limits.decode_cpu_s,
        "pixels_px": limits.pixels_px,
    }
    try:
        # The library copies what it reads into a temporary file, which stays where it fails or its process is ended.
        with (
            memory_file("picture", data) as source,
            memory_file("coefficients") as target,
            TemporaryDirectory(prefix="provenance-") as folder,
        ):
            seal(source)
            ended = subprocess.run(  # noqa: S603 - our own script, by its own path
                [sys.executable, "-I", "-S", str(_SCRIPT), str(source.fileno()), str(target.fileno())],
                input=json.dumps(request).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(source.fileno(), target.fileno()),
                cwd=os.sep,
                env={**os.environ, "TMPDIR": folder},
                timeout=wall_s,
                check=False,
            )
            if ended.returncode:
                return Refusal(reason=f"jpeglib's process ended on this file ({ended_by(ended.returncode)})")
            seal(target)
            return _answer(json.loads(ended.stdout), mapped(target), limits)
    except subprocess.TimeoutExpired:
        return Refusal(reason=f"reading the coefficients took more than {wall_s:g} s")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        return Refusal(reason=f"jpeglib's process gave no answer ({type(error).__name__})")


def _answer(told: dict[str, Any], written: Any, limits: Limits) -> Coefficients | Refusal:
    """Nothing that the child says is believed without a look."""
    import numpy as np

    if "refused" in told:
        return Refusal(reason=f"jpeglib could not read the coefficients: {str(told['refused'])[:200]}")
    rows, columns, steps = int(told["rows"]), int(told["columns"]), np.array(told["steps"], np.int32)
    if min(rows, columns) < 1 or rows * columns * _SIDE**2 > 2 * limits.pixels_px or steps.shape != (_SIDE, _SIDE):
        raise ValueError("an impossible size")
    if steps.min() < 1 or steps.max() > 2**16 - 1:
        raise ValueError("an impossible table")
    values = np.frombuffer(written, np.int16, rows * columns * _SIDE**2)
    return Coefficients(quantised=values.reshape(rows, columns, _SIDE, _SIDE), steps=steps)
