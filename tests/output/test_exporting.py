"""Reports read back from files, hostile ones among them, and what a folder holds as a crate."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

import provenance
from provenance.custody.folder import write_folder
from provenance.errors import InputError, OutputError, UsageError
from provenance.model.limits import CRATE_FILES, REPORT_BYTES
from provenance.model.matches import Match

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PICTURES = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".jpg", ".png"))


@pytest.fixture(scope="module")
def report() -> provenance.Report:
    return provenance.inspect(PICTURES[0])


def test_reports_on_the_samples_come_back_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    for picture in PICTURES:
        text = provenance.render_json(provenance.inspect(picture))
        file.write_text(text, encoding="utf-8")
        for given in (file, tmp_path, str(file)):
            assert provenance.render_json(provenance.read_report(given)) == text


def _fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda folder: folder / "missing.json", "No such file"),
        (lambda folder: folder, "No such file"),
        (lambda folder: _fifo(folder / "pipe"), "is no file"),
        (lambda _: Path("/dev/zero"), "is no file"),
        (lambda _: Path("/dev/null"), "is no file"),
        (lambda folder: folder / "a\0b", "no such file"),
    ],
)
def test_what_is_no_file_is_an_input_error(made: Callable[[Path], Path], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as refused:
        provenance.read_report(made(tmp_path))
    assert refused.value.remedy


def test_a_file_that_is_too_large_is_refused_without_reading_all_of_it(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    with file.open("wb") as opened:
        opened.truncate(REPORT_BYTES * 100)
    with pytest.raises(InputError, match="larger"):
        provenance.read_report(file)


def test_files_of_a_folder_have_roles_by_content_and_links_are_not_followed(
    report: provenance.Report, tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "as received.bin").write_bytes(PICTURES[0].read_bytes())
    for name in ("report.json", "report.html", "match-1.jpg", "SHA256SUMS", "ro-crate-metadata.json"):
        (tmp_path / name).write_text(name)
    (tmp_path / "link.jpg").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.jpg")
    files = {file.name: file for file in provenance.crate_files(tmp_path, report)}
    assert {name: file.role.value for name, file in files.items()} == {
        "SHA256SUMS": "record",
        "deep/as received.bin": "original",
        "match-1.jpg": "figure",
        "report.html": "report",
        "report.json": "report",
    }
    assert files["match-1.jpg"].sha256 == hashlib.sha256(b"match-1.jpg").hexdigest()
    assert files["deep/as received.bin"].media_type == report.original.media_type
    text = provenance.render_crate(report, tuple(files.values()))
    assert "passwd" not in text and json.loads(text)["@graph"]


def test_a_folder_of_too_many_files_is_refused(
    report: provenance.Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.output.crating.CRATE_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.jpg").write_bytes(b"")
    with pytest.raises(InputError, match="more than 3 files"):
        provenance.crate_files(tmp_path, report)
    assert CRATE_FILES == 10_000


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    target = tmp_path / "x.jsonld"
    assert provenance.write_new(target, "one").read_text() == "one\n"
    with pytest.raises(OutputError, match="exists"):
        provenance.write_new(target, "two")
    assert target.read_text() == "one\n"
    with pytest.raises(OutputError, match="cannot write"):
        provenance.write_new(tmp_path / "missing" / "x", "two")
    (tmp_path / "dangling").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        provenance.write_new(tmp_path / "dangling", "two")
    assert not (tmp_path / "elsewhere").exists()


def test_no_place_that_only_the_report_names_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's report may name any file of this machine, with its digest, as a picture that matched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    picture, reference = SAMPLES / "railcar_mirrored.jpg", SAMPLES / "reference"
    report = provenance.check(picture, references=[reference], only=["seen-before"])
    opened: list[str] = []
    monkeypatch.setattr("provenance.desk.at_hand.inspect", lambda path, limits: opened.append(str(path)) or _missing())
    kept = provenance.render_page(report, picture=picture, references=[reference])
    assert opened and all(Path(path).parent == reference for path in opened)
    opened.clear()
    page = provenance.render_page(report, picture=picture)
    assert opened == []
    for match in (item for item in report.evidence if isinstance(item, Match)):
        assert match.id in page and match.id in kept


def _missing() -> NoReturn:
    raise InputError("it is not there")


def test_a_rating_is_set_by_a_person_or_not_at_all(report: provenance.Report) -> None:
    with pytest.raises(UsageError, match="no person has rated"):
        provenance.render_claim_review(report, None)
    with pytest.raises(UsageError, match="'false' is not a valid"):
        provenance.rating("false", by="A. Editor", reason="x")
    with pytest.raises(UsageError, match="needs the name"):
        provenance.rating("StagedContent", by="", reason="x")
    rating = provenance.rating("StagedContent", by="A. Editor", reason="x")
    assert rating.word is provenance.RatingWord.STAGED
    assert "StagedContent" in provenance.render_claim_review(report, rating)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "make room there, or name"), (errno.EDQUOT, "make room"), (errno.EACCES, "name")],
)
def test_on_a_full_disk_the_remedy_is_room_and_nothing_is_left(
    number: int, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", refused)
    with pytest.raises(OutputError, match=os.strerror(number)) as told:
        provenance.write_new(tmp_path / "x.jsonld", "two")
    assert told.value.remedy.startswith(remedy)
    with pytest.raises(OutputError, match=os.strerror(number)) as told:
        write_folder(tmp_path / "folder", {"a": b"a"})
    assert told.value.remedy.startswith(remedy)
    assert list(tmp_path.iterdir()) == []
