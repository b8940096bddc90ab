"""The process of one reading: a request on standard input, the file and the answer's numbers by their descriptors.

Run by path, never imported by the parent: `python -I -S coefficients_child.py SOURCE TARGET`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any


def main(source: int, target: int) -> None:
    """Read once, answer once."""
    request = json.loads(sys.stdin.buffer.read())
    sys.path[:] = request["search_path"]
    # libjpeg writes its warnings to the standard streams: the answer goes out by a copy that it does not know.
    answer, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    import jpeglib

    for kind, amount in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, request["cpu_s"]),
        (resource.RLIMIT_AS, request["memory_bytes"]),
        (resource.RLIMIT_FSIZE, 4 * request["pixels_px"]),
    ):
        resource.setrlimit(kind, (amount, amount))
    told: dict[str, Any]
    try:
        read = jpeglib.read_dct(f"/dev/fd/{source}")
        luminance = read.Y.astype("<i2")
        with os.fdopen(target, "wb", closefd=False) as file:
            file.write(luminance.tobytes())
        table = int(read.quant_tbl_no[0])
        told = {"rows": luminance.shape[0], "columns": luminance.shape[1], "steps": read.qt[table].tolist()}
    except Exception as error:  # whatever the library makes of a file is an answer
        told = {"refused": f"{type(error).__name__}: {error}"}
    os.write(answer, json.dumps(told).encode())


if __name__ == "__main__":
    status = 1
    try:
        main(int(sys.argv[1]), int(sys.argv[2]))
        status = 0
    finally:
        os._exit(status)
