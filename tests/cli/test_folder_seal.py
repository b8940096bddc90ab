"""A report outside of any case: sealed, verified, and what is said where it is not sealed."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image as PillowImage

from provenance.custody.layout import SEAL, SIGNATURE
from provenance.model.report_files import SUMS
from tests.cli.conftest import Run

FAST = ["--only", "sources", "--now", "2026-03-01T12:00:00Z"]


@pytest.fixture
def picture(samples: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Фото from a friend.jpg"
    with PillowImage.open(samples / "stranger.jpg") as image:
        image.resize((300, 200)).save(path)
    return path


def test_the_first_report_makes_a_key_and_says_so(run: Run, picture: Path, home: Path, monkeypatch) -> None:
    monkeypatch.delenv("PROVENANCE_KEYS")
    ended = run("check", picture, "--out", "one", *FAST, "--for-publication")
    assert ended.code == 0 and "a signing key was made, and stays on this machine" in ended.err
    key = home / "xdg_data_home/provenance/keys/seal_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert run("check", picture, "--out", "two", *FAST).err == ""
    assert (Path("one") / SEAL).read_bytes() == (Path("two") / SEAL).read_bytes()
    assert "Anna" not in (Path("one") / SEAL).read_text()
    for folder in ("one", "one-publication"):
        ended = run("verify", folder, "--signers", key.with_suffix(".pub"))
        assert (ended.code, "which seal_key.pub names as" in ended.out) == (0, True), ended.out
        assert "entries in the log" not in ended.out and "Head" not in ended.out
    assert json.loads(run("verify", "one", "--json").out)["state"] == "intact"
    assert run("verify", "one", "--against", f"1:{'ab' * 32}").code == 2


def test_a_changed_page_is_named(run: Run, picture: Path) -> None:
    run("check", picture, "--out", "one", *FAST)
    page = Path("one/report.html")
    page.write_bytes(page.read_bytes().replace(b"<title>", b"<titlE>"))
    ended = run("verify", "one")
    assert (ended.code, "WRONG: report.html was changed" in ended.out) == (8, True)


def test_where_it_is_not_sealed_that_is_said(run: Run, picture: Path, tmp_path: Path, monkeypatch) -> None:
    assert run("check", picture, "--out", "bare", *FAST, "--no-seal").err == ""
    ended = run("verify", "bare")
    assert (ended.code, "not sealed (it has no seal.json): every file is as SHA256SUMS" in ended.out) == (8, True)
    Path("full").mkdir()
    Path("full/notes.txt").write_text("mine")
    ended = run("check", picture, "--out", "full", *FAST)
    assert (ended.code, "holds other files and was not sealed" in ended.err) == (0, True)
    assert not Path("full", SEAL).exists() and Path("full", SUMS).exists()
    monkeypatch.setenv("PROVENANCE_KEYS", str(tmp_path / "file/keys"))
    (tmp_path / "file").write_text("")
    ended = run("check", picture, picture, "--out", "both", *FAST)
    assert ended.code == 0 and ended.err.count("the report is not sealed: the key folder") == 1


def test_each_report_of_a_batch_is_sealed(run: Run, picture: Path) -> None:
    assert run("check", picture.parent, "--out", "many", *FAST).code == 0
    (folder,) = (path for path in Path("many").iterdir() if path.is_dir())
    assert run("verify", folder).code == 0


def test_a_case_keeps_the_pdf_and_it_is_made_again_byte_for_byte(run: Run, picture: Path) -> None:
    pytest.importorskip("typst")
    ended = run("check", picture, "--case", "case", "--pdf", *FAST)
    assert ended.code == 0, ended.err
    (kept,) = Path("case").glob("data/reports/*/report.pdf")
    assert f"PDF: {kept}" in ended.out and "report.pdf" not in ended.out.split("Figures")[-1].splitlines()[0]
    again = run("render", "case", "--to", "pdf", "--out", "again.pdf")
    assert again.code == 0 and "the same as the" in again.err and "report.pdf that was kept" in again.err
    assert Path("again.pdf").read_bytes() == kept.read_bytes()
    run("seal", "case")
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes().replace(b"%PDF", b"%PDf"))
    ended = run("verify", "case")
    assert (ended.code, "report.pdf was changed" in ended.out) == (8, True)
    assert "differs from the" in run("render", "case", "--to", "pdf", "--out", "once_more.pdf").err


def test_without_typst_the_report_is_written_and_the_pdf_said(run: Run, picture: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for where in ("--case", "--out"):
        ended = run("check", picture, where, f"to{where}", "--pdf", *FAST)
        assert ended.code == 7 and "Typst, which makes the PDF, is not installed" in ended.err
        assert list(Path(f"to{where}").rglob("report.html")) and not list(Path(f"to{where}").rglob("report.pdf"))
    assert run("verify", "to--out").code == 0
    run("check", picture, "--case", "plain", *FAST)
    assert run("render", "plain", "--to", "html", "--out", "page.html").code == 0


def test_render_writes_nothing_into_a_case(run: Run, picture: Path) -> None:
    run("check", picture, "--case", "case", *FAST)
    before = sorted(Path("case").rglob("*"))
    for inside in ("case/again.html", "case/data/again.html", "case/../case/new/again.html"):
        ended = run("render", "case", "--to", "html", "--out", inside)
        assert (ended.code, "whose log does not name it" in ended.err) == (2, True)
    assert sorted(Path("case").rglob("*")) == before
    run("check", picture, "--out", "one", *FAST)
    ended = run("render", "one", "--to", "ro-crate", "--out", "one/ro-crate-metadata.json")
    assert (ended.code, "is not under its seal" in ended.err) == (0, True)
    assert "ro-crate-metadata.json was added" in run("verify", "one").out
    ended = run("render", "one", "--to", "json", "--out", "one/report.json")  # which is sealed, and is left alone
    assert (ended.code, "is not under its seal" in ended.err) == (7, False)


def test_a_picture_of_a_case_that_became_a_link_is_not_followed_and_is_told_so(run: Run, picture: Path) -> None:
    run("check", picture, "--case", "case", *FAST)
    (kept,) = Path("case/data/originals").iterdir()
    kept.rename("elsewhere.jpg")
    kept.symlink_to(Path("elsewhere.jpg").absolute())
    ended = run("check", "--case", "case", *FAST)
    assert ended.code == 8 and "cannot be read (it is a symbolic link)" in ended.err


def test_a_report_that_was_not_sealed_is_sealed_later(run: Run, picture: Path) -> None:
    run("check", picture, "--out", "one", *FAST, "--no-seal")
    assert run("seal", "one", "--stamp", "https://tsa.example/").code == 2
    ended = run("seal", "one", *FAST[2:])
    assert ended.code == 0 and "Sealed: " in ended.out and "Head" not in ended.out
    assert run("verify", "one").code == 0
    assert "The seal stands" in run("seal", "one").out
    run("check", picture, "--out", "two", *FAST)
    assert [(Path(one) / SEAL).read_bytes() for one in ("one", "two")] == [(Path("two") / SEAL).read_bytes()] * 2


def test_a_report_that_was_changed_is_not_sealed_later(run: Run, picture: Path) -> None:
    run("check", picture, "--out", "one", *FAST, "--no-seal")
    page = Path("one/report.html")
    page.write_bytes(page.read_bytes().replace(b"<title>", b"<titlE>"))
    ended = run("seal", "one")
    assert (ended.code, "not sealed: report.html was changed" in ended.err) == (8, True)
    assert not (Path("one") / SEAL).exists()


def test_a_sealing_that_was_stopped_is_done_by_the_next(run: Run, picture: Path) -> None:
    run("check", picture, "--out", "one", *FAST, "--no-seal")
    for name in ("VERIFY.txt", "allowed_signers", SEAL, SIGNATURE):
        (Path("one") / f".part-{name}").write_bytes(b"{")
        assert "is of a run that was stopped; the next check --case or seal deals with it" in run("verify", "one").out
        (Path("one") / SEAL).write_bytes(b"{")
        assert run("seal", "one").code == 0
        assert run("verify", "one").code == 0
        (Path("one") / SIGNATURE).unlink()
    (Path("one") / ".part-other").write_bytes(b"")
    ended = run("seal", "one")
    assert ended.code == 8 and ".part-other" in ended.err and not (Path("one") / SIGNATURE).exists()


def test_a_file_without_end_in_a_report_is_not_read_to_its_end(run: Run, picture: Path) -> None:
    run("check", picture, "--out", "one", *FAST, "--no-seal")
    os.truncate("one/report.html", 2**40)  # sparse: a terabyte that takes no room
    ended = run("seal", "one")
    assert ended.code == 8 and "most of them in report.html" in ended.err and not (Path("one") / SEAL).exists()
    assert "most of them in report.html" in run("verify", "one").out


def test_no_key_is_made_for_what_is_neither_case_nor_report(run: Run) -> None:
    Path("other").mkdir()
    (Path("other") / "a.txt").write_text("x")
    ended = run("seal", "other", "--keys", "keys")
    assert ended.code == 8 and "is no case: it has no data/log.jsonl" in ended.err
    assert not Path("keys").exists()


def test_what_is_no_folder_or_no_case_is_told_by_its_kind_and_not_opened(run: Run, tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    for pipe in (tmp_path / "pipe", tmp_path / "with" / "pipe"):
        os.mkfifo(pipe)
    assert "pipe is a named pipe, and no folder" in run("verify", tmp_path / "pipe").err
    assert "/dev/null is a character device, and no folder" in run("verify", "/dev/null").err
    assert "this is no case: it has no data/log.jsonl" in run("verify", tmp_path / "with").out


@pytest.mark.parametrize("words", [["record", "one", "x"], ["log", "one"], ["check", "--case", "one"]])
def test_a_reports_folder_in_the_place_of_a_case_is_told_as_such(run: Run, picture: Path, words: list[str]) -> None:
    run("check", picture, "--out", "one", *FAST)
    ended = run(*words)
    assert ended.code == 8 and "is the folder of a report, and no case" in ended.err
