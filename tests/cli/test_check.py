"""`check` on the samples, as a desk runs it."""

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.custody.layout import INSTRUCTIONS, SEAL, SIGNATURE, SIGNERS
from provenance.errors import OutputError
from provenance.model.report_files import SUMS
from provenance.report.html import TIMELINE_NAME as TIMELINE

ROOT = Path(__file__).resolve().parents[2]
NOW = "2024-11-15T09:00Z"
SEALS = {SEAL, SIGNATURE, SIGNERS, INSTRUCTIONS}


def verdicts(report: dict) -> dict[str, str]:
    return {finding["question"]: finding["verdict"] for finding in report["findings"]}


@pytest.mark.parametrize("name", ["railcar_mirrored.jpg", "railcar_captioned.jpg", "railcar_recompressed.jpg"])
def test_a_forwarded_copy_is_found_with_its_record(run, samples, name) -> None:
    ended = run("check", samples / name, "--reference", samples / "reference", "--json", "--now", NOW)
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    assert verdicts(report)["seen-before"] == "copy"
    matches = [item for item in report["evidence"] if item["kind"] == "match"]
    assert matches[0]["reference"]["path"].endswith("railcar_yard.jpg")
    assert ("mirrored" in matches[0]["transform"]) == ("mirrored" in name)
    appearances = [item for item in report["evidence"] if item["kind"] == "appearance"]
    assert any("Yenisei" in item["by"] for item in appearances)


@pytest.mark.parametrize("name", ["stranger.jpg", "railcar_other_angle.jpg"])
def test_what_is_not_in_the_set_is_a_recorded_negative(run, samples, name) -> None:
    ended = run("check", samples / name, "--reference", samples / "reference", "--json", "--now", NOW)
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    assert verdicts(report)["seen-before"] == "no match"
    (search,) = [item for item in report["evidence"] if item["kind"] == "search"]
    assert search["pictures"] == len([*(samples / "reference").glob("*.jpg")])
    assert "screenshot" in search["would_catch"]


def test_the_photograph_inside_the_screenshot_of_a_post_is_found(run, samples) -> None:
    post = samples / "railcar_post.png"
    ended = run("check", post, "--reference", samples / "reference", "--only", "seen-before", "--json", "--now", NOW)
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    assert verdicts(report)["seen-before"] == "copy"
    (match,) = [item for item in report["evidence"] if item["kind"] == "match" and item["answer"] == "copy"]
    assert match["reference"]["path"].endswith("railcar_yard.jpg")
    assert match["alignment"]["points"] >= 30


def test_the_founding_case_stays_unproven_and_names_the_contradiction(run, samples) -> None:
    claims = samples / "railcar_post.claims.yaml"
    ended = run(
        "check", samples / "railcar_post.png", "--reference", samples / "reference", "--claims", claims, "--now", NOW
    )
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert len(lines) <= 24 and max(map(len, lines)) <= 80
    for question in ("Seen before", "When", "Where", "Altered", "Origin", "Sources"):
        assert any(line.lstrip().startswith(question) for line in lines), ended.out
    assert "unproven" in ended.out and "contradict" in ended.out
    assert "Report: " in lines[-1]


def test_the_report_folder_holds_what_it_says(run, samples) -> None:
    ended = run("check", samples / "railcar_mirrored.jpg", "--reference", samples / "reference", "--now", NOW)
    (folder,) = Path("provenance-reports").iterdir()
    assert str(folder / "report.html") in ended.out
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert folder.name == f"20241115T090000Z-{report['original']['sha256'][:8]}"
    assert subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, capture_output=True, check=False).returncode == 0


def test_the_figures_of_a_match_lie_beside_the_report(run, samples, tmp_path) -> None:
    asked = ("--reference", samples / "reference", "--only", "seen-before", "--now", NOW)
    for name in ("one", "two"):
        ended = run("check", samples / "railcar_post.png", *asked, "--out", tmp_path / name)
        assert "Figures: match-outline.jpg, match-1-*.jpg, timeline.svg" in ended.out
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    figures = {name for name in one if name.startswith("match-")}
    assert len(figures) >= 4
    assert all(name in one[SUMS].decode() and name in one["report.html"].decode() for name in (*figures, TIMELINE))
    assert one[TIMELINE].startswith(b"<?xml") and b"published 14 Nov 2024" in one[TIMELINE]


