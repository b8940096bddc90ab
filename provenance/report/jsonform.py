"""A report as JSON, and the digest that names its content.

The digest of a report is the SHA-256 of the RFC 8785 form of its JSON without the field that tells the digest: whoever
has report.json can parse it, take `body_sha256` out, put the rest into canonical form and compute the digest again, on
any machine and with any JSON library.
"""

from __future__ import annotations

import hashlib
import json
import re
from importlib import resources
from typing import Any

from ..model.canonical import canonical, plain
from ..model.evidence import Evidence
from ..model.outcome import CheckRun, Ran
from ..model.report import Report
from ..model.standing import standing

SCHEMA_FILE = "report-1.schema.json"
DIGEST = "body_sha256"
"""The field that tells the digest, last in the file."""
_HALVES = re.compile(rb"\xed[\xa0-\xaf].\xed[\xb0-\xbf]", re.DOTALL)
"""Two surrogates that make one character together, as `canonical` writes them."""


def render(report: Report) -> str:
    """The report as JSON text, without a newline at its end; it validates against `schema()`.

    Every character stands as itself, except that a lone surrogate is escaped so that the text can be written as UTF-8.
    """
    form = body(report)
    text = json.dumps({**form, DIGEST: _digest(form)}, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def body(report: Report) -> dict[str, Any]:
    """The report as plain JSON values in the order of the model's fields, without the empty ones.

    Each item of evidence and each check carries its `id`, each item also its `standing`; a check that ran lists the ids
    of its evidence.
    """
    form = {name: plain(value) for name, value in vars(report).items()}
    form["evidence"] = [_item(item) for item in report.evidence]
    form["checks"] = [_check(run) for run in report.checks]
    return {name: value for name, value in form.items() if value not in (None, "", [])}


def body_digest(report: Report) -> str:
    """Lower-case hex SHA-256 of the canonical (RFC 8785) form of `body(report)`.

    Raises ValueError for numbers that JSON cannot carry exactly.
    """
    return _digest(body(report))


def _digest(form: dict[str, Any]) -> str:
    data = canonical(form)
    if _HALVES.search(data):  # which any reader of JSON joins
        data = canonical(json.loads(json.dumps(form)))
    return hashlib.sha256(data).hexdigest()


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every report of this version obeys."""
    text = resources.files(__package__).joinpath("schema", SCHEMA_FILE).read_text(encoding="utf-8")
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def _item(item: Evidence) -> dict[str, Any]:
    fields = plain(item)
    return {"kind": fields.pop("kind"), "id": item.id, "standing": standing(item).value, **fields}


def _check(run: CheckRun) -> dict[str, Any]:
    outcome: dict[str, Any] = {"ended": run.outcome.ended}
    if isinstance(run.outcome, Ran):
        outcome["evidence"] = [item.id for item in run.outcome.evidence]
        outcome["note"] = run.outcome.note
    else:
        outcome |= plain(run.outcome)
    kept = {name: value for name, value in outcome.items() if value not in ("", [])}
    return {"id": run.id, "check": run.check, "outcome": kept}
