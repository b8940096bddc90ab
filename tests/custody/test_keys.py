"""The signing key: made once, private, opened with its passphrase, and never with a guess."""

import importlib.util
import multiprocessing
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from provenance.custody import sshsig
from provenance.custody.keys import PRIVATE, PUBLIC, signing_key
from provenance.errors import KeyStoreError
from tests.machine import largest_file


def test_a_key_is_made_at_first_use_for_its_owner_alone(tmp_path: Path) -> None:
    first, again = signing_key(tmp_path / "a" / "keys"), signing_key(tmp_path / "a" / "keys")
    assert (first.made, again.made) == (True, False)
    assert first.public == again.public
    path = tmp_path / "a" / "keys" / PRIVATE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert sshsig.public_line(first.public) in (path.parent / PUBLIC).read_text()
    assert {file.name for file in path.parent.iterdir()} == {PRIVATE, PUBLIC}
    assert "sign_with" not in repr(first)


def _fingerprint(folder: Path) -> str:
    return signing_key(folder).fingerprint


def test_many_first_uses_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(_fingerprint, [tmp_path / "keys"] * 8))) == 1


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    signing_key(tmp_path)
    (tmp_path / PRIVATE).chmod(0o640)
    with pytest.raises(KeyStoreError, match="others may read"):
        signing_key(tmp_path)


def test_a_link_a_broken_file_and_another_kind_of_key_are_refused(tmp_path: Path) -> None:
    signing_key(tmp_path / "real")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / PRIVATE).symlink_to(tmp_path / "real" / PRIVATE)
    with pytest.raises(KeyStoreError, match="no plain file"):
        signing_key(tmp_path / "linked")
    (tmp_path / "real" / PRIVATE).write_bytes(
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"
    )
    with pytest.raises(KeyStoreError, match="does not open"):
        signing_key(tmp_path / "real")


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", tmp_path / PRIVATE], check=True)
    with pytest.raises(KeyStoreError, match="another kind"):
        signing_key(tmp_path)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_passphrase_set_with_ssh_keygen_is_asked_for(tmp_path: Path) -> None:
    made = signing_key(tmp_path)
    subprocess.run(["ssh-keygen", "-q", "-p", "-P", "", "-N", "pass word", "-f", tmp_path / PRIVATE], check=True)
    with pytest.raises(KeyStoreError, match="has a passphrase"):
        signing_key(tmp_path)
    if importlib.util.find_spec("bcrypt") is None:
        with pytest.raises(KeyStoreError, match="bcrypt"):
            signing_key(tmp_path, lambda: "pass word")
        return
    with pytest.raises(KeyStoreError, match="does not open"):
        signing_key(tmp_path, lambda: "wrong")
    assert signing_key(tmp_path, lambda: "pass word").public == made.public


def test_a_key_for_which_there_is_no_room_is_no_key_and_the_remedy_is_room(tmp_path: Path) -> None:
    with largest_file(100), pytest.raises(KeyStoreError, match="File too large") as caught:
        signing_key(tmp_path / "keys")
    assert caught.value.remedy.startswith("make room there, or ")
    assert list((tmp_path / "keys").iterdir()) == []
    assert signing_key(tmp_path / "keys").made
