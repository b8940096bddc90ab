"""The folder of a report that lies in no case: its seal, and every way to spoil it."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.custody import folder_seal
from provenance.custody.contents import FolderContents
from provenance.custody.folder import holds_others, write_folder
from provenance.custody.folder_seal import sealed, verify_folder
from provenance.custody.keys import SigningKey
from provenance.custody.layout import SEAL, SIGNATURE, is_report_folder
from provenance.custody.verifying import Pinned
from provenance.model.case import State
from provenance.model.report_files import SUMS
from tests.custody.mapped import MappedContents
from tests.custody.test_strangers import run as stranger

FILES = {"report.json": b"{}\n", "report.html": b"<p>", "match-1-joined.jpg": b"jpeg" * 9}
STATED = {"at": "2026-03-01T12:00:00Z", "clock": "a test's clock", "tool": "provenance test"}


def write(target: Path, key: SigningKey) -> Path:
    return write_folder(target, FILES, lambda files: sealed(files, key, **STATED))


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_is_intact_and_says_who_signed(tmp_path: Path, key: SigningKey, other_key: SigningKey) -> None:
    folder = write(tmp_path / "report Ж", key)
    found = verify_folder(FolderContents(folder))
    assert found.state is State.INTACT and found.files == len(FILES) + 3
    assert found.sentence == f"intact, signed by key {key.fingerprint}, which you have not pinned"
    assert is_report_folder(held(folder))
    ours = verify_folder(FolderContents(folder), pinned=Pinned(keys={key.public: "our desk"}, file="known"))
    assert (ours.state, ours.signer) == (State.INTACT, "our desk")
    theirs = verify_folder(FolderContents(folder), pinned=Pinned(keys={other_key.public: "them"}, file="known"))
    assert theirs.state is State.WRONG and "which known does not name" in theirs.sentence


def test_each_flipped_bit_is_seen(tmp_path: Path, key: SigningKey) -> None:
    files = held(write(tmp_path / "report", key))
    for name, data in files.items():
        for at in range(len(data)):
            changed = bytearray(data)
            changed[at] ^= 1 << at % 8
            found = verify_folder(MappedContents({**files, name: bytes(changed)}))
            assert found.state is State.WRONG and found.sentence, (name, at)


def _link(folder: Path) -> None:
    (folder / "report.html").rename(folder.parent / "elsewhere")
    (folder / "report.html").symlink_to(folder.parent / "elsewhere")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(path))  # of a long path the kernel takes no name


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "added": (lambda folder: (folder / "notes.txt").write_text("x"), "notes.txt was added: seal.json does not name it"),
    "folder": (lambda folder: (folder / "more").mkdir(), "the folder more was added"),
    "removed": (lambda folder: (folder / "report.html").unlink(), "report.html is missing"),
    "renamed": (lambda folder: (folder / "report.html").rename(folder / "zz.html"), "it was renamed"),
    "cut": (lambda folder: (folder / "report.json").write_bytes(b"{}"), "report.json was cut short"),
    "linked": (_link, "report.html is a symbolic link"),
    "pipe": (
        lambda folder: os.mkfifo(folder / "p"),
        "p is a named pipe, which was not opened; a seal lists plain files",
    ),
    "socket": (lambda folder: _socket(folder / "s"), "s is a socket, which was not opened; a seal lists plain files"),
    "sums": (lambda folder: (folder / SUMS).write_text("x\n"), "SHA256SUMS was cut short"),
    "seal": (lambda folder: (folder / SEAL).unlink(), "seal.json is missing; its signature is there"),
    "no seal": (lambda folder: (folder / SEAL).write_bytes(b"{}\n"), "seal.json is no seal"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_was_done_is_named_and_a_stock_command_fails(name: str, tmp_path: Path, key: SigningKey) -> None:
    folder = write(tmp_path / "report", key)
    steps = [line.strip() for line in (folder / "VERIFY.txt").read_text().splitlines() if line.startswith("   ")]
    assert len(steps) == 3 and not any(stranger(folder, step).returncode for step in steps)
    spoil, words = SPOILED[name]
    spoil(folder)
    found = verify_folder(FolderContents(folder))
    assert found.state is State.WRONG and words in found.sentence
    assert any(stranger(folder, step).returncode for step in steps) or name in (
        "folder",
        "pipe",
        "socket",
    )  # are no files


def test_a_seal_over_lists_that_differ_is_refused(tmp_path: Path, key: SigningKey, other_key: SigningKey) -> None:
    def lying(files: dict[str, bytes]) -> dict[str, bytes]:
        return sealed({**files, SUMS: files[SUMS].replace(b"report.json", b"report.jsn")}, key, **STATED)

    folder = write_folder(tmp_path / "one", FILES, lambda files: {**lying(dict(files))})
    (folder / SUMS).write_bytes((folder / SUMS).read_bytes().replace(b"report.json", b"report.jsn"))
    assert "SHA256SUMS does not list what seal.json lists" in verify_folder(FolderContents(folder)).sentence
    files = held(write(tmp_path / "two", key))
    files[SIGNATURE] = other_key.sign(files[SEAL])
    assert "another key than seal.json names" in verify_folder(MappedContents(files)).sentence


def test_without_a_seal_the_sums_are_held_and_nobody_vouches(tmp_path: Path, key: SigningKey) -> None:
    files = held(write_folder(tmp_path / "plain", FILES))
    found = verify_folder(MappedContents(files))
    assert found.state is State.UNSEALED and "nobody vouches" in found.sentence and found.files == len(FILES)
    assert "was changed" in verify_folder(MappedContents({**files, "report.json": b"[]\n"})).sentence
    assert "was added" in verify_folder(MappedContents({**files, "x": b""})).sentence
    odd = f"{hashlib.sha256(b'x').hexdigest()}  ../x\n".encode()
    assert "no list as this program writes it" in verify_folder(MappedContents({**files, SUMS: odd})).sentence
    cut = held(write(tmp_path / "sealed", key))
    del cut[SIGNATURE]
    assert "seal.json has no signature" in verify_folder(MappedContents(cut)).sentence


def test_without_the_library_the_bytes_are_held_all_the_same(
    tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = held(write(tmp_path / "report", key))

    def missing(*_: object) -> bytes:
        raise ImportError

    monkeypatch.setattr(folder_seal, "hold_signature", missing)
    assert verify_folder(MappedContents(files)).state is State.UNCHECKED
    assert verify_folder(MappedContents({**files, "report.json": b"[]\n"})).state is State.WRONG


def test_a_case_that_lost_its_data_is_no_report_folder(case_bytes: dict[str, bytes]) -> None:
    assert not is_report_folder({name.split("/")[0] for name in case_bytes})
    rest = {name: data for name, data in case_bytes.items() if name in (SEAL, SIGNATURE)}
    assert "is the seal of a case, whose data is not here" in verify_folder(MappedContents(rest)).sentence


def test_a_folder_that_holds_others_is_told(tmp_path: Path) -> None:
    assert not holds_others(tmp_path / "new") and not holds_others(tmp_path)
    (tmp_path / "x").write_text("")
    assert holds_others(tmp_path)


def test_a_list_made_to_fill_the_memory_is_refused_before_it_is_taken_apart() -> None:
    found = verify_folder(MappedContents({"SHA256SUMS": b"\n" * 2**20, "report.json": b"{}\n"}))
    assert (found.state, found.sentence) == (State.WRONG, "SHA256SUMS is no list as this program writes it")
