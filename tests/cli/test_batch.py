"""`check` over a folder: an index of it, whatever lies in it, and going on where a run stopped."""

import json
import os
import shutil
from pathlib import Path

import jsonschema
import pytest
from PIL import Image as Picture

from provenance.desk.desk import Desk
from provenance.report.index_json import schema

NOW = "2024-11-15T09:00Z"
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\u202egpj.jpg"


@pytest.fixture
def inbox(samples, tmp_path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "sub").mkdir(parents=True)
    shutil.copy(samples / "railcar_mirrored.jpg", folder / "a.jpg")
    shutil.copy(samples / "railcar_mirrored.jpg", folder / "sub" / "b.jpg")
    shutil.copy(samples / "railcar_recompressed.jpg", folder / HOSTILE)
    shutil.copy(samples / "stranger.jpg", folder / "stranger.jpg")
    return folder


def index(folder: Path) -> dict:
    told = json.loads((folder / "index.json").read_text("ascii"))
    jsonschema.Draft202012Validator(schema()).validate(told)
    return told


def reports(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob("*/report.json"))


def test_a_folder_gives_an_index_of_its_pictures(run, inbox, tmp_path) -> None:
    (inbox / "empty.jpg").touch()
    (inbox / "cut.jpg").write_bytes((inbox / "stranger.jpg").read_bytes()[:20_000])
    out = tmp_path / "out"
    ended = run("check", inbox, "--only", "origin", "--out", out, "--now", NOW)
    assert ended.code == 3 and "empty.jpg" in ended.err and "cut.jpg" in ended.err
    assert f"Index: {out / 'index.html'} (6 files, 1 without a report)" in ended.out
    assert "\nOverall: 5 not checked\nIndex:" in ended.out
    told = index(out)
    rows = {Path(one["name"]).name: one for one in told["pictures"]}
    assert rows["empty.jpg"]["problem"] == "the file is empty" and "report" not in rows["empty.jpg"]
    assert "cut short" in rows["cut.jpg"]["problem"] and rows["cut.jpg"]["report"]
    for row in told["pictures"]:
        if "report" in row:
            kept = json.loads((out / row["report"]).read_text("utf-8"))
            assert kept["body_sha256"] == row["body_sha256"] and kept["original"]["sha256"] == row["sha256"]
            assert "seen_before" not in row, "it was not asked"
    (group,) = told["groups"]
    assert group["linked_by"] == ["the same bytes", "alike as a whole"]
    assert {name for name, row in rows.items() if row.get("group") == 1} == {"a.jpg", "b.jpg", HOSTILE}
    for name in ("index.html", "index-by-date.html", "index-by-name.html"):
        page = (out / name).read_text("utf-8")
        assert page.count('<tr id="row-') == 6 and "<script" not in page and "<img src=x" not in page
        assert "\u202e" not in page and "{{7*7}}" in page and "The same bytes as" in page
        assert "default-src 'none'; img-src data:" in page
        assert all(f'href="{folder.name}/report.html"' in page for folder in reports(out))


def test_a_picture_whose_report_is_there_is_not_checked_again(run, inbox, samples, tmp_path) -> None:
    out = tmp_path / "out"
    asked = ("check", inbox, "--only", "origin", "--now", NOW, "--out", out)
    assert run(*asked).code == 0
    (out / "batch.jsonl").write_bytes((out / "batch.jsonl").read_bytes()[:-40])  # killed while it wrote
    assert "3 were not checked again" in run(*asked).out
    before = reports(out)
    again = run(*asked)
    assert again.code == 0 and "4 were not checked again" in again.out and reports(out) == before
    assert index(out)["kept_from_an_earlier_run"] == 4

    shutil.copy(samples / "railcar_captioned.jpg", inbox / "a.jpg")  # other bytes
    shutil.rmtree(out / index(out)["pictures"][-2]["report"].partition("/")[0])  # no report
    again = run(*asked)
    assert "2 were not checked again" in again.out and len(reports(out)) == 6
    assert len(index(out)["pictures"]) == 4

    assert "not checked again" not in run(*asked, "--blur").out, "other settings"


