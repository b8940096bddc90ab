"""Where the verbs on a case meet: what one wrote the others read, and only what the log names."""

import json
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image as PillowImage

import provenance
from provenance.case.cases import chronology, seal
from tests.cli.conftest import Run

PUBLISHED = ["--only", "altered", "--for-publication"]


@pytest.fixture
def case(run: Run, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One picture with a position, one report, and its edition for publication."""
    monkeypatch.setenv("PROVENANCE_BY", "Anna")
    picture = tmp_path / "stranger.jpg"
    with PillowImage.open(samples / "stranger.jpg") as image:
        image.resize((300, 200)).save(picture)
    assert run("check", picture, "--case", "case", *PUBLISHED).code == 0
    return Path("case")


def report(case: Path) -> Path:
    return next(case.glob("data/reports/*/report.json"))


def test_the_head_that_a_check_prints_last_is_that_of_the_log(run: Run, case: Path, tmp_path: Path) -> None:
    ended = run("check", tmp_path / "stranger.jpg", "--case", case, *PUBLISHED)
    assert ended.code == 0, ended.err
    last = list(chronology(case))[-1]
    assert last.did == "redacted" and f"Head of the log behind it: {last.number}:" in ended.out


def test_a_derivative_is_described_with_what_it_was_made_from(case: Path, tmp_path: Path) -> None:
    seal(case, keys=tmp_path / "keys")
    graph = json.loads((case / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    nodes = {node["@id"]: node for node in graph}
    edition = next(name for name in nodes if name.startswith("data/derivatives/") and name.endswith("report.json"))
    assert nodes[edition]["wasDerivedFrom"]["@id"] == report(case).relative_to(case).as_posix()
    assert nodes[edition]["description"].startswith("derivative") and "1 report on them" in nodes["./"]["description"]


def test_what_lies_in_a_case_unnamed_is_not_read_as_its_own(run: Run, case: Path) -> None:
    planted = case / "data/reports/29991231T000000Z-00000000"
    shutil.copytree(report(case).parent, planted)
    form = json.loads((planted / "report.json").read_text())
    assert run("diff", case).code != 0  # one report, and one that nobody filed
    (planted / "report.json").write_text("not JSON")
    assert run("record", case, "Seen.", "--kind", "accept", "--item", "altered").code == 0
    shutil.rmtree(planted)
    report(case).chmod(0o644)
    report(case).write_text(json.dumps({**form, "clock": "another"}))
    for verb in (
        ("record", case, "Seen.", "--kind", "accept", "--item", "altered"),
        ("redact", case, "--leave-out", "gps"),
        ("render", case, "--to", "html"),
        ("render", case, "--to", "case"),
        ("diff", case),
    ):
        ended = run(*verb)
        assert ended.code == 8 and "report.json" in ended.err and "Traceback" not in ended.err, (verb, ended)


def test_links_and_pipes_among_the_originals_are_neither_followed_nor_waited_for(run: Run, case: Path) -> None:
    original = next((case / "data/originals").iterdir())
    outside = original.read_bytes()
    elsewhere = Path("elsewhere.jpg")
    elsewhere.write_bytes(outside)
    os.mkfifo(case / "data/originals/pipe")
    hit = ("--kind", "hit", "--engine", "X", "--url", "https://example.org", "--saved", elsewhere)
    assert run("redact", case, "--cover", "1,1,9,9").code == 0
    original.unlink()
    original.symlink_to(elsewhere.absolute())
    for verb in (("redact", case, "--cover", "1,1,9,9"), ("record", case, "Found.", *hit)):
        ended = run(*verb)
        assert ended.code == 8 and original.name in ended.err, (verb, ended)


@pytest.mark.parametrize("inside", ["derivatives", "recorded"])
def test_a_link_in_the_way_stops_a_deposit_before_its_entry(run: Run, case: Path, tmp_path: Path, inside: str) -> None:
    (tmp_path / "outside").mkdir()
    shutil.rmtree(case / "data" / inside, ignore_errors=True)
    (case / "data" / inside).symlink_to(tmp_path / "outside")
    before = len(list(chronology(case)))
    for verb in (
        ("redact", case, "--cover", "1,1,9,9"),
        ("record", case, "Seen.", "--attach", tmp_path / "stranger.jpg"),
    ):
        ended = run(*verb)
        assert ended.code == (8 if (verb[0] == "redact") is (inside == "derivatives") else 0), ended
        assert ended.code == 0 or inside in ended.err
    assert not list((tmp_path / "outside").iterdir()) and len(list(chronology(case))) == before + 1


def test_folders_that_lead_out_of_the_case_are_not_read(run: Run, case: Path, tmp_path: Path) -> None:
    (case / "data/reports").rename(tmp_path / "reports")
    (case / "data/reports").symlink_to(tmp_path / "reports")
    for verb in (("render", case, "--to", "html"), ("redact", case, "--leave-out", "gps"), ("diff", case)):
        assert run(*verb).code == 8, verb
    (case / "data").rename(tmp_path / "data")
    (case / "data").symlink_to(tmp_path / "data")
    assert run("log", case).code == 8 and run("verify", case).code == 8


def test_a_rating_can_be_published_from_a_case_that_was_checked_again(run: Run, case: Path, tmp_path: Path) -> None:
    rate = ("record", case, "The picture is from 2015.", "--kind", "rating", "--rating", "DecontextualizedContent")
    claims = tmp_path / "two.yaml"
    claims.write_text("claims:\n  - {id: c1, text: A train}\n  - {id: c2, text: A tram}\n", encoding="utf-8")
    assert (
        run("check", tmp_path / "stranger.jpg", "--case", case, "--only", "altered,when", "--claims", claims).code == 0
    )
    ended = run(*rate)
    assert ended.code == 2 and "name the one that was rated" in ended.err
    assert run(*rate, "--claim", "c2").code == 0
    ended = run("render", case, "--to", "claim-review")
    assert ended.code == 0 and "A tram" in ended.out and "A train" not in ended.out, ended.err


def test_the_saved_picture_of_a_hit_is_shown_again_from_the_record_alone(run: Run, case: Path, tmp_path: Path) -> None:
    hit = ("--kind", "hit", "--engine", "X", "--url", "https://example.org/a", "--saved", tmp_path / "again.jpg")
    with PillowImage.open(tmp_path / "stranger.jpg") as image:
        image.save(tmp_path / "again.jpg", quality=60)
    assert run("record", case, "Found.", *hit).code == 0
    assert run("check", tmp_path / "stranger.jpg", "--case", case, "--only", "seen-before,when").code == 0
    moved = tmp_path / "moved"
    case.rename(moved)
    (tmp_path / "again.jpg").unlink()
    ended = run("render", moved, "--to", "html", "--out", "pages")
    assert ended.code == 0 and ended.err.count("note: the same as") == 2, ended.err


def test_a_library_user_can_redact(case: Path) -> None:
    done = provenance.redact_case(case, boxes=[provenance.box("1,1,9,9")])
    assert done.head is not None and (done.folder / "derived.json").is_file()
