"""Sets from desk to desk: what is written, what a stranger's file may hold, and how a hit says where it is from."""

import errno
import json
import os
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import provenance
from provenance.custody import sshsig
from provenance.custody.rotating import current
from provenance.errors import OutputError, StatementsError
from provenance.model.evidence import Appearance
from provenance.model.features import Features
from provenance.model.limits import SHARE_LINE_BYTES, SHARE_RECORDS, Limits
from provenance.model.record import Entry, Fingerprint, Record
from provenance.reference.open import open_set
from provenance.reference.sqlite.store import SQLiteStore
from provenance.sets import receiving
from provenance.sets.receiving import _batches, import_set
from provenance.sets.sharing import NAMESPACE, export_set

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "samples" / "reference" / "railcar_yard.jpg"
ONE = f"{1:064x}"
RECORD = Record(publisher="Agence", published="2014-07-19", notes="ours alone", post_text="at length")


def points(number: int) -> Features:
    return Features(
        name="points/1",
        width_px=10,
        height_px=10,
        points=number,
        words=bytes(2 * number),
        signatures=bytes(16 * number),
        places=bytes(4 * number),
        sizes=bytes(number),
        angles=bytes(number),
        thumbnail=b"likeness",
    )


def entry(number: int, *records: Record, code: bytes = b"") -> Entry:
    made = Fingerprint(name="phash256/1", code=code or bytes([number]) * 32, searchable=True, detail=200.0)
    return Entry(
        image_id=f"{number:064x}",
        size_bytes=5,
        width_px=4,
        height_px=3,
        media_type="image/jpeg",
        path=f"/secret/{number}.jpg",
        fingerprints=(made,),
        records=records,
        features=points(20),
    )


@pytest.fixture
def key(tmp_path: Path):
    return current(tmp_path / "keys")


@pytest.fixture
def store(tmp_path: Path):
    store = open_set(tmp_path / "a.sqlite", create=True, name="the desk")
    store.add([entry(1, RECORD), entry(2), entry(3, RECORD, Record(publisher="B"))])
    yield store
    store.close()


@pytest.fixture
def other(tmp_path: Path):
    other = open_set(tmp_path / "b.sqlite", create=True)
    yield other
    other.close()


def take(other: SQLiteStore, file: Path, **more):
    return import_set(lambda: other, file, Limits(), now=NOW, **more)


def signed(file: Path, body: bytes, key) -> Path:
    """A file that is rightly signed, whatever is in it."""
    import hashlib

    trailer = b"provenance-export/1 sha256 %s bytes %d\n" % (hashlib.sha256(body).hexdigest().encode(), len(body))
    file.write_bytes(body + trailer + key.sign(trailer, NAMESPACE))
    return file


def body_of(file: Path) -> list[dict]:
    lines = file.read_bytes().split(b"provenance-export/1 sha256")[0].splitlines()
    return [json.loads(line) for line in lines]


def dumped(forms: list) -> bytes:
    return b"".join(json.dumps(form).encode() + b"\n" for form in forms)


def test_what_is_written_is_taken_in_once_and_marked(tmp_path: Path, store, other, key) -> None:
    done = export_set(store, tmp_path / "f", key)
    assert (done.pictures, done.records, done.left_out) == (3, 3, 0)
    first = take(other, tmp_path / "f")
    assert (first.pictures_added, first.records_added, first.marks_added) == (3, 3, 1), "counted otherwise than written"
    state = other.state()
    again = take(other, tmp_path / "f")
    assert (again.pictures_added, again.records_added, again.marks_added, again.already_there) == (0, 0, 0, 3)
    assert other.state() == state
    assert other.near([bytes([1]) * 32], "phash256/1", 0)[0][0].image_id == f"{1:064x}"
    for image_id in (f"{one:064x}" for one in (1, 2, 3)):
        for record in other.records(image_id):
            assert key.fingerprint in record.received
            assert done.sha256 in record.received