def test_the_machine_form_has_a_line_for_those_that_were_kept(run, inbox, tmp_path) -> None:
    asked = ("check", inbox, "--only", "origin", "--now", NOW, "--out", tmp_path / "out", "--json")
    first, again = run(*asked), run(*asked)
    assert len(first.out.splitlines()) == 4 and again.out == first.out and "Index: " in again.err


def test_what_was_wrong_with_a_picture_is_said_again(run, inbox, tmp_path) -> None:
    (inbox / "cut.jpg").write_bytes((inbox / "stranger.jpg").read_bytes()[:20_000])
    asked = ("check", inbox, "--only", "origin", "--out", tmp_path / "out")
    assert run(*asked).code == 4
    again = run(*asked)
    assert again.code == 4 and "cut short" in again.err and "5 were not checked again" in again.out


def test_a_run_that_was_stopped_goes_on(run, inbox, tmp_path, monkeypatch) -> None:
    out, check, seen = tmp_path / "out", Desk.check, []

    def stopped(self, picture, **rest):
        seen.append(picture)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return check(self, picture, **rest)

    asked = ("check", inbox, "--only", "origin", "--out", out)
    monkeypatch.setattr(Desk, "check", stopped)
    assert run(*asked).code == 130
    assert index(out)["not_reached"] == 2 and "This run was stopped" in (out / "index.html").read_text("utf-8")
    again = run(*asked)
    assert again.code == 0 and "2 were not checked again" in again.out and len(seen) == 5
    assert "This run was stopped" not in (out / "index.html").read_text("utf-8")


def test_a_picture_that_breaks_the_program_does_not_take_the_others_along(run, inbox, tmp_path, monkeypatch) -> None:
    out, check = tmp_path / "out", Desk.check

    def broken(self, picture, **rest):
        if Path(picture).name == "a.jpg":
            raise RuntimeError("<b>boom</b>")
        return check(self, picture, **rest)

    monkeypatch.setattr(Desk, "check", broken)
    ended = run("check", inbox, "--only", "origin", "--out", out)
    assert ended.code == 1 and "boom" in ended.err and len(reports(out)) == 3
    (row,) = [one for one in index(out)["pictures"] if "report" not in one]
    assert "RuntimeError" in row["problem"] and row["exit_code"] == 1
    assert "<b>boom" not in (out / "index.html").read_text("utf-8")
    monkeypatch.undo()


