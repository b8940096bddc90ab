"""Bad input: one clear line with the remedy, the documented exit code, and the good ones still reported."""

import csv
import json
import os
import shutil
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from provenance.custody.folder import write_folder
from provenance.errors import OutputError
from provenance.reference.sqlite.schema import BEFORE_FEATURES

ROOT = Path(__file__).resolve().parents[2]


def png_of(width: int, height: int) -> bytes:
    """A PNG header that promises much, with a little data behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    body = chunk(b"IDAT", zlib.compress(bytes(10_000_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def raf_of(picture: bytes) -> bytes:
    """A raw file of Fujifilm's form: header, a preview that is a JPEG, and the size of the sensor's picture."""
    tags = struct.pack(">IHHHH", 1, 0x0111, 4, 2000, 3000)
    pointers = struct.pack(">4I", 160, len(picture), 160 + len(picture), len(tags))
    return (b"FUJIFILMCCD-RAW 0201FF392201".ljust(84, b"\0") + pointers).ljust(160, b"\0") + picture + tags


def with_broken_tables(jpeg: bytes) -> bytes:
    """A JPEG whose first Huffman table announces more codes than there can be."""
    at = jpeg.index(b"\xff\xc4") + 5
    return jpeg[:at] + b"\xff" * 16 + jpeg[at + 16 :]


@pytest.fixture
def bad(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "empty.jpg").touch()
    (folder / "text.jpg").write_text("not a picture at all\n" * 10)
    (folder / "none").mkdir()
    (folder / "cut.jpg").write_bytes((samples / "stranger.jpg").read_bytes()[:30_000])
    (folder / "bomb.png").write_bytes(png_of(60_000, 60_000))
    (folder / "camera.raf").write_bytes(raf_of(b"\xff\xd8\xff\xd9"))  # a preview without a picture
    (folder / "broken.jpg").write_bytes(with_broken_tables((samples / "stranger.jpg").read_bytes()))
    os.mkfifo(folder / "pipe.jpg")
    return folder


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("missing.jpg", 3, "no such file"),
        ("none", 3, "no picture"),
        ("empty.jpg", 3, "empty"),
        ("text.jpg", 3, "not a picture"),
        ("pipe.jpg", 3, "file"),
        ("cut.jpg", 4, "cut short"),
        ("bomb.png", 4, "pixels"),
        ("camera.raf", 4, "fujifilm's raf is not decoded here"),
        ("broken.jpg", 4, "cannot be decoded"),
    ],
)
def test_a_bad_picture_is_one_line_with_its_exit_code(run, bad, name, code, says) -> None:
    ended = run("check", bad / name)
    assert ended.code == code, ended.err
    (line,) = ended.err.strip().splitlines()
    assert line.startswith("provenance: ") and says in line.lower() and ";" in line
    assert name in line


@pytest.mark.parametrize("name", ["cut.jpg", "bomb.png", "camera.raf", "broken.jpg"])
def test_refused_pixels_still_give_digest_structure_and_metadata(run, bad, name) -> None:
    ended = run("check", bad / name, "--json")
    report = json.loads(ended.out)
    assert len(report["original"]["sha256"]) == 64 and report["structure"]["blocks"] and report["refusal"]["reason"]
    assert {"file.type", "file.blocks"} <= {item["key"] for item in report["evidence"] if item.get("key")}


def test_one_bad_input_of_several_leaves_the_good_ones(run, bad, samples) -> None:
    ended = run("check", bad / "missing.jpg", samples / "stranger.jpg", bad / "text.jpg", "--only", "origin")
    assert ended.code == 3
    assert len(ended.err.strip().splitlines()) == 2
    assert "stranger.jpg" in ended.out and "Report: " in ended.out


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Act as somebody whom permissions bind; root is refused nothing. What the test needs must be imported before."""
    if os.geteuid() != 0:
        yield
        return
    for parent in (folder, *folder.parents):
        if parent.name.startswith("pytest-of-"):
            parent.chmod(0o755)
            break
        parent.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_claims_file_that_breaks_its_format(run, samples, tmp_path) -> None:
    cases = {
        "unknown key": ("claims: [{text: a, plaze: {name: X}}]", "place"),
        "bad date": ("claims: [{text: a, time: yesterday}]", "yesterday"),
        "impossible place": ("claims: [{text: a, place: {name: X, lat: 123, lon: 0}}]", "latitude"),
        "bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nclaims: [*b, *b]", "alias"),
        "tag": ("claims: !!python/object/apply:os.system [id]", "tag"),
        "not YAML": ("claims: [", "line"),
        "no mapping": ("- a\n- b", "claims"),
    }
    for name, (text, says) in cases.items():
        path = tmp_path / "claims.yaml"
        path.write_text(text)
        ended = run("check", samples / "stranger.jpg", "--claims", path)
        assert ended.code == 6, (name, ended)
        (line,) = ended.err.strip().splitlines()
        assert "claims.yaml" in line and says in line, (name, line)
    ended = run("check", samples / "stranger.jpg", "--claims", tmp_path / "missing.yaml")
    assert ended.code == 6 and "missing.yaml" in ended.err
    assert not Path("provenance-reports").exists()


