"""Ways to forge a sealed case, each with the words by which `verify` must refuse it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from provenance.custody import sshsig
from provenance.custody.keys import SigningKey
from provenance.custody.layout import LOG
from provenance.custody.sealing import seal
from provenance.custody.writing import writing
from provenance.model.canonical import canonical
from tests.custody.conftest import AUTHOR

Forge = Callable[[Path, SigningKey], None]


def put(path: Path, data: bytes) -> None:
    """Write in the place of a file that is read-only."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def original(root: Path) -> Path:
    return next((root / "data/originals").glob("*.jpg"))


def lines(root: Path) -> list[bytes]:
    return (root / LOG).read_bytes().splitlines(keepends=True)


def chain_anew(root: Path, entries: list[bytes]) -> None:
    """Number and chain the entries as an honest log would be."""
    previous, made = "0" * 64, b""
    for number, line in enumerate(entries, 1):
        entry = canonical({**json.loads(line), "number": number, "previous": previous}) + b"\n"
        previous, made = hashlib.sha256(entry).hexdigest(), made + entry
    put(root / LOG, made)


def resign(root: Path, key: SigningKey, change: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    """Change what seal.json says, and sign that."""
    said = json.loads((root / "seal.json").read_bytes())
    change(said)
    data = canonical(said) + b"\n"
    put(root / "seal.json", data)
    put(root / "seal.json.sig", key.sign(data))


def changed_original(root: Path, key: SigningKey) -> None:
    put(original(root), original(root).read_bytes().replace(b"first", b"forst", 1))


def changed_original_and_manifest(root: Path, key: SigningKey) -> None:
    before = hashlib.sha256(original(root).read_bytes()).hexdigest().encode()
    changed_original(root, key)
    after = hashlib.sha256(original(root).read_bytes()).hexdigest().encode()
    for name in ("manifest-sha256.txt", "seal.json"):
        put(root / name, (root / name).read_bytes().replace(before + b'","size', after + b'","size'))
    put(
        root / "manifest-sha256.txt", (root / "manifest-sha256.txt").read_bytes().replace(before + b"  ", after + b"  ")
    )


def cut_original(root: Path, key: SigningKey) -> None:
    put(original(root), original(root).read_bytes()[:-7])


def grown_report(root: Path, key: SigningKey) -> None:
    path = root / "data/reports/one/report.html"
    put(path, path.read_bytes() + b"\n")


def removed_report(root: Path, key: SigningKey) -> None:
    (root / "data/reports/one/report.json").unlink()


def removed_original_and_its_entry(root: Path, key: SigningKey) -> None:
    gone = original(root).name.encode()
    original(root).unlink()
    chain_anew(root, [line for line in lines(root) if gone not in line])


def added_file(root: Path, key: SigningKey) -> None:
    (root / "data/reports/one/extra.html").write_bytes(b"x")


def added_hidden_file(root: Path, key: SigningKey) -> None:
    (root / ".part-evil").write_bytes(b"x")


def added_tag_file(root: Path, key: SigningKey) -> None:
    (root / "README.txt").write_bytes(b"x")


def added_folder(root: Path, key: SigningKey) -> None:
    (root / "data/empty").mkdir()


def renamed(root: Path, key: SigningKey) -> None:
    original(root).rename(root / "data/originals/other.jpg")


def other_case(root: Path, key: SigningKey) -> None:
    original(root).rename(original(root).with_name(original(root).name.upper()))


def unicode_lookalike(root: Path, key: SigningKey) -> None:
    path = root / "data/reports/one/report.html"
    path.rename(path.with_name("ｒeport.html"))


def cyrillic_twin(root: Path, key: SigningKey) -> None:
    path = root / "data/reports/one/report.html"
    shutil.copy(path, path.with_name("rероrt.html"))


def link_to_same_bytes(root: Path, key: SigningKey) -> None:
    path = original(root)
    shutil.move(path, root.parent / "moved.jpg")
    path.symlink_to(root.parent / "moved.jpg")


def linked_folder(root: Path, key: SigningKey) -> None:
    shutil.move(root / "data/reports", root.parent / "reports")
    (root / "data/reports").symlink_to(root.parent / "reports")


def named_pipe(root: Path, key: SigningKey) -> None:
    path = root / "data/reports/one/report.html"
    path.unlink()
    os.mkfifo(path)


def swapped_entries(root: Path, key: SigningKey) -> None:
    log = lines(root)
    put(root / LOG, b"".join([log[0], log[2], log[1], *log[3:]]))


def swapped_files(root: Path, key: SigningKey) -> None:
    one, two = (root / "data/reports/one" / name for name in ("report.html", "report.json"))
    data = one.read_bytes(), two.read_bytes()
    put(one, data[1])
    put(two, data[0])


def dropped_last_entry(root: Path, key: SigningKey) -> None:
    put(root / LOG, b"".join(lines(root)[:-1]))


def chained_anew(root: Path, key: SigningKey) -> None:
    chain_anew(root, [line.replace("Жанна".encode(), b"Boris") for line in lines(root)])


def appended_respelled_entry(root: Path, key: SigningKey) -> None:
    log = lines(root)
    entry = json.loads(log[-1]) | {"number": len(log) + 1, "previous": hashlib.sha256(log[-1]).hexdigest()}
    put(root / LOG, b"".join([*log, json.dumps(entry).encode() + b"\n"]))


def seal_of_another_time(root: Path, key: SigningKey) -> None:
    put(root / "seal.json", (root / "seal.json").read_bytes().replace(b"2026-03-01", b"2024-03-01", 1))


def signed_by_another_key(root: Path, key: SigningKey) -> None:
    put(root / "seal.json.sig", key.sign((root / "seal.json").read_bytes()))


def signature_for_something_else(root: Path, key: SigningKey) -> None:
    value = key.sign_with(sshsig.signed_bytes((root / "seal.json").read_bytes(), "git"))
    put(root / "seal.json.sig", sshsig.armoured(sshsig.Signature(key=key.public, value=value, namespace="git")))


def seal_removed(root: Path, key: SigningKey) -> None:
    (root / "seal.json").unlink()


def longer_seal(root: Path, key: SigningKey) -> None:
    put(root / "seal.json", (root / "seal.json").read_bytes().replace(b'{"by"', b'{"also":1,"by"', 1))


def signed_anew_by_a_stranger(root: Path, key: SigningKey) -> None:
    """A whole good case, with another original, sealed by the forger's key."""
    shutil.rmtree(root)
    with writing(root, AUTHOR, create=True) as writer:
        writer.received(AUTHOR, b"forged", "jpg", "received")
        seal(writer, key, AUTHOR)


def report_left_out_of_the_seal(root: Path, key: SigningKey) -> None:
    (root / "data/reports/one/report.json").unlink()

    def change(said: dict) -> None:  # type: ignore[type-arg]
        said["files"] = [file for file in said["files"] if not file["path"].endswith("report.json")]
        said["key"] = key.fingerprint

    resign(root, key, change)


def seal_claims_another_past(root: Path, key: SigningKey) -> None:
    resign(root, key, lambda said: said.update(previous="ab" * 32, key=key.fingerprint))


FORGERIES: dict[str, tuple[Forge, str]] = {
    forge.__name__: (forge, words)
    for forge, words in (
        (changed_original, ".jpg was changed: its SHA-256 is"),
        (changed_original_and_manifest, "seal.json.sig is no signature of this seal.json"),
        (cut_original, ".jpg was cut short: it has 593 bytes, not 600"),
        (grown_report, "report.html has grown: it has more than 14 bytes"),
        (removed_report, "data/reports/one/report.json is missing"),
        (removed_original_and_its_entry, "the log was cut: it has 4 entries, and seal.json was made over 5"),
        (added_file, "data/reports/one/extra.html was added: seal.json does not name it"),
        (added_hidden_file, ".part-evil is of a run that was stopped"),
        (added_tag_file, "README.txt was added"),
        (added_folder, "the folder data/empty was added"),
        (renamed, "its bytes lie in data/originals/other.jpg: it was renamed"),
        (other_case, "differs in letter case or in the spelling of its letters"),
        (unicode_lookalike, "eport.html, which looks like it, differs in letter case or in the spelling"),
        (cyrillic_twin, "was added: seal.json does not name it"),
        (link_to_same_bytes, "is a symbolic link; a seal lists plain files only"),
        (linked_folder, "data/reports is a symbolic link"),
        (named_pipe, "report.html is a named pipe, which was not opened; a seal lists plain files only"),
        (swapped_entries, "entry 2 of the log calls itself 3"),
        (swapped_files, "report.html was cut short"),
        (dropped_last_entry, "the log was cut: it has 4 entries"),
        (chained_anew, "its first 5 entries are not those that were sealed"),
        (appended_respelled_entry, "entry 6 of the log is not written in its canonical form"),
        (seal_of_another_time, "no signature of this seal.json"),
        (signed_by_another_key, "another key than seal.json names"),
        (signature_for_something_else, "another key than seal.json names"),
        (seal_removed, "seal.json is missing; its signature is there"),
        (longer_seal, "seal.json holds more than a seal of this form does"),
        (signed_anew_by_a_stranger, "rolled back"),
        (report_left_out_of_the_seal, "seal.json and the log do not tell the same of data/reports/one/report.json"),
        (seal_claims_another_past, "seal.json does not name the seal before it"),
    )
}
OWN_KEY = frozenset({"signed_anew_by_a_stranger"})
"""Whole cases: only a head known from elsewhere, or a pinned key, shows that they are others."""
