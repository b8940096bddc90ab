"""Tar files made to cost: headers, holes and packed zeros; what lies before them is taken all the same."""

from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from provenance.model.limits import Limits
from provenance.sets.archives import Listed, opened

_PICTURE = b"\xff\xd8\xff" + bytes(2_000)


def _header(name: str, size: int, kind: bytes = b"0") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.USTAR_FORMAT)


def _member(name: str, data: bytes, kind: bytes = b"0") -> bytes:
    return _header(name, len(data), kind) + data + bytes(-len(data) % 512)


def _words(**values: str) -> bytes:
    """Values of a pax header whose lengths have two digits."""
    lines = [f" {key}={value}\n" for key, value in values.items()]
    return b"".join(f"{len(line) + 2}{line}".encode() for line in lines)


def _listed(folder: Path, *parts: bytes) -> Listed:
    path = folder / "a.tar.gz"
    path.write_bytes(gzip.compress(b"".join((*parts, bytes(1024))), 1))
    with opened(path, Limits()) as listed:
        return listed


_HOLES = b"2000000\n" + b"0\n1\n" * 2_000_000
_SPARSE = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "99999"}


@pytest.mark.parametrize(
    "costly",
    [
        _member("long", b"n" * 2**21, b"L"),
        _member("pax", _words(**{f"k{number:07}": "v" for number in range(200_000)}), b"x"),
        _member("sparse", _words(**_SPARSE), b"x") + _member("s.jpg", _HOLES),
        _member("chain", _words(comment="nothing"), b"x") * 2_000,
    ],
    ids=["long name", "many values", "many holes", "headers in a row"],
)
def test_a_costly_header_ends_the_archive_and_takes_nothing_with_it(tmp_path: Path, costly: bytes) -> None:
    listed = _listed(tmp_path, _member("first.jpg", _PICTURE), costly, _member("second.jpg", _PICTURE))
    assert [name for name, _ in listed.pictures] == ["first.jpg"]
    assert "behind its entry 1" in listed.refused[-1].reason


def test_packed_zeros_are_not_unpacked_to_their_end(tmp_path: Path) -> None:
    path, zeros = tmp_path / "a.tar.gz", bytes(2**20)
    with gzip.open(path, "wb", 1) as file:
        file.write(_member("first.jpg", _PICTURE))
        file.write(_header("zeros.txt", 2**29 + 2**25))
        for _ in range(2**9 + 2**5):
            file.write(zeros)
        file.write(_member("second.jpg", _PICTURE))
    with opened(path, Limits()) as listed:
        assert [name for name, _ in listed.pictures] == ["first.jpg"]
    assert any("times its size" in one.reason for one in listed.refused)


def test_values_for_all_members_are_not_kept_with_each(tmp_path: Path) -> None:
    values = _member("all", _words(**{f"k{number:07}": "v" for number in range(20_000)}), b"g")
    parts = [_member(f"{number}.jpg", b"") for number in range(200)]
    tracemalloc.start()
    try:
        listed = _listed(tmp_path, values, *parts)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(listed.pictures) == 200
    assert peak < 40 * 2**20


def test_pictures_behind_one_another_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.jpg")
            info.size = len(_PICTURE) + number
            archive.addfile(info, io.BytesIO(_PICTURE + bytes(number)))
    with opened(path, Limits()) as listed:
        assert [len(member.read()) for _, member in reversed(listed.pictures)] == [2_005, 2_004, 2_003]
