"""Image provenance for verification desks.

>>> import provenance
>>> report = provenance.check("samples/railcar_mirrored.jpg", references=["samples/reference"])  # doctest: +SKIP
>>> report.finding(provenance.Question.SEEN_BEFORE).verdict                                      # doctest: +SKIP
<Verdict.COPY: 'copy'>

The names below are handed on lazily, so that importing the package costs nothing before something is asked.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .api import (
        check,
        claim,
        compare,
        diagnose,
        difference,
        digest_of,
        facts,
        find_pictures,
        inspect,
        questions,
        read_claims,
        read_trust_list,
    )
    from .asking import ask_outside
    from .case.cases import chronology, seal
    from .case.changing import changes, render_changes, render_changes_json
    from .case.deriving import redact_case, redact_file
    from .case.describing import describe_case
    from .case.fetched_hits import record_fetched_hit
    from .case.importing import record_hits
    from .case.recording import record
    from .case.remaking import case_reports
    from .desk.desk import Checked, Desk
    from .errors import ProvenanceError
    from .model.finding import Finding, Question, Verdict
    from .model.limits import Limits
    from .model.rating import Rating, RatingWord
    from .model.report import Report
    from .output.crating import crate_files
    from .output.credentialing import render_credentials
    from .output.editions import box, edition, write_for_publication
    from .output.exporting import (
        rating,
        read_report,
        render_case,
        render_claim_review,
        render_crate,
        render_document,
        render_page,
        write_new,
    )
    from .output.rendering import (
        draw_map,
        render_comparison,
        render_html,
        render_inspection,
        render_json,
        render_map,
        render_markdown,
        render_pdf,
        render_place,
        render_place_json,
        render_sun,
        render_sun_figure,
        render_sun_json,
        render_text,
    )
    from .output.report_folder import write, write_comparison
    from .outside.fetching import fetch_pictures
    from .place_and_sun import place, sun
    from .sealing.signing import folder_sealing, key_in_use, rotate_key
    from .sealing.stamping import stamp
    from .sealing.timestamping import stamp_case
    from .sealing.verified import verify
    from .sets.copying import copy_set, spread_set
    from .sets.filing import (
        add,
        correct_record,
        export_set,
        import_set,
        read_records,
        reference_set,
        reindex,
    )

_HOMES = {
    "api": (
        "check claim compare diagnose difference digest_of facts find_pictures inspect questions read_claims "
        "read_trust_list"
    ),
    "asking": "ask_outside",
    "case.cases": "chronology seal",
    "sets.copying": "copy_set spread_set",
    "output.crating": "crate_files",
    "output.credentialing": "render_credentials",
    "case.deriving": "redact_case redact_file",
    "case.describing": "describe_case",
    "output.editions": "box edition write_for_publication",
    "case.changing": "changes render_changes render_changes_json",
    "desk.desk": "Checked Desk",
    "errors": "ProvenanceError",
    "output.exporting": (
        "rating read_report render_case render_claim_review render_crate render_document render_page write_new"
    ),
    "case.fetched_hits": "record_fetched_hit",
    "outside.fetching": "fetch_pictures",
    "sets.filing": "add correct_record export_set import_set read_records reference_set reindex",
    "case.importing": "record_hits",
    "model.finding": "Finding Question Verdict",
    "model.limits": "Limits",
    "model.rating": "Rating RatingWord",
    "model.report": "Report",
    "place_and_sun": "place sun",
    "case.recording": "record",
    "case.remaking": "case_reports",
    "output.rendering": (
        "draw_map render_comparison render_html render_inspection render_json render_map render_markdown "
        "render_pdf render_place render_place_json render_sun render_sun_figure render_sun_json render_text"
    ),
    "output.report_folder": "write write_comparison",
    "sealing.signing": "folder_sealing key_in_use rotate_key",
    "sealing.stamping": "stamp",
    "sealing.timestamping": "stamp_case",
    "sealing.verified": "verify",
}
"""Public names by the module that has them."""

__all__ = [
    "Checked",
    "Desk",
    "Finding",
    "Limits",
    "ProvenanceError",
    "Question",
    "Rating",
    "RatingWord",
    "Report",
    "Verdict",
    "__version__",
    "add",
    "ask_outside",
    "box",
    "case_reports",
    "changes",
    "check",
    "chronology",
    "claim",
    "compare",
    "copy_set",
    "correct_record",
    "crate_files",
    "describe_case",
    "diagnose",
    "difference",
    "digest_of",
    "draw_map",
    "edition",
    "export_set",
    "facts",
    "fetch_pictures",
    "find_pictures",
    "folder_sealing",
    "import_set",
    "inspect",
    "key_in_use",
    "place",
    "questions",
    "rating",
    "read_claims",
    "read_records",
    "read_report",
    "read_trust_list",
    "record",
    "record_fetched_hit",
    "record_hits",
    "redact_case",
    "redact_file",
    "reference_set",
    "reindex",
    "render_case",
    "render_changes",
    "render_changes_json",
    "render_claim_review",
    "render_comparison",
    "render_crate",
    "render_credentials",
    "render_document",
    "render_html",
    "render_inspection",
    "render_json",
    "render_map",
    "render_markdown",
    "render_page",
    "render_pdf",
    "render_place",
    "render_place_json",
    "render_sun",
    "render_sun_figure",
    "render_sun_json",
    "render_text",
    "rotate_key",
    "seal",
    "spread_set",
    "stamp",
    "stamp_case",
    "sun",
    "verify",
    "write",
    "write_comparison",
    "write_for_publication",
    "write_new",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names.split():
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
