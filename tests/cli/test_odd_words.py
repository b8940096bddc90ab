"""Words of a command line that no desk means: told in one line, and nothing is written, waited for or shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def test_a_pipe_in_the_place_of_a_key_is_not_waited_for(run, samples, tmp_path) -> None:
    os.mkfifo("pipe")
    assert run("check", samples / "stranger.jpg", "--case", "case", "--only", "when").code == 0
    words = ("verify", "case", "--signers", "pipe"), ("render", "case", "--to", "c2pa", "--c2pa-key", "pipe")
    for one, code in ((words[0], 3), ((*words[1], "--c2pa-cert", "pipe"), 9)):
        ended = run(*one)
        assert ended.code == code and "pipe: " in ended.err and "a folder, pipe or device stands there" in ended.err


def test_links_in_a_circle_are_told_and_not_followed(run, samples) -> None:
    Path("one").symlink_to("two")
    Path("two").symlink_to("one")
    for words in (("render", "one", "--to", "markdown"), ("verify", "one"), ("check", "one"), ("diff", "one", "two")):
        ended = run(*words)
        assert ended.code in (3, 8) and ended.err.count("\n") == 1, words
    ended = run("check", samples / "stranger.jpg", "--case", "one")
    assert ended.code == 8 and "one is no folder" in ended.err


def test_what_an_option_takes_is_named_as_it_is_typed(run) -> None:
    for option, word in (
        ("--rating", "SatireOrParodyContent"),
        ("--claim-rating", "Partly False"),
        ("--match", "exact"),
    ):
        ended = run("record", "case", "x", option, "good")
        assert ended.code == 2 and f"'{word}'" in ended.err and "<" not in ended.err


def test_an_option_that_a_case_does_not_take_is_refused(run, samples) -> None:
    assert run("check", samples / "stranger.jpg", "--case", "case", "--only", "when").code == 0
    for words in (("--out", "new"), ("--picture", samples / "stranger.jpg")):
        ended = run("redact", "case", "--leave-out", "names", *words)
        assert ended.code == 2 and "leave --out and --picture out" in ended.err
    assert not Path("case/data/derivatives").exists() and not Path("new").exists()


def test_a_place_for_the_refusals_is_looked_at_before_any_picture(run, samples) -> None:
    ended = run("add", samples / "stranger.jpg", "--set", "new.sqlite", "--not-taken", "no/folder/list.csv")
    assert ended.code == 7 and "no/folder/list.csv cannot be written" in ended.err and not Path("new.sqlite").exists()


def test_what_is_no_address_of_a_scheduler_is_not_asked(run, samples) -> None:
    pytest.importorskip("distributed")
    for word in ("nonsense", "tcp://", "http://127.0.0.1:1/x"):
        ended = run("add", samples / "stranger.jpg", "--set", "new.sqlite", "--dask", word)
        assert ended.code == 2 and "no address of a Dask scheduler" in ended.err


def test_a_position_that_is_none_is_no_place_of_a_record(run, samples) -> None:
    Path("records.csv").write_text('file,published,place\nstranger.jpg,2024-11-14,"nan,nan"\n')
    ended = run("add", samples / "stranger.jpg", "--records", "records.csv", "--set", "new.sqlite")
    assert ended.code == 6 and "'nan,nan' is no place" in ended.err and not Path("new.sqlite").exists()


def test_a_password_in_an_address_is_not_repeated(run, samples, tmp_path) -> None:
    url = "https://user:hunter2@example.org/a.jpg"
    Path("list.csv").write_text(f"url\n{url}\n")
    picture = samples / "stranger.jpg"
    for words in (
        ("fetch", url, "--out", "new"),
        ("fetch", url, "--case", "case"),
        ("check", url),
        ("check", picture, "--clam", url),
        ("add", "--list", "list.csv", "--fetch-into", "got", "--set", "new.sqlite"),
        ("check", picture, "--online", "wayback", "--picture-url", url, "--only", "when", "--out", "asked"),
        ("stamp", picture, "--authority", url, "--out", "stamp"),
        ("refs", "list", "--set", "mysql://user:hunter2@example.org/a"),
        ("check", picture, "--reference", "postgresql://user:hunter2@127.0.0.1:1/a"),
        ("check", picture, "--claim", "x", "--url", url, "--out", "report", "--only", "when"),
        ("check", picture, "--case", "case", "--only", "when", "--json"),
        ("record", "case", "seen", "--kind", "page", "--url", url, "--published", "2024-11-14"),
        ("record", "case", "seen", "--kind", "statement", "--source", "x", "--origin", url),
        ("check", "--case", "case", "--only", "when"),
        ("log", "case"),
    ):
        ended = run(*words)
        assert "hunter2" not in ended.out + ended.err, words
    files = [path for path in Path().rglob("*") if path.is_file() and path.name != "list.csv"]
    assert len(files) > 9 and not [path for path in files if b"hunter2" in path.read_bytes()]


def test_no_line_of_a_list_ends_in_spaces(run, samples) -> None:
    assert run("add", samples / "stranger.jpg", "--set", "some.sqlite").code == 0
    listed = run("refs", "list", "--set", "some.sqlite")
    assert "stranger.jpg\n" in listed.out and not [line for line in listed.out.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("chek", "a.jpg"),
            "provenance: error: there is no verb 'chek'; the nearest is: check; see: provenance --help",
        ),
        (("refs", "lst"), "provenance refs: error: there is no verb 'lst'; the nearest is: list; see: "),
        (("z" * 9_000,), f"there is no verb '{'z' * 60}…'; see: provenance --help"),
        (("zzz",), "provenance: error: there is no verb 'zzz'; see: provenance --help"),
        (("two words.jpg",), "; to check a picture: provenance check 'two words.jpg'; see: provenance --help"),
        (("a\\b's.jpg",), "; to check a picture: provenance check 'a\\b'\"'\"'s.jpg'; see: provenance --help"),
        (("refs",), "provenance refs: error: the following arguments are required: VERB; see: provenance refs --help"),
    ],
)
def test_a_verb_that_there_is_not_is_told_with_the_nearest(run, words, told) -> None:
    for name in ("two words.jpg", "a\\b's.jpg"):
        Path(name).write_bytes(b"x")
    ended = run(*words)
    assert ended.code == 2 and told in ended.err and len(ended.err) < 160 and ended.err.count("\n") == 1


def test_that_kept_copies_stay_behind_is_told_beside_the_answer(run, samples) -> None:
    assert run("add", samples / "stranger.jpg", "--set", "one.sqlite", "--keep").code == 0
    ended = run("refs", "copy", "one.sqlite", "two.sqlite")
    assert ended.code == 0 and "note: copies of 1 picture, made with --keep, stay beside the first set" in ended.err
    assert "note" not in ended.out and ended.out.startswith("1 picture copied")


def test_a_country_that_was_named_is_not_asked_for_again(run) -> None:
    for words, told in (((), "name the country: --country CC"), (("--country", "US"), "all of them are in: --json")):
        ended = run("place", "Springfield", *words)
        assert ended.code == 0 and told in " ".join(ended.out.split())
