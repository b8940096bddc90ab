"""`check --replay` of a case that somebody wrote to deceive: its log fits it, and its replies are no run's."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.custody.chain import line_of, read_line
from provenance.model.case import NO_ENTRY, CaseFile

from .conftest import ADDRESS, CLAIM, OTHER

WORDS = ["check", "picture.jpg", "--now", "2026-03-04T05:06:07Z", "--only", "when,where,sources", *CLAIM]
SERVICES = ["wayback", "memento", "factcheck", "nominatim", "oembed"]
ASKED = ["--online", ",".join(SERVICES), "--picture-url", ADDRESS]
REPLY = "reply-x.bin"


@pytest.fixture
def case(ended, speaker, tmp_path) -> Path:
    assert ended(*WORDS, *ASKED, "--case", "case")[0] == 0
    return tmp_path / "case"


def rewritten(case: Path, change: Callable[[dict], bytes | None], reply: bytes) -> None:
    """Change what was asked, put a reply beside it, and write the log so that it fits them."""
    (kept,) = case.glob("data/reports/*/asked.json")
    told = json.loads(kept.read_text())
    data = change(told)
    kept.chmod(0o644)
    kept.write_bytes(json.dumps(told).encode() if data is None else data)
    (kept.parent / REPLY).write_bytes(reply)
    log, previous, lines = case / "data" / "log.jsonl", NO_ENTRY, []
    for line in log.read_bytes().splitlines(keepends=True):
        entry = read_line(line)
        paths = {file.path for file in entry.outputs}
        if (inside := kept.relative_to(case).as_posix()) in paths:
            paths.add(inside.replace(kept.name, REPLY))
        files = [(path, (case / path).read_bytes()) for path in sorted(paths)]
        outputs = [CaseFile(path=a, size_bytes=len(b), sha256=hashlib.sha256(b).hexdigest()) for a, b in files]
        lines.append(line_of(replace(entry, outputs=tuple(outputs), previous=previous)))
        previous = hashlib.sha256(lines[-1]).hexdigest()
    log.chmod(0o644)
    log.write_bytes(b"".join(lines))


def record(**values: object) -> Callable[[dict], None]:
    """Every request with these values in the place of its own."""

    def change(told: dict) -> None:
        for one in told["asked"]:
            one.update(values)

    return change


def answers(body: bytes) -> Callable[[dict], None]:
    """Every request answered with these bytes."""
    return record(reply=REPLY, reply_sha256=hashlib.sha256(body).hexdigest())


ESCAPES = "\x1b[31m<script>alert(1)</script>\u202e"
DEEP, LARGE = b"[" * 200_000, b" " * (65 * 2**20)


@pytest.mark.parametrize(
    "change",
    [lambda _: DEEP, lambda _: b"[]", lambda _: b"\0" * 99, lambda _: "{}".encode("utf-16"),
     lambda told: told.update(services=None), lambda told: told.update(asked={"a": 1})],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_refused(change, ended, case) -> None:
    rewritten(case, change, b"")
    code, _, err = ended("check", "--replay", "case", "--out", "again")
    assert code == 3 and "asked.json cannot be read" in err and "provenance verify" in err


@pytest.mark.parametrize(
    ("change", "reply"),
    [(record(status=500), b""), (record(status=302), b""), (record(status=float("inf")), b""),
     (record(status="200"), b""), (record(status=True), b""), (record(status=10**4000), b""),
     (record(answered_at="2024-01-01"), b""),
     (record(reply="../../../asked.json"), b""), (record(reply_sha256="0" * 64), b""), (record(failed=["x"]), b""),
     (record(failed="x" * 5_000_000), b""), (answers(LARGE[: 33 * 2**20]), LARGE[: 33 * 2**20])],
)  # fmt: skip
def test_an_answer_that_no_run_takes_for_one_gives_no_evidence_and_the_reason_is_told(
    change, reply, ended, case, tmp_path
) -> None:
    rewritten(case, change, reply)
    code, out, err = ended("check", "--replay", "case", "--out", "again")
    assert code == 1 and "0 of 10 items are the same" in " ".join(out.split())
    assert err.count("not checked: ") == 5 and "provenance verify" in err, err
    report = json.loads((tmp_path / "again" / "report.json").read_text())
    asked = [run["outcome"] for run in report["checks"] if run["check"] in SERVICES]
    assert {one["ended"] for one in asked} == {"failed"} and len(asked) == 5
    assert "OverflowError" not in json.dumps(asked) and len(json.dumps(report)) < 10**6


@pytest.mark.parametrize("reply", [b"", b"[]" * 3, DEEP, b"\xff\xfe[\0]\0", b'{"a": NaN}'])
def test_a_reply_that_says_something_else_is_not_taken_for_nothing_found(reply, ended, case, tmp_path) -> None:
    rewritten(case, answers(reply), reply)
    code, out, err = ended("check", "--replay", "case", "--out", "again")
    assert code == 1 and "0 of 10 items are the same" in " ".join(out.split()) and "not checked: wayback" in err
    assert not any(name in out for name in ("names no capture", "knows no"))


def test_a_failure_that_gives_orders_to_a_terminal_or_a_page_is_shown_as_text(ended, case, tmp_path) -> None:
    rewritten(case, record(failed=ESCAPES, remedy=ESCAPES), b"")
    code, out, err = ended("check", "--replay", "case", "--out", "again")
    assert code == 1 and "\x1b" not in out + err and "\u202e" not in out + err
    page = (tmp_path / "again" / "report.html").read_text()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("link", [False, True])
def test_a_replay_looks_at_the_picture_that_was_received_and_no_other(link, ended, case, tmp_path) -> None:
    (picture,) = case.glob("data/originals/*")
    picture.unlink()
    if link:
        (tmp_path / "other.jpg").write_bytes(OTHER)
        picture.symlink_to(tmp_path / "other.jpg")
    else:
        picture.write_bytes(OTHER)
    code, _, err = ended("check", "--replay", "case", "--out", "again")
    assert code == 8 and "data/originals/" in err and "provenance verify" in err
    assert not (tmp_path / "again").exists()
