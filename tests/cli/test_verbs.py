"""The other verbs, and that every --help ends in an example that runs."""

import errno
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from provenance.cli.main import main
from provenance.model.report_files import SUMS
from provenance.reference.open import open_set

ROOT = Path(__file__).resolve().parents[2]
VERBS = (
    *("check", "add", "inspect", "compare", "record", "refs", "place", "doctor"),
    *("diff", "seal", "verify", "log", "key", "redact", "render", "sun"),
)
MAKES_PDF = importlib.util.find_spec("typst") is not None
INNER = ("list", "show", "edit", "count", "remove", "reindex", "export", "import")


def examples(text: str, store: Path) -> list[list[str]]:
    """The commands under "example:" as words, the set of the examples put where the test may write."""
    lines = text.split("example:")[1].replace("\\\n", " ").replace("/tmp/", f"{store.parent}/").splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.strip().startswith("provenance")]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The set that the first command of the examples of `refs` makes."""
    store, reference = tmp_path_factory.mktemp("filled") / "desk.sqlite", ROOT / "samples" / "reference"
    assert main(["add", str(reference), "--records", str(reference / "records.csv"), "--set", str(store)]) == 0
    return store


@pytest.mark.parametrize("verb", [(verb,) for verb in VERBS] + [("refs", verb) for verb in INNER], ids=" ".join)
def test_the_example_of_each_help_runs(run, samples, home, filled, verb) -> None:
    (home / "work" / "samples").symlink_to(samples)
    commands = examples(run(*verb, "--help").out, home / "desk.sqlite")
    assert commands
    if len(verb) > 1:  # filled already; the examples of `add` and of `refs` as a whole begin with nothing
        shutil.copy(filled, home / "desk.sqlite")
    for words in commands:
        asks_somebody = "--stamp" in words
        if asks_somebody or ("pdf" in words and not MAKES_PDF):
            continue
        ended = run(*words)
        assert ended.code == (1 if verb == ("diff",) and words[0] == "diff" else 0), (words, ended.err)


def test_the_whole_help_loads_nothing_that_a_verb_needs() -> None:
    heavy = {"numpy", "cv2", "PIL", "requests", "sqlite3", "cryptography", "jinja2"}
    program = f"import sys; from provenance.cli.main import parser; parser(); print({heavy!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()", done.stdout


def test_help_names_every_verb_and_exit_code(run) -> None:
    text = run("--help").out
    assert all(verb in text for verb in VERBS)
    assert all(way in text for way in ("record --fetch", "add --fetch-into", "seal --stamp", "add --dask"))
    assert "spread" in run("refs", "--help").out.partition("positional")[0]
    assert all(re.search(rf"\b{code} ", text) for code in (0, 2, 3, 4, 5, 6, 7, 10, 130))


def test_compare_tells_a_copy_the_same_file_and_a_stranger_apart(run, samples) -> None:
    yard = samples / "reference" / "railcar_yard.jpg"
    answer = json.loads(run("compare", samples / "railcar_mirrored.jpg", yard, "--json").out)
    assert answer["match"]["answer"] == "copy" and "mirrored" in answer["match"]["transform"]
    assert "copy" in run("compare", yard, yard).out
    assert json.loads(run("compare", samples / "stranger.jpg", yard, "--json").out)["match"]["answer"] == "no match"
    assert run("compare", yard, samples / "missing.jpg").code == 3


def test_compare_shows_how_two_pictures_meet_in_words_and_figures(run, samples, tmp_path) -> None:
    yard = samples / "reference" / "railcar_yard.jpg"
    ended = run("compare", samples / "railcar_post.png", yard, "--out", tmp_path / "out")
    assert ended.code == 0, ended.err
    assert max(map(len, ended.out.replace(str(tmp_path), "").splitlines())) <= 80
    for label in (
        "Transform ",
        "Points ",
        "Overlap ",
        "Blocks ",
        "Limits ",
        "Figures: match-outline.jpg, match-1-*.jpg",
    ):
        assert f"\n{label}" in ended.out
    folder = tmp_path / "out"
    names = {path.name for path in folder.iterdir()}
    assert {"compare.html", "compare.json", "match-1-joined.jpg", "match-1-laid-over.jpg"} <= names
    assert subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, capture_output=True, check=False).returncode == 0
    assert json.loads((folder / "compare.json").read_text("utf-8"))["match"]["answer"] == "copy"
    words = re.search(r"Points +(\S+ of the \S+ points)", ended.out)
    assert words and words[1] in (folder / "compare.html").read_text("utf-8")
    assert run("compare", samples / "railcar_post.png", yard, "--out", folder).code == 7, "nothing is replaced"


def test_compare_without_a_match_still_writes_its_page(run, samples, tmp_path) -> None:
    ended = run("compare", samples / "stranger.jpg", samples / "railcar_post.png", "--out", tmp_path / "out", "--json")
    assert ended.code == 0 and json.loads(ended.out)["match"]["answer"] == "no match"
    assert "compare.html" in ended.err and "Figures" not in ended.err
    assert (tmp_path / "out" / "compare.html").read_text("utf-8").count("<img") == 2


def test_inspect_shows_the_files_own_words(run, samples) -> None:
    ended = run("inspect", samples / "stranger.jpg")
    assert ended.code == 0
    assert "Demo Optical" in ended.out and "2" in ended.out
    assert not Path("provenance-reports").exists()
    assert run("inspect", samples / "missing.jpg").code == 3
    late = run("inspect", samples / "stranger.jpg", "--within", "0.000001")
    assert late.code == 0 and "not checked: time" in late.out and "Demo Optical" not in late.out


def test_records_that_lie_beside_pictures_and_were_not_named_are_told(run, samples, tmp_path) -> None:
    """`check --reference FOLDER` finds them by itself; a set filled without them would date nothing."""
    shutil.copytree(samples / "reference", tmp_path / "my pictures")
    records = tmp_path / "my pictures" / "records.csv"
    told = f"note: {records} is not read; to take its records: --records '{records}'\n"
    for words, notes in (((), told), (("--records", records), "")):
        ended = run("add", tmp_path / "my pictures", "--set", tmp_path / f"{len(words)}.sqlite", *words)
        assert (ended.code, ended.err) == (0, notes)


def test_add_is_resumable_and_reports_what_it_could_not_take(run, samples, tmp_path) -> None:
    folder = tmp_path / "pictures"
    shutil.copytree(samples / "reference", folder)
    (folder / "broken.jpg").write_bytes((folder / "railcar_yard.jpg").read_bytes()[:20_000])
    number = len([*(samples / "reference").glob("*.jpg")])
    first = run("add", folder, "--records", folder / "records.csv", "--set", tmp_path / "s.sqlite", "--keep")
    assert first.code == 3 and "broken.jpg" in first.err
    assert first.out.startswith(f"{number} pictures")
    again = run("add", folder, "--records", folder / "records.csv", "--set", tmp_path / "s.sqlite", "--keep")
    assert again.out.startswith("0 pictures and 0 records added") and f"{number} already there" in again.out
    shutil.rmtree(folder)
    ended = run(
        "check", samples / "railcar_mirrored.jpg", "--reference", tmp_path / "s.sqlite", "--out", tmp_path / "r"
    )
    html = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert ended.code == 0 and html.count("data:image/jpeg") >= 2, "the kept copy is shown beside the query"


def test_an_earlier_dated_second_appearance_is_kept(run, samples, tmp_path) -> None:
    picture, store = samples / "reference" / "railcar_yard.jpg", tmp_path / "s.sqlite"
    for date in ("2024-11-14", "2021-05-03"):
        records = tmp_path / "records.jsonl"
        records.write_text(
            json.dumps({"file": picture.name, "published": date, "publisher": "P", "published_basis": "page_date"})
        )
        assert run("add", picture, "--records", records, "--set", store).code == 0
    report = json.loads(run("check", samples / "railcar_mirrored.jpg", "--reference", store, "--json").out)
    dates = {item["published"]["earliest"] for item in report["evidence"] if item["kind"] == "appearance"}
    assert len(dates) == 2


def test_refs_edit_keeps_history_and_remove_forgets(run, samples, tmp_path, monkeypatch) -> None:
    picture, store = samples / "reference" / "yard_empty.jpg", tmp_path / "s.sqlite"
    run("add", picture, "--records", samples / "reference" / "records.csv", "--set", store)
    shown = json.loads(run("refs", "list", "--json", "--set", store).out)
    image_id = shown[0]["reference"]["image_id"]
    edited = run(
        "refs", "edit", image_id[:10], "published=2020-02-02", "--note", "first post found", "--set", store, "--json"
    )
    assert edited.code == 0, edited.err
    answer = json.loads(edited.out)
    assert answer["picture"]["records"][0]["published"] == "2020-02-02"
    assert "first post found" in edited.out and len(answer["history"]) == 1
    assert run("refs", "edit", image_id[:10], "publlished=2020", "--set", store).code == 6
    assert run("refs", "edit", image_id[:10], "published=someday", "--set", store).code == 6
    assert run("refs", "show", "ffff", "--set", store).code == 5
    assert json.loads(run("refs", "count", "--set", store, "--json").out)["state"]["pictures"] == 1
    assert run("refs", "count", "--verify", "--set", store).code == 0
    named = run("refs", "show", "yard_empty.jpg", "--set", store, "--json")
    assert json.loads(named.out)["picture"]["reference"]["image_id"] == image_id
    refused = run("refs", "remove", "yard_empty.jpg", "--set", store)  # nothing is forgotten by a name alone
    assert refused.code == 5 and image_id[:12] in refused.err
    assert run("refs", "show", "./yard_empty.jpg", "--set", store).code == 0
    Path("yard_empty.jpg").write_bytes((samples / "stranger.jpg").read_bytes())
    refused = run("refs", "show", "yard_empty.jpg", "--set", store)  # the file that is there is meant, which it has not
    assert refused.code == 5 and f"of that name it has {image_id[:12]}; name it by its digits" in refused.err
    refused = run("refs", "show", "--", "x", "yard_empty.jpg", "--set", store)
    assert "if the file of that name is meant" not in refused.err
    monkeypatch.setattr("provenance.cli.refs._MOST_NAMES", 0)
    assert "names were looked for among its first 0 alone" in run("refs", "show", "other.jpg", "--set", store).err
    assert run("refs", "remove", image_id[:10], "--set", store).out == "removed: 1 picture\n"
    assert json.loads(run("refs", "count", "--set", store, "--json").out)["state"]["pictures"] == 0


@pytest.mark.parametrize("words", [("add", "x"), ("watch", "x"), ("key",), ("refs", "list"), ("refs", "export", "x"),
                                    ("refs", "copy", "x", "y"), ("refs", "spread", "x", "--over", "y")])  # fmt: skip
def test_an_option_that_there_is_not_shows_those_of_its_verb(run, words) -> None:
    ended = run(*words, "--refrence-st", "x")
    verb = " ".join(words[:2] if words[0] == "refs" else words[:1])
    assert ended.code == 2 and f"usage: provenance {verb} [-h]" in ended.err and ended.out == ""
    assert f"provenance {verb}: error: unrecognized arguments: --refrence-st" in ended.err


def test_a_picture_without_a_record_has_none_to_correct_and_is_told_how_to_get_one(run, samples, tmp_path) -> None:
    kept = ("--set", tmp_path / "set")
    assert run("add", samples / "stranger.jpg", *kept).code == 0
    ended = run("refs", "edit", samples / "stranger.jpg", "credit=x", *kept)
    assert ended.code == 6 and "there is no record to correct; write one into a records file" in ended.err


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_stream_that_was_closed_breaks_nothing(closed, samples, monkeypatch) -> None:
    monkeypatch.setattr(sys, closed, None)
    assert main(["inspect", str(samples / "stranger.jpg")]) == 0
    getattr(sys, closed).close()


def test_what_cannot_be_printed_for_a_full_disk_is_one_line(samples) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), "inspect", str(samples / "stranger.jpg")],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (ended.returncode, ended.stderr.count("\n")) == (7, 1) and "No space left on device" in ended.stderr


def test_a_reader_that_went_away_hides_no_failure() -> None:
    code = (
        "import sys\n"
        "from provenance.cli import inspect\n"
        "from provenance.cli.main import main\n"
        "inspect.run = lambda _: print('told') or 3\n"
        "sys.exit(main(['inspect', 'x']))\n"
    )
    read, write = os.pipe()
    os.close(read)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=write, stderr=subprocess.PIPE, env=buffered, check=False
    )
    os.close(write)
    assert (ended.returncode, ended.stderr) == (3, b"")


def test_a_drive_that_fails_is_not_said_to_be_written_to(samples, monkeypatch, capfd) -> None:
    def failing(_: object) -> int:
        raise OSError(errno.EIO, "Input/output error", "/mnt/card/a.jpg")

    monkeypatch.setattr("provenance.cli.inspect.run", failing)
    assert main(["inspect", str(samples / "stranger.jpg")]) == 7
    said = capfd.readouterr().err
    assert "a drive or the terminal fails: Input/output error" in said and "written" not in said


def test_a_mistake_is_one_line_that_says_where_to_look(run, samples) -> None:
    mistakes = ("check x --within nan", "inspect", "refs list --limit -", "stamp x", "chekc", "check x --picture-url y")
    for words in map(str.split, mistakes):
        ended = run(*words)
        assert ended.code == 2 and ended.out == "" and ended.err.count("\n") == 1
        assert ended.err.startswith("provenance") and ended.err.endswith(" --help\n")
    assert "\x1b" not in run("check", "x", "--\x1b[31mred").err


def test_an_empty_word_is_a_mistake_and_not_the_working_folder(run, samples, tmp_path) -> None:
    picture = samples / "stranger.jpg"
    named = ("--out", "--case", "--claims", "--claim", "--claimed-place")
    for words in (*((option, "") for option in named), ("--out=",)):
        ended = run("check", picture, *words)
        assert ended.code == 2 and f"an empty word stands behind {words[0].rstrip('=')};" in ended.err
    assert "on the command line; a variable of the shell" in run("inspect", "").err
    assert run("refs", "edit", "ff", "credit=", "--set", tmp_path / "none").code == 5  # a field may be emptied


def test_a_file_whose_name_begins_with_a_dash_is_told_how_to_write(run, monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-dash.jpg").touch()
    assert "if the file of that name is meant, write ./-dash.jpg" in run("check", "-dash.jpg").err


def test_a_set_is_filled_and_looked_at_under_the_word_that_check_has_for_it(run, samples, tmp_path) -> None:
    kept = ("--reference", tmp_path / "set")
    assert run("add", samples / "stranger.jpg", *kept).code == 0
    assert "stranger.jpg" in run("refs", "list", *kept).out
    assert run("refs", "export", tmp_path / "file", *kept).code == 0
    taken = run("refs", "import", tmp_path / "file", "--reference", tmp_path / "other")
    assert taken.code == 0 and "1 picture and 0 records added, 0 pictures already there" in taken.out
    assert "note: the file has no record of 1 picture; the set notes only from whom the file came" in taken.out
    again = run("refs", "import", tmp_path / "file", "--reference", tmp_path / "other")
    assert "0 pictures and 0 records added, 1 picture already there" in again.out and "note:" not in again.out


def test_an_option_that_is_taken_once_is_not_dropped_when_it_is_given_twice(run, samples, tmp_path) -> None:
    claims = samples / "railcar_post.claims.yaml"
    for words in (("check", samples / "stranger.jpg", "--claims", claims, "--claims", tmp_path / "others.yaml"),
                  ("refs", "list", "--set", "a", "--reference", "b"), ("sun", "--place", "Kyiv", "--place", "Lima"),
                  ("refs", "import", "x", "--set", "a", "--set", "b")):  # fmt: skip
        ended = run(*words)
        assert ended.code == 2 and "it is given twice and taken once; leave one" in ended.err and ended.out == ""
    (tmp_path / "more").mkdir()
    shutil.copy(samples / "stranger.jpg", tmp_path / "more")
    kept = ("--reference", samples / "reference", "--reference", tmp_path / "more", "--only", "seen-before")
    assert run("check", samples / "railcar_mirrored.jpg", *kept, "--out", tmp_path / "out").code == 0


@pytest.mark.parametrize("words", [("/typo",), ("notes.txt",), ("/typo", "notes.txt", "--jobs", "1", "--keep")])
def test_where_nothing_can_be_read_no_set_is_made(run, tmp_path, words) -> None:
    Path("notes.txt").write_text("no picture")
    new = tmp_path / "folder" / "new.sqlite"
    ended = run("add", *words, "--set", new)
    assert ended.code == 3 and "0 pictures and 0 records added" in ended.out
    assert ended.err.count("not taken:") == sum(not word.startswith("-") and word != "1" for word in words)
    assert not new.parent.exists()


def test_what_was_refused_is_remembered_by_the_set_that_a_later_picture_makes(run, samples, tmp_path) -> None:
    for number in range(40):  # more than a batch
        Path(f"{number:02}.jpg").write_text("no picture")
    Path("cut.jpg").write_bytes((samples / "stranger.jpg").read_bytes()[:30_000])
    shutil.copy(samples / "stranger.jpg", "last.jpg")
    new = tmp_path / "new.sqlite"
    ended = run("add", *sorted(map(str, Path().glob("*.jpg"))), "--set", new, "--jobs", "1")
    assert "1 picture and 0 records added, 0 already there, 41 not taken" in ended.out
    with closing(open_set(new)) as store:
        assert any(known.refusal for known in store.known_paths().values())


def test_an_import_that_is_refused_leaves_no_set_behind(run, samples, tmp_path) -> None:
    for file, code in ((samples / "stranger.jpg", 6), (tmp_path / "missing", 6)):
        assert run("refs", "import", file, "--set", tmp_path / "set").code == code
        assert not (tmp_path / "set").exists()


def test_doctor_names_what_is_missing_and_what_that_costs(run) -> None:
    ended = run("doctor")
    assert "decoding" in ended.out and "HEIF" in ended.out and "own set" in ended.out
    assert ended.code == 0


def test_the_module_is_the_same_door() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "provenance.cli", "--version"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0 and ended.stdout.startswith("provenance ")
