"""A reading of the library in a process of its own, which ends when its time does: for stores and files that are large.

Native code cannot be interrupted, and a thread that is left behind goes on at the cost of the next picture. What a
store below the sizes here can ask of it is bounded, and a process is not worth its start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ...image.decoding.child import ended_by
from ...image.decoding.memory_file import memory_file
from ...model.image import Image
from ...model.limits import Limits
from .library import NoReading, Reading, late
from .lists import TrustList
from .presence import embedded

STORE_BYTES, FILE_BYTES, BLOCKS = 2**18, 2**25, 2_000
"""Of the store, of the file, and parts that our walkers list of it: past any of them the library is asked apart."""
_SCRIPT = Path(__file__).with_name("apart_child.py")


def is_large(image: Image) -> bool:
    """Whether this file is read in a process of its own."""
    store_bytes = sum(block.payload_length_bytes for block in embedded(image))
    return store_bytes > STORE_BYTES or len(image.data) > FILE_BYTES or len(image.structure.blocks) > BLOCKS


def read(
    data: bytes, media_type: str, trust_list: TrustList, limits: Limits, within_s: float
) -> Reading | NoReading | None:
    """As `library.read`; past `within_s` the process is killed, and nothing of it goes on. Never raises."""
    request = {
        "media_type": media_type,
        "trust_list": asdict(trust_list),
        "limits": asdict(limits),
        "search_path": [str(Path(entry).absolute()) for entry in sys.path if entry],
    }
    try:
        with memory_file("picture", data) as source:
            ended = subprocess.run(  # noqa: S603 - our own script, by its own path
                [sys.executable, "-I", "-S", str(_SCRIPT), str(source.fileno())],
                input=json.dumps(request).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(source.fileno(),),
                cwd=os.sep,
                timeout=max(0.1, within_s),
                check=False,
            )
    except subprocess.TimeoutExpired:
        return late(limits)
    except OSError as error:
        return NoReading(reason=f"no process could be started to read it: {error}"[:300])
    if ended.returncode:
        return NoReading(reason=f"the library's process ended on this file ({ended_by(ended.returncode)})")
    try:
        return _answer(json.loads(ended.stdout), trust_list)
    except (ValueError, KeyError, TypeError, RecursionError):
        return NoReading(reason="the library's process gave no answer")


def _answer(told: dict[str, Any], trust_list: TrustList) -> Reading | NoReading | None:
    if told["kind"] == "none":
        return None
    if told["kind"] == "refused":
        return NoReading(reason=str(told["reason"]), remote=str(told["remote"]), unsupported=bool(told["unsupported"]))
    return Reading(
        trust_list=trust_list, active=str(told["active"]), manifests=told["manifests"], results=told["results"]
    )