def test_pictures_paths_notes_and_features_stay_at_home(tmp_path: Path, store, other, key) -> None:
    export_set(store, tmp_path / "f", key)
    text = (tmp_path / "f").read_bytes()
    for private in (b"secret", b"ours alone", b"at length", b'features":{', b"thumbnail"):
        assert private not in text
    export_set(store, tmp_path / "g", key, with_features=True)
    assert b"thumbnail" not in (tmp_path / "g").read_bytes()
    take(other, tmp_path / "g")
    assert other.features([f"{1:064x}"]) == {}


def test_features_come_only_where_both_ask_for_them(tmp_path: Path, store, other, key) -> None:
    export_set(store, tmp_path / "g", key, with_features=True)
    take(other, tmp_path / "g", with_features=True)
    assert other.features([f"{1:064x}"])[f"{1:064x}"].points == 20


def test_a_record_that_is_too_long_to_be_shared_takes_none_of_the_others_along(
    tmp_path: Path, store, other, key
) -> None:
    long = Record(publisher="long", caption="é" * SHARE_LINE_BYTES)
    store.add([entry(4, Record(publisher="before"), long, Record(publisher="after"))])
    done = export_set(store, tmp_path / "f", key)
    assert done.records_left_out == 1
    take(other, tmp_path / "f")
    assert [record.publisher for record in other.records(f"{4:064x}")] == ["before", "after"]


@pytest.mark.parametrize(
    ("caption", "kept"),
    [("short", SHARE_RECORDS), ("é" * 8_000, 10), ("x" * 60_000, 8)],
    ids=["many", "escaped", "long"],
)
def test_what_a_picture_has_too_many_records_of_is_told_and_the_file_is_taken_in(
    tmp_path: Path, store, other, key, caption: str, kept: int
) -> None:
    many = tuple(Record(publisher=f"{number}", caption=caption) for number in range(SHARE_RECORDS + 20))
    store.add([entry(4, *many)])
    done = export_set(store, tmp_path / "f", key, with_features=True)
    assert done.records == 3 + kept and done.records_left_out == len(many) - kept
    assert take(other, tmp_path / "f").records_added == 3 + kept
    there = [record.publisher for record in other.records(f"{4:064x}")]
    assert there == [one.publisher for one in many[:kept]]


def test_a_set_with_a_long_name_is_taken_in(tmp_path: Path, other, key) -> None:
    store = open_set(tmp_path / "long.sqlite", create=True, name="n" * 240)
    store.add([entry(1, RECORD)])
    export_set(store, tmp_path / "f", key)
    store.close()
    assert take(other, tmp_path / "f").pictures_added == 1


def test_what_came_from_another_desk_is_not_handed_on(tmp_path: Path, store, other, key) -> None:
    export_set(store, tmp_path / "f", key)
    take(other, tmp_path / "f")
    other.add([entry(9)])
    done = export_set(other, tmp_path / "g", key)
    assert (done.pictures, done.left_out) == (1, 3)


def test_a_later_file_of_the_same_desk_adds_only_what_is_new(tmp_path: Path, store, other, key) -> None:
    export_set(store, tmp_path / "f", key)
    take(other, tmp_path / "f")
    store.add([entry(4, RECORD)])
    export_set(store, tmp_path / "g", key)
    later = take(other, tmp_path / "g")
    assert (later.pictures_added, later.records_added) == (1, 1)


def test_an_existing_file_is_left_alone(tmp_path: Path, store, key) -> None:
    (tmp_path / "f").write_text("mine")
    with pytest.raises(OutputError):
        export_set(store, tmp_path / "f", key)
    assert (tmp_path / "f").read_text() == "mine"


def test_a_file_that_comes_while_another_is_written_is_left_alone_and_a_link_in_the_way_is_not_followed(
    tmp_path: Path, store, key
) -> None:
    (tmp_path / ".f.part").symlink_to(tmp_path / "elsewhere")
    before = {*tmp_path.iterdir()}
    with pytest.raises(OutputError, match="is there already"):
        export_set(store, tmp_path / "f", key, progress=lambda *_: (tmp_path / "f").write_text("mine"))
    assert (tmp_path / "f").read_text() == "mine" and {*tmp_path.iterdir()} == {*before, tmp_path / "f"}