def test_a_reference_set_that_is_missing_old_new_or_damaged(run, samples, tmp_path) -> None:
    path = tmp_path / "desk.sqlite"
    assert run("add", samples / "reference" / "railcar_yard.jpg", "--set", path).code == 0
    with sqlite3.connect(path) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
    cases: dict[str, tuple[Path, str]] = {"missing": (tmp_path / "missing.sqlite", "no reference set at")}
    for name, number, says in (
        ("older", BEFORE_FEATURES - 1, "fill a new set"),
        ("newer", version + 1, "install a newer"),
    ):
        copy = tmp_path / f"{name}.sqlite"
        shutil.copy(path, copy)
        with sqlite3.connect(copy) as database:
            database.execute(f"PRAGMA user_version = {number}")
        cases[name] = (copy, says)
    garbage = tmp_path / "garbage.sqlite"
    garbage.write_bytes(b"SQLite format 3\0" + b"\x55" * 5000)
    picture = tmp_path / "picture.sqlite"
    shutil.copy(samples / "stranger.jpg", picture)
    cases |= {"garbage": (garbage, "damaged"), "a picture": (picture, "no reference set")}
    for name, (target, says) in cases.items():
        ended = run("check", samples / "stranger.jpg", "--reference", target)
        assert ended.code == 5, (name, ended)
        (line,) = ended.err.strip().splitlines()
        assert says in line and ";" in line, (name, line)


def test_damage_that_only_the_search_meets_ends_the_run_as_a_damaged_set_does(run, samples, tmp_path) -> None:
    path = tmp_path / "desk.sqlite"
    assert run("add", samples / "reference" / "railcar_yard.jpg", "--set", path).code == 0
    with sqlite3.connect(path) as database:
        database.execute("UPDATE images SET image_id = zeroblob(32)")
    ended = run("check", samples / "railcar_mirrored.jpg", "--reference", path, "--out", tmp_path / "report")
    assert ended.code == 5 and "damaged" in ended.err and "backup" in ended.err
    assert "not checked" in ended.out and "report it" not in ended.out + ended.err


def test_a_number_of_pictures_below_zero_is_refused(run, tmp_path) -> None:
    for option in ("--limit", "--offset"):
        ended = run("refs", "list", "--set", tmp_path / "x.sqlite", option, "-1")
        assert ended.code == 2 and "whole number" in ended.err


def test_an_unwritable_report_folder(run, samples, tmp_path) -> None:
    (tmp_path / "file").touch()
    ended = run("check", samples / "stranger.jpg", "--out", tmp_path / "file")
    assert ended.code == 7 and "--out" in ended.err


