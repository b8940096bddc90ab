"""Files of many lines that people hand in, read line by line: every trouble is named with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ..model.text import visible
from .problem import problem

# An archive of 500,000 pictures at 500 bytes a row; a claims file, which people write by hand, is far smaller.
LARGEST_BYTES = 256 * 2**20
LONGEST_LINE_CHARS = 2**20


def csv_rows(path: Path, what: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each row's first line, from 1, and its cells; errors and `what` as of `decoded_lines`."""
    reader = csv.reader(decoded_lines(path, what), strict=True)
    first = 1
    try:
        for cells in reader:
            yield first, cells
            first = reader.line_num + 1
    except csv.Error as error:
        raise problem(
            str(path), reader.line_num or 1, f"no CSV: {visible(str(error), limit=80)}", "mend the quotes"
        ) from error


def decoded_lines(path: Path, what: str) -> Iterator[str]:
    """Lines with their ends, decoded. Raises StatementsError that names the line; `what`: "a records file"."""
    try:
        if not path.is_file():
            found = "a folder, pipe or device stands there" if path.exists() else "no such file"
            raise problem(str(path), None, found, f"give the path of {what}")
        if path.stat().st_size > LARGEST_BYTES:
            raise problem(str(path), None, f"larger than {LARGEST_BYTES:,} bytes", "split it into several files")
        with path.open("rb") as file:
            number = 0
            while data := file.readline(4 * LONGEST_LINE_CHARS):
                number += 1
                yield _decoded(data, path, number)
    except OSError as error:
        raise problem(str(path), None, error.strerror or str(error), "check the path and its permissions") from error


def _decoded(data: bytes, path: Path, number: int) -> str:
    if len(data) >= 4 * LONGEST_LINE_CHARS:
        raise problem(str(path), number, "a line of more than a million characters", "mend the quotes")
    if b"\0" in data:
        raise problem(str(path), number, "holds a NUL byte", "save it as UTF-8 text")
    try:
        return data.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise problem(str(path), number, found, "save it as UTF-8 (in Excel: CSV UTF-8)") from error
