"""check --case, seal, verify, log: from a picture to a case that tells when it was touched."""

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

import provenance
from provenance.custody import sshsig
from provenance.custody.keys import signing_key
from tests.cli.conftest import Run

NOW = ["--now", "2026-03-01T12:00:00Z"]
FAST = ["--only", "sources"]


@pytest.fixture
def picture(samples: Path, tmp_path: Path) -> Path:
    """A sample under a name with a space and letters of two scripts."""
    path = tmp_path / "Фото from a friend.jpg"
    path.write_bytes((samples / "stranger.jpg").read_bytes())
    return path


@pytest.fixture(autouse=True)
def author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENANCE_BY", "Anna")
    for name in ("PROVENANCE_KEYS", "PROVENANCE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


def test_from_a_picture_to_a_case_that_tells_a_flipped_byte(run: Run, picture: Path) -> None:
    case = Path("case of März")
    ended = run("check", picture, "--case", case, *FAST)
    assert ended.code == 0
    assert f"Case: {case}, head of its log 3:" in ended.out
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    assert (case / f"data/originals/{digest}.jpg").read_bytes() == picture.read_bytes()
    (report,) = case.glob("data/reports/*/report.json")
    told = json.loads(report.read_text())
    assert told["original"]["sha256"] == digest
    kept = next(event["detail"] for event in told["events"] if event["what"] == "kept")
    head = kept.split("head of its log then: ")[1]
    assert head in next(case.glob("data/reports/*/report.html")).read_text()

    ended = run("verify", case)
    assert (ended.code, "not sealed" in ended.out) == (8, True)

    sealed = run("seal", case)
    assert sealed.code == 0
    assert "A signing key was made" in sealed.out
    ended = run("verify", case, "--against", head)
    assert ended.code == 0
    key = next(line.split()[1] for line in sealed.out.splitlines() if line.startswith("Key:"))
    assert f"intact, signed by key {key}, which you have not pinned" in ended.out

    page = next(case.glob("data/reports/*/report.html"))
    page.chmod(0o644)
    data = bytearray(page.read_bytes())
    data[1000] ^= 1
    page.write_bytes(data)
    ended = run("verify", case)
    assert ended.code == 8
    assert f"{page.relative_to(case)} was changed" in ended.out
    assert run("seal", case).code == 8


def test_a_case_is_continued_and_sealed_again(run: Run, picture: Path, samples: Path) -> None:
    assert run("check", picture, "--case", "case", *FAST).code == 0
    assert run("seal", "case").code == 0
    assert run("check", picture, samples / "railcar_mirrored.jpg", "--case", "case", *FAST).code == 0
    ended = run("verify", "case")
    assert (ended.code, "5 later entries are under no seal" in ended.out) == (8, True)
    assert run("seal", "case").code == 0
    assert run("verify", "case").code == 0
    assert "The seal stands" in run("seal", "case").out
    assert len(list(Path("case/data/originals").iterdir())) == 2
    assert len(list(Path("case/data/reports").iterdir())) == 3


def test_signers_and_heads_known_from_elsewhere_are_held_against_the_case(run: Run, picture: Path, home: Path) -> None:
    ended = run("check", picture, "--case", "case", *FAST)
    head = ended.out.split("head of its log ")[1].split()[0]
    run("seal", "case")
    ours = home / "xdg_data_home" / "provenance" / "keys"
    assert stat.S_IMODE((ours / "seal_key").stat().st_mode) == 0o600
    ended = run("verify", "case", "--signers", ours / "seal_key.pub", "--against", head)
    assert (ended.code, "which seal_key.pub names as" in ended.out) == (0, True)
    other = home / "other"
    other.write_text(f"bob {sshsig.public_line(signing_key(home / 'k').public)}\n")
    assert run("verify", "case", "--signers", other).code == 8
    ended = run("verify", "case", "--against", f"9:{'ab' * 32}")
    assert (ended.code, "rolled back" in ended.out) == (8, True)
    assert run("verify", "case", "--against", "x").code == 2
    assert run("verify", "case", "--signers", "nothing").code == 3


def test_the_log_reads_as_a_chronology(run: Run, picture: Path) -> None:
    run("check", picture, "--case", "case", *FAST, *NOW)
    run("seal", "case", *NOW)
    lines = [line for line in run("log", "case").out.splitlines() if "2026-03-01" in line[:30]]
    assert [line.split("Anna: ")[1].split()[0] for line in lines] == ["opened", "received", "reported", "sealed"]
    entries = [json.loads(line) for line in run("log", "case", "--json").out.splitlines()]
    assert entries[1]["clock"] == "stated by the person who ran the check"
    assert entries[1]["settings"]["path"].endswith("friend.jpg")
    assert entries[2]["inputs"] == entries[1]["inputs"] == [hashlib.sha256(picture.read_bytes()).hexdigest()]


def test_the_same_inputs_key_and_time_give_the_same_seal(run: Run, picture: Path) -> None:
    for case in ("one", "two"):
        assert run("check", picture, "--case", case, *FAST, *NOW).code == 0
        assert run("seal", case, *NOW).code == 0
    for name in ("seal.json", "seal.json.sig", "data/log.jsonl", "manifest-sha256.txt"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_the_machine_form_names_the_state(run: Run, picture: Path) -> None:
    run("check", picture, "--case", "case", "--only", "altered")
    assert json.loads(run("verify", "case", "--json").out)["state"] == "not sealed"
    run("seal", "case")
    found = json.loads(run("verify", "case", "--json").out)
    assert (found["state"], found["files"], found["head"]["entries"]) == ("intact", 4, 4)


def test_an_original_is_kept_even_when_its_pixels_are_refused(run: Run, picture: Path) -> None:
    cut = picture.with_name("cut.jpg")
    cut.write_bytes(picture.read_bytes()[:3000])
    assert run("check", cut, "--case", "case", *FAST).code == 4
    assert len(list(Path("case/data/originals").iterdir())) == 1
    assert len(list(Path("case/data/reports").iterdir())) == 1


def test_what_is_no_case_is_said(run: Run, picture: Path) -> None:
    for verb in ("verify", "seal", "log"):
        ended = run(verb, "nowhere")
        assert (ended.code, "is no folder" in ended.err) == (8, True)
    Path("notes").mkdir()
    Path("notes/a.txt").write_text("a")
    assert run("check", picture, "--case", "notes", *FAST).code == 8
    assert [path.name for path in Path("notes").iterdir()] == ["a.txt"]
    assert run("verify", "notes").code == 8
    assert run("check", picture, "--case", "case", "--out", "out").code == 2


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_case_that_cannot_be_written_is_said(run: Run, picture: Path) -> None:
    run("check", picture, "--case", "case", *FAST)
    Path("case").chmod(0o555)
    assert run("check", picture, "--case", "case", *FAST).code == 7


def test_a_key_that_others_may_read_is_refused(run: Run, picture: Path, home: Path) -> None:
    run("check", picture, "--case", "case", *FAST)
    run("seal", "case", "--keys", home / "keys")
    (home / "keys" / "seal_key").chmod(0o644)
    ended = run("seal", "case", "--keys", home / "keys")
    assert (ended.code, "chmod 600" in ended.err) == (9, True)


def test_the_library_does_what_the_verbs_do(picture: Path, home: Path) -> None:
    report = provenance.check(picture, only=["sources"], case="case")
    assert provenance.verify("case").state.value == "not sealed"
    sealed = provenance.seal("case", keys=home / "keys")
    found = provenance.verify("case", against=str(sealed.head))
    assert (found.state.value, found.key, found.seal) == ("intact", sealed.key, sealed.seal)
    entries = list(provenance.chronology("case"))
    assert entries[1].inputs == (report.original.sha256,)


def test_a_key_is_shown_replaced_and_still_vouched_for(run: Run, picture: Path, home: Path) -> None:
    shown = run("key")
    assert (shown.code, "(made just now)" in shown.out) == (0, True)
    signers = home / "signers"
    signers.write_text(f"anna {shown.out.split('Public: ')[1].splitlines()[0]}\n")
    run("check", picture, "--case", "case", *FAST)
    assert "took the place of" in run("key", "--rotate").out
    assert run("seal", "case").code == 0
    ended = run("verify", "case", "--signers", signers)
    assert (ended.code, "which signers names as anna" in ended.out) == (0, True)
    assert "by a statement that both signed" in ended.out


def test_a_statement_is_recorded_with_its_source_grade_and_files(run: Run, picture: Path) -> None:
    run("check", picture, "--case", "case", *FAST)
    shot = picture.with_name("Снимок экрана.PNG")
    shot.write_bytes(b"a screenshot")
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    words = 'Она говорит: "снято в марте"\u202e'
    ended = run(
        "record", "case", words, "--source", "A. Photographer", "--grade", "b2", "--origin", "post 17",
        "--about", digest[:8], "--attach", shot, "--attach", shot, *NOW,
    )  # fmt: skip
    assert (ended.code, "Head: 4:" in ended.out) == (0, True)
    assert run("record", "case", "No, in May", "--kind", "correction", "--attach", shot).code == 0
    entry, correction = [json.loads(line) for line in run("log", "case", "--json").out.splitlines()][3:]
    assert entry["settings"]["text"] == words
    assert (entry["settings"]["grade"], entry["settings"]["origin"]) == ("B2", "post 17")
    assert entry["inputs"] == [digest]
    (kept,) = Path("case/data/recorded").iterdir()
    assert (kept.read_bytes(), kept.suffix) == (b"a screenshot", ".png")
    assert entry["settings"]["files"] == correction["settings"]["files"] == [f"data/recorded/{kept.name}"]
    assert correction["settings"]["grade"] == "F6"
    assert "\u202e" not in run("log", "case").out
    assert run("seal", "case").code == 0
    assert run("verify", "case").code == 0


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["x", "--grade", "Z9"], 2),
        (["x", "--about", "abcdef12"], 2),
        (["x", "--about", "../../"], 2),
        (["x", "--kind", "rumour"], 2),
        (["   "], 2),
        (["x" * 20_001], 2),
        (["x", "--attach", "missing.png"], 3),
    ],
)
def test_what_cannot_be_recorded_leaves_the_log_as_it_was(
    run: Run, picture: Path, options: list[str], code: int
) -> None:
    run("check", picture, "--case", "case", *FAST)
    before = Path("case/data/log.jsonl").read_bytes()
    assert run("record", "case", *options).code == code
    assert Path("case/data/log.jsonl").read_bytes() == before


def test_without_a_picture_those_of_the_case_are_checked_again(run: Run, picture: Path) -> None:
    run("check", picture, "--case", "case", *FAST)
    recorded = run("record", "case", "Taken in March", "--time", "2025-03", "--source", "A. Witness")
    assert "provenance check --case case" in recorded.out
    picture.unlink()
    ended = run("check", "--case", "case", *FAST)
    assert ended.code == 0, ended.err
    assert picture.name in ended.out and "Since " in ended.out
    (Path("empty/data")).mkdir(parents=True)
    assert "is no case: it has no data/log.jsonl" in run("check", "--case", "empty").err
    assert run("check", "--case", "missing").code == 8 and run("check").code == 2