def test_an_index_that_is_not_ours_is_not_replaced(run, inbox, tmp_path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("mine")
    ended = run("check", inbox, "--only", "origin", "--out", out)
    assert ended.code == 7 and "already holds index.html" in ended.err
    assert [path.name for path in out.iterdir()] == ["index.html"] and (out / "index.html").read_text() == "mine"


def test_the_pictures_of_an_index_are_covered_where_asked(run, inbox, tmp_path) -> None:
    run("check", inbox, "--only", "origin", "--blur", "--out", tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert page.count("<img ") == page.count('<details class="covered"><summary>') == 4


def test_without_a_place_each_batch_has_a_folder_of_its_own(run, inbox) -> None:
    for _ in range(2):
        run("check", inbox, "--only", "origin", "--now", NOW)
    found = sorted(path.name for path in Path("provenance-reports").iterdir())
    assert found == ["20241115T090000Z-batch", "20241115T090000Z-batch-2"]


def test_a_case_has_an_index_of_each_run_that_its_log_and_its_seal_cover(run, inbox, tmp_path) -> None:
    shutil.rmtree(inbox / "sub")
    (inbox / HOSTILE).unlink()
    (inbox / "empty.jpg").touch()
    case = tmp_path / "case"
    asked = ("check", inbox, "--only", "origin", "--case", case)
    ended = run(*asked, "--now", NOW)
    found = case / "data/indexes/20241115T090000Z"
    assert ended.code == 3 and f"Index: {found / 'index.html'} (3 files, 1 without a report)" in ended.out
    entry = json.loads((case / "data/log.jsonl").read_text("utf-8").splitlines()[-1])
    assert entry["did"] == "indexed" and entry["settings"]["without a report"] == "1"
    assert sorted(one["path"] for one in entry["outputs"]) == sorted(
        str(path.relative_to(case)) for path in found.iterdir()
    )
    page = (found / "index.html").read_text("utf-8")
    for row in index(found)["pictures"]:
        if "report" in row:
            there = (found / row["report"]).resolve(strict=True)
            assert there.is_relative_to(case / "data/reports")
            assert f'href="{row["report"].removesuffix("json")}html"' in page

    (inbox / "empty.jpg").unlink()
    again = run(*asked, "--now", NOW)
    assert again.code == 0 and "2 were not checked again" in again.out
    assert len(list((case / "data/reports").iterdir())) == 2
    assert index(case / "data/indexes/20241115T090000Z-2")["kept_from_an_earlier_run"] == 2
    stranger = index(found)["pictures"][-1]["sha256"]
    recorded = run("record", case, "Seen in a yard", "--kind", "statement", "--place", "KP", "--about", stranger)
    assert recorded.code == 0, recorded.err
    assert "not checked again" not in run(*asked, "--now", NOW).out, "what people add is weighed anew"

    assert run("seal", case).code == 0 and run("verify", case).code == 0
    crate = json.loads((case / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    (node,) = [one for one in crate if one["@id"] == "data/indexes/20241115T090000Z/index.html"]
    assert node["description"].startswith("index of the pictures")
    (found / "index.html").chmod(0o644)
    (found / "index.html").write_text(page.replace("stranger", "friend"), encoding="utf-8")
    assert "data/indexes/20241115T090000Z/index.html" in run("verify", case).out


def test_two_runs_do_not_write_to_one_folder(run, inbox, tmp_path) -> None:
    from provenance.batch.journal import Journal

    with Journal(tmp_path / "out"):
        ended = run("check", inbox, "--only", "origin", "--out", tmp_path / "out")
    assert ended.code == 7 and "another run is writing" in ended.err


def test_a_name_that_is_no_text_is_shown_as_an_escape(run, inbox, tmp_path) -> None:
    os.rename(inbox / "a.jpg", os.fsencode(inbox) + b"/\xff.jpg")  # noqa: PTH104
    asked = ("check", inbox, "--only", "origin", "--out", tmp_path / "out")
    assert run(*asked).code == 0
    assert "4 were not checked again" in run(*asked).out
    assert "\\udcff.jpg" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_the_moment_of_the_check_is_not_told_as_a_date_of_the_picture(run, tmp_path) -> None:
    (tmp_path / "in").mkdir()
    Picture.new("RGB", (64, 48), (10, 90, 60)).save(tmp_path / "in" / "bare.png")
    words = ("--only", "when", "--language", "uk", "--now", "2026-03-01T12:00Z")
    assert run("check", tmp_path / "in", "--out", tmp_path / "out", *words).code == 0
    (one,) = json.loads((tmp_path / "out" / "index.json").read_text())["pictures"]
    assert one["earliest"]["told"] == "taken until 1 Mar 2026 12:00 UTC, when it was checked"
    assert "(час цієї перевірки)" in (tmp_path / "out" / "index.html").read_text()


def test_a_folder_that_reports_lie_in_is_checked_again_without_their_figures(run, inbox, monkeypatch) -> None:
    """The default place of reports is the working folder: each run would check the figures of those before."""
    monkeypatch.chdir(inbox)
    options = ("--reference", "../set", "--only", "seen-before", "--no-seal", "--now", NOW)
    shutil.copytree(inbox / "sub", inbox.parent / "set")
    assert run("check", ".", *options, "--out", "first").code == 0
    assert list((inbox / "first").glob("*/*.jpg"))
    again = run("check", ".", *options, "--out", "second")
    assert again.code == 0 and "figures in" in again.err and "first" in again.err
    assert len(reports(inbox / "second")) == len(reports(inbox / "first")) == 4
