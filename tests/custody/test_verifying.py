"""What a verification says: of a good case, of one continued, and of every way to spoil one."""

import builtins
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.custody.cases import in_memory
from provenance.custody import sshsig
from provenance.custody.contents import FolderContents
from provenance.custody.keys import SigningKey
from provenance.custody.layout import LOG
from provenance.custody.sealing import seal
from provenance.custody.verifying import Pinned, known_head, verify
from provenance.custody.writing import writing
from provenance.errors import CaseError
from provenance.model.canonical import canonical
from provenance.model.case import Head, State
from tests.custody.conftest import AUTHOR, FIRST, Desk
from tests.custody.forgeries import FORGERIES, OWN_KEY
from tests.custody.mapped import MappedContents


def test_a_good_case_is_intact_and_its_key_not_pinned(sealed: Desk) -> None:
    found = sealed.verify()
    assert found.state is State.INTACT
    assert found.sentence == f"intact, signed by key {sealed.key.fingerprint}, which you have not pinned"
    assert (found.files, found.head.entries, found.sealed_at) == (4, 5, "2026-03-01T12:00:00Z")


def test_a_key_is_vouched_for_by_the_readers_own_file(sealed: Desk, other_key: SigningKey) -> None:
    found = sealed.verify(pinned=Pinned(keys={sealed.key.public: "ann@desk"}, file="signers"))
    assert found.state is State.INTACT
    assert found.sentence.endswith("which signers names as ann@desk")
    found = sealed.verify(pinned=Pinned(keys={other_key.public: "bob"}, file="signers"))
    assert found.state is State.WRONG
    assert "which signers does not name" in found.sentence


def test_a_case_without_a_seal_is_not_called_intact(desk: Desk) -> None:
    desk.receive(FIRST)
    found = desk.verify()
    assert found.state is State.UNSEALED
    assert "nobody vouches" in found.sentence


def test_a_continued_case_keeps_its_seal_until_the_next_one_names_it(sealed: Desk) -> None:
    first = sealed.verify().seal
    sealed.receive(b"third")
    sealed.report("two")
    found = sealed.verify()
    assert found.state is State.CONTINUED
    assert "is intact" in found.sentence and "2 later entries are under no seal" in found.sentence
    done = sealed.seal()
    assert (done.previous, done.already) == (first, False)
    assert sealed.verify().state is State.INTACT
    assert (sealed.root / "data/seals/0001.json").exists()
    third = sealed.seal()
    assert third.already
    sealed.note()
    assert sealed.seal().previous == done.seal
    assert sorted(path.name for path in (sealed.root / "data/seals").iterdir()) == [
        "0001.json", "0001.json.sig", "0002.json", "0002.json.sig",
    ]  # fmt: skip


def test_damage_to_a_continued_case_is_named(sealed: Desk) -> None:
    sealed.receive(b"third")
    changed = next((sealed.root / "data/originals").glob("*.png"))
    changed.chmod(0o644)
    changed.write_bytes(changed.read_bytes().replace(b"second", b"zecond", 1))
    assert f"{changed.name} was changed" in sealed.verify().sentence
    with pytest.raises(CaseError, match=r"not sealed: .* was changed"):
        sealed.seal()


def test_a_removed_signature_is_no_seal_and_seal_puts_one_there(sealed: Desk) -> None:
    (sealed.root / "seal.json.sig").unlink()
    assert sealed.verify().state is State.UNSEALED
    sealed.seal()
    assert sealed.verify().state is State.INTACT


def test_a_seal_that_does_not_hold_is_not_built_upon(sealed: Desk) -> None:
    data = (sealed.root / "seal.json").read_bytes()
    (sealed.root / "seal.json").unlink()
    (sealed.root / "seal.json").write_bytes(data.replace(b"2026-03-01", b"2025-03-01", 1))
    with pytest.raises(CaseError, match="no signature of this seal"):
        sealed.seal()


def test_another_key_may_seal_the_continued_case(sealed: Desk, other_key: SigningKey) -> None:
    sealed.seal(other_key)
    found = sealed.verify()
    assert found.state is State.INTACT
    assert other_key.fingerprint in found.sentence


def test_earlier_seals_are_told_and_must_hold(sealed: Desk, other_key: SigningKey) -> None:
    sealed.note()
    sealed.seal(other_key)
    found = sealed.verify()
    assert found.notes == (
        f"an earlier seal holds: at 2026-03-01T12:00:00Z, over 5 entries, by key {sealed.key.fingerprint}",
    )


