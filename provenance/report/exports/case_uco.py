"""A report as a CASE/UCO graph in JSON-LD, for forensic tools (CASE 1.4, UCO 1.4; valid under their SHACL shapes).

The picture is an observable File with its digest; every line of the custody list is an InvestigativeAction with the
tool, its version and its settings as instrument; matches are relationships between files; each answer of the report,
and each item of evidence that it cites, is an Annotation. Two ProvenanceRecords bind the picture to its receipt and
the answers to the report. Nothing is in the graph that is not in the report; the path of the file is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...model.finding import Finding
from ...model.matches import Answer, Match
from ...model.report import Event, Report, Tool
from ..jsonform import body_digest
from ..run import setting_rows
from .case_facets import content_facet, file_facet, raster_facet
from .jsonld import Node, kept, moment, text, urn

CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-configuration": "https://ontology.unifiedcyberontology.org/uco/configuration/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SHOWN = (Answer.COPY, Answer.SAME_SCENE, Answer.SHARED_ELEMENT)


def render(report: Report) -> str:
    """The graph as JSON-LD text. Raises ValueError for numbers that JSON cannot carry exactly."""
    return text({"@context": CONTEXT, "@graph": _Graph(report).nodes()})


def nodes(report: Report) -> list[Node]:
    """The nodes of the graph alone, for a graph of several reports; no two reports share a name."""
    return _Graph(report).nodes()


def record_id(report: Report) -> str:
    """The name of the node that stands for the report as a whole."""
    return urn(body_digest(report), "record reported")


class _Graph:
    """The nodes of one report, named after its digest."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._digest = body_digest(report)
        cited = {cite for finding in report.findings for sentence in finding.sentences for cite in sentence.cites}
        self._cited = tuple(item for item in report.evidence if item.id in cited)
        self._matches = tuple(item for item in report.evidence if isinstance(item, Match) and item.answer in _SHOWN)

    def nodes(self) -> list[Node]:
        return [
            self._picture(),
            *self._working_copy(),
            self._tool(self._report.tool),
            self._configuration(),
            *(self._action(number, event) for number, event in enumerate(self._report.events)),
            *self._references(),
            *(self._relationship(match) for match in self._matches),
            *(self._annotation(item.id, item.id, item.statement, ()) for item in self._cited),
            *(self._answer(finding) for finding in self._report.findings),
            self._record("received", "The picture as received", [self._ref("picture")]),
            self._record("reported", f"Report with the digest {self._digest} (SHA-256, RFC 8785)", self._told()),
        ]

    def _id(self, part: str) -> str:
        return urn(self._digest, part)

    def _ref(self, part: str) -> Node:
        return {"@id": self._id(part)}

    def _picture(self) -> Node:
        original, pixels = self._report.original, self._report.pixels
        facets = [
            file_facet(self._id, "picture", original.name, original.size_bytes),
            content_facet(self._id, "picture", original.sha256, original.size_bytes, original.media_type),
        ]
        if pixels is not None:
            structure = self._report.structure
            facets.append(raster_facet(self._id, "picture", structure.width_px, structure.height_px))
        return {"@id": self._id("picture"), "@type": "uco-observable:File", "uco-core:hasFacet": facets}

    def _working_copy(self) -> Iterable[Node]:
        pixels = self._report.pixels
        if pixels is None:
            return
        yield {
            "@id": self._id("working copy"),
            "@type": "uco-observable:RasterPicture",
            "uco-core:name": "working copy",
            "uco-core:description": "; ".join(("decoded pixels, upright, sRGB, never written to disk", *pixels.steps)),
            "uco-core:hasFacet": [raster_facet(self._id, "working copy", pixels.width_px, pixels.height_px)],
        }
        yield self._related("working copy", "picture", "Derived_From", "The working copy is decoded from the picture.")

    def _tool(self, tool: Tool) -> Node:
        return {
            "@id": self._id("tool"),
            "@type": "uco-tool:ConfiguredTool",
            "uco-core:name": tool.name,
            "uco-tool:version": tool.version,
            "uco-configuration:usesConfiguration": self._ref("configuration"),
        }

    def _configuration(self) -> Node:
        tool = self._report.tool
        rows = [("python", tool.python), *((f"library.{name}", version) for name, version in tool.libraries.items())]
        rows += [(f"setting.{row.label}", row.text) for row in setting_rows(self._report.settings)]
        entries = [
            {
                "@id": self._id(f"entry {number}"),
                "@type": "uco-configuration:ConfigurationEntry",
                "uco-configuration:itemName": name,
                "uco-configuration:itemValue": value,
            }
            for number, (name, value) in enumerate(rows)
        ]
        return {
            "@id": self._id("configuration"),
            "@type": "uco-configuration:Configuration",
            "uco-configuration:configurationEntry": entries,
        }

    def _action(self, number: int, event: Event) -> Node:
        at = moment(event.at)
        time = {"@type": "xsd:dateTime", "@value": at} if at else None
        results = {
            "received": [self._ref("record received")],
            "decoded": [] if self._report.pixels is None else [self._ref("working copy")],
            "searched": [self._ref(f"relationship {match.id}") for match in self._matches],
            "reported": [self._ref("record reported")],
        }
        return kept(
            {
                "@id": self._id(f"action {number}"),
                "@type": "case-investigation:InvestigativeAction",
                "uco-core:name": event.what,
                "uco-core:description": f"{event.detail} (time {event.at}, by {self._report.clock})",
                "uco-action:startTime": time,
                "uco-action:endTime": time,
                "uco-action:instrument": self._ref("tool"),
                "uco-action:object": self._ref("picture"),
                "uco-action:result": results.get(event.what, []),
                "case-investigation:wasInformedBy": self._ref(f"action {number - 1}") if number else None,
            }
        )

    def _references(self) -> Iterable[Node]:
        for reference in {match.reference.image_id: match.reference for match in self._matches}.values():
            part = f"reference {reference.image_id}"
            facets = [file_facet(self._id, part, reference.name), content_facet(self._id, part, reference.image_id)]
            yield {
                "@id": self._id(part),
                "@type": "uco-observable:File",
                "uco-core:description": f"a picture of the reference set {reference.set_name}",
                "uco-core:hasFacet": facets,
            }

    def _relationship(self, match: Match) -> Node:
        part = f"reference {match.reference.image_id}"
        return self._related("picture", part, match.answer.value, match.statement, f"relationship {match.id}")

    def _related(self, source: str, target: str, kind: str, told: str, part: str = "") -> Node:
        return {
            "@id": self._id(part or f"{source} to {target}"),
            "@type": "uco-observable:ObservableRelationship",
            "uco-core:source": self._ref(source),
            "uco-core:target": self._ref(target),
            "uco-core:kindOfRelationship": kind,
            "uco-core:isDirectional": True,
            "uco-core:description": told,
        }

    def _answer(self, finding: Finding) -> Node:
        told = "\n".join(sentence.text for sentence in finding.sentences) or finding.reason
        cites = dict.fromkeys(cite for sentence in finding.sentences for cite in sentence.cites)
        known = {item.id for item in self._cited}
        part = f"answer {finding.question.value}"
        name = f"{finding.question.value}: {finding.verdict.value}"
        return self._annotation(part, name, told, [cite for cite in cites if cite in known])

    def _annotation(self, part: str, name: str, told: str, about: Iterable[str]) -> Node:
        return {
            "@id": self._id(part),
            "@type": "uco-core:Annotation",
            "uco-core:name": name,
            "uco-core:statement": told,
            "uco-core:object": [self._ref("picture"), *map(self._ref, about)],
        }

    def _told(self) -> list[Node]:
        parts = [f"relationship {match.id}" for match in self._matches]
        parts += [item.id for item in self._cited]
        return [self._ref(part) for part in (*parts, *(f"answer {f.question.value}" for f in self._report.findings))]

    def _record(self, part: str, told: str, objects: list[Node]) -> Node:
        return {
            "@id": self._id(f"record {part}"),
            "@type": "case-investigation:ProvenanceRecord",
            "uco-core:description": told,
            "uco-core:object": objects or [self._ref("picture")],
        }
