"""A report as a C2PA manifest (C2PA 2.2): which report, on which bytes, in which case. Pure; it signs nothing.

The manifest says that a report was made on the parent, and names it by digest. Of the picture it says nothing.
"""

from __future__ import annotations

from typing import Any

from ...model.report import Report
from ..figures.head_code import case_head
from ..jsonform import body_digest

LABEL = "local.provenance-desk.report"
"""A label of our own begins with a domain of ours (C2PA 2.2, section 6.2.1); there is none, and .local is nobody's
(RFC 6762, section 3)."""
MEANING = (
    "Names the report on the parent picture and nothing else: it does not say that the picture is as described. The "
    "signer is whoever holds the key; unless a trust list names the certificate, nobody vouches for that name."
)


def manifest(report: Report, *, version: str, head: str = "") -> dict[str, Any]:
    """The manifest of a copy of the picture, as c2pa-rs reads it. `head`: of the case's log when it is made."""
    original = report.original
    said = {
        "meaning": MEANING,
        "report_schema": report.schema,
        "report_body_sha256": body_digest(report),
        "report_made_at": report.made_at,
        "report_made_with": f"{report.tool.name} {report.tool.version}",
        "original_sha256": original.sha256,
        "original_size_bytes": original.size_bytes,
        "case_head_at_receipt": case_head(report),
        "case_head": head,
    }
    return {
        "claim_generator_info": [{"name": "provenance", "version": version}],
        "title": f"copy of {original.sha256[:12]}, with a manifest that names a report on it",
        "assertions": [{"label": LABEL, "data": {name: value for name, value in said.items() if value != ""}}],
    }


def parent(report: Report) -> dict[str, Any]:
    """The picture as it was received, as the ingredient that the copy was made from; named by its digest alone."""
    return {
        "title": f"original {report.original.sha256[:12]}",
        "relationship": "parentOf",
        "instance_id": f"urn:sha256:{report.original.sha256}",
    }