def test_a_medium_without_hard_links_takes_a_file_and_none_is_replaced(
    tmp_path: Path, store, other, key, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    export_set(store, tmp_path / "f", key)
    assert take(other, tmp_path / "f").pictures_added == 3 and [*tmp_path.glob(".f.*")] == []

    def came(*_) -> None:
        (tmp_path / "g").write_text("mine")
        no_links()

    monkeypatch.setattr(Path, "hardlink_to", came)
    with pytest.raises(OutputError, match="is there already"):
        export_set(store, tmp_path / "g", key)
    assert (tmp_path / "g").read_text() == "mine" and [*tmp_path.glob(".g.*")] == []


@pytest.mark.parametrize("place", [5, 700, -400, -30])
def test_a_changed_byte_is_refused_and_nothing_is_taken_in(tmp_path: Path, store, other, key, place: int) -> None:
    export_set(store, tmp_path / "f", key)
    data = bytearray((tmp_path / "f").read_bytes())
    data[place] ^= 1
    (tmp_path / "f").write_bytes(data)
    with pytest.raises(StatementsError):
        take(other, tmp_path / "f")
    assert other.state().pictures == 0


@pytest.mark.parametrize("end", [0, 10, 900, -1, -300])
def test_a_file_cut_short_or_empty_is_refused(tmp_path: Path, store, other, key, end: int) -> None:
    export_set(store, tmp_path / "f", key)
    (tmp_path / "f").write_bytes((tmp_path / "f").read_bytes()[:end])
    with pytest.raises(StatementsError):
        take(other, tmp_path / "f")


def test_a_signature_for_another_purpose_is_refused(tmp_path: Path, store, other, key) -> None:
    export_set(store, tmp_path / "f", key)
    body, trailer, _ = (tmp_path / "f").read_bytes().rpartition(b"provenance-export/1 sha256")
    whole = trailer + _.split(b"-----BEGIN")[0]
    (tmp_path / "f").write_bytes(body + whole + key.sign(whole, sshsig.NAMESPACE))
    with pytest.raises(StatementsError, match="does not hold"):
        take(other, tmp_path / "f")


HOSTILE = {
    "no digest": {"sha256": "../../etc/passwd"},
    "an upper case digest": {"sha256": "A" * 64},
    "a size that is none": {"width_px": 0},
    "a huge size": {"height_px": 10**30},
    "a truth for a number": {"size_bytes": True},
    "a type with a control character": {"media_type": "image/\u001b[2J"},
    "no fingerprints": {"fingerprints": None},
    "too many fingerprints": {"fingerprints": [{"name": "a"}] * 9},
    "a short code": {"fingerprints": [{"name": "phash256/1", "code": "00", "searchable": True, "detail": 1}]},
    "a long code": {"fingerprints": [{"name": "x/1", "code": "00" * 129, "searchable": True, "detail": 1}]},
    "infinite detail": {"fingerprints": [{"name": "x/1", "code": "00", "searchable": True, "detail": float("inf")}]},
    "too many records": {"records": [{}] * 101},
    "a record of a number": {"records": [7]},
    "a record with nested text": {"records": [{"publisher": {"a": 1}}]},
    "an unknown field": {"records": [{"received": "the desk itself"}]},
    "a date that is none": {"records": [{"published": "yesterday"}]},
    "a place outside the world": {"records": [{"place": "x", "place_lat": "999", "place_lon": "0"}]},
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_signed_file_may_still_be_hostile(tmp_path: Path, store, other, key, change: dict) -> None:
    export_set(store, tmp_path / "f", key)
    forms = body_of(tmp_path / "f")
    forms[2] |= change
    with pytest.raises(StatementsError, match="line 3"):
        take(other, signed(tmp_path / "g", dumped(forms), key))
    assert other.state().pictures == 0


def test_depth_length_order_and_number_are_limited(tmp_path: Path, store, other, key) -> None:
    export_set(store, tmp_path / "f", key)
    forms = body_of(tmp_path / "f")
    deep = dumped(forms[:2]) + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n"
    long = dumped(forms[:2]) + b'{"a":"' + b"x" * (SHARE_LINE_BYTES + 9) + b'"}\n'
    swapped = dumped([forms[0], forms[2], forms[1], forms[3]])
    fewer = dumped(forms[:3])
    features = dumped([forms[0], {**forms[1], "features": {"points": 10**9, "name": "x"}}, *forms[2:]])
    for body in (deep, long, swapped, fewer, b"\n", b"[]\n", dumped([{**forms[0], "format": "other/9"}])):
        with pytest.raises(StatementsError):
            take(other, signed(tmp_path / "g", body, key))
    with pytest.raises(StatementsError, match="points"):
        take(other, signed(tmp_path / "g", features, key), with_features=True)
    assert other.state().pictures == 0


def test_the_name_of_a_set_cannot_pass_for_words_of_this_program(tmp_path: Path, store, other, key) -> None:
    export_set(store, tmp_path / "f", key)
    forms = body_of(tmp_path / "f")
    forms[0]["set"] = "x' signed by SHA256:other, file sha256 0\u202e"
    done = take(other, signed(tmp_path / "g", dumped(forms), key))
    assert done.received.count("'") == 2
    assert "\u202e" not in done.received
    assert f"signed by {key.fingerprint}" in done.received


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path, other) -> None:
    for place in (tmp_path, tmp_path / "none", Path("\0")):
        with pytest.raises(StatementsError):
            take(other, place)


def test_a_hit_says_that_its_record_is_from_another_desk_and_an_own_picture_gets_own_fingerprints(
    tmp_path: Path, other, key
) -> None:
    picture = tmp_path / "own.jpg"
    shutil.copy(SAMPLE, picture)
    first = open_set(tmp_path / "c.sqlite", create=True)
    first.close()
    provenance.add([picture], reference=tmp_path / "c.sqlite")
    source = open_set(tmp_path / "c.sqlite")
    export_set(source, tmp_path / "f", key)
    forms = body_of(tmp_path / "f")
    image_id, right = forms[1]["sha256"], forms[1]["fingerprints"]
    source.close()
    take(other, tmp_path / "f")
    report = provenance.check(picture, references=[other.path])
    (found,) = [item for item in report.evidence if isinstance(item, Appearance)]
    assert "taken in from another desk" in found.statement
    assert key.fingerprint in found.limits[0]
    # A false fingerprint that came first does not stay when the desk adds the picture itself.
    forms[1]["fingerprints"] = [{**one, "code": "5" * len(one["code"])} for one in right]
    wrong = open_set(tmp_path / "d.sqlite", create=True)
    take(wrong, signed(tmp_path / "g", dumped(forms), key))
    provenance.add([picture], reference=wrong.path)
    assert {one.name: one.code.hex() for one in wrong.fingerprints([image_id])[image_id]} == {
        one["name"]: one["code"] for one in right
    }
    assert all(record.received for record in wrong.records(image_id))
    assert wrong.verify().wrong == ()
    wrong.close()


def test_what_a_stranger_says_a_picture_is_found_by_never_takes_the_place_of_what_is_there(
    tmp_path: Path, store, other, key
) -> None:
    other.add([replace(entry(1, RECORD, code=b"\x77" * 32), features=points(30))])
    export_set(other, tmp_path / "f", key, with_features=True)
    made, kept = store.fingerprints([ONE]), store.features([ONE])
    assert take(store, tmp_path / "f", with_features=True).already_there == 1
    assert (store.fingerprints([ONE]), store.features([ONE])) == (made, kept)
    # Nor does the second stranger's word take the place of the first one's.
    third = open_set(tmp_path / "third.sqlite", create=True)
    take(third, tmp_path / "f", with_features=True)
    export_set(store, tmp_path / "g", key, with_features=True)
    take(third, tmp_path / "g", with_features=True)
    assert third.features([ONE])[ONE].points == 30
    assert third.verify().wrong == ()
    third.close()


def test_a_picture_that_was_taken_in_keeps_its_records_and_their_history_when_the_desk_adds_it(
    tmp_path: Path, other, key, monkeypatch
) -> None:
    picture = tmp_path / "own.jpg"
    shutil.copy(SAMPLE, picture)
    source = tmp_path / "c.sqlite"
    provenance.add([picture], reference=source, records={picture.name: (RECORD,)})
    with closing(open_set(source)) as opened:
        export_set(opened, tmp_path / "f", key)
        forms = body_of(tmp_path / "f")
        image_id = forms[1]["sha256"]
        right = opened.fingerprints([image_id])
    forms[1]["fingerprints"] = [{**one, "code": "5" * len(one["code"])} for one in forms[1]["fingerprints"]]
    take(other, signed(tmp_path / "g", dumped(forms), key))
    (received,) = other.records(image_id)
    other.edit_record(image_id, received.id, {"caption": "Kyiv"}, "looked at", now=NOW)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(SQLiteStore, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            provenance.add([picture], reference=other.path)
    assert [one.caption for one in other.records(image_id)] == ["Kyiv"]
    provenance.add([picture], reference=other.path)
    assert other.fingerprints([image_id]) == right
    assert [one.caption for one in other.records(image_id)] == ["Kyiv"] and len(other.history(image_id)) == 1
    assert other.verify().wrong == ()


def test_a_memory_stick_that_gives_no_file_a_second_name_takes_an_export(
    tmp_path: Path, store, key, monkeypatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    before = {*tmp_path.iterdir()}
    export_set(store, tmp_path / "f", key)
    assert body_of(tmp_path / "f") and {*tmp_path.iterdir()} == {*before, tmp_path / "f"}
    with pytest.raises(OutputError, match="is there already"):
        export_set(store, tmp_path / "g", key, progress=lambda *_: (tmp_path / "g").write_text("mine"))
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match="not permitted"):
        export_set(store, tmp_path / "h", key)
    assert (tmp_path / "g").read_text() == "mine"
    assert {*tmp_path.iterdir()} == {*before, tmp_path / "f", tmp_path / "g"}


def test_a_false_fingerprint_that_comes_while_the_desk_adds_the_picture_does_not_stay(
    tmp_path: Path, other, key
) -> None:
    picture = tmp_path / "own.jpg"
    shutil.copy(SAMPLE, picture)
    source = tmp_path / "c.sqlite"
    provenance.add([picture], reference=source)
    with closing(open_set(source)) as opened:
        export_set(opened, tmp_path / "f", key)
        forms = body_of(tmp_path / "f")
        right = opened.fingerprints([forms[1]["sha256"]])
    forms[1]["fingerprints"] = [{**one, "code": "5" * len(one["code"])} for one in forms[1]["fingerprints"]]
    false = signed(tmp_path / "g", dumped(forms), key)

    def looked_at(*_: object) -> None:  # its fingerprints are made, and not yet in the set
        take(other, false)

    provenance.add([picture], reference=other.path, progress=looked_at)
    assert other.state().pictures == 1 and other.fingerprints(list(right)) == right
    assert other.verify().wrong == ()


def test_a_file_that_is_written_to_while_it_is_taken_in_does_not_say_that_nothing_was(
    tmp_path: Path, store, other, key, monkeypatch
) -> None:
    store.add([entry(number) for number in range(4, 200)])
    export_set(store, tmp_path / "f", key)  # more than is read ahead
    monkeypatch.setattr(receiving, "_batches", lambda entries: _batches(entries, most=1))
    add = SQLiteStore.add

    def written_to(mine: SQLiteStore, *args: object, **more: object) -> object:
        place = (tmp_path / "f").stat().st_size // 2
        with (tmp_path / "f").open("r+b") as file:
            file.seek(place)
            file.write(b"~" * 100)
        return add(mine, *args, **more)

    monkeypatch.setattr(SQLiteStore, "add", written_to)
    with pytest.raises(StatementsError) as caught:
        take(other, tmp_path / "f")
    assert "is in the set" in caught.value.remedy and other.state().pictures >= 1


def test_a_drive_that_takes_nothing_is_told_and_leaves_no_traceback(tmp_path: Path, store, key, monkeypatch) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "open", read_only)
    monkeypatch.setattr(Path, "unlink", read_only)
    with pytest.raises(OutputError, match="Read-only file system"):
        export_set(store, tmp_path / "f", key)
