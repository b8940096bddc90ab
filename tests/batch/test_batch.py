"""Groups of a batch, the list from which it goes on, and what its answers rest on."""

import base64
import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from provenance.batch.grouping import ALIKE, FOUND, SAME_BYTES, grouped
from provenance.batch.journal import Journal
from provenance.batch.shelves import _replace
from provenance.desk.desk import Desk
from provenance.errors import OutputError
from provenance.fingerprint.alike import PACKED_BYTES
from provenance.model.batch import Row
from tests.machine import largest_file

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def sha256(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def row(name: str, **fields) -> Row:
    digest = sha256(name)
    known = {"sha256": digest, "digest": digest, "report_sha256": digest, "report": "20241115T090000Z-01234567"}
    return Row(name=name, path=f"/{name}", **(known | fields))


def codes(seed: int) -> str:
    return base64.b64encode(np.random.default_rng(seed).bytes(PACKED_BYTES)).decode()


def test_pictures_that_belong_together_are_linked_by_what_was_found() -> None:
    rows = [
        row("a", codes=codes(1)),
        row("b", met=(sha256("reference"),)),
        row("c", sha256=sha256("a"), codes=codes(1)),  # the same bytes
        row("d", codes=codes(1)),  # alike
        row("e", met=(sha256("reference"),)),  # a copy of the same reference
        row("f", met=(sha256("e"), sha256("elsewhere"))),  # a copy of e, as an earlier check found
        row("g", codes=codes(2)),
        Row(name="h", problem="empty", exit_code=3),
        Row(name="i", problem="empty", exit_code=3),
    ]
    groups, left_out = grouped(rows)
    assert [(group.members, group.ways) for group in groups] == [
        ((0, 2, 3), (SAME_BYTES, ALIKE)),
        ((1, 4, 5), (FOUND,)),
    ]
    assert left_out == 0
    groups, left_out = grouped(rows, most=1)
    assert [group.members for group in groups] == [(0, 2), (1, 4, 5)] and left_out == 2


def test_the_order_of_the_pictures_changes_no_group() -> None:
    rows = [row("f", met=(sha256("e"),)), row("e"), row("d", codes="no base64"), row("c", codes=codes(1)[:-4])]
    assert [group.members for group in grouped(rows)[0]] == [(0, 1)]
    assert [group.members for group in grouped(rows[::-1])[0]] == [(2, 3)]


def test_what_was_noted_is_read_again(tmp_path) -> None:
    rows = [row(f"\udcff {number}\n<b>", met=(sha256("x"),), codes=codes(number)) for number in range(3)]
    with Journal(tmp_path) as journal:
        for number, one in enumerate(rows):
            journal.note("key", one, bytes([number]))
    with Journal(tmp_path) as journal:
        found = [*journal.lines()]
        assert [one for _, one, _ in found] == rows
        assert [journal.thumbnail(place) for _, _, place in found] == [b"\x00", b"\x01", b"\x02"]


@pytest.mark.parametrize(
    "change",
    [
        {"report": "../../etc"},
        {"report": "javascript:alert(1)"},
        {"overall": "authentic"},
        {"sha256": "A" * 64},
        {"contradictions": -1},
        {"contradictions": "1"},
        {"met": ["x"]},
        {"met": "x"},
        {"date_item": '"><b>'},
        {"unknown": 1},
        {"name": None},
        {"name": "x" * 200_000},
    ],
)
def test_a_line_that_is_not_of_our_making_is_passed_over(tmp_path, change) -> None:
    with Journal(tmp_path) as journal:
        journal.note("key", row("a"), b"")
    path = tmp_path / "batch.jsonl"
    form = json.loads(path.read_bytes())
    form["row"] |= change
    other = json.dumps(form).encode()
    path.write_bytes(other + b"\n[1]\n\xff\n" + b"[" * 100_000 + b"\n" + path.read_bytes() + other[:30])
    with Journal(tmp_path) as journal:
        assert [one.name for _, one, _ in journal.lines()] == ["a"]
        place = journal.note("key", row("b"), b"jpeg")
        assert [one.name for _, one, _ in journal.lines()] == ["a", "b"] and journal.thumbnail(place) == b"jpeg"


def test_what_answers_rest_on_changes_with_the_sets_the_claims_and_the_clock(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "set"
    folder.mkdir()
    shutil.copy(SAMPLES / "stranger.jpg", folder / "a.jpg")

    def basis(**more) -> str:
        with Desk(references=[folder], **more) as desk:
            return json.dumps(desk.basis())

    first = basis()
    assert basis() == first and basis(within_s=900.0) != first
    assert basis(clock=lambda: datetime(2024, 11, 15, tzinfo=UTC)) != first
    shutil.copy(SAMPLES / "railcar_recompressed.jpg", folder / "b.jpg")
    assert basis() != first


def test_a_page_for_which_there_is_no_room_leaves_the_one_before_alone(tmp_path: Path) -> None:
    _replace(tmp_path / "index.html", b"before")
    with largest_file(100), pytest.raises(OutputError, match="File too large"):
        _replace(tmp_path / "index.html", bytes(1000))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("index.html", b"before")]
