"""A whole case as an RO-Crate: each file with its digest, each entry of the log as an activity in PROV terms.

The crate of one report (ro_crate.py) speaks of one run; this one of all that the log tells: who did what, when, from
which files to which, and what people recorded. Nothing is in it that is not in the case.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...custody.layout import DERIVATIVES, INDEXES, REPORTS
from ...model.case import CaseFile, Did, Entry
from ...model.text import quoted
from ..jsonform import body_digest
from .filed import KINDS, FiledCase, kind_of, media_type, said
from .jsonld import Node, kept, moment, text
from .ro_crate import LICENCE, PROFILE, TERMS, descriptor, licence, refs, tool_node, uri

MOST_PARENTS = 64
"""Files that one is told to be made from; a report has a picture, a claims file and a handful of lists."""


def render(filed: FiledCase) -> str:
    """The text of ro-crate-metadata.json at the top of the case, without a newline at its end."""
    return text({"@context": [f"{PROFILE}/context", TERMS], "@graph": list(_nodes(filed))})


def _nodes(filed: FiledCase) -> Iterable[Node]:
    people = {by: f"#person-{number}" for number, by in enumerate(dict.fromkeys(e.by for e in filed.entries), 1)}
    tools = {tool: f"#tool-{number}" for number, tool in enumerate(dict.fromkeys(e.tool for e in filed.entries), 1)}
    yield descriptor()
    yield _root(filed)
    brought = {file.path: entry for entry in filed.entries for file in entry.outputs}
    for file in filed.files:
        yield _file(file, brought.get(file.path), filed)
    for entry in filed.entries:
        yield _activity(entry, filed, people, tools)
        if entry.did == Did.RECORDED:
            yield _note(entry, filed)
    for number, report in sorted(filed.reports.items()):
        yield tool_node(report.tool, f"#tool-of-entry-{number}")
    for tool, name in tools.items():
        yield {"@id": name, "@type": ["SoftwareApplication", "prov:SoftwareAgent"], "name": tool}
    for by, name in people.items():
        yield {"@id": name, "@type": ["Person", "prov:Agent"], "name": by, "description": "as the log names them"}
    yield licence()


def _root(filed: FiledCase) -> Node:
    last = filed.entries[-1]
    told = (
        f"Pictures as they were received, {_reports(len(filed.reports))} on them and what people recorded, with the "
        f"log of what was done: {len(filed.entries)} entries. seal.json lists each file with its digest, and is "
        "signed; VERIFY.txt tells how to check that. Times are by the clock that each entry of the log names."
    )
    if filed.unread:
        told += f" Not described beyond their files: {'; '.join(filed.unread)}."
    return kept(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": f"Case {filed.case[:12]}",
            "description": told,
            "datePublished": moment(last.at) or last.at,
            "license": {"@id": LICENCE},
            "hasPart": refs(uri(file.path) for file in filed.files),
            "mentions": refs(
                [
                    *(_entry(entry) for entry in filed.entries),
                    *(_noted(entry) for entry in filed.entries if entry.did == Did.RECORDED),
                ]
            ),
        }
    )


def _reports(number: int) -> str:
    return "1 report" if number == 1 else f"{number} reports"


def _file(file: CaseFile, entry: Entry | None, filed: FiledCase) -> Node:
    parents, made = [], kind_of(file.path) in _MADE
    if entry is not None and made:
        parents = [path for path in filed.paths_of(entry.inputs[:MOST_PARENTS]) if path != file.path]
    return kept(
        {
            "@id": uri(file.path),
            "@type": ["File", "prov:Entity"],
            "name": file.path,
            "description": kind_of(file.path),
            "contentSize": str(file.size_bytes),
            "encodingFormat": media_type(file.path),
            "sha256": file.sha256,
            "wasDerivedFrom": refs(map(uri, parents)) if parents else None,
            "wasGeneratedBy": None if entry is None or not made else {"@id": _entry(entry)},
        }
    )


_MADE = ("report", KINDS[REPORTS], KINDS[DERIVATIVES], KINDS[INDEXES])
"""What this program made out of other files of the case; all else came from elsewhere."""


def _activity(entry: Entry, filed: FiledCase, people: dict[str, str], tools: dict[str, str]) -> Node:
    report = filed.reports.get(entry.number)
    at = moment(entry.at) or entry.at
    told, started, tool = entry.words, at, tools[entry.tool]
    if report is not None:
        steps = "; ".join(f"{event.at} {event.what}: {event.detail}" for event in report.events)
        told = f"{told}. Digest of the report (SHA-256, RFC 8785): {body_digest(report)}. {steps}"
        started = moment(report.events[0].at) if report.events else at
        tool = f"#tool-of-entry-{entry.number}"
    used = list(map(uri, filed.paths_of(entry.inputs)))
    made = [uri(file.path) for file in entry.outputs]
    if entry.did == Did.RECORDED:
        made.append(_noted(entry))
    return kept(
        {
            "@id": _entry(entry),
            "@type": ["CreateAction", "prov:Activity"],
            "name": f"entry {entry.number}: {entry.did}",
            "description": f"{told} (by {entry.clock})",
            "startTime": started or at,
            "endTime": at,
            "instrument": {"@id": tool},
            "agent": {"@id": people[entry.by]},
            "object": refs(used),
            "result": refs(made),
            "used": refs(used),
            "wasAssociatedWith": refs([tool, people[entry.by]]),
        }
    )


def _note(entry: Entry, filed: FiledCase) -> Node:
    kind = entry.settings.get("kind", "")
    return kept(
        {
            "@id": _noted(entry),
            "@type": ["CreativeWork", "prov:Entity"],
            "name": f"{quoted(kind, limit=40) if isinstance(kind, str) and kind else 'what a person recorded'}",
            "description": said(entry),
            "about": refs(map(uri, filed.paths_of(entry.inputs))),
            "wasGeneratedBy": {"@id": _entry(entry)},
        }
    )


def _entry(entry: Entry) -> str:
    return f"#entry-{entry.number}"


def _noted(entry: Entry) -> str:
    return f"#recorded-{entry.number}"