def test_a_claimed_place_is_shown_on_a_map_beside_the_report(run, samples, tmp_path) -> None:
    claims = samples / "railcar_post.claims.yaml"
    for name in ("one", "two"):
        ended = run("check", samples / "stranger.jpg", "--claims", claims, "--now", NOW, "--out", tmp_path / name)
        assert "Figures: timeline.svg, structure.svg, map.svg" in ended.out
    drawn = (tmp_path / "one" / "map.svg").read_text("utf-8")
    assert drawn == (tmp_path / "two" / "map.svg").read_text("utf-8")
    assert "4,400 km stated, 3,650 km measured" in drawn
    assert "map.svg" in (tmp_path / "one" / SUMS).read_text()
    assert "map.svg" in (tmp_path / "one" / "report.html").read_text("utf-8")


def test_the_labels_below_the_answers_are_in_their_language(run, samples) -> None:
    ended = run("check", samples / "stranger.jpg", "--only", "when", "--language", "ru", "--now", NOW)
    assert "Иллюстрации: timeline.svg" in ended.out and "Отчёт: provenance-reports" in ended.out


def test_what_is_said_of_a_case_below_the_answers_is_in_their_language(run, samples) -> None:
    first = run("check", samples / "stranger.jpg", "--only", "when", "--language", "uk", "--case", "case")
    again = run(
        "check",
        "--case",
        "case",
        "--only",
        "when",
        "--language",
        "uk",
        "--claimed-time",
        "2024-04",
        "--for-publication",
    )
    assert (first.code, again.code) == (0, 0), again.err
    assert "Справа: case, останній запис журналу 3:" in first.out
    for words in ("Зміни з ", "Для публікації: ", "Останній запис журналу після цього: "):
        assert f"\n{words}" in again.out
    assert not re.search(r"^(Case|Since|For publication|Head of)", f"{first.out}{again.out}", re.MULTILINE)


def test_the_machine_form_alone_draws_no_figures(run, samples) -> None:
    ended = run("check", samples / "railcar_mirrored.jpg", "--reference", samples / "reference", "--json", "--now", NOW)
    (folder,) = Path("provenance-reports").iterdir()
    assert {path.name for path in folder.iterdir()} == {"report.json", "report.html", SUMS, *SEALS}
    assert "Figures" not in ended.err and "Report: " in ended.err


@pytest.mark.parametrize("swapped", [False, True], ids=["gone", "another file in its place"])
def test_where_the_reference_is_gone_its_likeness_is_shown_and_said(run, samples, tmp_path, swapped) -> None:
    folder, store = tmp_path / "pictures", tmp_path / "set.sqlite"
    folder.mkdir()
    picture = folder / "yard.jpg"
    shutil.copy(samples / "reference" / "railcar_yard.jpg", picture)
    run("add", folder, "--set", store)
    if swapped:
        shutil.copy(samples / "stranger.jpg", picture)
    else:
        picture.unlink()
    post = samples / "railcar_post.png"
    ended = run("check", post, "--reference", store, "--out", tmp_path / "r", "--only", "seen-before", "--now", NOW)
    assert ended.code == 0 and "match-1-*.jpg" in ended.out
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert "The reference picture itself is not at hand" in page
    reason = "the file at its place is not the one that was added" if swapped else "it is not at its place"
    assert reason in page
    likeness = (tmp_path / "r" / "match-1-laid-over.jpg").stat().st_size
    assert likeness < (tmp_path / "r" / "match-1-under-test.jpg").stat().st_size / 2


def test_same_inputs_and_same_time_give_the_same_bytes(run, samples, tmp_path) -> None:
    for name in ("one", "two"):
        run("check", samples / "railcar_mirrored.jpg", "--reference", samples / "reference", "--now", NOW,
            "--out", tmp_path / name)  # fmt: skip
    for page in ("report.json", "report.html"):
        assert (tmp_path / "one" / page).read_bytes() == (tmp_path / "two" / page).read_bytes()


def test_nothing_is_written_into_the_reference_folder(run, samples, tmp_path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(samples / "reference", folder)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    assert run("check", samples / "stranger.jpg", "--reference", folder).code == 0
    assert sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir()) == before


def test_without_a_reference_set_the_rest_is_answered(run, samples) -> None:
    ended = run("check", samples / "stranger.jpg")
    assert ended.code == 0
    assert "not checked" in ended.out and "no reference set" in ended.out