def _kept_seal(root: Path, data: bytes, signature: bytes, key: SigningKey) -> None:
    """A case whose owner, with a good key, gives it another past: a made-up earlier seal."""
    with writing(root, AUTHOR, create=True) as writer:
        writer.received(AUTHOR, FIRST, "jpg", "received")
        files = {"data/seals/0001.json": data, "data/seals/0001.json.sig": signature}
        writer.enter(AUTHOR, "sealed", "x", files=files)
        seal(writer, key, AUTHOR)


def test_an_earlier_seal_that_does_not_hold_is_refused(sealed: Desk, tmp_path: Path, other_key: SigningKey) -> None:
    data, signature = ((sealed.root / name).read_bytes() for name in ("seal.json", "seal.json.sig"))
    for number, (one, two, words) in enumerate(
        [
            (data, signature, "is of another history than this log"),
            (data.replace(b"2026-03", b"2020-03"), signature, "does not hold"),
            (data, other_key.sign(data), "does not hold"),
            (b"{}\n", signature, "does not hold"),
        ]
    ):
        root = tmp_path / str(number)
        _kept_seal(root, one, two, sealed.key)
        found = Desk(root, sealed.key).verify()
        assert (found.state, words in found.sentence) == (State.WRONG, True), found.sentence


@given(st.data())
def test_no_bytes_whatever_break_the_verifier(case_bytes: dict[str, bytes], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(case_bytes)))
    content = case_bytes[path]
    start = data.draw(st.integers(0, len(content)))
    stop = data.draw(st.integers(start, min(len(content), start + 40)))
    changed = content[:start] + data.draw(st.binary(max_size=40)) + content[stop:]
    found = verify(MappedContents({**case_bytes, path: changed}))
    assert found.sentence
    assert (found.state is State.INTACT) is (changed == content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_no_seal_that_a_stranger_signs_breaks_the_verifier(
    case_bytes: dict[str, bytes], other_key: SigningKey, data: st.DataObject
) -> None:
    said = json.loads(case_bytes["seal.json"])
    said["key"] = other_key.fingerprint
    name = data.draw(st.sampled_from(sorted(said)))
    value = data.draw(JSON)
    if name == "files" and data.draw(st.booleans()):
        said["files"][data.draw(st.integers(0, 5))][data.draw(st.sampled_from(["path", "sha256", "size_bytes"]))] = (
            value
        )
    else:
        said[name] = value
    try:
        forged = canonical(said) + b"\n"
    except ValueError:
        return
    files = {**case_bytes, "seal.json": forged, "seal.json.sig": other_key.sign(forged)}
    assert verify(MappedContents(files)).state is State.WRONG


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_case_is_refused(name: str, sealed: Desk, other_key: SigningKey, tmp_path: Path) -> None:
    known = sealed.verify().head
    pinned = Pinned(keys={sealed.key.public: "ann"}, file="signers")
    forge, words = FORGERIES[name]
    forge(sealed.root, other_key)
    found = sealed.verify(pinned=pinned, against=known if name in OWN_KEY else None)
    assert found.state is State.WRONG, found.sentence
    assert words in found.sentence


@pytest.mark.parametrize("name", sorted(OWN_KEY))
def test_what_the_keys_owner_forges_shows_only_against_a_known_head(name: str, sealed: Desk) -> None:
    forge, _ = FORGERIES[name]
    forge(sealed.root, sealed.key)
    assert sealed.verify().state in (State.INTACT, State.WRONG)


def test_rollback_fork_and_a_log_chained_anew_show_against_a_known_head(desk: Desk, tmp_path: Path) -> None:
    desk.receive(FIRST)
    older = desk.copy(tmp_path / "older")
    known = desk.note("as it was")
    assert desk.verify(against=known).state is State.UNSEALED
    assert "rolled back: the log ends at entry 2, and you know its entry 3" in older.verify(against=known).sentence
    older.note("as it was not")
    older.seal()
    assert "forked or chained anew" in older.verify(against=known).sentence
    assert "nowhere in this log" in older.verify(against=Head(sha256=known.sha256)).sentence
    desk.note("later")
    desk.seal()
    for head in (known, Head(sha256=known.sha256)):
        assert desk.verify(against=head).state is State.INTACT


def test_a_head_is_read_as_it_is_printed(sealed: Desk) -> None:
    head = sealed.verify().head
    assert known_head(str(head)) == head
    assert known_head(f" {head.sha256.upper()}\n") == Head(sha256=head.sha256)
    for text in ("", "12", "x" * 64, f"{head}0", "1:2:3"):
        with pytest.raises(ValueError, match="no head"):
            known_head(text)


def test_a_case_in_memory_reads_as_on_the_disk(sealed: Desk) -> None:
    assert verify(MappedContents(in_memory(sealed.root))) == sealed.verify()


def test_flipped_bits_of_every_file_are_seen(sealed: Desk) -> None:
    """A sample, evenly spread; every bit of a larger case: benchmarks/custody/flips.py."""
    files = in_memory(sealed.root)
    for path, data in files.items():
        for at in range(0, len(data) * 8, max(1, len(data) * 8 // 150)):
            changed = bytearray(data)
            changed[at // 8] ^= 1 << at % 8
            found = verify(MappedContents({**files, path: bytes(changed)}))
            assert found.state is State.WRONG, (path, at)


def test_every_file_left_out_cut_short_or_doubled_is_seen(sealed: Desk) -> None:
    files = in_memory(sealed.root)
    for path, data in files.items():
        without = {name: content for name, content in files.items() if name != path}
        spoiled = [without, {**files, path: data[:-1]}, {**files, path: b""}, {**files, path: data * 2}]
        spoiled += [{**without, path.upper(): data}, {**files, f"{path} ": data}]
        for case in spoiled:
            assert verify(MappedContents(case)).state in (State.WRONG, State.UNSEALED), path
        if not path.startswith("seal.json"):
            assert verify(MappedContents(without)).state is State.WRONG


def test_without_the_library_the_bytes_are_checked_and_the_signature_is_said_not_to_be(
    sealed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    found = sealed.verify()
    assert found.state is State.UNCHECKED
    assert "cryptography is not installed" in found.sentence and "VERIFY.txt" in found.sentence
    (sealed.root / LOG).open("ab").write(b"x")
    assert sealed.verify().state is State.WRONG


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_case_that_may_not_be_written_is_verified_by_an_unprivileged_user(sealed: Desk) -> None:
    for path in [sealed.root, *sealed.root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in sealed.root.parents:
        if parent.stat().st_uid == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o555)
    code = (
        "import os, sys; from pathlib import Path\n"
        "from provenance.custody.contents import FolderContents; from provenance.custody.log import watched\n"
        "from provenance.custody.verifying import verify\n"
        "import cryptography.hazmat.primitives.asymmetric.ed25519\n"
        "verify(FolderContents(Path(sys.argv[1])))  # the interpreter's own files may be closed to others\n"
        "os.setgid(65534); os.setuid(65534); root = Path(sys.argv[1])\n"
        "try: (root / 'x').write_text('x'); sys.exit('it can be written')\n"
        "except PermissionError: pass\n"
        "with watched(root): print(verify(FolderContents(root)).sentence)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, sealed.root], capture_output=True, text=True, check=False)
    assert ended.stdout.startswith("intact"), ended.stderr


def test_a_case_of_many_files_is_sealed_and_verified(desk: Desk) -> None:
    desk.receive(FIRST)
    files = {f"data/reports/many/{number:04d}.txt": b"%d" % number for number in range(400)}
    with writing(desk.root, AUTHOR) as writer:
        writer.enter(AUTHOR, "reported", "many", files=files)
    desk.seal()
    assert desk.verify().state is State.INTACT
    shutil.copy(desk.root / "data/reports/many/0007.txt", desk.root / "data/reports/many/7.txt")
    assert "7.txt was added" in desk.verify().sentence


def test_what_cannot_be_read_is_wrong_and_no_crash(sealed: Desk) -> None:
    contents = FolderContents(sealed.root / "not there")
    assert verify(contents).state is State.WRONG
    assert sshsig.NAMESPACE == "provenance-seal"


def test_a_seal_made_to_fill_the_memory_is_refused_before_it_is_read(sealed: Desk) -> None:
    files = in_memory(sealed.root)
    files["seal.json"] = b"[" + b"{}," * 2**20 + b"{}]\n"
    found = verify(MappedContents(files))
    assert found.sentence == "seal.json holds more parts than its length has room for in such a file"
    sealed.note("," * 200_000)  # and no entry that a person can make is taken for one
    assert sealed.verify().state is State.CONTINUED


def test_a_file_that_has_grown_without_end_is_not_read_to_its_end(sealed: Desk) -> None:
    for name in ("VERIFY.txt", "data/reports/one/report.html"):
        path = sealed.root / name
        kept = path.read_bytes()
        path.chmod(0o644)
        os.truncate(path, 2**40)  # sparse: a terabyte that takes no room
        assert sealed.verify().sentence == f"{name} has grown: it has more than {len(kept)} bytes"
        path.unlink()
        path.write_bytes(kept)
    assert sealed.verify().state is State.INTACT
