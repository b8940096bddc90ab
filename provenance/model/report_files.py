"""Names of the files in the folder of a report or a comparison, by which it is known."""

from __future__ import annotations

JSON_NAME, HTML_NAME, PDF_NAME = "report.json", "report.html", "report.pdf"
"""Of a report, in a case or in none."""
COMPARISON_JSON_NAME, COMPARISON_HTML_NAME = "compare.json", "compare.html"
SUMS = "SHA256SUMS"
"""Digests of the other files, where the folder lies in no case."""