def test_the_environment_names_the_set(run, samples, monkeypatch) -> None:
    monkeypatch.setenv("PROVENANCE_REFERENCE", str(samples / "reference"))
    ended = run("check", samples / "railcar_mirrored.jpg", "--json")
    assert verdicts(json.loads(ended.out))["seen-before"] == "copy"


def test_the_desks_own_set_is_searched_when_it_is_there(run, samples) -> None:
    assert run("add", samples / "reference", "--records", samples / "reference" / "records.csv").code == 0
    ended = run("check", samples / "railcar_mirrored.jpg", "--json")
    assert verdicts(json.loads(ended.out))["seen-before"] == "copy"


def test_only_and_skip_choose_the_questions(run, samples) -> None:
    ended = run("check", samples / "stranger.jpg", "--only", "origin,altered", "--json")
    assert list(verdicts(json.loads(ended.out))) == ["altered", "origin"]
    ended = run("check", samples / "stranger.jpg", "--skip", "sources", "--json")
    assert "sources" not in verdicts(json.loads(ended.out))
    assert run("check", samples / "stranger.jpg", "--only", "everything").code == 2


def test_what_is_not_finished_in_time_says_so(run, samples) -> None:
    ended = run("check", samples / "railcar_mirrored.jpg", "--reference", samples / "reference",
                "--within", "0.001", "--json")  # fmt: skip
    report = json.loads(ended.out)
    assert {finding["verdict"]: finding.get("reason", "") for finding in report["findings"]} == {"not checked": "time"}
    assert report["refusal"]["reason"] == "time" and ended.code == 0, "a run without time says nothing about the file"


@pytest.mark.parametrize(
    "options",
    [
        ["--only", "when", "--skip", "when"],
        ["--only", ""],
        ["--within", "0"],
        ["--now", "0001-01-01T00:00Z"],
        ["--now", "9999-12-31T23:59-12:00"],
        ["--now", "2024-11-15"],
        ["--reference", ""],
        ["--claimed-by", "@someone"],
    ],
)
def test_a_command_that_makes_no_sense_is_a_usage_error(run, samples, options) -> None:
    ended = run("check", samples / "stranger.jpg", *options)
    assert ended.code == 2 and ended.err and "Traceback" not in ended.err


def test_an_empty_name_is_not_the_working_folder(run, samples) -> None:
    shutil.copy(samples / "stranger.jpg", "here.jpg")
    assert run("check", "").code == 2


