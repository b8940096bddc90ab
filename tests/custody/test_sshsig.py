"""Signatures that OpenSSH makes and checks."""

import shutil
import subprocess
from pathlib import Path

import pytest

from provenance.custody import instructions, sshsig
from provenance.custody.keys import PRIVATE, SigningKey, signing_key
from provenance.custody.signers import read_signers

needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def checked_by_ssh(folder: Path, message: bytes, signature: bytes, signers: bytes) -> int:
    (folder / "signers").write_bytes(signers)
    (folder / "message.sig").write_bytes(signature)
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        "signers",
        "-I",
        "sealer",
        "-n",
        "provenance-seal",
        "-s",
        "message.sig",
    ]
    return subprocess.run(command, cwd=folder, input=message, capture_output=True, check=False).returncode


@needs_ssh
def test_stock_ssh_keygen_accepts_ours_and_refuses_a_changed_message(key: SigningKey, tmp_path: Path) -> None:
    signature, signers = key.sign(b"message"), instructions.allowed_signers(key.public)
    assert checked_by_ssh(tmp_path, b"message", signature, signers) == 0
    assert checked_by_ssh(tmp_path, b"massage", signature, signers) != 0


@needs_ssh
def test_ours_is_byte_for_byte_what_ssh_keygen_writes(tmp_path: Path) -> None:
    key = signing_key(tmp_path / "keys")
    (tmp_path / "message").write_bytes(b"message")
    command = ["ssh-keygen", "-Y", "sign", "-f", tmp_path / "keys" / PRIVATE, "-n", sshsig.NAMESPACE, "message"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "message.sig").read_bytes() == key.sign(b"message")


@needs_ssh
def test_the_fingerprint_is_what_ssh_keygen_prints(tmp_path: Path) -> None:
    key = signing_key(tmp_path)
    printed = subprocess.run(["ssh-keygen", "-lf", tmp_path / PRIVATE], capture_output=True, text=True, check=True)
    assert key.fingerprint in printed.stdout.split()


def test_no_bit_of_a_signature_is_free(key: SigningKey) -> None:
    signature = key.sign(b"message")
    for at in range(len(signature)):
        for bit in range(8):
            changed = bytearray(signature)
            changed[at] ^= 1 << bit
            try:
                taken = sshsig.read(bytes(changed))
            except ValueError:
                continue
            assert not sshsig.holds(taken, b"message"), (at, bit)


def test_other_purposes_kinds_and_spellings_are_refused(key: SigningKey) -> None:
    good = key.sign(b"message")
    taken = sshsig.read(good)
    value = key.sign_with(sshsig.signed_bytes(b"message", "git"))
    for_git = sshsig.Signature(key=key.public, value=value, namespace="git")
    assert not sshsig.holds(sshsig.read(sshsig.armoured(for_git)), b"message")
    assert sshsig.holds(taken, b"message")
    for bad in (b"", good + b"\n", good[:-1], good.replace(b"\n", b"\r\n"), b"\n" + good, good.replace(b"=", b"")):
        if bad != good:
            with pytest.raises(ValueError, match="is n"):
                sshsig.read(bad)


def test_signers_files_of_both_kinds_are_read(key: SigningKey, other_key: SigningKey) -> None:
    ours, theirs = sshsig.public_line(key.public), sshsig.public_line(other_key.public)
    text = f'# desk\n\nann@desk namespaces="git,provenance-seal" {ours} Ann\nbob@desk {theirs}\n'
    assert read_signers(text.encode()) == {key.public: "ann@desk", other_key.public: "bob@desk"}
    assert read_signers(f"{ours} Ann of the desk\n".encode()) == {key.public: "Ann of the desk"}
    assert read_signers(instructions.allowed_signers(key.public)) == {key.public: "sealer"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-rsa AAAA x",
        'ann namespaces="git" {}',
        "ann cert-authority {}",
        'ann valid-before="20200101" {}',
        "{}x",
        "\x00\xff",
    ],
)
def test_a_signers_file_without_a_usable_key_is_refused(line: str, key: SigningKey) -> None:
    with pytest.raises(ValueError, match="no Ed25519 key"):
        read_signers(line.format(sshsig.public_line(key.public)).encode("utf-8", "replace"))