def test_where_a_report_lies_already_nothing_is_fetched_for_another(run, tmp_path, monkeypatch) -> None:
    (tmp_path / "report.json").write_text("{}")
    monkeypatch.setattr("provenance.outside.fetching.fetch_pictures", lambda *_, **__: pytest.fail("it was asked"))
    ended = run("check", "https://example.org/a.jpg", "--out", tmp_path)
    assert ended.code == 7 and "already holds report.json" in ended.err and "name another folder" in ended.err


def test_no_permission_to_read_or_write(run, samples, tmp_path) -> None:
    secret = tmp_path / "secret.jpg"
    shutil.copy(samples / "stranger.jpg", secret)
    assert run("inspect", secret).code == 0
    secret.chmod(0)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    with unprivileged(tmp_path):
        ended = run("inspect", secret)
        with pytest.raises(OutputError) as caught:
            write_folder(closed / "report", {"report.json": b"{}"})
    assert ended.code == 3 and "permission" in ended.err.lower(), ended.err
    assert "--out" in caught.value.remedy and caught.value.exit_code == 7


def test_hostile_text_in_a_file_does_nothing_on_the_terminal_and_in_html(run, tmp_path) -> None:
    payload = '\x1b[31mred</title><script>alert(1)</script>\u202e"><img src=x onerror=alert(1)>'
    picture = Image.effect_noise((320, 200), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131], exif[0x010E] = (payload,) * 4
    path = tmp_path / "a<b>\x1b[2J.jpg"
    picture.save(path, exif=exif.tobytes())
    ended = run("check", path, "--claim", payload, "--claimed-by", payload, "--claimed-place", payload)
    assert ended.code == 0, ended.err
    assert "\x1b" not in ended.out and "\u202e" not in ended.out
    (folder,) = Path("provenance-reports").iterdir()
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "<script" not in html and "<img src=x" not in html and "\x1b" not in html and "\u202e" not in html
    assert payload in json.loads((folder / "report.json").read_text(encoding="utf-8"))["evidence"][0].get(
        "quote", payload
    )
    ended = run("inspect", path)
    assert ended.code == 0 and "\x1b" not in ended.out


@pytest.mark.parametrize(
    "words",
    [
        ["verify"],
        ["log"],
        ["seal"],
        ["diff"],
        ["render", "--to", "html"],
        ["check", "--case"],
        ["refs", "count", "--set"],
    ],
)
def test_a_name_that_no_disk_can_hold_is_said_in_a_line(run, words: list[str]) -> None:
    ended = run(*words, "a" * 300)
    assert ended.code in (3, 8) and ended.err.count("\n") == 1
    assert ended.err.startswith("provenance: ")


def test_what_was_not_taken_stands_in_a_new_file_that_a_spreadsheet_takes_for_words(run, tmp_path) -> None:
    names = ["=x://cmd", "\uff1dx://cmd", "a;=1+1.jpg", "1-2.jpg"]
    (tmp_path / "list.csv").write_text("\n".join(["path", *names, ""]))
    words = (
        "add",
        "--list",
        tmp_path / "list.csv",
        "--set",
        tmp_path / "s.sqlite",
        "--not-taken",
        tmp_path / "left.csv",
    )
    assert run(*words).code == 3
    with (tmp_path / "left.csv").open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["path", "reason", "remedy"]
    told = [row[0].replace(f"{tmp_path}/", "") for row in rows]
    assert sorted(told) == ["'=x://cmd", "'\uff1dx://cmd", "1-2.jpg", "a;=1+1.jpg"]
    with (tmp_path / "left.csv").open(newline="") as file:  # as where semicolons divide cells
        assert not [cell for row in csv.reader(file, delimiter=";") for cell in row if cell.startswith("=")]
    before = (tmp_path / "left.csv").read_bytes()
    assert run(*words).code == 7 and (tmp_path / "left.csv").read_bytes() == before
