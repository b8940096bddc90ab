"""The run behind a report as labelled lines: the file, the clock, the tool, its settings."""

from __future__ import annotations

from ..model.report import Report, Tool
from .details import Form, Row
from .figures.head_code import case_head
from .jsonform import body_digest


def custody_rows(report: Report) -> tuple[Row, ...]:
    """Which bytes, by which clock, turned into which pixels, told by which report."""
    original, pixels = report.original, report.pixels
    rows = [
        Row("file", original.path or original.name),
        Row("size", f"{original.size_bytes:,} bytes"),
        Row("sha256", original.sha256, Form.CODE),
        Row("clock", report.clock),
    ]
    if pixels is not None:
        steps = "; ".join((f"{pixels.width_px} × {pixels.height_px} px", *pixels.steps))
        rows.append(Row("working copy", steps))
    head = case_head(report)
    if head:
        rows.append(Row("head of the log at receipt", head, Form.CODE))
    return (*rows, Row("digest of this report", body_digest(report), Form.CODE))


def tool_rows(tool: Tool) -> tuple[Row, ...]:
    """The program, the interpreter and the libraries, each with its version."""
    versions = ((tool.name, tool.version), ("Python", tool.python), *tool.libraries.items())
    return tuple(Row(name, version) for name, version in versions)


def setting_rows(settings: dict[str, object], prefix: str = "") -> tuple[Row, ...]:
    """Settings by their dotted names."""
    rows: list[Row] = []
    for name, value in settings.items():
        if isinstance(value, dict):
            rows += setting_rows(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            rows.append(Row(f"{prefix}{name}", ", ".join(map(str, value)) or "none"))
        else:
            rows.append(Row(f"{prefix}{name}", "none" if value in (None, "") else str(value)))
    return tuple(rows)
