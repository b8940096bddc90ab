"""Reverse image searches that have no interface for programs: where a person goes, prepared for this picture.

The forms of address were written from memory in 2026, were not opened, and can change; an address does nothing until
somebody opens it, and the page holds it as text.
"""

from __future__ import annotations

from urllib.parse import quote

from ..intake.fetched import METHOD as FETCHED
from ..model.evidence import Appearance
from ..model.publication import CopyKind
from ..model.report import Report
from .details import Form, Row

ENGINES = (
    ("Google Lens", "https://lens.google.com/uploadbyurl?url=", "https://lens.google.com/"),
    ("Yandex Images", "https://yandex.com/images/search?rpt=imageview&url=", "https://yandex.com/images/"),
    ("Bing", "https://www.bing.com/images/search?view=detailv2&iss=sbi&q=imgurl:", "https://www.bing.com/visualsearch"),
    ("TinEye", "https://tineye.com/search?url=", "https://tineye.com/"),
)
LONGEST_CHARS = 2_000


def address_of(report: Report) -> str:
    """Where on the web the picture stands, as far as the report knows; "" where it does not."""
    named = report.settings.get("addresses")
    known = [str(one) for one in named] if isinstance(named, list | tuple) else []
    fetched = [
        item.url
        for item in report.evidence
        if isinstance(item, Appearance) and item.method == FETCHED and item.copy is CopyKind.EXACT
    ]
    usable = [one for one in (*fetched, *known) if one.startswith(("http://", "https://"))]
    return next((one for one in usable if len(one) <= LONGEST_CHARS), "")


def by_hand(report: Report) -> tuple[Row, ...]:
    """A line an engine: the address that starts a search for this picture, or the page to give the file to."""
    address = address_of(report)
    if not address:
        return tuple(Row(name, front, Form.CODE) for name, _, front in ENGINES)
    return tuple(Row(name, start + quote(address, safe=""), Form.CODE) for name, start, _ in ENGINES)
