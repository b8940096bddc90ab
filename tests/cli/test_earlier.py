"""`check` and the desk's own earlier checks: found, told apart from publications, noted whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image as PillowImage
from PIL import ImageOps

from provenance.desk.desk import Desk
from provenance.errors import ReferenceSetError
from provenance.matching.earlier import read_past
from provenance.model.record import Record
from provenance.reference.open import open_set
from provenance.report.reading import read
from provenance.sets.earlier import MOST_CHECKS, EarlierChecks

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "desk" / "checks.sqlite"
    monkeypatch.setenv("PROVENANCE_EARLIER", str(path))
    return path


@pytest.fixture
def picture(samples: Path, tmp_path: Path) -> Path:
    """A photograph that is checked quickly."""
    path = tmp_path / "stranger.jpg"
    PillowImage.open(samples / "stranger.jpg").resize((450, 300)).save(path)
    return path


def items(ended, kind: str = "earlier") -> list[dict]:
    return [item for item in json.loads(ended.out).get("evidence", []) if item["kind"] == kind]


def test_the_same_file_is_known_again_by_its_time_its_answer_and_its_report(run, picture, kept, tmp_path) -> None:
    first = run("check", picture, "--claim", "a lake", "--claimed-time", "2024", "--out", "one")
    assert "Earlier" not in first.out and first.err == ""
    again = run("check", picture, "--json", "--out", "two")
    (item,) = items(again)
    assert item["copy"] == "exact" and item["statement"].startswith("This very file was checked on ")
    assert item["past"]["report"] == str(Path("one/report.json").absolute()) and "report_state" not in item
    assert (
        item["past"]["claims"] == ["a lake"] and {"question": "when", "verdict": "unproven"} in item["past"]["answers"]
    )
    assert not items(again, "appearance") and not items(again, "match")
    (bound,) = [one for one in items(again, "bound") if one["bound"] == "checked_before"]
    assert bound["time"]["latest"] == item["past"]["at"]
    page = Path("two/report.html").read_text("utf-8")
    assert "Checked before by this desk" in page and "An earlier check is no publication" in page
    assert read(Path("two/report.json").read_bytes()).evidence
    third = run("check", picture)
    assert "Earlier      checked " in third.out and "2 checks of" in third.out
    assert max(map(len, third.out.splitlines())) <= 80


def test_a_copy_is_known_again_and_a_stranger_is_not(run, samples, picture, kept, tmp_path) -> None:
    run("check", picture, "--only", "origin")
    cut = tmp_path / "cut.jpg"
    ImageOps.mirror(PillowImage.open(picture)).crop((60, 30, 400, 280)).save(cut, quality=70)
    ended = run("check", cut, "--json", "--only", "seen-before")
    (item,) = items(ended)
    assert item["past"]["name"] == "stranger.jpg"
    assert (item["answer"], item["copy"]) == ("copy", "mirrored") and "cropped to" in item["transform"]
    assert json.loads(ended.out)["findings"][0]["verdict"] == "not checked"
    assert not items(run("check", samples / "railcar_mirrored.jpg", "--json", "--only", "seen-before"))


def test_an_earlier_check_by_this_machines_clock_makes_a_later_claim_recycled(run, picture, kept, monkeypatch) -> None:
    run("check", picture)
    (image_id,) = [one.reference.image_id for one in open_set(kept).list()]
    store = open_set(kept)
    old = json.loads(store.records(image_id)[0].notes)
    for clock, verdict in (("stated by the person who ran the check", "unproven"), (old["clock"], "recycled")):
        store.remove_records(store.record_ids())
        past = Record(notes=json.dumps(old | {"at": "2025-03-03T14:02:00Z", "clock": clock}))
        store.add_records({image_id: [past]})
        ended = run("check", picture, "--claimed-time", "2025-06-01/2025-06-02", "--json")
        when = next(one for one in json.loads(ended.out)["findings"] if one["question"] == "when")
        assert when["verdict"] == verdict, clock
    assert when["sentences"][0]["text"].startswith("This desk checked it before, on 3 Mar 2025 14:02 UTC, at least 8")
    store.close()


def test_an_earlier_check_by_a_clock_that_was_never_set_limits_nothing(run, picture, kept) -> None:
    run("check", picture)
    store = open_set(kept)
    (image_id,) = [one.reference.image_id for one in store.list()]
    old = json.loads(store.records(image_id)[0].notes)
    store.remove_records(store.record_ids())
    store.add_records({image_id: [Record(notes=json.dumps(old | {"at": "1980-01-01T00:00:07Z"}))]})
    store.close()
    ended = run("check", picture, "--claimed-time", "2025-06-01/2025-06-02", "--json")
    when = next(one for one in json.loads(ended.out)["findings"] if one["question"] == "when")
    assert when["verdict"] == "unproven"
    (told,) = items(ended)
    assert told["past"]["at"] == "1980-01-01T00:00:07Z"  # it is shown all the same
    assert "its date says nothing" in told["limits"][0]


@pytest.mark.parametrize("why", ["--no-earlier", "--now", "off", "library"])
def test_nothing_is_noted_unless_wanted(run, picture, kept, monkeypatch, why) -> None:
    import provenance

    if why == "off":
        monkeypatch.setenv("PROVENANCE_EARLIER", "off")
    if why == "library":
        provenance.check(picture, references=[])
    else:
        options = {"--no-earlier": ["--no-earlier"], "--now": ["--now", "2024-11-15T09:00Z"], "off": []}[why]
        assert run("check", picture, *options).code == 0
    assert not kept.parent.exists()


def test_the_library_notes_a_check_where_it_is_asked_to(picture, kept, tmp_path) -> None:
    import provenance

    place = tmp_path / "own.sqlite"
    for _ in range(2):
        report = provenance.check(picture, references=[], only=["seen-before"], earlier=place)
    (item,) = [item for item in report.evidence if item.kind == "earlier"]
    assert item.report_state == "its report was not kept" and not kept.exists()


@pytest.mark.parametrize("change", ["moved", "edited"])
def test_a_report_that_is_gone_or_changed_is_said(run, picture, kept, change) -> None:
    run("check", picture, "--out", "one")
    if change == "moved":
        shutil.move("one", "elsewhere")
    else:
        Path("one/report.json").write_text("{}", "utf-8")
    (item,) = items(run("check", picture, "--json"))
    expected = {
        "moved": "its report is no longer there: it was moved or deleted",
        "edited": "its report was changed since",
    }
    assert item["report_state"] == expected[change]


def test_a_case_is_named_and_its_original_is_what_is_read_again(run, picture, kept, tmp_path) -> None:
    moved = tmp_path / "in.jpg"
    shutil.copy(picture, moved)
    run("check", moved, "--case", "kursk", "--only", "origin")
    moved.unlink()
    (item,) = items(run("check", picture, "--json", "--only", "seen-before"))
    assert item["past"]["case"] == str(Path("kursk").absolute())
    assert Path(item["reference"]["path"]).is_file() and "kursk/data/originals" in item["reference"]["path"]


def test_a_picture_without_pixels_is_known_by_its_bytes(run, samples, kept, tmp_path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes((samples / "railcar_post.png").read_bytes()[:3000])
    assert run("check", broken).code == 4
    (item,) = items(run("check", broken, "--json"))
    assert item["copy"] == "exact"


def test_the_set_is_looked_at_and_forgotten_with_refs_and_is_no_reference_set(run, picture, kept) -> None:
    assert "no earlier check is noted yet" in run("refs", "list", "--earlier").err
    run("check", picture)
    listed = run("refs", "list", "--earlier")
    assert "stranger.jpg" in listed.out and "no claim" in listed.out and "report.json" in listed.out
    for verb in (
        ["check", picture, "--reference", kept],
        ["add", picture, "--set", kept],
    ):
        ended = run(*verb)
        assert ended.code == 5 and "holds earlier checks, which are no publications" in ended.err
    assert "removed: 1 picture" in run("refs", "remove", picture, "--earlier").out
    assert not items(run("check", picture, "--json"))


def test_only_the_owner_may_read_the_set(run, picture, kept) -> None:
    run("check", picture)
    assert kept.stat().st_mode & 0o077 == 0 and kept.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["garbage", "a reference set", "a folder"])
def test_a_set_that_cannot_be_used_takes_no_report_away(run, picture, kept, damage) -> None:
    kept.parent.mkdir()
    if damage == "garbage":
        kept.write_bytes(b"no set at all")
    elif damage == "a folder":
        kept.mkdir()
    else:
        run("add", picture, "--set", kept)
    before = kept.read_bytes() if kept.is_file() else b""
    ended = run("check", picture, "--json")
    assert ended.code == 0 and "note: this check was not noted among the earlier checks" in ended.err
    (check,) = [one for one in json.loads(ended.out)["checks"] if one["check"] == "earlier"]
    assert check["outcome"]["ended"] == "skipped" and "cannot be used" in check["outcome"]["reason"]
    assert not kept.is_file() or kept.read_bytes() == before


def test_several_at_once_and_one_that_is_killed_leave_the_set_whole(samples, picture, kept, tmp_path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pictures = [picture, samples / "railcar_mirrored.jpg"]
    command = [sys.executable, "-m", "provenance.cli", "check", "--only", "origin", "--out"]
    runs = [
        subprocess.Popen([*command, tmp_path / str(index), picture], env=environment, stdout=subprocess.DEVNULL)
        for index, picture in enumerate([*pictures, pictures[0]])
    ]
    threading.Timer(0.9, runs[2].kill).start()
    assert [one.wait() for one in runs[:2]] == [0, 0]
    runs[2].wait()
    store = open_set(kept)
    assert store.count()["pictures"] == 2 and not store.verify().wrong
    store.close()


def test_of_a_picture_checked_again_and_again_the_first_and_the_latest_are_kept(run, picture, kept) -> None:
    run("check", picture, "--only", "origin")
    store = open_set(kept)
    (image_id,) = store.record_ids()
    first = json.loads(store.records(image_id)[0].notes)
    more = [Record(notes=json.dumps(first | {"at": f"2027-01-01T00:{minute:02}:00Z"})) for minute in range(MOST_CHECKS)]
    store.add_records({image_id: more})
    run("check", picture, "--only", "origin")
    records = store.records(image_id)
    assert len(records) == MOST_CHECKS and json.loads(records[0].notes) == first
    store.close()


def test_a_check_by_a_clock_that_was_never_set_takes_no_place_of_the_first(run, picture, kept) -> None:
    run("check", picture, "--only", "origin")
    store = open_set(kept)
    (image_id,) = store.record_ids()
    form = json.loads(store.records(image_id)[0].notes)
    store.remove_records(store.record_ids())
    unset = [Record(notes=json.dumps(form | {"at": f"1980-01-01T00:00:0{second}Z"})) for second in range(2)]
    first = json.dumps(form | {"at": "2025-03-01T00:00:00Z"})
    more = [Record(notes=json.dumps(form | {"at": f"2026-01-01T00:{minute:02}:00Z"})) for minute in range(MOST_CHECKS)]
    store.add_records({image_id: [*unset, Record(notes=first), *more]})
    ended = run("check", picture, "--only", "origin,when", "--json")
    assert min(told["past"]["at"] for told in items(ended)) == "2025-03-01T00:00:00Z"
    assert "2025-03-01T00:00:00Z" in {told["time"].get("latest") for told in items(ended, "bound")}
    with Desk(earlier=kept, clock=lambda: datetime(1980, 1, 1, tzinfo=UTC)) as desk:  # nothing is after that one either
        (had,) = [one for one in desk.check(picture).report.evidence if getattr(one, "bound", None) == "checked_before"]
    assert had.time.latest.year == 2025
    assert len(store.records(image_id)) == MOST_CHECKS and first in {one.notes for one in store.records(image_id)}
    store.close()


@pytest.mark.parametrize(
    "notes",
    (
        *("", "[]", "{}", '{"at": 5}', '{"at": "2024-01-01"}', '{"at": "0001-01-01T00:00+23:00"}', "[" * 100_000),
        '{"at": "2024-01-01T00:00Z", "answers": [1]}',
    ),
)
def test_what_is_no_note_of_a_check_is_passed_over(notes: str) -> None:
    assert read_past(Record(notes=notes)) is None


def test_a_place_that_cannot_be_made_is_said(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    checks = EarlierChecks(tmp_path / "file" / "checks.sqlite")
    with pytest.raises(ReferenceSetError, match="cannot be used"):
        checks.note(None, None, None, folder=None, case=None, by="")  # type: ignore[arg-type]


def test_pictures_of_one_run_meet_each_other(run, picture, kept, tmp_path) -> None:
    small = tmp_path / "small.jpg"
    PillowImage.open(picture).resize((300, 200)).save(small, quality=60)
    ended = run("check", picture, small, "--json", "--only", "seen-before")
    first, second = (json.loads(line).get("evidence", []) for line in ended.out.splitlines())
    assert not [one for one in first if one["kind"] == "earlier"]
    assert [one["answer"] for one in second if one["kind"] == "earlier"] == ["copy"]
