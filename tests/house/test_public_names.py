"""The front door: names pinned, handed on lazily, and cheap to open."""

import subprocess
import sys

import provenance

PUBLIC = {
    "Checked", "Desk", "Finding", "Limits", "ProvenanceError", "Question", "Rating", "RatingWord", "Report",
    "Verdict", "__version__", "add", "ask_outside", "box", "case_reports", "changes", "check", "chronology", "claim",
    "compare", "copy_set", "correct_record", "crate_files", "describe_case", "diagnose", "difference", "digest_of",
    "draw_map", "edition", "export_set", "facts", "fetch_pictures", "find_pictures", "folder_sealing", "import_set",
    "inspect", "key_in_use", "place", "questions",
    "rating", "read_claims", "read_records", "read_report", "read_trust_list", "record", "record_fetched_hit",
    "record_hits", "redact_case",
    "redact_file", "reference_set", "reindex", "render_case", "render_changes", "render_changes_json",
    "render_claim_review", "render_comparison", "render_crate", "render_credentials", "render_document",
    "render_html", "render_inspection", "render_json", "render_map", "render_markdown", "render_page", "render_pdf",
    "render_place", "render_place_json", "render_sun", "render_sun_figure", "render_sun_json", "render_text",
    "rotate_key",
    "seal", "spread_set", "stamp", "stamp_case", "sun", "verify", "write", "write_comparison", "write_for_publication",
    "write_new",
}  # fmt: skip


def test_public_names_are_these_and_all_resolve() -> None:
    assert set(provenance.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(provenance, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(provenance, "verify_everything")


def test_importing_the_package_and_asking_for_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, provenance, provenance.cli.main as m\n"
        "try: m.main(['check', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'PIL', 'scipy', 'imagehash', 'exifread', 'jinja2', 'yaml', 'sqlite3', 'requests', 'tqdm'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
