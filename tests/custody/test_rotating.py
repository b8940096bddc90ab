"""A new key in the place of the old one: both sign, later seals carry it, and no stop leaves the desk without a key."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.custody.faults import stopped
from benchmarks.custody.shim import MODES, Shim
from provenance.custody import changes
from provenance.custody.keys import PRIVATE, PUBLIC, SigningKey
from provenance.custody.rotating import current, known_changes, rotate
from provenance.custody.sealing import seal
from provenance.custody.verifying import Pinned
from provenance.custody.writing import writing
from provenance.errors import KeyStoreError
from provenance.model.case import State
from tests.custody.conftest import AUTHOR, FIRST, Desk
from tests.custody.forgeries import put, resign

WHEN = {"at": "2026-04-01T00:00:00Z", "clock": "a clock", "by": "Жанна"}


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    current(tmp_path / "keys")
    return tmp_path / "keys"


def test_a_new_key_is_in_use_and_the_old_one_is_kept(keys: Path) -> None:
    old = current(keys)
    made = rotate(keys, **WHEN)
    new = current(keys)
    assert (made.old, made.new) == (old.public, new.public)
    assert old.public != new.public
    assert known_changes(keys) == [made]
    assert {path.name for path in keys.iterdir()} == {PRIVATE, PUBLIC, "changes", "retired"}
    retired = keys / "retired" / f"0001_{PRIVATE}"
    assert stat.S_IMODE(retired.stat().st_mode) == stat.S_IMODE((keys / PRIVATE).stat().st_mode) == 0o600
    again = rotate(keys, **WHEN)
    assert [change.new for change in changes.leading_to(again.new, known_changes(keys))] == [again.new, new.public]


def test_a_rotation_without_a_key_makes_one_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(KeyStoreError, match="no key to be replaced"):
        rotate(tmp_path, **WHEN)
    assert current(tmp_path).public


def sealed_by_both(desk: Desk, keys: Path) -> tuple[SigningKey, SigningKey]:
    """A case sealed with a key, and again with the one in its place."""
    old = current(keys)
    desk.receive(FIRST)
    desk.seal(old)
    rotate(keys, **WHEN)
    with writing(desk.root, AUTHOR) as writer:
        seal(writer, current(keys), AUTHOR, known_changes(keys))
    return old, current(keys)


def test_who_pinned_the_old_key_is_told_of_the_new_one(desk: Desk, keys: Path, other_key: SigningKey) -> None:
    old, new = sealed_by_both(desk, keys)
    found = desk.verify()
    assert found.state is State.INTACT
    assert found.key == new.fingerprint
    assert old.fingerprint in found.notes[1] and "both signed" in found.notes[1]
    found = desk.verify(pinned=Pinned(keys={old.public: "ann"}, file="signers"))
    assert found.state is State.INTACT
    assert f"which stands in the place of key {old.fingerprint}, which signers names as ann" in found.sentence
    assert desk.verify(pinned=Pinned(keys={new.public: "ann"}, file="signers")).signer == "ann"
    assert desk.verify(pinned=Pinned(keys={other_key.public: "bob"}, file="signers")).state is State.WRONG
    assert "took the place of" in (desk.root / "data/log.jsonl").read_text()


def test_a_change_that_the_old_key_did_not_sign_is_refused(desk: Desk, keys: Path, other_key: SigningKey) -> None:
    old, new = sealed_by_both(desk, keys)
    made = changes.change(other_key, new, **WHEN)
    with pytest.raises(ValueError, match="both keys"):
        changes.read_change(made.data, made.new_signature, made.new_signature)
    forged = made.data.replace(
        changes.sshsig.public_line(other_key.public).encode(), changes.sshsig.public_line(old.public).encode()
    )
    with pytest.raises(ValueError, match="both keys"):
        changes.read_change(forged, made.old_signature, made.new_signature)
    for bad in (b"{}\n", b"[]\n", b"\n", made.data[:-1], made.data.replace(b"ssh-ed25519", b"ssh-ed25518")):
        with pytest.raises(ValueError, match="."):  # noqa: RUF043
            changes.read_change(bad, made.old_signature, made.new_signature)
    path = next((desk.root / "data/keys").glob("*.json"))
    put(path, made.data)
    resign(desk.root, new, lambda said: None)
    assert desk.verify().state is State.WRONG


def test_a_circle_of_changes_ends(key: SigningKey, other_key: SigningKey) -> None:
    circle = [changes.change(key, other_key, **WHEN), changes.change(other_key, key, **WHEN)]
    assert len(changes.leading_to(key.public, circle)) == 2
    assert changes.vouched(key.public, {}, circle) is None


def _rotation(folder: Path, _: SigningKey) -> Iterator[str]:
    yield f"new:{rotate(folder, **WHEN).new.hex()}"


def test_a_rotation_stopped_anywhere_leaves_a_key_that_its_statements_lead_to(keys: Path, tmp_path: Path) -> None:
    old, start = current(keys), tmp_path / "start"
    shutil.copytree(keys, start)
    _, calls = stopped(keys, old, _rotation, Shim())
    assert calls > 50
    ends = set()
    for at in range(1, calls + 1):
        shutil.rmtree(keys)
        shutil.copytree(start, keys)
        told, _ = stopped(keys, old, _rotation, Shim(at, MODES[at % len(MODES)]))
        now, stated = current(keys), known_changes(keys)
        assert [change.new for change in stated] in ([], [now.public]), at
        assert now.public == (stated[-1].new if stated else old.public), at
        assert not told or told == [f"new:{now.public.hex()}"], at
        assert (keys / PUBLIC).read_text().split()[1] in changes.sshsig.public_line(now.public), at
        assert not (keys / "next").exists()
        ends.add(bool(stated))
        rotate(keys, **WHEN)
    assert ends == {True, False}
