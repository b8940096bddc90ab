"""A folder with a report as an RO-Crate: ro-crate-metadata.json, with PROV terms inside.

RO-Crate 1.1 (w3id.org/ro/crate/1.1), which readers of every age know. Every file stands there with its size and
digest; W3C PROV-O says what each was made from and by which run (wasDerivedFrom, wasGeneratedBy, used,
wasAssociatedWith). The agent is the program with its version; a person only where one is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from ...model.report import Report, Tool
from ...model.text import quoted
from ..jsonform import body_digest
from .jsonld import Node, kept, moment, text

NAME = "ro-crate-metadata.json"
"""What the file must be called, at the top of the folder (RO-Crate 1.1, section "Structure")."""
PROFILE = "https://w3id.org/ro/crate/1.1"
# The context of RO-Crate 1.1 has wasDerivedFrom and lacks these.
TERMS = {
    "sha256": "http://schema.org/sha256",
    "prov": "http://www.w3.org/ns/prov#",
    "wasGeneratedBy": "http://www.w3.org/ns/prov#wasGeneratedBy",
    "wasAssociatedWith": "http://www.w3.org/ns/prov#wasAssociatedWith",
    "used": "http://www.w3.org/ns/prov#used",
}
NO_LICENCE = "No licence is stated here. The rights in the picture are with whoever made it."
LICENCE = "#licence"
_RUN, _TOOL, _PERSON = "#run", "#tool", "#person"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Role(StrEnum):
    """What a file of the folder is."""

    ORIGINAL = "original"
    """The bytes as received, never changed (Berkeley Protocol: evidentiary copy)."""
    FIGURE = "figure"
    REPORT = "report"
    RECORD = "record"
    """A log, a seal, a signature, a list of digests: of the folder, and not made from the picture by this run."""


_NOT_MADE = (Role.ORIGINAL, Role.RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrateFile:
    """A file of the folder. `name`: its path below the folder, with slashes; `sha256`: lower-case hex."""

    name: str
    size_bytes: int
    sha256: str
    role: Role
    media_type: str = ""
    derived_from: tuple[str, ...] = ()
    """Names of the files it was made from; empty means the original, except for an original or a record."""


def render(report: Report, files: Sequence[CrateFile], *, by: str = "") -> str:
    """The metadata file as JSON-LD text. `by`: the person who ran the check, where they are to be named.

    Raises ValueError for a file outside the folder, a name that stands twice, and a parent that is not listed.
    """
    listed = sorted((file for file in files if file.name != NAME), key=lambda file: file.name)
    names = [_checked(file.name) for file in listed]
    if len(set(names)) != len(names):
        raise ValueError("a file stands twice in the list")
    originals = [file.name for file in listed if file.role is Role.ORIGINAL and file.sha256 == report.original.sha256]
    roots = [uri(name) for name in originals] or [f"#picture-{report.original.sha256}"]
    graph = [
        descriptor(),
        _root(report, names, by),
        *(_file(file, set(names), roots) for file in listed),
        *([] if originals else [_picture(report, roots[0])]),
        _run(report, listed, roots, by),
        tool_node(report.tool, _TOOL),
        licence(),
        *([{"@id": _PERSON, "@type": ["Person", "prov:Agent"], "name": by}] if by else []),
    ]
    return text({"@context": [f"{PROFILE}/context", TERMS], "@graph": graph})


def _checked(name: str) -> str:
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or "\0" in name or not all(parts) or {".", ".."} & set(parts):
        raise ValueError(f"{quoted(name, limit=200)} is no path below the folder")
    return name


def uri(name: str) -> str:
    """A path as a relative URI (RFC 3986 section 4.2); a lone surrogate is the byte that it stands for."""
    return quote(name.encode("utf-8", "surrogateescape"))


def refs(ids: Iterable[str]) -> Node | list[Node]:
    """References; one alone stands without a list, as RO-Crate 1.1 recommends (appendix "RO-Crate JSON-LD")."""
    found: list[Node] = [{"@id": each} for each in ids]
    return found[0] if len(found) == 1 else found


def descriptor() -> Node:
    """The entity that says which folder the file describes, and by which form."""
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }


def _root(report: Report, names: Sequence[str], by: str) -> Node:
    return kept(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": f"Report on {quoted(report.original.name, limit=200)}",
            "description": (
                f"What {report.tool.name} {report.tool.version} found about the picture with the SHA-256 "
                f"{report.original.sha256}. Digest of the report (SHA-256, RFC 8785): {body_digest(report)}. "
                f"Time: {report.made_at}, by {report.clock}."
            ),
            "datePublished": moment(report.made_at) or report.made_at,
            "license": {"@id": LICENCE},
            "author": {"@id": _PERSON} if by else None,
            "hasPart": refs(map(uri, names)),
            "mentions": {"@id": _RUN},
        }
    )


def _file(file: CrateFile, names: set[str], roots: Sequence[str]) -> Node:
    if not _SHA256.fullmatch(file.sha256):
        raise ValueError(f"{quoted(file.name, limit=200)} has no SHA-256")
    for parent in file.derived_from:
        if parent not in names:
            raise ValueError(
                f"{quoted(file.name, limit=200)} is made from {quoted(parent, limit=200)}, not listed here"
            )
    parents = [uri(name) for name in file.derived_from]
    if not parents and file.role not in _NOT_MADE:
        parents = list(roots)
    return kept(
        {
            "@id": uri(file.name),
            "@type": ["File", "prov:Entity"],
            "name": file.name,
            "description": file.role.value,
            "contentSize": str(file.size_bytes),
            "encodingFormat": file.media_type,
            "sha256": file.sha256,
            "wasDerivedFrom": refs(parents),
            "wasGeneratedBy": None if file.role in _NOT_MADE else {"@id": _RUN},
        }
    )


def _picture(report: Report, name: str) -> Node:
    """The original where its bytes are not in the folder: an entity with a digest."""
    return kept(
        {
            "@id": name,
            "@type": ["ImageObject", "prov:Entity"],
            "name": report.original.name,
            "description": "original, not in this folder",
            "contentSize": str(report.original.size_bytes),
            "encodingFormat": report.original.media_type,
            "sha256": report.original.sha256,
        }
    )


def _run(report: Report, files: Sequence[CrateFile], roots: Sequence[str], by: str) -> Node:
    made = [uri(file.name) for file in files if file.role not in _NOT_MADE]
    times = [moment(event.at) for event in report.events] or [moment(report.made_at)]
    return kept(
        {
            "@id": _RUN,
            "@type": ["CreateAction", "prov:Activity"],
            "name": f"check with {report.tool.name} {report.tool.version}",
            "description": "; ".join(f"{event.at} {event.what}: {event.detail}" for event in report.events),
            "startTime": times[0],
            "endTime": times[-1],
            "instrument": {"@id": _TOOL},
            "agent": {"@id": _PERSON} if by else None,
            "object": refs(roots),
            "result": refs(made),
            "used": refs(roots),
            "wasAssociatedWith": refs([_TOOL, *([_PERSON] if by else [])]),
        }
    )


def tool_node(tool: Tool, name: str) -> Node:
    """A program with its version and what it ran on."""
    libraries = ", ".join(f"{library} {version}" for library, version in tool.libraries.items())
    return {
        "@id": name,
        "@type": ["SoftwareApplication", "prov:SoftwareAgent"],
        "name": tool.name,
        "softwareVersion": tool.version,
        "softwareRequirements": f"Python {tool.python}" + (f", {libraries}" if libraries else ""),
    }


def licence() -> Node:
    """What stands where RO-Crate asks for a licence."""
    return {"@id": LICENCE, "@type": "CreativeWork", "name": "No licence stated", "description": NO_LICENCE}
