"""The head of a case's log that a report names, and the QR code (ISO/IEC 18004) that carries it on paper.

A printed head lies outside of the case: `provenance verify CASE --against HEAD` holds the log against it, so that one
that was rolled back, forked or chained anew is told (docs/custody.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...model.case import HEAD_THEN
from ...model.report import Report

HEAD_NAME = "head.svg"
MISSING = "The QR code is not drawn: segno is not installed."
QUIET_MODULES = 4
"""Blank modules on each side, as ISO/IEC 18004 asks for them."""
_HEAD = re.compile(rf"{re.escape(HEAD_THEN)}([0-9]{{1,9}}:[0-9a-f]{{64}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCode:
    """A head as printed, "2:<64 hex digits>", and its QR code as the path of an SVG; "" where none can be drawn."""

    head: str
    path: str
    side: int
    """Modules on a side, the quiet zone included: the side of the SVG's view box."""

    @property
    def svg(self) -> str:
        """The code as a file, black on white."""
        box, ground = f"0 0 {self.side} {self.side}", f"M0 0h{self.side}v{self.side}H0z"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{4 * self.side}" height="{4 * self.side}" '
            f'shape-rendering="crispEdges"><path fill="#ffffff" d="{ground}"/>'
            f'<path fill="#000000" d="{self.path}"/></svg>\n'
        )


def case_head(report: Report) -> str:
    """The head of the case's log when the picture came in; "" for a report that lies in no case."""
    found = (_HEAD.fullmatch(event.detail) for event in report.events if event.what == "kept")
    return next((one[1] for one in found if one), "")


def head_code(report: Report) -> HeadCode | None:
    """That head as a code; None for a report without one. Level M: 15 per cent of it may be soiled."""
    head = case_head(report)
    if not head:
        return None
    try:
        import segno
    except ImportError:
        return HeadCode(head=head, path="", side=0)
    rows = tuple(bytes(row) for row in segno.make_qr(head, error="m", boost_error=False).matrix)
    return HeadCode(head=head, path=_path(rows), side=len(rows) + 2 * QUIET_MODULES)


def _path(rows: tuple[bytes, ...]) -> str:
    """Each run of dark modules in a row as a bar one module high."""
    bars = (
        (run.start() + QUIET_MODULES, number + QUIET_MODULES, run.end() - run.start())
        for number, row in enumerate(rows)
        for run in re.finditer(rb"\x01+", row)
    )
    return "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in bars)
