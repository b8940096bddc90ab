"""The index of a batch for programs, and the schema that it obeys."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from ..model.batch import Batch, Row

SCHEMA, SCHEMA_FILE = "provenance-index/1", "index-1.schema.json"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every index.json of this version obeys."""
    text = resources.files(__package__).joinpath("schema", SCHEMA_FILE).read_text(encoding="utf-8")
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def index_json(batch: Batch) -> dict[str, Any]:
    """The same as plain JSON values, each picture with the digest of its report's content."""
    groups = {member: number for number, group in enumerate(batch.groups, 1) for member in group.members}
    return {
        "schema": SCHEMA,
        "made_at": batch.made_at,
        "pictures": [_told(row, groups.get(number, 0), batch.reports) for number, row in enumerate(batch.rows)],
        "groups": [
            {"group": number, "linked_by": list(group.ways), "pictures": len(group.members)}
            for number, group in enumerate(batch.groups, 1)
        ],
        "kept_from_an_earlier_run": batch.kept,
        "not_reached": batch.not_reached,
        "not_compared": batch.not_compared,
    }


def _told(row: Row, group: int, reports: str) -> dict[str, Any]:
    earliest = {"told": row.date, "until": row.date_at, "item": row.date_item}
    told = {
        "name": row.name,
        "sha256": row.sha256,
        "size_bytes": row.size_bytes or None,
        "overall": row.overall,
        "seen_before": row.seen_before,
        "when": row.when,
        "where": row.where,
        "earliest": earliest if row.date else None,
        "contradictions": row.contradictions if row.report else None,
        "report": f"{reports}{row.report}/report.json" if row.report else "",
        "report_sha256": row.report_sha256,
        "body_sha256": row.digest,
        "group": group or None,
        "problem": row.problem,
        "remedy": row.remedy,
        "exit_code": row.exit_code or None,
    }
    return {name: value for name, value in told.items() if value not in (None, "")}
