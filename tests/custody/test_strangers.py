"""The commands of VERIFY.txt, run as a stranger would: no Python, no variable but PATH, stock programs."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from provenance.custody.keys import SigningKey
from provenance.custody.layout import LOG
from tests.custody.conftest import FIRST, Desk
from tests.custody.forgeries import FORGERIES

pytestmark = pytest.mark.skipif(
    not all(Path("/usr/bin", name).exists() for name in ("ssh-keygen", "sha256sum")),
    reason="ssh-keygen or sha256sum is not in /usr/bin",
)

UNSEEN = {
    "added_folder": "an empty folder is no file",
    "signed_anew_by_a_stranger": "the fingerprint alone differs, which a person compares",
}


def commands(case: Path) -> list[str]:
    """The indented lines of VERIFY.txt."""
    return [line.strip() for line in (case / "VERIFY.txt").read_text().splitlines() if line.startswith("   ")]


def run(case: Path, command: str) -> subprocess.CompletedProcess[str]:
    bare = ["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "/bin/sh", "-c", command]
    return subprocess.run(bare, cwd=case, capture_output=True, text=True, check=False, timeout=60)


def test_a_good_case_passes_every_command_in_silence(sealed: Desk) -> None:
    steps = commands(sealed.root)
    assert len(steps) == 5
    for step in steps:
        ended = run(sealed.root, step)
        assert ended.returncode == 0, (step, ended.stdout, ended.stderr)
        if "ssh-keygen" in step:
            assert (
                f'Good "provenance-seal" signature for sealer with ED25519 key {sealed.key.fingerprint}' in ended.stdout
            )
        else:
            assert (ended.stdout, ended.stderr) == ("", "")


def test_a_case_sealed_twice_passes_every_command(sealed: Desk) -> None:
    sealed.receive(b"later")
    assert any(run(sealed.root, step).returncode for step in commands(sealed.root))
    sealed.seal()
    assert not any(run(sealed.root, step).returncode for step in commands(sealed.root))


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_case_fails_a_command(name: str, sealed: Desk, other_key: SigningKey) -> None:
    forge, _ = FORGERIES[name]
    steps = commands(sealed.root)
    forge(sealed.root, other_key)
    assert any(run(sealed.root, step).returncode for step in steps) is (name not in UNSEEN)


def test_a_case_is_a_valid_bag(sealed: Desk) -> None:
    bagit = pytest.importorskip("bagit")
    bag = bagit.Bag(str(sealed.root))
    bag.validate()
    assert bag.info["External-Identifier"] == hashlib.sha256((sealed.root / LOG).open("rb").readline()).hexdigest()


def test_nothing_of_the_case_needs_this_program_to_be_read(sealed: Desk) -> None:
    text = (sealed.root / "VERIFY.txt").read_text()
    assert text.isascii()
    assert max(map(len, text.splitlines())) < 260
    found = next((sealed.root / "data/originals").glob("*.jpg"))
    assert found.read_bytes() == FIRST
    assert shutil.which("sh")
