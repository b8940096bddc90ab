"""Asking ExifTool: all files in one run for its facts, or one by one of a resident process for its time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PLAIN = ("-json", "-G1", "-n", "-struct")
TAGS = (*_PLAIN, "-all", "-JPEGQualityEstimate")
BINARY = (*_PLAIN, "-b", "-IFD1:ThumbnailImage", "-Photoshop:PhotoshopThumbnail", "-ICC_Profile")
_READY = b"{ready}"

Tags = dict[str, Any]


def installed() -> str:
    """ExifTool's version; "" where it is not installed."""
    if shutil.which("exiftool") is None:
        return ""
    return subprocess.run(["exiftool", "-ver"], capture_output=True, text=True, check=False).stdout.strip()


def ask_all(paths: Sequence[str], options: Sequence[str]) -> dict[str, Tags]:
    """The tags of many files by path. Numbers stay as ExifTool printed them."""
    with tempfile.NamedTemporaryFile("w", suffix=".args") as listing:
        listing.write("\n".join(paths))
        listing.flush()
        ended = subprocess.run(["exiftool", *options, "-@", listing.name], capture_output=True, check=False)
    if not ended.stdout.strip():
        return {}
    # Its JSON is not always UTF-8, and holds control characters.
    told = json.loads(ended.stdout.decode("utf-8", "replace"), parse_int=str, parse_float=str, strict=False)
    return {one["SourceFile"]: one for one in told}


class Resident:
    """`exiftool -stay_open`: asked file by file through a pipe."""

    def __init__(self) -> None:
        command = ["exiftool", "-stay_open", "True", "-@", "-"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ask(self, path: str | Path) -> bytes:
        """All tags of one file, as JSON."""
        write, read = self._process.stdin, self._process.stdout
        if write is None or read is None:
            return b""
        write.write("\n".join([*TAGS, str(path), "-execute", ""]).encode())
        write.flush()
        told = bytearray()
        while not told.rstrip().endswith(_READY):
            part = os.read(read.fileno(), 1 << 16)
            if not part:
                raise EOFError(path)
            told += part
        return bytes(told)

    def close(self) -> None:
        """End the process."""
        self._process.communicate(b"-stay_open\nFalse\n", timeout=10)
