"""One picture of a batch as its index tells it, and pictures of a batch that belong together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A picture of a batch. Without `report` nothing could be reported, and `problem` says why."""

    name: str
    """As the desk gave it: a path, verbatim."""
    path: str = ""
    """Absolute; "" for what came by standard input."""
    sha256: str = ""
    size_bytes: int = 0
    overall: str = ""
    """This and the next three: verdict words; "" where the question was not asked."""
    seen_before: str = ""
    when: str = ""
    where: str = ""
    date: str = ""
    """The earliest time by which the picture was there, in words, by an item that counts; "" where none says so."""
    date_at: str = ""
    """Its end, ISO 8601 in UTC."""
    date_item: str = ""
    """Id of the item that says so."""
    contradictions: int = 0
    report: str = ""
    """Name of the report's folder beside the index."""
    report_sha256: str = ""
    """Of the file report.json."""
    digest: str = ""
    """Of the report's canonical body."""
    problem: str = ""
    remedy: str = ""
    exit_code: int = 0
    met: tuple[str, ...] = ()
    """SHA-256 of pictures (of reference sets, of earlier checks) that the search found to be copies of it."""
    codes: str = ""
    """Its whole-frame codes, base64 (fingerprint/alike.py); "" for a picture too plain to be compared by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pictures of one batch that are each linked to at least one other of them."""

    members: tuple[int, ...]
    """Positions among the rows, ascending; two or more."""
    ways: tuple[str, ...]
    """By what they were linked, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What an index tells of a run over many pictures."""

    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    made_at: str
    kept: int = 0
    """Rows whose report was there already."""
    not_reached: int = 0
    """Pictures that a run that was stopped did not come to."""
    not_compared: int = 0
    """Pictures that were not compared with the others by their codes, since there were too many."""
    reports: str = ""
    """What leads from the index to the folders of the reports: "" beside it, "../../reports/" in a case."""
    option: str = "--out"
    """Which option of the same command makes a run that was stopped go on."""