def test_what_a_folder_holds_and_cannot_be_taken_is_said(run, samples, tmp_path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    shutil.copy(samples / "stranger.jpg", folder)
    (folder / "empty.jpg").touch()
    (folder / "text.png").write_text("no picture")
    (folder / "notes.txt").write_text("not meant as one")
    ended = run("check", folder, "--only", "origin")
    assert ended.code == 3 and "stranger.jpg" in ended.out
    lines = ended.err.strip().splitlines()
    assert [name for name in ("empty.jpg", "text.png", "notes.txt") for line in lines if name in line] == [
        "empty.jpg",
        "text.png",
    ]


def test_what_a_reference_folder_could_not_take_is_said(run, samples, tmp_path) -> None:
    folder = tmp_path / "reference"
    folder.mkdir()
    shutil.copy(samples / "reference" / "railcar_yard.jpg", folder)
    (folder / "cut.jpg").write_bytes((samples / "stranger.jpg").read_bytes()[:20_000])
    (folder / "records.csv").write_text("file,publisher\nmissing.jpg,Nobody\n")
    ended = run("check", samples / "stranger.jpg", "--reference", folder, "--json")
    assert ended.code == 0
    assert "cut.jpg" in ended.err and "missing.jpg" in ended.err
    seen = json.loads(ended.out)["findings"][0]
    assert any("cut.jpg" in sentence["text"] for sentence in seen["sentences"])


def test_processes_that_check_one_picture_at_once_write_a_report_each(samples, home) -> None:
    command = [sys.executable, ROOT / "cli.py", "check", samples / "stranger.jpg", "--only", "origin", "--now", NOW]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for one in running:
        _, err = one.communicate(timeout=120)
        assert one.returncode == 0, err
    assert len([*Path("provenance-reports").iterdir()]) == 3


def test_a_claim_in_words(run, samples) -> None:
    claim = (
        "--claim",
        "taken in Paris",
        "--claimed-place",
        "Paris@48.8566,2.3522,20km",
        "--claimed-time",
        "2001-01-01",
    )
    ended = run("check", samples / "stranger.jpg", *claim, "--claimed-by", "@someone", "--json")
    report = json.loads(ended.out)
    assert len(report["claims"]) == 1
    assert verdicts(report)["when"] != "no claim"
    assert run("check", samples / "stranger.jpg", "--claimed-by", "@someone").code == 2


def test_a_picture_on_standard_input_is_checked_as_a_file_is(run, samples, monkeypatch) -> None:
    data = (samples / "railcar_mirrored.jpg").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    ended = run("check", "-", "--reference", samples / "reference", "--json")
    assert ended.code == 0
    assert verdicts(json.loads(ended.out))["seen-before"] == "copy"


def test_a_folder_gives_a_line_of_json_and_a_report_for_each(run, samples, tmp_path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("railcar_mirrored.jpg", "stranger.jpg"):
        shutil.copy(samples / name, folder)
    (folder / "notes.txt").write_text("no picture")
    ended = run("check", folder, "--reference", samples / "reference", "--only", "seen-before", "--json",
                "--out", tmp_path / "reports")  # fmt: skip
    assert ended.code == 0, ended.err
    found = [verdicts(json.loads(line))["seen-before"] for line in ended.out.splitlines()]
    assert found == ["copy", "no match"]
    assert len([path for path in (tmp_path / "reports").iterdir() if path.is_dir()]) == 2


def test_cli_py_is_the_same_door(samples, home) -> None:
    command = [sys.executable, ROOT / "cli.py", "check", samples / "stranger.jpg", "--only", "origin"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "\x1b" not in ended.stdout


def test_output_that_nobody_reads_is_no_error(samples, home) -> None:
    shell = f"{sys.executable} {ROOT / 'cli.py'} check {samples / 'stranger.jpg'} --json | head -c 1"
    ended = subprocess.run(["bash", "-c", f"set -o pipefail; {shell}"], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_latin_1_terminal_shows_escapes_instead_of_failing(samples, home) -> None:
    command = [
        sys.executable,
        ROOT / "cli.py",
        "check",
        samples / "railcar_mirrored.jpg",
        "--reference",
        samples / "reference",
    ]
    ended = subprocess.run(
        command, capture_output=True, check=False, env={"PATH": "/usr/bin", "PYTHONIOENCODING": "ascii",
        "XDG_CACHE_HOME": str(home / "xdg_cache_home"), "XDG_DATA_HOME": str(home / "data"),
        "PYTHONPATH": ":".join(path for path in sys.path if path)},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    ended.stdout.decode("ascii")


def test_what_cannot_be_written_is_said_before_a_picture_is_checked(run, samples, tmp_path, monkeypatch) -> None:
    def never(*_, **__):
        raise AssertionError("it was checked")

    picture = samples / "stranger.jpg"
    assert run("check", picture, "--out", tmp_path / "r", "--only", "sources").code == 0
    (tmp_path / "file").touch()
    monkeypatch.setattr("provenance.desk.desk.run_checks", never)
    for out, words in (("r", "already holds report.html, report.json"), ("file/x", "file is no folder")):
        ended = run("check", picture, "--out", tmp_path / out, "--only", "sources")
        assert ended.code == 7 and words in ended.err, ended.err


def test_what_was_found_is_shown_where_the_report_cannot_be_written(run, samples, tmp_path, monkeypatch) -> None:
    def full(*_, **__):
        raise OutputError("cannot write to the folder r: No space left on device", remedy="make room")

    monkeypatch.setattr("provenance.custody.folder.write_folder", full)
    for more in ((), ("--json",)):
        ended = run("check", samples / "stranger.jpg", "--out", tmp_path / "r", "--only", "sources", *more)
        assert ended.code == 7 and "No space left" in ended.err
        assert ("Sources " in ended.out or '"findings"' in ended.out) and "Report:" not in ended.out + ended.err


def test_a_check_without_room_for_pixels_ends_as_where_nothing_can_be_written(run, samples, monkeypatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise OutputError("the pixels find no room", remedy="free memory")

    monkeypatch.setattr("provenance.matching.search.ask", ask)
    ended = run("check", samples / "stranger.jpg", "--reference", samples / "reference", "--out", "o")
    assert ended.code == 7 and ended.err.endswith("provenance: the pixels find no room; free memory\n")
    assert Path("o/report.json").exists()
