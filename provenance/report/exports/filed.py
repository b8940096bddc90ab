"""What the forms of a whole case share: its entries, its files with what each is, and the reports among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...custody.layout import (
    CLAIMS,
    DERIVATIVES,
    INDEXES,
    KEYS,
    LOG,
    ORIGINALS,
    RECORDED,
    REPORTS,
    SEALS,
    STAMPS,
    TRUST,
)
from ...model.case import CaseFile, Entry
from ...model.report import Report

KINDS = {
    ORIGINALS: "original: the bytes as received, never changed",
    REPORTS: "figure of a report",
    DERIVATIVES: "derivative: a copy with parts covered, or an edition of a report with parts left out",
    INDEXES: "index of the pictures of one run, with links to their reports",
    RECORDED: "what goes with something that a person recorded",
    CLAIMS: "claims file: what a report was asked to test",
    TRUST: "trust list: certificates that a report asked",
    STAMPS: "time-stamp (RFC 3161), or what it takes to check one",
    SEALS: "an earlier seal of this case, or its signature",
    KEYS: "statement that one signing key took the place of another, or a signature of it",
    LOG: "the log: what was done in this case, one line an entry",
}
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".pem": "application/x-pem-file",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tsq": "application/timestamp-query",
    ".tsr": "application/timestamp-reply",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".yaml": "application/yaml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledCase:
    """A case as its log tells it."""

    case: str
    """SHA-256 of the log's first line: the name of the case."""
    entries: tuple[Entry, ...] = field(repr=False)
    files: tuple[CaseFile, ...] = field(repr=False)
    """Every file of data/, the log too, sorted by path."""
    reports: dict[int, Report] = field(repr=False)
    """Those that could be read back, by the number of the entry that filed them."""
    unread: tuple[str, ...] = ()
    """Paths of the reports that are not in `reports`, with the reason."""
    by_digest: dict[str, str] = field(repr=False)
    """Where bytes lie, by their SHA-256: the first path, where several hold the same."""

    def paths_of(self, digests: Iterable[str]) -> list[str]:
        """Where bytes with these digests lie, without those that lie nowhere."""
        return [self.by_digest[sha256] for sha256 in dict.fromkeys(digests) if sha256 in self.by_digest]


def by_digest(files: Sequence[CaseFile]) -> dict[str, str]:
    """For `FiledCase.by_digest`."""
    return {file.sha256: file.path for file in reversed(files)}


def kind_of(path: str) -> str:
    """What a file of a case is, in words."""
    if path.startswith(f"{REPORTS}/") and path.rpartition("/")[2].partition(".")[0] == "report":
        return "report"
    return next((kind for start, kind in KINDS.items() if path == start or path.startswith(f"{start}/")), "file")


def media_type(path: str) -> str:
    """By the ending, which is of this program's making; "" where it does not tell."""
    name, dot, ending = path.rpartition(".")
    return MEDIA_TYPES.get(dot + ending, "") if name else ""


def said(entry: Entry) -> str:
    """What a person recorded, whole, with what they said of it."""
    text = entry.settings.get("text", "")
    rest = [
        f"{name}: {value if isinstance(value, str) else ', '.join(value)}"
        for name, value in sorted(entry.settings.items())
        if name != "text"
    ]
    return "\n".join([text if isinstance(text, str) and text else entry.words, *rest])
