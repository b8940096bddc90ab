"""BagIt (RFC 8493): the files that make a case a bag, so that archives can take it in and `sha256sum -c` checks it."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.case import CaseFile

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""Section 2.1.1, to the letter."""


def manifest(files: Iterable[CaseFile]) -> bytes:
    """Digest, two spaces, path: section 2.1.3, and what `sha256sum -c` reads. Paths here need no escapes."""
    lines = sorted((file.path, file.sha256) for file in files)
    return "".join(f"{sha256}  {path}\n" for path, sha256 in lines).encode()


def info(files: Iterable[CaseFile], *, date: str, case: str, tool: str) -> bytes:
    """Section 2.2.2: when it was packed, by what, how many bytes in how many files, and the name of the case."""
    sizes = [file.size_bytes for file in files]
    return (
        f"Bag-Software-Agent: {_one_line(tool)}\n"
        f"Bagging-Date: {date[:10]}\n"
        f"External-Identifier: {case}\n"
        f"Payload-Oxum: {sum(sizes)}.{len(sizes)}\n"
    ).encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())
