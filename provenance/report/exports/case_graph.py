"""A whole case as one CASE/UCO graph: the graph of each report, and around them the log, the files, and what was said.

An entry of the log is an InvestigativeAction with who did it, the tool, and the files that went in and came out; what a
person recorded is an Annotation. Names of nodes follow from the case and the reports, so that the same case gives the
same graph.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...model.case import CaseFile, Did, Entry
from .case_facets import content_facet, file_facet
from .case_uco import CONTEXT, nodes, record_id
from .filed import FiledCase, kind_of, media_type, said
from .jsonld import Node, kept, moment, text, urn


def render(filed: FiledCase) -> str:
    """The graph as JSON-LD text, without a newline at its end."""
    return text({"@context": CONTEXT, "@graph": list(_Graph(filed).nodes())})


class _Graph:
    """The nodes of one case, named after it."""

    def __init__(self, filed: FiledCase) -> None:
        self._filed = filed

    def nodes(self) -> Iterable[Node]:
        filed = self._filed
        yield self._investigation()
        for by in dict.fromkeys(entry.by for entry in filed.entries):
            yield {"@id": self._id(f"person {by}"), "@type": "uco-identity:Identity", "uco-core:name": by}
        for tool in dict.fromkeys(entry.tool for entry in filed.entries):
            yield {"@id": self._id(f"tool {tool}"), "@type": "uco-tool:Tool", "uco-core:name": tool}
        for file in filed.files:
            yield self._file(file)
        for entry in filed.entries:
            yield self._action(entry)
            if entry.did == Did.RECORDED:
                yield self._annotation(entry)
            if entry.did == Did.RECEIVED:
                yield self._receipt(entry)
        for report in {record_id(report): report for report in filed.reports.values()}.values():
            yield from nodes(report)

    def _id(self, part: str) -> str:
        return urn(self._filed.case, part)

    def _ref(self, part: str) -> Node:
        return {"@id": self._id(part)}

    def _files(self, paths: Iterable[str]) -> list[Node]:
        return [self._ref(f"file {path}") for path in paths]

    def _investigation(self) -> Node:
        filed = self._filed
        told = f"The case whose log begins with the line with the SHA-256 {filed.case}; {len(filed.entries)} entries."
        if filed.unread:
            told += f" Not described beyond their files: {'; '.join(filed.unread)}."
        return {
            "@id": self._id("investigation"),
            "@type": "case-investigation:Investigation",
            "uco-core:name": f"Case {filed.case[:12]}",
            "uco-core:description": told,
            "uco-core:object": [self._ref(f"entry {entry.number}") for entry in filed.entries],
        }

    def _file(self, file: CaseFile) -> Node:
        part = f"file {file.path}"
        return {
            "@id": self._id(part),
            "@type": "uco-observable:File",
            "uco-core:name": file.path,
            "uco-core:description": kind_of(file.path),
            "uco-core:hasFacet": [
                file_facet(self._id, part, file.path.rpartition("/")[2], file.size_bytes),
                content_facet(self._id, part, file.sha256, file.size_bytes, media_type(file.path)),
            ],
        }

    def _action(self, entry: Entry) -> Node:
        at = moment(entry.at)
        time = {"@type": "xsd:dateTime", "@value": at} if at else None
        report = self._filed.reports.get(entry.number)
        results = self._files(file.path for file in entry.outputs)
        results += [{"@id": record_id(report)}] if report is not None else []
        results += [self._ref(f"said {entry.number}")] if entry.did == Did.RECORDED else []
        return kept(
            {
                "@id": self._id(f"entry {entry.number}"),
                "@type": "case-investigation:InvestigativeAction",
                "uco-core:name": entry.did,
                "uco-core:description": f"{entry.words} (time {entry.at}, by {entry.clock})",
                "uco-action:startTime": time,
                "uco-action:endTime": time,
                "uco-action:performer": self._ref(f"person {entry.by}"),
                "uco-action:instrument": self._ref(f"tool {entry.tool}"),
                "uco-action:object": self._files(self._filed.paths_of(entry.inputs)),
                "uco-action:result": results,
                "case-investigation:wasInformedBy": self._before(entry),
            }
        )

    def _before(self, entry: Entry) -> Node | None:
        return self._ref(f"entry {entry.number - 1}") if entry.number > 1 else None

    def _annotation(self, entry: Entry) -> Node:
        about = self._files([*self._filed.paths_of(entry.inputs), *(file.path for file in entry.outputs)])
        return {
            "@id": self._id(f"said {entry.number}"),
            "@type": "uco-core:Annotation",
            "uco-core:name": entry.words,
            "uco-core:statement": said(entry),
            "uco-core:object": about or [self._ref("investigation")],
        }

    def _receipt(self, entry: Entry) -> Node:
        about = self._files(self._filed.paths_of(entry.inputs))
        return {
            "@id": self._id(f"receipt {entry.number}"),
            "@type": "case-investigation:ProvenanceRecord",
            "uco-core:description": entry.words,
            "uco-core:object": about or [self._ref("investigation")],
        }
